/* guitai journal export: every entry as a line of JSON. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"
#include "app/entry_json.h"
#include "store/journal_store.h"

enum { FLUSH_AT = 256 * 1024, BUFFER_MAX = FLUSH_AT + 8 * ENTRY_BODY_MAX };

struct export {
	struct buffer out;
	struct json_writer json;
	enum currency currency;
	uint8_t previous[JOURNAL_HASH_BYTES];
	enum fault_code code;
	struct fault *fault;
};

static bool refuse(struct export *x, enum fault_code code)
{
	x->code = code;
	return false;
}

static bool flush(struct export *x)
{
	if (x->out.failed)
		return refuse(x, fault_set(x->fault, FAULT_OUT_OF_MEMORY, NULL, NULL));
	if (fwrite(buffer_text(&x->out), 1, x->out.len, stdout) != x->out.len)
		return refuse(x, fault_set(x->fault, FAULT_FILE_NOT_WRITABLE, "stdout",
					   strerror(errno)));
	buffer_reset(&x->out);
	return true;
}

static bool export_entry(void *ctx, uint64_t seq, const struct entry *entry, const void *body,
			 size_t n, const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct export *x = ctx;
	struct entry again;

	if (!entry) {
		x->code = entry_decode(body, n, &again, x->fault);
		if (x->code == FAULT_NONE)
			x->code = fault_set_number(x->fault, FAULT_JOURNAL_ENTRY_UNREADABLE,
						   (long long)seq, "?");
		return false;
	}
	if (entry->kind == ENTRY_TILL_INITIALISED)
		x->currency = (enum currency)entry->of.till_initialised.currency;
	entry_json(&x->json, entry, x->currency, x->previous, hash);
	json_end_line(&x->json);
	memcpy(x->previous, hash, sizeof x->previous);
	return (x->out.len < FLUSH_AT && !x->out.failed) || flush(x);
}

static enum fault_code export(struct journal_store *journal, struct fault *fault)
{
	struct export x = { .fault = fault };
	enum fault_code code;

	buffer_init(&x.out, BUFFER_MAX);
	json_writer_init(&x.json, &x.out);
	code = journal_each(journal, 1, 0, export_entry, &x, fault);
	if (!code)
		code = x.code;
	if (!code && !flush(&x))
		code = x.code;
	buffer_release(&x.out);
	return code;
}

int journal_export_command(const struct invocation *in, struct fault *fault)
{
	struct journal_store *journal = NULL;
	enum fault_code code = journal_open(in->dir, JOURNAL_READ, &journal, fault);

	if (!code)
		code = export(journal, fault);
	journal_close(journal);
	return code ? EXIT_REFUSED : EXIT_DONE;
}
