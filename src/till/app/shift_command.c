/* guitai shift open and close: the drawer's beginning and end of a day. */
#include <stdio.h>

#include "app/command.h"
#include "app/errand.h"
#include "command/speech.h"

/* "shift open" or "shift close" with its amount. */
static bool change_shift(struct errand *e, const char *words, const char *amount,
			 struct fault *fault)
{
	const struct json_value *reply;
	struct buffer line = BUFFER_INIT(BATCH_LINE_MAX);
	bool ok;

	buffer_add_text(&line, words);
	ok = !errand_word(&line, words, amount, fault) &&
	     errand_run(e, buffer_text(&line), &reply, fault);
	buffer_release(&line);
	return ok;
}

/* The report's text, said by the till in the shop's language. */
static bool show_report(struct errand *e, const char *line, struct fault *fault)
{
	const struct json_value *reply;
	const char *text;

	if (!errand_run(e, line, &reply, fault))
		return false;
	text = json_text_of(json_member(reply, "text"));
	if (text)
		fputs(text, stdout);
	return true;
}

int shift_open_command(const struct invocation *in, struct fault *fault)
{
	struct errand e;
	bool ok = !errand_begin(&e, in, ERRAND_CASHIER, fault) &&
		  change_shift(&e, "shift open", in->words[0], fault);

	if (ok)
		printf(_("The shift is open with a float of %s.\n"), in->words[0]);
	errand_end(&e);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}

int shift_close_command(const struct invocation *in, struct fault *fault)
{
	struct errand e;
	bool ok = !errand_begin(&e, in, ERRAND_CASHIER, fault) &&
		  change_shift(&e, "shift close", in->words[0], fault) &&
		  show_report(&e, "report z text", fault);

	errand_end(&e);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}
