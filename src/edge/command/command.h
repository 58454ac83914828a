/* A program's commands as a table, and a command line read against it. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "command/paths.h"

/* What every program of Guitai ends with. */
enum exit_status {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,
	EXIT_WRONG_USAGE = 2,
};

struct invocation;
struct settings;

/* Runs a command. Returns the exit status; when it left a refusal in *fault
 * (code FAULT_NONE before the call), main says it on stderr. */
typedef int command_handler(const struct invocation *in, struct fault *fault);

/* Owners of options beside the commands, whose own numbers follow. */
enum {
	COMMAND_any,   /* every command takes them */
	COMMAND_data,  /* those that commands with data take */
	COMMAND_FIRST,
};

struct command {
	int id;
	const char *name;   /* "journal verify"; "" for the program without a word */
	size_t least, most; /* words behind the name */
	const char *words;  /* how they are shown */
	bool data;          /* takes the option that names the data's directory */
	command_handler *run;
	const char *help;   /* marked for translation */
};

struct command_option {
	int owner;
	const char *name;      /* without the dashes */
	const char *argument;  /* "" when it takes none */
	const char *help;      /* marked for translation */
};

/* A program's commands and options, made from its commands.def. */
struct command_table {
	const char *program;   /* "guitai" */
	const struct command *commands;
	size_t n_commands;
	const struct command_option *options;
	size_t n_options;
	const char *more;      /* the last line of --help; marked for translation */
};

/* Whether a command takes an option of that row. */
bool command_takes(const struct command *command, const struct command_option *option);

enum { INVOCATION_OPTIONS_MAX = 24 };

/* A command line read. All texts belong to argv. */
struct invocation {
	const struct command_table *table;
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
	const char *dir;                /* the data, for commands with DATA; may not exist */
	const struct settings *settings;  /* NULL for a program without */
	const struct paths *paths;
};

/* Reads a command line; argv[0] is skipped, the order of the others is
 * changed. Refused with a FAULT_USAGE_… row: the exit status is then
 * EXIT_WRONG_USAGE. `ret` is filled in any case as far as it was read. */
enum fault_code invocation_read(struct invocation *ret, const struct command_table *table, int argc,
				char **argv, struct fault *fault);

/* The value of an option of this command, NULL when it was not given (the
 * last one counts). "" for a given option without argument. The name must be
 * one of the command's rows (asserted). */
const char *invocation_option(const struct invocation *in, const char *name);

/* Whether the option was given. */
bool invocation_has(const struct invocation *in, const char *name);

/* Prints what --help says: on one command, on a group, or on all. */
void command_help(const struct invocation *in);

/* "guitai init [--name SHOP] [--dir DIR] …" without the options of `any`. */
void command_synopsis(const struct command_table *table, const struct command *command, char *out,
		      size_t size);

/* "PROGRAM: <sentence>" on stderr; returns status. */
int command_refuse(const struct fault *fault, int status);

/* The status to end main with: what was printed must have reached its place. */
int command_end(int status);

#endif
