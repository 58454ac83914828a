/* What --help prints, from the table of commands. */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/fill.h"
#include "app/speech.h"

enum { NAME_COLS = 20 };

/* How much of help is its first sentence. */
static int first_sentence(const char *help)
{
	const char *end = strstr(help, ". "), *full = strstr(help, "。");

	if (full && (!end || full < end))
		return (int)(full - help + (int)strlen("。"));
	return end ? (int)(end - help + 1) : (int)strlen(help);
}

/* The name in its column; the sentence begins a line of its own when the
 * name is longer. */
static void print_name(const char *name)
{
	if (strlen(name) > NAME_COLS - 2)
		printf("  %s\n  %*s", name, NAME_COLS, "");
	else
		printf("  %-*s", NAME_COLS, name);
}

static void list_commands(const char *group)
{
	size_t n, len = strlen(group);
	const struct command *rows = command_rows(&n);
	char first[512];

	printf("\n%s\n", _("Commands:"));
	for (size_t i = 0; i < n; i++) {
		const char *help = _(rows[i].help);

		if (len && (strncmp(rows[i].name, group, len) != 0 || rows[i].name[len] != ' '))
			continue;
		print_name(rows[i].name[0] ? rows[i].name : _("(none)"));
		snprintf(first, sizeof first, "%.*s", first_sentence(help), help);
		fill_print(first, NAME_COLS);
	}
}

static void list_options(const struct command *command)
{
	size_t n;
	const struct command_option *rows = command_option_rows(&n);
	char name[64];

	printf("\n%s\n", _("Options:"));
	for (size_t i = 0; i < n; i++) {
		if (command ? !command_takes(command, &rows[i]) : rows[i].owner != COMMAND_any)
			continue;
		snprintf(name, sizeof name, "--%s%s%s", rows[i].name, rows[i].argument[0] ? " " : "",
			 rows[i].argument);
		print_name(name);
		fill_print(_(rows[i].help), NAME_COLS);
	}
}

void command_help(const struct invocation *in)
{
	char synopsis[1024];

	if (in->command && in->command->name[0]) {
		command_synopsis(in->command, synopsis, sizeof synopsis);
		printf(_("Usage: %s\n"), synopsis);
		putchar('\n');
		fill_print(_(in->command->help), 0);
		list_options(in->command);
		return;
	}
	if (in->group[0])
		snprintf(synopsis, sizeof synopsis, "guitai %s COMMAND", in->group);
	else
		snprintf(synopsis, sizeof synopsis, "guitai [COMMAND]");
	printf(_("Usage: %s\n"), synopsis);
	list_commands(in->group);
	list_options(in->command);
	putchar('\n');
	fill_print(_("guitai COMMAND --help says more about one command, the manual guitai(1) about all."), 0);
}
