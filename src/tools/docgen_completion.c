/* The commands and options of a program as arrays of bash. */
#include "tools/docgen.h"

#include <stdio.h>
#include <string.h>

#include "tools/docgen_program.h"

/* "--dir|DIR": what completes an option's argument is told by its name. An
 * option of several commands stands there once. */
static void print_arguments(const struct docgen_program *p)
{
	puts("\tlocal -A argument=(");
	for (size_t i = 0; i < p->n_options; i++) {
		const struct docgen_option *o = &p->options[i];
		bool before = false;

		for (size_t k = 0; k < i; k++)
			before = before || strcmp(p->options[k].name, o->name) == 0;
		if (o->argument[0] && !before)
			printf("\t\t[--%s]=%s\n", o->name, o->argument);
	}
	puts("\t)");
}

static void print_options(const struct docgen_program *p, const struct docgen_command *c)
{
	for (size_t i = 0; i < p->n_options; i++)
		if (c ? docgen_shows(c, &p->options[i]) : p->options[i].owner == OWNER_ANY)
			printf("--%s ", p->options[i].name);
}

static void print_program(const struct docgen_program *p)
{
	print_arguments(p);
	puts("\tlocal -A options=(");
	fputs("\t\t[any]='", stdout);
	print_options(p, NULL);
	puts("'");
	for (size_t i = 0; i < p->n_commands; i++) {
		printf("\t\t['%s/']='", p->commands[i].name);
		print_options(p, &p->commands[i]);
		puts("'");
	}
	puts("\t)");
}

void docgen_completion(void)
{
	print_program(&docgen_till);
}

void docgen_hub_completion(void)
{
	print_program(&docgen_hub);
}
