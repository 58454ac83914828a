/* The table of commands, as C. */
#include "app/command.h"

#include "base/mark.h"

enum { NO_DATA = false, DATA = true };

enum {
	COMMAND_BEFORE = COMMAND_FIRST - 1,
#define COMMAND(id, ...) COMMAND_##id,
#define OPTION(...)
#include "app/commands.def"
#undef OPTION
#undef COMMAND
};

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

const struct command_table guitai_commands = {
	"guitai", commands, sizeof commands / sizeof commands[0],
	options, sizeof options / sizeof options[0],
	N_("guitai COMMAND --help says more about one command, the manual guitai(1) about all."),
};
