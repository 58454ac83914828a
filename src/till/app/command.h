/* The commands of guitai, and a command line read against their table. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "app/paths.h"
#include "base/fault.h"
#include "settings/settings.h"

/* What every program of Guitai ends with. */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,
	EXIT_WRONG_USAGE = 2,
};

struct invocation;

/* Runs a command. Returns the exit status; when it left a refusal in *fault
 * (code FAULT_NONE before the call), main says it on stderr. */
typedef int command_handler(const struct invocation *in, struct fault *fault);

/* Every handler of the table, each in its <name>_command.c. */
#define OPTION(...)
#define COMMAND(id, name, least, most, words, data, handler, help) command_handler handler;
#include "app/commands.def"
#undef COMMAND
#undef OPTION

enum command_id {
	COMMAND_any,   /* owner of the options every command takes */
	COMMAND_data,  /* owner of those that commands with data take */
#define COMMAND(id, ...) COMMAND_##id,
#define OPTION(...)
#include "app/commands.def"
#undef OPTION
#undef COMMAND
};

struct command {
	enum command_id id;
	const char *name;   /* "journal verify"; "" for the register */
	size_t least, most; /* words behind the name */
	const char *words;  /* how they are shown */
	bool data;          /* takes --dir */
	command_handler *run;
	const char *help;   /* marked for translation */
};

struct command_option {
	enum command_id owner;
	const char *name;      /* without the dashes */
	const char *argument;  /* "" when it takes none */
	const char *help;      /* marked for translation */
};

const struct command *command_rows(size_t *ret_n);
const struct command_option *command_option_rows(size_t *ret_n);

/* Whether a command takes an option of that row. */
bool command_takes(const struct command *command, const struct command_option *option);

enum { INVOCATION_OPTIONS_MAX = 24 };

/* A command line read. All texts belong to argv. */
struct invocation {
	const struct command *command;  /* NULL only with wants_help and wants_version */
	const char *group;              /* "journal" of `guitai journal --help`, else "" */
	char **words;                   /* behind the command's name */
	size_t n_words;
	struct {
		const struct command_option *option;
		const char *value;          /* "" when it takes none */
	} options[INVOCATION_OPTIONS_MAX];
	size_t n_options;
	bool wants_help, wants_version;
	const char *config;             /* --config, NULL when not given */
	/* Filled in by main before the handler runs. */
	const char *dir;                /* the till's data, for commands with DATA; may not exist */
	const struct settings *settings;
	const struct paths *paths;
};

/* Reads a command line; argv[0] is skipped, the order of the others is
 * changed. Refused with a FAULT_USAGE_… row: the exit status is then
 * EXIT_WRONG_USAGE. `ret` is filled in any case as far as it was read. */
enum fault_code invocation_read(struct invocation *ret, int argc, char **argv, struct fault *fault);

/* The value of an option of this command, NULL when it was not given (the
 * last one counts). "" for a given option without argument. The name must be
 * one of the command's rows (asserted). */
const char *invocation_option(const struct invocation *in, const char *name);

/* Whether the option was given. */
bool invocation_has(const struct invocation *in, const char *name);

/* Prints what --help says: on one command, on a group, or on all. */
void command_help(const struct invocation *in);

/* "guitai init [--name SHOP] [--dir DIR] …" without the options of `any`. */
void command_synopsis(const struct command *command, char *out, size_t size);

#endif
