/* guitai report: the X report of the open shift, the Z report of the last one. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/errand.h"

/* As the till says it, in the shop's language, or as JSON. */
static bool report(struct errand *e, const char *kind, bool json, struct fault *fault)
{
	const struct json_value *reply;
	const char *text;
	char line[32];

	snprintf(line, sizeof line, "report %s%s", kind, json ? "" : " text");
	if (!errand_run(e, line, &reply, fault))
		return false;
	if (json) {
		printf("%s\n", buffer_text(&e->reply));
		return true;
	}
	text = json_text_of(json_member(reply, "text"));
	fputs(text ? text : "", stdout);
	return true;
}

int report_command(const struct invocation *in, struct fault *fault)
{
	const char *kind = in->words[0], *format = invocation_option(in, "format");
	bool json = format && strcmp(format, "json") == 0;
	struct errand e;
	bool ok;

	if (strcmp(kind, "x") != 0 && strcmp(kind, "z") != 0) {
		fault_set(fault, FAULT_USAGE_EXTRA_WORD, "guitai report", kind);
		return EXIT_WRONG_USAGE;
	}
	if (format && !json && strcmp(format, "text") != 0) {
		fault_set(fault, FAULT_PRINT_BAD_FORMAT, format, NULL);
		return EXIT_REFUSED;
	}
	ok = !errand_begin(&e, in, ERRAND_CASHIER, fault) && report(&e, kind, json, fault);
	errand_end(&e);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}
