/* A command line is read against the table of commands. */
#include "command/command.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The row of "--name" or "--name=value" among all commands' options; how an
 * option takes its argument does not depend on the command. */
static const struct command_option *find_option(const struct command_table *table, const char *arg,
						const char **ret_value)
{
	size_t len = strcspn(arg, "=");
	const struct command_option *rows = table->options;

	*ret_value = arg[len] ? arg + len + 1 : NULL;
	for (size_t i = 0; i < table->n_options; i++)
		if (strlen(rows[i].name) == len - 2 && memcmp(rows[i].name, arg + 2, len - 2) == 0)
			return &rows[i];
	return NULL;
}

/* Takes one option; *ret_took_next says that its value was the next word. */
static enum fault_code take_option(struct invocation *in, const char *arg, const char *next,
				   bool *ret_took_next, struct fault *fault)
{
	const char *value;
	const struct command_option *option = arg[1] == '-' ? find_option(in->table, arg, &value) : NULL;
	char shown[64];

	*ret_took_next = false;
	snprintf(shown, sizeof shown, "%.*s", (int)strcspn(arg, "="), arg);
	if (!option || in->n_options == INVOCATION_OPTIONS_MAX)
		return fault_set(fault, FAULT_USAGE_UNKNOWN_OPTION, in->table->program, shown);
	if (!option->argument[0] && value)
		return fault_set(fault, FAULT_USAGE_OPTION_ALONE, shown, value);
	if (option->argument[0] && !value) {
		if (!next)
			return fault_set(fault, FAULT_USAGE_OPTION_NEEDS, shown, option->argument);
		*ret_took_next = true;
		value = next;
	}
	in->options[in->n_options].option = option;
	in->options[in->n_options++].value = value ? value : "";
	return FAULT_NONE;
}

/* Parts options from words; the words move to the front of argv. */
static enum fault_code part(struct invocation *in, int argc, char **argv, struct fault *fault)
{
	bool only_words = false, took_next;
	enum fault_code code, first = FAULT_NONE;

	in->words = argv + 1;
	for (int i = 1; i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0) {
			only_words = true;
		} else if (!only_words && argv[i][0] == '-' && argv[i][1]) {
			code = take_option(in, argv[i], i + 1 < argc ? argv[i + 1] : NULL, &took_next,
					   first == FAULT_NONE ? fault : NULL);
			first = first == FAULT_NONE ? code : first;
			i += took_next;
		} else {
			in->words[in->n_words++] = argv[i];
		}
	}
	return first;
}

/* Whether the command has an option of that name; other commands may too. */
static bool takes_named(const struct invocation *in, const char *name)
{
	const struct command_option *rows = in->table->options;

	for (size_t i = 0; i < in->table->n_options; i++)
		if (command_takes(in->command, &rows[i]) && strcmp(rows[i].name, name) == 0)
			return true;
	return false;
}

/* How many of the words are the command's name, -1 when they are not it. */
static int name_words(const struct command *command, char **words, size_t n)
{
	const char *p = command->name;
	int count = 0;

	for (; *p; count++) {
		size_t len = strcspn(p, " ");

		if ((size_t)count == n || strlen(words[count]) != len || memcmp(words[count], p, len) != 0)
			return -1;
		p += len + (p[len] == ' ');
	}
	return count;
}

/* The command whose name is the longest that fits. */
static void find_command(struct invocation *in)
{
	const struct command *rows = in->table->commands;
	int best = -1;

	for (size_t i = 0; i < in->table->n_commands; i++) {
		int count = name_words(&rows[i], in->words, in->n_words);

		if (count > best && (count > 0 || in->n_words == 0)) {
			best = count;
			in->command = &rows[i];
		}
	}
	if (in->command) {
		in->words += best;
		in->n_words -= (size_t)best;
	}
}

