/* The rows of a table of commands, and how a program ends. */
#include "command/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "command/speech.h"

bool command_takes(const struct command *command, const struct command_option *option)
{
	return option->owner == COMMAND_any || (option->owner == COMMAND_data && command->data) ||
	       option->owner == command->id;
}

void command_synopsis(const struct command_table *table, const struct command *command, char *out,
		      size_t size)
{
	struct buffer b = BUFFER_INIT(1024);

	buffer_printf(&b, "%s%s%s", table->program, command->name[0] ? " " : "", command->name);
	if (command->words[0])
		buffer_printf(&b, " %s", command->words);
	for (size_t i = 0; i < table->n_options; i++) {
		const struct command_option *o = &table->options[i];

		if (o->owner != COMMAND_any && command_takes(command, o))
			buffer_printf(&b, " [--%s%s%s]", o->name, o->argument[0] ? " " : "", o->argument);
	}
	utf8_copy(out, size, buffer_text(&b));
	buffer_release(&b);
}

int command_refuse(const struct fault *fault, int status)
{
	speech_refusal(fault);
	return status;
}

int command_end(int status)
{
	struct fault fault;

	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	/* What failed before the last of it left no reason. */
	fault_set(&fault, FAULT_FILE_NOT_WRITABLE, "stdout", strerror(errno ? errno : EIO));
	return command_refuse(&fault, EXIT_REFUSED);
}
