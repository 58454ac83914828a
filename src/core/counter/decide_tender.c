/* Decisions about money taken and given, and the close of the order it pays. */
#include "counter/decide.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum fault_code decide_refuse_amounts(struct decision *d, enum fault_code code, int64_t first,
				      int64_t second)
{
	money_text a, b;

	money_format(money_make(first, d->c->currency), a);
	money_format(money_make(second, d->c->currency), b);
	return fault_set(d->fault, code, a, b);
}

enum fault_code decide_payable_order(struct decision *d, const struct order **ret_order)
{
	enum fault_code code = decide_needs_order(d, ret_order);

	if (!code)
		code = decide_needs_amount(d, d->event->amount_minor);
	if (!code && (*ret_order)->live_lines == 0)
		code = fault_set(d->fault, FAULT_ORDER_EMPTY, NULL, NULL);
	if (!code && (*ret_order)->n_tenders >= ORDER_TENDERS_MAX)
		code = fault_set_number(d->fault, FAULT_TENDER_TOO_MANY, ORDER_TENDERS_MAX, NULL);
	return code ? code : decide_needs_settled(d, *ret_order);
}

static void pack_taxes(struct decision *d, const struct order *order)
{
	struct order_tax rows[ORDER_TAX_RATES_MAX];
	size_t n = order_taxes(order, rows);

	for (size_t i = 0; i < n; i++) {
		pack_integer(&d->step->taxes, rows[i].rate_bp);
		pack_integer(&d->step->taxes, rows[i].net_minor);
		pack_integer(&d->step->taxes, rows[i].tax_minor);
	}
}

/* The order as it closes: with the last tender and its rounding in it, the
 * shift must be able to count it. */
static enum fault_code check_countable(struct decision *d, const struct order *order,
				       int64_t rounding, const struct order_tender *last)
{
	struct order closing = *order;
	struct order_tender tenders[ORDER_TENDERS_MAX + 1];
	struct shift shift = d->c->shift;
	enum fault_code code;

	if (order->n_tenders)
		memcpy(tenders, order->tenders, order->n_tenders * sizeof *tenders);
	if (last)
		tenders[closing.n_tenders++] = *last;
	closing.tenders = tenders;
	closing.total_minor += rounding - order->rounding_minor;
	closing.rounding_minor = rounding;
	code = shift_count_order(&shift, &closing);
	if (code == FAULT_LIMIT_REACHED)
		return fault_set_number(d->fault, code, SHIFT_TENDERS_MAX, "tenders");
	return code ? fault_set(d->fault, code, NULL, NULL) : FAULT_NONE;
}

enum fault_code decide_close_order(struct decision *d, const struct order *order, int64_t rounding,
				   const struct order_tender *last)
{
	int64_t total = order->total_minor - order->rounding_minor + rounding;
	enum fault_code code = check_countable(d, order, rounding, last);
	struct entry *e;

	if (!code && d->c->rules.print_receipts)
		code = decide_needs_print(d);
	if (code)
		return code;
	pack_taxes(d, order);
	e = decide_order_entry(d, ENTRY_ORDER_CLOSED, order);
	e->perpetual_minor = d->c->perpetual_minor + total;
	e->of.order_closed.number = (int64_t)order->number;
	e->of.order_closed.subtotal = order->subtotal_minor;
	e->of.order_closed.discount = order->discount_minor;
	e->of.order_closed.rounding = rounding;
	e->of.order_closed.total = total;
	e->of.order_closed.change = order->change_minor + (last ? last->change_minor : 0);
	e->of.order_closed.taxes = (struct entry_counts){
		(const uint8_t *)d->step->taxes.data, d->step->taxes.len };
	if (d->c->rules.print_receipts)
		decide_queue_print(d, &order->id, order->number, 0);
	return FAULT_NONE;
}

void decide_enter_tender(struct decision *d, const struct order *order,
			 const struct order_tender *tender, int64_t rounding)
{
	struct entry *e = decide_order_entry(d, ENTRY_TENDERED, order);

	e->of.tendered.tender = tender->n;
	e->of.tendered.kind = tender->kind;
	memcpy(e->of.tendered.name, tender->name, sizeof tender->name);
	memcpy(e->of.tendered.ref, tender->ref, sizeof tender->ref);
	e->of.tendered.amount = tender->amount_minor;
	e->of.tendered.given = tender->given_minor;
	e->of.tendered.change = tender->change_minor;
	e->of.tendered.rounding = rounding;
}