/* "verify, export, show": what may follow the first word of a group. */
static bool list_group(const struct command_table *table, const char *word, char *out, size_t size)
{
	size_t used = 0, len = strlen(word);
	const struct command *rows = table->commands;

	out[0] = '\0';
	for (size_t i = 0; i < table->n_commands; i++)
		if (strncmp(rows[i].name, word, len) == 0 && rows[i].name[len] == ' ' && used < size)
			used += (size_t)snprintf(out + used, size - used, "%s%s", used ? ", " : "",
						 rows[i].name + len + 1);
	return used > 0;
}

static enum fault_code refuse_command(struct invocation *in, struct fault *fault)
{
	char verbs[FAULT_ARG_SIZE], typed[FAULT_ARG_SIZE];

	if (in->n_words == 0) {
		if (in->wants_help || in->wants_version)
			return FAULT_NONE;
		return fault_set(fault, FAULT_USAGE_MISSING_WORD, in->table->program, "COMMAND");
	}
	if (!list_group(in->table, in->words[0], verbs, sizeof verbs))
		return fault_set(fault, FAULT_USAGE_UNKNOWN_COMMAND, in->words[0], in->table->program);
	in->group = in->words[0];
	if (in->n_words == 1 && in->wants_help)
		return FAULT_NONE;
	snprintf(typed, sizeof typed, "%s %s", in->table->program, in->words[0]);
	if (in->n_words == 1)
		return fault_set(fault, FAULT_USAGE_MISSING_WORD, typed, verbs);
	return fault_set(fault, FAULT_USAGE_EXTRA_WORD, typed, in->words[1]);
}

/* The n-th of the words in "CODE [QTY] …", for the message. */
static void nth_shown(const char *shown, size_t n, char *out, size_t size)
{
	for (; n > 0 && shown[strcspn(shown, " ")]; n--)
		shown += strcspn(shown, " ") + 1;
	snprintf(out, size, "%.*s", (int)strcspn(shown, " "), shown);
}

static enum fault_code check(const struct invocation *in, struct fault *fault)
{
	char typed[FAULT_ARG_SIZE], what[FAULT_ARG_SIZE];

	snprintf(typed, sizeof typed, "%s%s%s", in->table->program, in->command->name[0] ? " " : "",
		 in->command->name);
	for (size_t i = 0; i < in->n_options; i++) {
		if (takes_named(in, in->options[i].option->name))
			continue;
		snprintf(what, sizeof what, "--%s", in->options[i].option->name);
		return fault_set(fault, FAULT_USAGE_UNKNOWN_OPTION, typed, what);
	}
	if (in->wants_help || in->wants_version)
		return FAULT_NONE;
	if (in->n_words < in->command->least) {
		nth_shown(in->command->words, in->n_words, what, sizeof what);
		return fault_set(fault, FAULT_USAGE_MISSING_WORD, typed, what);
	}
	if (in->n_words > in->command->most)
		return fault_set(fault, FAULT_USAGE_EXTRA_WORD, typed, in->words[in->command->most]);
	return FAULT_NONE;
}

static const char *value_of(const struct invocation *in, const char *name)
{
	for (size_t i = in->n_options; i > 0; i--)
		if (strcmp(in->options[i - 1].option->name, name) == 0)
			return in->options[i - 1].value;
	return NULL;
}

enum fault_code invocation_read(struct invocation *ret, const struct command_table *table, int argc,
				char **argv, struct fault *fault)
{
	enum fault_code code;

	*ret = (struct invocation){ .table = table, .group = "" };
	code = part(ret, argc, argv, fault);
	ret->wants_help = value_of(ret, "help");
	ret->wants_version = value_of(ret, "version");
	ret->config = value_of(ret, "config");
	if (code != FAULT_NONE)
		return code;
	find_command(ret);
	return ret->command ? check(ret, fault) : refuse_command(ret, fault);
}

const char *invocation_option(const struct invocation *in, const char *name)
{
	bool known = takes_named(in, name);

	assert(known);
	return known ? value_of(in, name) : NULL;
}

bool invocation_has(const struct invocation *in, const char *name)
{
	return invocation_option(in, name) != NULL;
}
