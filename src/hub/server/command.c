/* The table of commands, as C. */
#include "server/command.h"

#include "base/mark.h"

enum { NO_DATA = false, DATA = true };

enum {
	COMMAND_BEFORE = COMMAND_FIRST - 1,
#define COMMAND(id, ...) COMMAND_##id,
#define OPTION(...)
#include "server/commands.def"
#undef OPTION
#undef COMMAND
};

#define OPTION(...)
static const struct command commands[] = {
#define COMMAND(id, name, least, most, words, data, handler, help) \
	{ COMMAND_##id, name, least, most, words, data, handler, help },
#include "server/commands.def"
#undef COMMAND
#undef OPTION
};

static const struct command_option options[] = {
#define COMMAND(...)
#define OPTION(id, name, argument, help) { COMMAND_##id, name, argument, help },
#include "server/commands.def"
#undef OPTION
#undef COMMAND
};

const struct command_table hub_commands = {
	"guitai-hub", commands, sizeof commands / sizeof commands[0],
	options, sizeof options / sizeof options[0],
	N_("guitai-hub COMMAND --help says more about one command, the manual guitai-hub(8) about all."),
};
