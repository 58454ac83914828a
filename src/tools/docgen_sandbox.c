/* What guitai-sandbox(8) lists: options, simulated customers, refusals. */
#include "tools/docgen.h"

#include <stdio.h>

#include "base/mark.h"

static const struct option {
	const char *name, *argument, *standard, *help;
} options[] = {
#define OPTION(id, name, argument, standard, help) { name, argument, standard, help },
#define TIME(member, name, standard, help) { name, N_("MS"), #standard, help },
#include "sandbox/options.def"
#undef TIME
#undef OPTION
};

static const struct row {
	const char *what, *help;
} customers[] = {
#define CUSTOMER(digits, name, answer, deed, when, notices, recalls, refusal, button, help) { #digits, help },
#include "sandbox/customers.def"
#undef CUSTOMER
}, refusals[] = {
#define REFUSAL(name, status, message) { #name " (" #status ")", message },
#include "sandbox/refusals.def"
#undef REFUSAL
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void print_rows(const struct row *rows, size_t n)
{
	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++) {
		fputs(".It ", stdout);
		mdoc_argument(rows[i].what);
		putchar('\n');
		mdoc_sentences(rows[i].help);
	}
	puts(".El");
}

void docgen_sandbox_options(void)
{
	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < COUNT(options); i++) {
		printf(".It Fl -%s", options[i].name);
		if (options[i].argument) {
			fputs(" Ar ", stdout);
			mdoc_argument(options[i].argument);
		}
		putchar('\n');
		mdoc_sentences(options[i].help);
		if (options[i].standard[0]) {
			puts(".br");
			puts("Unless given:");
			mdoc_sentences(options[i].standard);
		}
	}
	puts(".El");
}

void docgen_sandbox_customers(void)
{
	print_rows(customers, COUNT(customers));
}

void docgen_sandbox_refusals(void)
{
	print_rows(refusals, COUNT(refusals));
}
