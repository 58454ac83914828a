/* The documents of the receipt room, in the language of the screen. */
#include "screen/report.h"

#include "receipt/receipt.h"

static void fill_labels(struct receipt_labels *labels)
{
	for (enum receipt_label l = 0; l < RECEIPT_LABELS; l++)
		labels->text[l] = gettext(receipt_label_english(l));
}

static void fill_context(struct screen_loop *loop, const struct receipt_labels *labels,
			 struct receipt_context *ret)
{
	const struct settings *s = loop->context.settings;
	const struct counter *c = loop_counter(loop);

	*ret = (struct receipt_context){
		.labels = labels,
		.shop = s->shop_name[0] ? s->shop_name : c->shop,
		.store = s->store_id[0] ? s->store_id : c->store,
		.till = c->till,
		.header = s->receipt_header.items,
		.n_header = s->receipt_header.n,
		.footer = s->receipt_footer.items,
		.n_footer = s->receipt_footer.n,
		.currency = c->currency,
		.training = c->training,
		.printed_at = agent_now(loop->context.agent),
	};
}

bool report_shift_text(struct screen_loop *loop, const struct shift *shift, struct buffer *out)
{
	struct receipt_context context;
	struct receipt_document doc;
	struct receipt_labels labels;
	bool ok;

	fill_labels(&labels);
	fill_context(loop, &labels, &context);
	receipt_init(&doc);
	ok = receipt_of_shift(&doc, shift, &context) && receipt_layout_text(&doc, REPORT_COLS, out);
	receipt_release(&doc);
	return ok;
}

bool report_order_text(struct screen_loop *loop, const struct order *order,
		       const uint8_t hash[JOURNAL_HASH_BYTES], struct buffer *out)
{
	const struct cashier *who = counter_cashier(loop_counter(loop), order->cashier);
	struct receipt_context context;
	struct receipt_document doc;
	struct receipt_labels labels;
	bool ok;

	fill_labels(&labels);
	fill_context(loop, &labels, &context);
	context.cashier = who ? who->name : NULL;
	context.journal_seq = order->receipt_journal;
	context.journal_hash = hash;
	receipt_init(&doc);
	ok = receipt_of_order(&doc, order, &context) && receipt_layout_text(&doc, REPORT_COLS, out);
	receipt_release(&doc);
	return ok;
}
