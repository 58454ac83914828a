/* The receipt of an order. */
#include <stdio.h>
#include <string.h>

#include "money/quantity.h"
#include "receipt/document.h"

enum { LEFT_MAX = 256, FIGURE_MAX = 64 };

void receipt_code_of(const struct ident *order, receipt_code out)
{
	ident_checked letters;

	ident_format_checked(order, letters);
	snprintf(out, sizeof(receipt_code), "GR%s", letters);
}

/* "Discount 12.5%"; a discount by amount says its word alone. */
static void discount_words(const struct receipt_writer *w, enum receipt_label label,
			   struct discount discount, char out[LEFT_MAX])
{
	quantity_text percent;

	percent_format((int32_t)discount.value, percent);
	if (discount.kind == DISCOUNT_PERCENT)
		snprintf(out, LEFT_MAX, "%s %s%%", receipt_word(w, label), percent);
	else
		snprintf(out, LEFT_MAX, "%s", receipt_word(w, label));
}

static void add_discount(struct receipt_writer *w, enum receipt_label label,
			 struct discount discount, int64_t minor)
{
	char words[LEFT_MAX];
	money_text amount;

	if (minor == 0)
		return;
	discount_words(w, label, discount, words);
	money_format(money_make(-minor, w->currency), amount);
	receipt_add(w, RECEIPT_DETAIL, words, amount);
}

static void add_line(struct receipt_writer *w, const struct order_line *line)
{
	char count[FIGURE_MAX], note[LEFT_MAX];
	quantity_text q;
	money_text price, amount;

	quantity_format(line->quantity, q);
	snprintf(count, sizeof count, "%s%s", q, line->fractional ? line->unit : "");
	money_format(money_make(line->price_minor, w->currency), price);
	money_format(money_make(line->gross_minor, w->currency), amount);
	receipt_add_item(w, RECEIPT_ITEM, line->name[0] ? line->name : line->code, count, price, amount);
	if (line->quantity < 0) {
		snprintf(note, sizeof note, line->reason[0] ? "%s: %s" : "%s%s",
			 receipt_word(w, RECEIPT_LABEL_RETURNED), line->reason);
		receipt_add(w, RECEIPT_NOTE, note, NULL);
	}
	add_discount(w, RECEIPT_LABEL_DISCOUNT, line->discount, line->discount_minor);
}

static void add_lines(struct receipt_writer *w, const struct order *order)
{
	receipt_add_item(w, RECEIPT_HEADING, receipt_word(w, RECEIPT_LABEL_ITEM),
			 receipt_word(w, RECEIPT_LABEL_QUANTITY),
			 receipt_word(w, RECEIPT_LABEL_PRICE), receipt_word(w, RECEIPT_LABEL_AMOUNT));
	receipt_add(w, RECEIPT_RULE, NULL, NULL);
	for (size_t i = 0; i < order->n_lines; i++)
		if (!order->lines[i].voided)
			add_line(w, &order->lines[i]);
	receipt_add(w, RECEIPT_RULE, NULL, NULL);
}

/* What the order's discount took off, over all lines. */
static int64_t order_discount(const struct order *order)
{
	int64_t sum = 0;

	for (size_t i = 0; i < order->n_lines; i++)
		if (!order->lines[i].voided)
			sum += order->lines[i].share_minor;
	return sum;
}

static void add_total(struct receipt_writer *w, int64_t minor)
{
	const struct receipt_context *context = w->context;
	const char *sign = context->iso_currency ? currency_letters(w->currency)
						 : currency_sign_wide(w->currency);
	char text[FIGURE_MAX];
	money_text amount;

	money_format(money_make(minor, w->currency), amount);
	snprintf(text, sizeof text, "%s%s%s", sign, context->iso_currency ? " " : "", amount);
	receipt_add(w, RECEIPT_TOTAL, receipt_word(w, RECEIPT_LABEL_TOTAL), text);
}

