/* guitai print: receipts without a terminal. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/errand.h"
#include "app/receipt_print.h"

static enum fault_code check_options(const struct invocation *in, struct fault *fault)
{
	const char *format = invocation_option(in, "format");
	const char *columns = invocation_option(in, "columns");
	unsigned n;

	if (format && strcmp(format, "text") != 0)
		return fault_set(fault, FAULT_PRINT_BAD_FORMAT, format, NULL);
	return columns ? batch_columns(columns, &n, fault) : FAULT_NONE;
}

/* The receipt goes where it was asked for; the till has counted it as printed
 * by then, so that one that got lost on the way is followed by a marked one. */
static bool deliver(const struct json_value *reply, const char *to, struct fault *fault)
{
	const char *receipt = json_text_of(json_member(reply, "text"));
	const struct json_value *print = NULL;
	struct buffer text = BUFFER_INIT(BATCH_REPLY_MAX);
	int64_t number = 0, copy = 0;
	bool ok = true;

	buffer_add_text(&text, receipt ? receipt : "");
	if (!to) {
		fputs(buffer_text(&text), stdout);
	} else if (json_get_object(reply, "print", &print, fault) ||
		   json_get_number(print, "order", 1, INT64_MAX, &number, fault) ||
		   json_get_number(print, "copy", 0, INT64_MAX, &copy, fault)) {
		ok = false;
	} else if (receipt_write(to, (uint64_t)number, (uint64_t)copy, &text) != PRINT_DONE) {
		fault_set(fault, FAULT_FILE_NOT_WRITABLE, to, strerror(errno));
		ok = false;
	}
	buffer_release(&text);
	return ok;
}

static bool print_one(struct errand *e, const char *order, struct fault *fault)
{
	const char *columns = invocation_option(e->in, "columns");
	const struct json_value *reply;
	struct buffer line = BUFFER_INIT(BATCH_LINE_MAX);
	bool ok;

	buffer_add_text(&line, "print");
	ok = !errand_word(&line, "ORDER", order, fault) &&
	     (!columns || !errand_word(&line, "--columns", columns, fault)) &&
	     errand_run(e, buffer_text(&line), &reply, fault) &&
	     deliver(reply, invocation_option(e->in, "to"), fault);
	buffer_release(&line);
	return ok;
}

int print_command(const struct invocation *in, struct fault *fault)
{
	struct errand e;
	bool ok;

	if (check_options(in, fault))
		return EXIT_REFUSED;
	ok = !errand_begin(&e, in, ERRAND_NOBODY, fault);
	if (ok && in->n_words == 0)
		ok = print_one(&e, "last", fault);
	for (size_t i = 0; ok && i < in->n_words; i++)
		ok = print_one(&e, in->words[i], fault);
	errand_end(&e);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}
