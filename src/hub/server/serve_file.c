/* The configuration file of guitai-hub: the options of serve, one a line. */
#include "server/serve.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 1 << 16 };

static enum fault_code read_text(const char *path, struct buffer *out, struct fault *fault)
{
	FILE *in = fopen(path, "r");
	char chunk[4096];
	size_t n;
	bool failed;

	if (!in)
		return fault_set(fault, FAULT_SETTING_FILE, path, strerror(errno));
	while ((n = fread(chunk, 1, sizeof chunk, in)) > 0)
		buffer_add(out, chunk, n);
	failed = ferror(in) || out->failed;
	fclose(in);
	return failed ? fault_set(fault, FAULT_SETTING_FILE, path, strerror(errno ? errno : EFBIG))
		      : FAULT_NONE;
}

/* Whether serve has an option of that name which may stand in a file. */
static bool is_option(const struct invocation *in, const char *name)
{
	const struct command_table *t = in->table;

	for (size_t i = 0; i < t->n_options; i++)
		if (t->options[i].owner == in->command->id && strcmp(t->options[i].name, name) == 0)
			return strcmp(name, "config") != 0;
	return false;
}

/* Cuts blanks, and the quotes around a value. */
static char *trim(char *text)
{
	size_t n;

	text += strspn(text, " \t\r");
	n = strlen(text);
	while (n && strchr(" \t\r", text[n - 1]))
		text[--n] = '\0';
	if (n >= 2 && text[0] == '"' && text[n - 1] == '"') {
		text[n - 1] = '\0';
		text++;
	}
	return text;
}

static enum fault_code read_line(const struct invocation *in, char *line, int number,
				 struct serve_file *file, struct fault *fault)
{
	char *equals, *name, where[FAULT_ARG_SIZE];

	snprintf(where, sizeof where, "%s:%d", invocation_option(in, "config"), number);
	line += strspn(line, " \t\r");
	if (!line[0] || line[0] == '#')
		return FAULT_NONE;
	equals = strchr(line, '=');
	if (!equals)
		return fault_set(fault, FAULT_SETTING_BAD_VALUE, where, "name = value");
	*equals = '\0';
	name = trim(line);
	if (!is_option(in, name) || file->n == SERVE_FILE_LINES_MAX)
		return fault_set(fault, FAULT_USAGE_UNKNOWN_OPTION, where, name);
	file->lines[file->n].name = name;
	file->lines[file->n++].value = trim(equals + 1);
	return FAULT_NONE;
}

enum fault_code serve_file_read(const struct invocation *in, struct serve_file *ret,
				struct fault *fault)
{
	const char *path = invocation_option(in, "config");
	enum fault_code code;
	int number = 0;

	memset(ret, 0, sizeof *ret);
	buffer_init(&ret->text, FILE_MAX);
	if (!path)
		return FAULT_NONE;
	code = read_text(path, &ret->text, fault);
	for (char *line = ret->text.data, *next; line && !code; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		code = read_line(in, line, ++number, ret, fault);
	}
	return code;
}

void serve_file_release(struct serve_file *file)
{
	buffer_release(&file->text);
}

const char *serve_option(const struct invocation *in, const struct serve_file *file,
			 const char *name, const char *standard)
{
	const char *given = invocation_option(in, name);

	for (size_t i = file->n; i > 0 && !given; i--)
		if (strcmp(file->lines[i - 1].name, name) == 0)
			given = file->lines[i - 1].value;
	return given ? given : standard;
}
