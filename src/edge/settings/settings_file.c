/* Where the configuration stands, and its defaults: what every start does,
 * so nothing here wakes libconfuse unless a file is there. */
#include "settings/settings_value.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

/* Splits a row's default at | into words; the texts point into `copy`. */
static size_t split_standard(char *copy, const char **words, size_t most)
{
	size_t n = 0;

	while (copy && *copy && n < most) {
		char *bar = strchr(copy, '|');

		words[n++] = copy;
		if (bar)
			*bar++ = '\0';
		copy = bar;
	}
	return n;
}

void settings_init(struct settings *s)
{
	size_t n;
	const struct setting_row *rows = setting_rows(&n);

	*s = (struct settings){ .file = "" };
	for (size_t i = 0; i < n; i++) {
		const char *words[SETTING_LIST_MAX] = { "" };
		char copy[256];
		size_t n_words;

		snprintf(copy, sizeof copy, "%s", rows[i].standard);
		n_words = split_standard(copy, words, SETTING_LIST_MAX);
		if (rows[i].type == SETTING_TYPE_pairs)
			continue;
		if (n_words == 0 && rows[i].type != SETTING_TYPE_list)
			n_words = 1;
		setting_take(s, &rows[i], words, n_words, 0, NULL);
	}
}

/* Reads all of an open file; false when it is too large or cannot be read,
 * with the reason. */
static bool slurp(FILE *in, struct buffer *b, const char **ret_why)
{
	char block[4096];
	size_t n;

	while ((n = fread(block, 1, sizeof block, in)) > 0)
		buffer_add(b, block, n);
	if (ferror(in)) {
		*ret_why = strerror(errno);
		return false;
	}
	if (b->failed)
		*ret_why = "it is larger than 256 KiB";
	return !b->failed;
}

/* Reads one file; *ret_missing, when not NULL, allows it to be absent. */
static enum fault_code read_file(struct settings *s, const char *path, bool *ret_missing,
				 struct fault *fault)
{
	struct buffer b = BUFFER_INIT(SETTING_FILE_MAX);
	FILE *in = fopen(path, "re");
	enum fault_code code;
	const char *why;

	if (!in) {
		if (ret_missing && (errno == ENOENT || errno == ENOTDIR)) {
			*ret_missing = true;
			return FAULT_NONE;
		}
		return fault_set(fault, FAULT_SETTING_FILE, path, strerror(errno));
	}
	if (slurp(in, &b, &why))
		code = settings_read_text(s, path, buffer_text(&b), b.len, fault);
	else
		code = fault_set(fault, FAULT_SETTING_FILE, path, why);
	buffer_release(&b);
	fclose(in);
	return code;
}

/* The user's own file; false when the environment names no place for it. */
static bool own_path(char *out, size_t size)
{
	const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int n = -1;

	if (base && base[0] == '/')
		n = snprintf(out, size, "%s/guitai/guitai.conf", base);
	else if (home && home[0] == '/')
		n = snprintf(out, size, "%s/.config/guitai/guitai.conf", home);
	return n > 0 && (size_t)n < size;
}

enum fault_code settings_read(struct settings *s, const char *file, struct fault *fault)
{
	bool missing = true;
	enum fault_code code;
	char path[4096];

	if (file)
		return read_file(s, file, NULL, fault);
	if (own_path(path, sizeof path)) {
		missing = false;
		code = read_file(s, path, &missing, fault);
		if (code != FAULT_NONE || !missing)
			return code;
	}
	return read_file(s, "/etc/guitai/guitai.conf", &missing, fault);
}
