/* The tables of commands of guitai and guitai-hub, for docgen. */
#include "tools/docgen_program.h"

#include "base/mark.h"

enum { NO_DATA = false, DATA = true };

enum { TILL_any = OWNER_ANY, TILL_data = OWNER_DATA,
#define OPTION(...)
#define COMMAND(id, ...) TILL_##id,
#include "app/commands.def"
#undef COMMAND
#undef OPTION
};

enum { HUB_any = OWNER_ANY, HUB_data = OWNER_DATA,
#define OPTION(...)
#define COMMAND(id, ...) HUB_##id,
#include "server/commands.def"
#undef COMMAND
#undef OPTION
};

#define OPTION(...)
static const struct docgen_command till_commands[] = {
#define COMMAND(id, name, least, most, words, data, handler, help) { TILL_##id, name, words, data, help },
#include "app/commands.def"
#undef COMMAND
}, hub_commands[] = {
#define COMMAND(id, name, least, most, words, data, handler, help) { HUB_##id, name, words, data, help },
#include "server/commands.def"
#undef COMMAND
};
#undef OPTION

#define COMMAND(...)
static const struct docgen_option till_options[] = {
#define OPTION(id, name, argument, help) { TILL_##id, name, argument, help },
#include "app/commands.def"
#undef OPTION
}, hub_options[] = {
#define OPTION(id, name, argument, help) { HUB_##id, name, argument, help },
#include "server/commands.def"
#undef OPTION
};
#undef COMMAND

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const struct docgen_program docgen_till = {
	till_commands, COUNT(till_commands), till_options, COUNT(till_options),
};
const struct docgen_program docgen_hub = {
	hub_commands, COUNT(hub_commands), hub_options, COUNT(hub_options),
};

bool docgen_shows(const struct docgen_command *c, const struct docgen_option *o)
{
	return o->owner == c->id || (o->owner == OWNER_DATA && c->data);
}
