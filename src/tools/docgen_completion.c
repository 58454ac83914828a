/* The commands and options of guitai as arrays of bash. */
#include "tools/docgen.h"

#include <stdio.h>
#include <string.h>

/* "--dir|DIR": what completes an option's argument is told by its name. */
static void print_options(void)
{
	puts("\tlocal -A argument=(");
#define COMMAND(...)
#define OPTION(id, name, argument, help) \
	if (argument[0]) \
		printf("\t\t[--%s]=%s\n", name, argument);
#include "app/commands.def"
#undef OPTION
#undef COMMAND
	puts("\t)");
	puts("\tlocal -A options=(");
	fputs("\t\t[any]='", stdout);
#define COMMAND(...)
#define OPTION(id, name, argument, help) \
	if (strcmp(#id, "any") == 0) \
		fputs("--" name " ", stdout);
#include "app/commands.def"
#undef OPTION
#undef COMMAND
	puts("'");
}

static void print_own_options(const char *owner)
{
#define COMMAND(...)
#define OPTION(id, name, argument, help) \
	if (strcmp(#id, owner) == 0) \
		fputs("--" name " ", stdout);
#include "app/commands.def"
#undef OPTION
#undef COMMAND
}

void docgen_completion(void)
{
	enum { NO_DATA, DATA };

	print_options();
#define OPTION(...)
#define COMMAND(id, name, least, most, words, data, handler, help) \
	fputs("\t\t['" name "/']='", stdout); \
	print_own_options(#id); \
	if (data == DATA) \
		print_own_options("data"); \
	puts("'");
#include "app/commands.def"
#undef COMMAND
#undef OPTION
	puts("\t)");
}
