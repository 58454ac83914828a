/* The commands of guitai and guitai-hub, and the words of guitai batch, as parts
 * of their manuals. */
#include "tools/docgen.h"

#include <stdio.h>

#include "base/mark.h"
#include "tools/docgen_program.h"

static void print_option(const char *macro, const struct docgen_option *o)
{
	printf("%s Fl -%s", macro, o->name);
	if (o->argument[0]) {
		fputs(" Ar ", stdout);
		mdoc_argument(o->argument);
	}
	putchar('\n');
}

static void print_synopsis(const struct docgen_program *p, const struct docgen_command *c)
{
	puts(".Nm");
	if (c->name[0])
		printf(".Cm %s\n", c->name);
	for (size_t i = 0; i < p->n_options; i++)
		if (docgen_shows(c, &p->options[i]))
			print_option(".Op", &p->options[i]);
	if (c->words[0]) {
		fputs(".Ar ", stdout);
		mdoc_argument(c->words);
		putchar('\n');
	}
}

/* A command's own options; those of any command when it is NULL. */
static void print_options(const struct docgen_program *p, const struct docgen_command *c)
{
	bool open = false;

	for (size_t i = 0; i < p->n_options; i++) {
		if (c ? !docgen_shows(c, &p->options[i]) : p->options[i].owner != OWNER_ANY)
			continue;
		if (!open)
			puts(".Bl -tag -width Ds");
		open = true;
		print_option(".It", &p->options[i]);
		mdoc_sentences(p->options[i].help);
	}
	if (open)
		puts(".El");
}

static void print_commands(const struct docgen_program *p)
{
	for (size_t i = 0; i < p->n_commands; i++) {
		const struct docgen_command *c = &p->commands[i];

		printf(".Ss %s\n", c->name[0] ? c->name : "(no command)");
		print_synopsis(p, c);
		puts(".Pp");
		mdoc_sentences(c->help);
		print_options(p, c);
	}
}

void docgen_commands(void)
{
	print_commands(&docgen_till);
}

void docgen_common_options(void)
{
	print_options(&docgen_till, NULL);
}

void docgen_hub_commands(void)
{
	print_commands(&docgen_hub);
}

void docgen_hub_common_options(void)
{
	print_options(&docgen_hub, NULL);
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