static void add_sums(struct receipt_writer *w, const struct order *order)
{
	receipt_add_count(w, RECEIPT_LABEL_LINES, order->live_lines);
	receipt_add_amount(w, RECEIPT_LABEL_SUBTOTAL, order->subtotal_minor);
	if (order->discount_minor) {
		receipt_add_amount(w, RECEIPT_LABEL_DISCOUNT, -order->discount_minor);
		add_discount(w, RECEIPT_LABEL_ORDER_DISCOUNT, order->discount, order_discount(order));
	}
	if (order->rounding_minor)
		receipt_add_amount(w, RECEIPT_LABEL_ROUNDING, order->rounding_minor);
	add_total(w, order->total_minor);
}

static void add_tender(struct receipt_writer *w, const struct order_tender *tender)
{
	const char *name = tender->kind == TENDER_CASH ? receipt_word(w, RECEIPT_LABEL_CASH)
						       : tender->name;
	char reference[LEFT_MAX];
	money_text given;

	money_format(money_make(tender->given_minor, w->currency), given);
	receipt_add(w, RECEIPT_PAIR, name, given);
	if (!tender->ref[0])
		return;
	snprintf(reference, sizeof reference, "%s: %s", receipt_word(w, RECEIPT_LABEL_REFERENCE),
		 tender->ref);
	receipt_add(w, RECEIPT_NOTE, reference, NULL);
}

static void add_tenders(struct receipt_writer *w, const struct order *order)
{
	for (size_t i = 0; i < order->n_tenders; i++)
		if (!order->tenders[i].cancelled)
			add_tender(w, &order->tenders[i]);
	if (order->change_minor)
		receipt_add_amount(w, RECEIPT_LABEL_CHANGE, order->change_minor);
}

static void add_taxes(struct receipt_writer *w, const struct order *order)
{
	struct order_tax rows[ORDER_TAX_RATES_MAX];
	size_t n = order_taxes(order, rows);

	for (size_t i = 0; i < n; i++) {
		char left[LEFT_MAX];
		quantity_text rate;
		money_text net, tax;

		percent_format(rows[i].rate_bp, rate);
		money_format(money_make(rows[i].net_minor, w->currency), net);
		money_format(money_make(rows[i].tax_minor, w->currency), tax);
		snprintf(left, sizeof left, "%s %s%% (%s)", receipt_word(w, RECEIPT_LABEL_TAX), rate,
			 net);
		receipt_add(w, RECEIPT_PAIR, left, tax);
	}
}

/* Nothing is printed as paid before it is. */
static void add_unpaid(struct receipt_writer *w, const struct order *order)
{
	char mark[LEFT_MAX];

	if (order->state == ORDER_CLOSED || order->state == ORDER_PART_REFUNDED ||
	    order->state == ORDER_REFUNDED)
		return;
	receipt_add_amount(w, RECEIPT_LABEL_STILL_DUE, order_due(order));
	snprintf(mark, sizeof mark, "*** %s ***", receipt_word(w, RECEIPT_LABEL_NOT_PAID));
	receipt_add(w, RECEIPT_MARK, mark, NULL);
}

bool receipt_of_order(struct receipt_document *doc, const struct order *order,
		      const struct receipt_context *context)
{
	struct receipt_writer w = { doc, context, order->currency };
	bool closed = order->closed_at.utc_ms != 0;
	receipt_code code;

	receipt_add_head(&w);
	receipt_add_pair(&w, RECEIPT_LABEL_CASHIER,
			 context->cashier && context->cashier[0] ? context->cashier : order->cashier);
	receipt_add_count(&w, RECEIPT_LABEL_ORDER, order->number);
	receipt_add_time(&w, RECEIPT_LABEL_TIME, closed ? order->closed_at : order->opened_at);
	receipt_add(&w, RECEIPT_RULE, NULL, NULL);
	add_lines(&w, order);
	add_sums(&w, order);
	add_tenders(&w, order);
	add_taxes(&w, order);
	add_unpaid(&w, order);
	receipt_add(&w, RECEIPT_RULE, NULL, NULL);
	receipt_add_foot(&w);
	receipt_code_of(&order->id, code);
	receipt_add(&w, RECEIPT_SCAN, code, NULL);
	return !doc->failed;
}
