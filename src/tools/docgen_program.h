/* The programs' tables of commands as docgen reads them. */
#ifndef TOOLS_DOCGEN_PROGRAM_H
#define TOOLS_DOCGEN_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

/* Owners of options beside the commands, which are numbered from OWNER_FIRST. */
enum { OWNER_ANY, OWNER_DATA, OWNER_FIRST };

struct docgen_command {
	int id;
	const char *name, *words;
	bool data;
	const char *help;
};

struct docgen_option {
	int owner;
	const char *name, *argument, *help;
};

struct docgen_program {
	const struct docgen_command *commands;
	size_t n_commands;
	const struct docgen_option *options;
	size_t n_options;
};

extern const struct docgen_program docgen_till, docgen_hub;

/* Whether the option stands with the command: its own, or that of all with
 * data. Those of any command stand once, by themselves. */
bool docgen_shows(const struct docgen_command *command, const struct docgen_option *option);

#endif
