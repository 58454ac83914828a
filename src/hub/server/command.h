/* The commands of guitai-hub: their handlers, and the table that names them. */
#ifndef SERVER_COMMAND_H
#define SERVER_COMMAND_H

#include "command/command.h"

/* Every handler of the table, each in its <name>_command.c. */
#define OPTION(...)
#define COMMAND(id, name, least, most, words, data, handler, help) command_handler handler;
#include "server/commands.def"
#undef COMMAND
#undef OPTION

extern const struct command_table hub_commands;

#endif