/* Cash for `due`, which rounds to `cash_due`: what of it counts, what goes
 * back, and whether the order closes. Both the exact amount and the rounded one
 * are enough: who has the coins may pay to the cent where the rounding is up,
 * and what lies between is rounding too. */
static enum fault_code count_cash(struct decision *d, int64_t due, int64_t cash_due,
				  struct order_tender *tender, bool *ret_closes)
{
	int64_t given = d->event->amount_minor;

	if (due < 0) {
		if (given > -cash_due)
			return decide_refuse_amounts(d, FAULT_TENDER_PAY_OUT_TOO_MUCH, given, -cash_due);
		given = -given;
	}
	if (due == 0 && given != 0)
		return fault_set(d->fault, FAULT_TENDER_NOTHING_DUE, NULL, NULL);
	if (given == 0 && cash_due != 0)
		return decide_refuse_amounts(d, FAULT_TENDER_ZERO, due, 0);
	if (due < 0)
		*ret_closes = given <= due || given == cash_due;
	else
		*ret_closes = given >= due || given >= cash_due;
	tender->given_minor = given;
	tender->amount_minor = due >= 0 && given > cash_due ? cash_due : given;
	tender->change_minor = given - tender->amount_minor;
	return FAULT_NONE;
}

enum fault_code decide_pay_cash(struct decision *d)
{
	const struct order *order;
	struct order_tender tender = { .kind = TENDER_CASH, .name = "cash" };
	enum fault_code code = decide_payable_order(d, &order);
	int64_t due, cash_due, rounding;
	bool closes = false, tendered;

	if (code)
		return code;
	due = order_due(order);
	cash_due = counter_cash_due(d->c, order);
	tender.n = (uint32_t)order->n_tenders + 1;
	code = count_cash(d, due, cash_due, &tender, &closes);
	if (code)
		return code;
	rounding = order->rounding_minor + (closes ? tender.amount_minor - due : 0);
	tendered = tender.given_minor != 0 || rounding != order->rounding_minor;
	if (tendered)
		decide_enter_tender(d, order, &tender, rounding);
	return closes ? decide_close_order(d, order, rounding, tendered ? &tender : NULL) : FAULT_NONE;
}

enum fault_code decide_pay_other(struct decision *d)
{
	const struct counter_event *ev = d->event;
	const struct order *order;
	struct order_tender tender = { .kind = TENDER_OTHER };
	enum fault_code code = decide_payable_order(d, &order);
	int64_t due;

	if (code)
		return code;
	if (!counter_has_tender(d->c, ev->of.tender.name))
		return fault_set(d->fault, FAULT_TENDER_UNKNOWN, ev->of.tender.name,
				 d->c->rules.tenders[0] ? d->c->rules.tenders : "cash");
	due = order_due(order);
	if (due < 0)
		return fault_set(d->fault, FAULT_TENDER_CASH_ONLY, NULL, NULL);
	if (due == 0)
		return fault_set(d->fault, FAULT_TENDER_NOTHING_DUE, NULL, NULL);
	if (ev->amount_minor == 0)
		return decide_refuse_amounts(d, FAULT_TENDER_ZERO, due, 0);
	if (ev->amount_minor > due)
		return decide_refuse_amounts(d, FAULT_TENDER_TOO_MUCH, ev->amount_minor, due);
	tender.n = (uint32_t)order->n_tenders + 1;
	tender.amount_minor = tender.given_minor = ev->amount_minor;
	utf8_copy_plain(tender.name, sizeof tender.name, ev->of.tender.name);
	utf8_copy_plain(tender.ref, sizeof tender.ref, ev->of.tender.ref);
	decide_enter_tender(d, order, &tender, order->rounding_minor);
	return ev->amount_minor == due ? decide_close_order(d, order, order->rounding_minor, &tender)
				       : FAULT_NONE;
}

enum fault_code decide_cancel_tender(struct decision *d)
{
	const struct order *order;
	const struct order_tender *tender;
	enum fault_code code = decide_needs_order(d, &order);

	if (code)
		return code;
	tender = order_tender(order, d->event->of.change.line);
	if (!tender)
		return fault_set_number(d->fault, FAULT_TENDER_NO_SUCH, d->event->of.change.line, NULL);
	if (tender->kind == TENDER_CHANNEL)
		return fault_set(d->fault, FAULT_TENDER_BY_REFUND, tender->name, NULL);
	decide_order_entry(d, ENTRY_TENDER_CANCELLED, order)->of.tender_cancelled.tender = tender->n;
	return FAULT_NONE;
}
