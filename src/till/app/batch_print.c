/* The word print, and reports as text. */
#include <string.h>

#include "app/batch.h"
#include "app/receipt_text.h"

/* Where a print goes whose receipt is the reply. */
struct print_reply {
	struct batch *batch;
	unsigned columns;
};

static enum print_outcome print_to_reply(void *ctx, const struct counter *counter,
					 const struct order *order, const struct print_job *job,
					 const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct print_reply *p = ctx;
	struct batch *b = p->batch;

	if (!receipt_text_order(b->settings, counter, order, job->copy, hash, p->columns,
				&b->text_space))
		return PRINT_FAILED;
	b->text = buffer_text(&b->text_space);
	b->print_job = *job;
	return PRINT_DONE;
}

static enum fault_code find(struct batch *b, const char *word, struct closed_order *ret,
			    struct fault *fault)
{
	struct ident id;
	uint64_t number;
	enum fault_code code;

	if (!word || strcmp(word, "last") == 0)
		return agent_find_closed(b->agent, 0, NULL, ret, fault);
	code = batch_order(word, &number, &id, fault);
	return code ? code : agent_find_closed(b->agent, number, number ? NULL : &id, ret, fault);
}

enum fault_code batch_columns(const char *word, unsigned *ret, struct fault *fault)
{
	struct fault ignored;
	uint32_t columns;

	if (batch_number(word, &columns, &ignored) || !receipt_columns_known(columns))
		return fault_set(fault, FAULT_PRINT_BAD_COLUMNS, word, NULL);
	*ret = columns;
	return FAULT_NONE;
}

enum fault_code batch_print(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	struct print_reply p = { b, 0 };
	struct closed_order where;
	enum fault_code code = n > 1 ? batch_columns(args[1], &p.columns, fault) : FAULT_NONE;

	if (!code)
		code = find(b, n ? args[0] : NULL, &where, fault);
	if (!code)
		code = agent_print_by(b->agent, &where, print_to_reply, &p, fault);
	if (!code && !b->text)
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	return code;
}

enum fault_code batch_report_text(struct batch *b, struct fault *fault)
{
	if (!receipt_text_shift(b->settings, agent_counter(b->agent), b->report, agent_now(b->agent),
				0, &b->text_space))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	b->text = buffer_text(&b->text_space);
	return FAULT_NONE;
}
