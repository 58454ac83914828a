/* What --help prints, from the table of commands. */
#include "command/command.h"

#include <stdio.h>
#include <string.h>

#include "command/fill.h"
#include "command/speech.h"

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

static void list_commands(const struct command_table *table, const char *group)
{
	size_t len = strlen(group);
	const struct command *rows = table->commands;
	char first[512];

	printf("\n%s\n", _("Commands:"));
	for (size_t i = 0; i < table->n_commands; i++) {
		const char *help = _(rows[i].help);

		if (len && (strncmp(rows[i].name, group, len) != 0 || rows[i].name[len] != ' '))
			continue;
		print_name(rows[i].name[0] ? rows[i].name : _("(none)"));
		snprintf(first, sizeof first, "%.*s", first_sentence(help), help);
		fill_print(first, NAME_COLS);
	}
}

static void list_options(const struct command_table *table, const struct command *command)
{
	const struct command_option *rows = table->options;
	char name[64];

	printf("\n%s\n", _("Options:"));
	for (size_t i = 0; i < table->n_options; i++) {
		if (command ? !command_takes(command, &rows[i]) : rows[i].owner != COMMAND_any)
			continue;
		snprintf(name, sizeof name, "--%s%s%s", rows[i].name, rows[i].argument[0] ? " " : "",
			 rows[i].argument);
		print_name(name);
		fill_print(_(rows[i].help), NAME_COLS);
	}
}

/* Whether the program does something without a word. */
static bool has_plain(const struct command_table *table)
{
	for (size_t i = 0; i < table->n_commands; i++)
		if (!table->commands[i].name[0])
			return true;
	return false;
}

void command_help(const struct invocation *in)
{
	char synopsis[1024];

	if (in->command && in->command->name[0]) {
		command_synopsis(in->table, in->command, synopsis, sizeof synopsis);
		printf(_("Usage: %s\n"), synopsis);
		putchar('\n');
		fill_print(_(in->command->help), 0);
		list_options(in->table, in->command);
		return;
	}
	if (in->group[0])
		snprintf(synopsis, sizeof synopsis, "%s %s COMMAND", in->table->program, in->group);
	else
		snprintf(synopsis, sizeof synopsis, "%s %s", in->table->program,
			 has_plain(in->table) ? "[COMMAND]" : "COMMAND");
	printf(_("Usage: %s\n"), synopsis);
	list_commands(in->table, in->group);
	list_options(in->table, in->command);
	putchar('\n');
	fill_print(_(in->table->more), 0);
}
