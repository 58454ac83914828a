/* The commands of guitai and the words of guitai batch, as parts of guitai(1). */
#include "tools/docgen.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/mark.h"

enum owner {
	OWNER_any,
	OWNER_data,
#define OPTION(...)
#define COMMAND(id, ...) OWNER_##id,
#include "app/commands.def"
#undef COMMAND
	OWNERS
};

enum { NO_DATA = false, DATA = true };

static const struct command_row {
	enum owner id;
	const char *name, *words;
	bool data;
	const char *help;
} commands[] = {
#define COMMAND(id, name, least, most, words, data, handler, help) \
	{ OWNER_##id, name, words, data, help },
#include "app/commands.def"
#undef COMMAND
#undef OPTION
};

static const struct option_row {
	enum owner owner;
	const char *name, *argument, *help;
} options[] = {
#define COMMAND(...)
#define OPTION(id, name, argument, help) { OWNER_##id, name, argument, help },
#include "app/commands.def"
#undef OPTION
#undef COMMAND
};

enum { COMMANDS = sizeof commands / sizeof commands[0], OPTIONS = sizeof options / sizeof options[0] };

/* Its own options and --dir; the options of all stand once, by themselves. */
static bool shows(const struct command_row *c, const struct option_row *o)
{
	return o->owner == c->id || (o->owner == OWNER_data && c->data);
}

static void print_option(const char *macro, const struct option_row *o)
{
	printf("%s Fl -%s", macro, o->name);
	if (o->argument[0]) {
		fputs(" Ar ", stdout);
		mdoc_argument(o->argument);
	}
	putchar('\n');
}

static void print_synopsis(const struct command_row *c)
{
	puts(".Nm");
	if (c->name[0])
		printf(".Cm %s\n", c->name);
	for (size_t i = 0; i < OPTIONS; i++)
		if (shows(c, &options[i]))
			print_option(".Op", &options[i]);
	if (c->words[0]) {
		fputs(".Ar ", stdout);
		mdoc_argument(c->words);
		putchar('\n');
	}
}

static void print_options(const struct command_row *c)
{
	bool open = false;

	for (size_t i = 0; i < OPTIONS; i++) {
		if (c ? !shows(c, &options[i]) : options[i].owner != OWNER_any)
			continue;
		if (!open)
			puts(".Bl -tag -width Ds");
		open = true;
		print_option(".It", &options[i]);
		mdoc_sentences(options[i].help);
	}
	if (open)
		puts(".El");
}

void docgen_commands(void)
{
	for (size_t i = 0; i < COMMANDS; i++) {
		const struct command_row *c = &commands[i];

		printf(".Ss %s\n", c->name[0] ? c->name : "(no command)");
		print_synopsis(c);
		puts(".Pp");
		mdoc_sentences(c->help);
		print_options(c);
	}
}

void docgen_common_options(void)
{
	print_options(NULL);
}

void docgen_batch_words(void)
{
	puts(".Bl -tag -width Ds");
#define BATCH(word, least, most, synopsis, help, handler) \
	fputs(".It Cm " word, stdout); \
	if (most) { \
		fputs(" Ar ", stdout); \
		mdoc_argument(synopsis); \
	} \
	putchar('\n'); \
	mdoc_sentences(help);
#include "app/batch_words.def"
#undef BATCH
	puts(".It Cm #");
	puts("Begins a comment, up to the end of the line.");
	puts(".El");
}
