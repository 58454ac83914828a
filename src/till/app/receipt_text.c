/* What the documents of room receipt do not know: shop, words, people. */
#include "app/receipt_text.h"

#include "command/speech.h"

static void fill_labels(struct receipt_labels *labels)
{
	for (int i = 0; i < RECEIPT_LABELS; i++)
		labels->text[i] = _(receipt_label_english((enum receipt_label)i));
}

static struct receipt_context context_of(const struct settings *settings,
					 const struct counter *counter,
					 struct receipt_labels *labels)
{
	fill_labels(labels);
	return (struct receipt_context){
		.labels = labels,
		.shop = settings->shop_name[0] ? settings->shop_name : counter->shop,
		.store = counter->store,
		.till = counter->till,
		.header = settings->receipt_header.items,
		.n_header = settings->receipt_header.n,
		.footer = settings->receipt_footer.items,
		.n_footer = settings->receipt_footer.n,
		.currency = counter->currency,
		.training = counter->training,
	};
}

static bool lay_out(const struct receipt_document *doc, const struct settings *settings,
		    unsigned columns, struct buffer *out)
{
	return receipt_layout_text(doc, columns ? columns : (unsigned)settings->receipt_columns, out);
}

bool receipt_text_order(const struct settings *settings, const struct counter *counter,
			const struct order *order, uint64_t copy, const uint8_t *hash,
			unsigned columns, struct buffer *out)
{
	struct receipt_labels labels;
	struct receipt_context context = context_of(settings, counter, &labels);
	const struct cashier *cashier = counter_cashier(counter, order->cashier);
	struct receipt_document doc;
	bool ok;

	context.cashier = cashier ? cashier->name : NULL;
	context.copy = copy;
	context.journal_seq = order->receipt_journal;
	context.journal_hash = hash;
	receipt_init(&doc);
	ok = receipt_of_order(&doc, order, &context) && lay_out(&doc, settings, columns, out);
	receipt_release(&doc);
	return ok;
}

bool receipt_text_shift(const struct settings *settings, const struct counter *counter,
			const struct shift *shift, struct instant now, unsigned columns,
			struct buffer *out)
{
	struct receipt_labels labels;
	struct receipt_context context = context_of(settings, counter, &labels);
	struct receipt_document doc;
	bool ok;

	context.printed_at = now;
	receipt_init(&doc);
	ok = receipt_of_shift(&doc, shift, &context) && lay_out(&doc, settings, columns, out);
	receipt_release(&doc);
	return ok;
}
