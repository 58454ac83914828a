/* The table of commands, as C. */
#include "app/command.h"

#include <string.h>

#include "base/buffer.h"
#include "base/mark.h"
#include "base/utf8.h"

enum { NO_DATA = false, DATA = true };

#define OPTION(...)
static const struct command commands[] = {
#define COMMAND(id, name, least, most, words, data, handler, help) \
	{ COMMAND_##id, name, least, most, words, data, handler, help },
#include "app/commands.def"
#undef COMMAND
#undef OPTION
};

static const struct command_option options[] = {
#define COMMAND(...)
#define OPTION(id, name, argument, help) { COMMAND_##id, name, argument, help },
#include "app/commands.def"
#undef OPTION
#undef COMMAND
};

const struct command *command_rows(size_t *ret_n)
{
	*ret_n = sizeof commands / sizeof commands[0];
	return commands;
}

const struct command_option *command_option_rows(size_t *ret_n)
{
	*ret_n = sizeof options / sizeof options[0];
	return options;
}

bool command_takes(const struct command *command, const struct command_option *option)
{
	return option->owner == COMMAND_any || (option->owner == COMMAND_data && command->data) ||
	       option->owner == command->id;
}

void command_synopsis(const struct command *command, char *out, size_t size)
{
	struct buffer b = BUFFER_INIT(1024);
	size_t n;
	const struct command_option *rows = command_option_rows(&n);

	buffer_printf(&b, "guitai%s%s", command->name[0] ? " " : "", command->name);
	if (command->words[0])
		buffer_printf(&b, " %s", command->words);
	for (size_t i = 0; i < n; i++)
		if (rows[i].owner != COMMAND_any && command_takes(command, &rows[i]))
			buffer_printf(&b, " [--%s%s%s]", rows[i].name, rows[i].argument[0] ? " " : "",
				      rows[i].argument);
	utf8_copy(out, size, buffer_text(&b));
	buffer_release(&b);
}
