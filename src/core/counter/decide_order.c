/* Decisions about whole orders: hold, recall, clear, undo. */
#include "counter/decide.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static size_t count_state(const struct counter *c, enum order_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_orders; i++)
		n += c->orders[i]->state == state;
	return n;
}

static enum fault_code still_open(struct decision *d, const struct order *order)
{
	return fault_set_number(d->fault, FAULT_ORDER_STILL_OPEN, (long long)order->number, NULL);
}

static void clear_order(struct decision *d, const struct order *order)
{
	struct entry *e = decide_order_entry(d, ENTRY_ORDER_CLEARED, order);

	e->of.order_cleared.total = order->total_minor;
}

enum fault_code decide_hold(struct decision *d)
{
	const struct order *order;
	struct entry *e;
	enum fault_code code = decide_needs_order(d, &order);

	/* An order whose payment is under way is parked while it is watched. */
	if (!code && !counter_open_payment(d->c, &order->id))
		code = decide_needs_untouched(d, order);
	if (!code && order->live_lines == 0)
		code = fault_set(d->fault, FAULT_ORDER_EMPTY, NULL, NULL);
	if (!code && count_state(d->c, ORDER_HELD) >= COUNTER_HELD_MAX)
		code = fault_set_number(d->fault, FAULT_ORDER_TOO_MANY_HELD, COUNTER_HELD_MAX, NULL);
	if (code)
		return code;
	e = decide_order_entry(d, ENTRY_ORDER_HELD, order);
	utf8_copy_plain(e->of.order_held.note, sizeof e->of.order_held.note, d->event->text);
	return FAULT_NONE;
}

enum fault_code decide_recall(struct decision *d)
{
	const struct order *held = counter_find_order(d->c, &d->event->order);
	const struct order *open = counter_order(d->c);
	enum fault_code code = decide_needs_shift(d);
	ident_text id;

	if (code)
		return code;
	if (!held) {
		ident_format(&d->event->order, id);
		return fault_set(d->fault, FAULT_ORDER_NO_SUCH_ORDER, id, NULL);
	}
	if (held->state != ORDER_HELD)
		return fault_set_number(d->fault, FAULT_ORDER_NOT_HELD, (long long)held->number, NULL);
	if (open && open->live_lines > 0)
		return still_open(d, open);
	if (open)
		clear_order(d, open);
	decide_order_entry(d, ENTRY_ORDER_RECALLED, held);
	return FAULT_NONE;
}

enum fault_code decide_clear(struct decision *d)
{
	const struct order *order;
	enum fault_code code = decide_needs_order(d, &order);

	if (!code)
		code = decide_needs_untouched(d, order);
	if (!code)
		clear_order(d, order);
	return code;
}

/* The order cleared last that had something in it. */
static const struct order *last_cleared(const struct counter *c)
{
	for (size_t i = c->n_orders; i-- > 0;)
		if (c->orders[i]->state == ORDER_CLEARED && c->orders[i]->live_lines > 0)
			return c->orders[i];
	return NULL;
}

enum fault_code decide_undo(struct decision *d)
{
	const struct order *order = counter_order(d->c), *cleared = last_cleared(d->c);
	enum fault_code code = decide_needs_shift(d);

	if (!code && order)
		code = decide_needs_untouched(d, order);
	if (code)
		return code;
	if (order && order->n_undo > 0)
		return decide_undo_line(d, order);
	if ((order && order->live_lines > 0) || !cleared)
		return fault_set(d->fault, FAULT_ORDER_NOTHING_TO_UNDO, NULL, NULL);
	if (order)
		clear_order(d, order);
	decide_order_entry(d, ENTRY_CLEAR_UNDONE, cleared);
	return FAULT_NONE;
}
