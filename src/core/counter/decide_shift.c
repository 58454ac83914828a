/* Decisions about shifts and their reports. */
#include "counter/decide.h"

enum fault_code decide_open_shift(struct decision *d)
{
	const struct counter *c = d->c;
	enum fault_code code = decide_needs_operator(d);
	struct entry *e;

	if (code)
		return code;
	if (c->shift.open)
		return fault_set_number(d->fault, FAULT_SHIFT_ALREADY_OPEN, (long long)c->shift.number,
					NULL);
	code = decide_needs_amount(d, d->event->amount_minor);
	if (code)
		return code;
	e = decide_entry(d, ENTRY_SHIFT_OPENED);
	e->of.shift_opened.shift = (int64_t)c->shift_numbers + 1;
	e->of.shift_opened.opening_float = d->event->amount_minor;
	return FAULT_NONE;
}

static uint64_t held_orders(const struct counter *c)
{
	uint64_t n = 0;

	for (size_t i = 0; i < c->n_orders; i++)
		n += c->orders[i]->state == ORDER_HELD;
	return n;
}

bool counter_report_x(const struct counter *c, struct shift *ret_report)
{
	if (!c->shift.open)
		return false;
	*ret_report = c->shift;
	ret_report->held = held_orders(c);
	return true;
}

enum fault_code decide_close_shift(struct decision *d)
{
	const struct counter *c = d->c;
	const struct order *order = counter_order(c);
	enum fault_code code = decide_needs_shift(d);
	ident_text payment;
	struct entry *e;

	if (code)
		return code;
	for (size_t i = 0; i < c->n_payments; i++) {
		if (payment_is_terminal(c->payments[i].attempt.state))
			continue;
		ident_format(&c->payments[i].attempt.id, payment);
		return fault_set(d->fault, FAULT_PAYMENT_STILL_OPEN, payment, NULL);
	}
	if (order && order->live_lines > 0)
		return fault_set_number(d->fault, FAULT_SHIFT_ORDER_OPEN, (long long)order->number, NULL);
	code = decide_needs_amount(d, d->event->amount_minor);
	if (code)
		return code;
	if (order)
		decide_order_entry(d, ENTRY_ORDER_CLEARED, order);
	e = decide_entry(d, ENTRY_SHIFT_CLOSED);
	e->of.shift_closed.shift = (int64_t)c->shift.number;
	e->of.shift_closed.z = (int64_t)c->z_numbers + 1;
	e->of.shift_closed.counted = d->event->amount_minor;
	e->of.shift_closed.expected = shift_expected_cash(&c->shift);
	e->of.shift_closed.sales = (int64_t)c->shift.sales;
	e->of.shift_closed.sales_total = c->shift.sales_minor;
	e->of.shift_closed.returns = (int64_t)c->shift.returns;
	e->of.shift_closed.returns_total = c->shift.returns_minor;
	e->of.shift_closed.held = (int64_t)held_orders(c);
	return FAULT_NONE;
}

enum fault_code decide_report_x(struct decision *d)
{
	enum fault_code code = decide_needs_shift(d);
	struct entry *e;

	if (code)
		return code;
	e = decide_entry(d, ENTRY_X_REPORTED);
	e->of.x_reported.shift = (int64_t)d->c->shift.number;
	e->of.x_reported.expected = shift_expected_cash(&d->c->shift);
	return FAULT_NONE;
}
