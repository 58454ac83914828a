/* The commands of guitai: their handlers, and the table that names them. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include "command/command.h"
#include "settings/settings.h"

/* Every handler of the table, each in its <name>_command.c. */
#define OPTION(...)
#define COMMAND(id, name, least, most, words, data, handler, help) command_handler handler;
#include "app/commands.def"
#undef COMMAND
#undef OPTION

extern const struct command_table guitai_commands;

#endif
