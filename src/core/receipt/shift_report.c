/* The X report of an open shift and the Z report of a closed one. */
#include <stdio.h>

#include "receipt/document.h"

enum { LEFT_MAX = 128 };

static void add_title(struct receipt_writer *w, const struct shift *shift)
{
	char title[LEFT_MAX];

	if (shift->open)
		snprintf(title, sizeof title, "%s", receipt_word(w, RECEIPT_LABEL_X_REPORT));
	else
		snprintf(title, sizeof title, "%s %llu", receipt_word(w, RECEIPT_LABEL_Z_REPORT),
			 (unsigned long long)shift->z_number);
	receipt_add(w, RECEIPT_TITLE, title, NULL);
}

static void add_times(struct receipt_writer *w, const struct shift *shift)
{
	receipt_add_count(w, RECEIPT_LABEL_SHIFT, shift->number);
	receipt_add_time(w, RECEIPT_LABEL_OPENED, shift->opened_at);
	receipt_add_pair(w, RECEIPT_LABEL_OPENED_BY, shift->opened_by);
	if (shift->open) {
		receipt_add_time(w, RECEIPT_LABEL_TIME, w->context->printed_at);
		return;
	}
	receipt_add_time(w, RECEIPT_LABEL_CLOSED, shift->closed_at);
	receipt_add_pair(w, RECEIPT_LABEL_CLOSED_BY, shift->closed_by);
}

static void add_sales(struct receipt_writer *w, const struct shift *shift)
{
	receipt_add_pair(w, RECEIPT_LABEL_CURRENCY, currency_letters(w->currency));
	receipt_add_counted(w, RECEIPT_LABEL_SALES, shift->sales, shift->sales_minor);
	receipt_add_counted(w, RECEIPT_LABEL_RETURNS, shift->returns, shift->returns_minor);
	receipt_add(w, RECEIPT_RULE, NULL, NULL);
	receipt_add_amount(w, RECEIPT_LABEL_NET, shift_net(shift));
	receipt_add_amount(w, RECEIPT_LABEL_DISCOUNTS, -shift->discounts_minor);
	receipt_add_amount(w, RECEIPT_LABEL_ROUNDING, shift->rounding_minor);
	receipt_add_count(w, RECEIPT_LABEL_ITEMS, shift->items);
}

static void add_tenders(struct receipt_writer *w, const struct shift *shift)
{
	for (size_t i = 0; i < shift->n_tenders; i++) {
		const struct shift_tender *tender = &shift->tenders[i];
		char left[LEFT_MAX];
		money_text amount;

		snprintf(left, sizeof left, "%s (%llu)",
			 shift_tender_is_cash(tender) ? receipt_word(w, RECEIPT_LABEL_CASH)
						      : tender->name,
			 (unsigned long long)tender->count);
		money_format(money_make(tender->amount_minor, w->currency), amount);
		receipt_add(w, RECEIPT_PAIR, left, amount);
	}
}

/* The drawer: what must be in it, and in a Z report what was found. */
static void add_drawer(struct receipt_writer *w, const struct shift *shift)
{
	receipt_add_amount(w, RECEIPT_LABEL_FLOAT, shift->float_minor);
	receipt_add_amount(w, RECEIPT_LABEL_EXPECTED, shift_expected_cash(shift));
	if (shift->open)
		return;
	receipt_add_amount(w, RECEIPT_LABEL_COUNTED, shift->counted_minor);
	receipt_add_amount(w, RECEIPT_LABEL_DIFFERENCE,
			   shift->counted_minor - shift_expected_cash(shift));
}

static void add_watched(struct receipt_writer *w, const struct shift *shift)
{
	receipt_add_counted(w, RECEIPT_LABEL_VOIDS, shift->voids, shift->voids_minor);
	receipt_add_counted(w, RECEIPT_LABEL_CLEARED, shift->cleared, shift->cleared_minor);
	receipt_add_count(w, RECEIPT_LABEL_OVERRIDES, shift->overrides);
	receipt_add_count(w, RECEIPT_LABEL_HELD, shift->held);
	receipt_add_count(w, RECEIPT_LABEL_REPRINTS, shift->reprints);
	receipt_add(w, RECEIPT_RULE, NULL, NULL);
	receipt_add_counted(w, RECEIPT_LABEL_PERPETUAL, shift->perpetual_sales, shift->perpetual_minor);
}

bool receipt_of_shift(struct receipt_document *doc, const struct shift *shift,
		      const struct receipt_context *context)
{
	struct receipt_writer w = { doc, context, context->currency };

	receipt_add_head(&w);
	add_title(&w, shift);
	add_times(&w, shift);
	receipt_add(&w, RECEIPT_RULE, NULL, NULL);
	add_sales(&w, shift);
	receipt_add(&w, RECEIPT_RULE, NULL, NULL);
	add_tenders(&w, shift);
	receipt_add(&w, RECEIPT_RULE, NULL, NULL);
	add_drawer(&w, shift);
	receipt_add(&w, RECEIPT_RULE, NULL, NULL);
	add_watched(&w, shift);
	receipt_add(&w, RECEIPT_RULE, NULL, NULL);
	receipt_add_foot(&w);
	return !doc->failed;
}
