/* Entries into state: orders. What the entry says is set as it says; only sums
 * are made here, and those the entry names must agree with them. */
#include "counter/apply.h"

#include <stdlib.h>
#include <string.h>

static struct order *find(struct counter *c, const struct ident *id, size_t *ret_at)
{
	for (size_t i = c->n_orders; i-- > 0;) {
		if (!ident_equal(&c->orders[i]->id, id))
			continue;
		if (ret_at)
			*ret_at = i;
		return c->orders[i];
	}
	return NULL;
}

static struct order *open_order(struct counter *c, const struct entry *e)
{
	struct order *order = find(c, &e->order, NULL);

	return order && order->state == ORDER_OPEN ? order : NULL;
}

/* Money may come for an order that was parked while its payment is watched. */
static struct order *waiting_order(struct counter *c, const struct entry *e)
{
	struct order *order = find(c, &e->order, NULL);

	return order && (order->state == ORDER_OPEN || order->state == ORDER_HELD) ? order : NULL;
}

static void remove_order(struct counter *c, size_t at)
{
	order_free(c->orders[at]);
	c->n_orders--;
	memmove(&c->orders[at], &c->orders[at + 1], (c->n_orders - at) * sizeof c->orders[0]);
}

enum fault_code apply_order_opened(struct counter *c, const struct entry *e, struct fault *fault)
{
	void *orders = c->orders;
	struct order *order;

	if (find(c, &e->order, NULL) || !ident_is_zero(&c->current) ||
	    c->n_orders == COUNTER_ORDERS_MAX)
		return apply_broken(e, "order", fault);
	if (!vector_reserve(&orders, &c->cap_orders, c->n_orders + 1, sizeof c->orders[0],
			    COUNTER_ORDERS_MAX))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	c->orders = orders;
	order = calloc(1, sizeof *order);
	if (!order)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	c->orders[c->n_orders++] = order;
	order->id = c->current = e->order;
	order->number = c->order_numbers = (uint64_t)e->of.order_opened.number;
	order->state = ORDER_OPEN;
	order->currency = c->currency;
	order->opened_at = e->at;
	order->opened_journal = e->seq;
	memcpy(order->cashier, e->operator_id, sizeof order->cashier);
	return FAULT_NONE;
}

static enum fault_code sum(struct order *order, int64_t total, const struct entry *e,
			   struct fault *fault)
{
	if (order_sum(order) || order->total_minor != total)
		return apply_broken(e, "total", fault);
	return FAULT_NONE;
}

/* Takes over what the line kinds have in common. */
static enum fault_code set_line(struct order *order, struct order_line *line, const struct entry *e,
				struct fault *fault)
{
	const struct entry_quantity_changed *after = &e->of.quantity_changed;

	if (after->discount_kind < DISCOUNT_NONE || after->discount_kind > DISCOUNT_AMOUNT)
		return apply_broken(e, "discount", fault);
	line->quantity = after->quantity;
	line->price_minor = after->price;
	line->discount.kind = (enum discount_kind)after->discount_kind;
	line->discount.value = after->discount_value;
	line->gross_minor = after->gross;
	line->discount_minor = after->discount;
	line->voided = after->voided != 0;
	line->price_overridden = after->overridden != 0;
	if (!order_set_shares(order, after->shares.packed, after->shares.n_bytes))
		return apply_broken(e, "shares", fault);
	return sum(order, after->total, e, fault);
}

static bool push_undo(struct order *order, const struct order_line *before, bool voided)
{
	struct order_undo *step = order_push_undo(order);

	if (!step)
		return false;
	step->kind = UNDO_LINE;
	step->line = before->n;
	step->voided = voided;
	step->price_overridden = before->price_overridden;
	step->quantity = before->quantity;
	step->price_minor = before->price_minor;
	step->gross_minor = before->gross_minor;
	step->discount = before->discount;
	return true;
}

enum fault_code apply_line_added(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct order *order = open_order(c, e);
	struct order_line *line;
	enum fault_code code;

	if (!order || (uint64_t)e->of.line_added.line != order->n_lines + 1 ||
	    order->n_lines == ORDER_LINES_MAX)
		return apply_broken(e, "line", fault);
	line = order_add_line(order);
	if (!line)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	memcpy(line->code, e->of.line_added.code, sizeof line->code);
	memcpy(line->name, e->of.line_added.name, sizeof line->name);
	memcpy(line->unit, e->of.line_added.unit, sizeof line->unit);
	memcpy(line->reason, e->of.line_added.reason, sizeof line->reason);
	line->list_price_minor = e->of.line_added.list_price;
	line->tax_bp = (int32_t)e->of.line_added.tax;
	line->fractional = e->of.line_added.fractional != 0;
	code = set_line(order, line, e, fault);
	if (code)
		return code;
	c->shift.overrides += line->price_overridden;
	if (!push_undo(order, line, true))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	return FAULT_NONE;
}

/* Voids and overrides are counted as they stand: a step back takes its count
 * with it. */
static void count_change(struct shift *shift, enum entry_kind kind, const struct order_line *before,
			 const struct order_line *after)
{
	bool added_back = kind == ENTRY_LINE_UNDONE && !before->voided && after->voided;

	if (kind == ENTRY_LINE_VOIDED) {
		shift->voids++;
		shift->voids_minor += before->gross_minor;
	}
	if (kind == ENTRY_LINE_UNDONE && before->voided && !after->voided) {
		shift->voids--;
		shift->voids_minor -= after->gross_minor;
	}
	if (!before->price_overridden && after->price_overridden)
		shift->overrides++;
	if (before->price_overridden && (!after->price_overridden || added_back))
		shift->overrides--;
}

enum fault_code apply_line_changed(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct order *order = open_order(c, e);
	struct order_line *line = order ? order_line(order, (uint32_t)e->of.quantity_changed.line, true)
					: NULL;
	struct order_line before;
	enum fault_code code;

	if (!line || (e->kind == ENTRY_LINE_UNDONE && order->n_undo == 0))
		return apply_broken(e, "line", fault);
	before = *line;
	if (e->kind == ENTRY_LINE_UNDONE)
		order->n_undo--;
	else if (!push_undo(order, line, line->voided))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	code = set_line(order, line, e, fault);
	if (code)
		return code;
	count_change(&c->shift, e->kind, &before, line);
	return FAULT_NONE;
}

enum fault_code apply_order_discounted(struct counter *c, const struct entry *e, struct fault *fault)
{
	const struct entry_order_discounted *after = &e->of.order_discounted;
	struct order *order = open_order(c, e);
	struct order_undo *step;

	if (!order || after->discount_kind < DISCOUNT_NONE || after->discount_kind > DISCOUNT_AMOUNT ||
	    (after->undo && order->n_undo == 0))
		return apply_broken(e, "discount", fault);
	if (after->undo) {
		order->n_undo--;
	} else {
		step = order_push_undo(order);
		if (!step)
			return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
		step->kind = UNDO_ORDER_DISCOUNT;
		step->discount = order->discount;
	}
	order->discount.kind = (enum discount_kind)after->discount_kind;
	order->discount.value = after->discount_value;
	if (!order_set_shares(order, after->shares.packed, after->shares.n_bytes))
		return apply_broken(e, "shares", fault);
	return sum(order, after->total, e, fault);
}

static void leave_current(struct counter *c)
{
	memset(&c->current, 0, sizeof c->current);
}

enum fault_code apply_order_held(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct order *order = open_order(c, e);

	if (!order)
		return apply_broken(e, "order", fault);
	order->state = ORDER_HELD;
	memcpy(order->note, e->of.order_held.note, sizeof order->note);
	leave_current(c);
	return FAULT_NONE;
}

/* From hold or from clear: the order is open again. */
enum fault_code apply_order_recalled(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct order *order = find(c, &e->order, NULL);
	bool cleared = e->kind == ENTRY_CLEAR_UNDONE;

	if (!order || order->state != (cleared ? ORDER_CLEARED : ORDER_HELD) ||
	    !ident_is_zero(&c->current))
		return apply_broken(e, "order", fault);
	order->state = ORDER_OPEN;
	c->current = order->id;
	if (cleared && order->live_lines > 0) {
		c->shift.cleared--;
		c->shift.cleared_minor -= order->total_minor;
	}
	return FAULT_NONE;
}

/* Only so many cleared orders can come back: the oldest goes. Empty ones never
 * come back, so they may not push out those that can. */
void apply_forget_cleared(struct counter *c, size_t keep)
{
	size_t n = 0;

	for (size_t i = c->n_orders; i-- > 0;) {
		const struct order *order = c->orders[i];

		if (order->state != ORDER_CLEARED)
			continue;
		n++;
		if (n > keep || (n > 1 && order->live_lines == 0))
			remove_order(c, i);
	}
}

/* Orders stand in the order they were opened; a cleared one goes to the end,
 * so that the last cleared comes back first. */
static void move_to_end(struct counter *c, size_t at)
{
	struct order *order = c->orders[at];

	memmove(&c->orders[at], &c->orders[at + 1], (c->n_orders - at - 1) * sizeof c->orders[0]);
	c->orders[c->n_orders - 1] = order;
}

enum fault_code apply_order_cleared(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct order *order;
	size_t at = 0;

	order = find(c, &e->order, &at);
	if (!order || order->state != ORDER_OPEN)
		return apply_broken(e, "order", fault);
	order->state = ORDER_CLEARED;
	if (order->live_lines > 0) {
		c->shift.cleared++;
		c->shift.cleared_minor += order->total_minor;
	}
	leave_current(c);
	move_to_end(c, at);
	apply_forget_cleared(c, COUNTER_CLEARED_MAX);
	return FAULT_NONE;
}

enum fault_code apply_tendered(struct counter *c, const struct entry *e, struct fault *fault)
{
	const struct entry_tendered *t = &e->of.tendered;
	struct order *order = waiting_order(c, e);
	struct order_tender *tender;

	if (!order || (uint64_t)t->tender != order->n_tenders + 1 ||
	    order->n_tenders == ORDER_TENDERS_MAX || t->kind < TENDER_CASH || t->kind > TENDER_CHANNEL ||
	    t->given - t->change != t->amount)
		return apply_broken(e, "tender", fault);
	tender = order_add_tender(order);
	if (!tender)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	tender->kind = (enum tender_kind)t->kind;
	tender->amount_minor = t->amount;
	tender->given_minor = t->given;
	tender->change_minor = t->change;
	memcpy(tender->name, t->name, sizeof tender->name);
	memcpy(tender->ref, t->ref, sizeof tender->ref);
	order->rounding_minor = t->rounding;
	if (order_sum(order))
		return apply_broken(e, "total", fault);
	return FAULT_NONE;
}

enum fault_code apply_tender_cancelled(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct order *order = open_order(c, e);
	uint32_t n = (uint32_t)e->of.tender_cancelled.tender;

	if (!order || !order_tender(order, n))
		return apply_broken(e, "tender", fault);
	order->tenders[n - 1].cancelled = true;
	if (order_sum(order))
		return apply_broken(e, "total", fault);
	return FAULT_NONE;
}

/* I11: Σ lines − Σ discounts + rounding = due = Σ tenders − change. */
static bool adds_up(const struct order *order, const struct entry *e)
{
	return order->subtotal_minor == e->of.order_closed.subtotal &&
	       order->discount_minor == e->of.order_closed.discount &&
	       order->rounding_minor == e->of.order_closed.rounding &&
	       order->total_minor == e->of.order_closed.total &&
	       order->change_minor == e->of.order_closed.change && order_due(order) == 0;
}

enum fault_code apply_order_closed(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct order *order;
	size_t at = 0;

	order = find(c, &e->order, &at);
	if (!order || order != waiting_order(c, e) || !c->shift.open || !adds_up(order, e))
		return apply_broken(e, "order", fault);
	if (e->perpetual_minor != c->perpetual_minor + order->total_minor)
		return apply_broken(e, "perpetual total", fault);
	if (shift_count_order(&c->shift, order))
		return apply_broken(e, "shift", fault);
	order->state = ORDER_CLOSED;
	order->closed_at = e->at;
	order->receipt_journal = e->seq;
	order->n_undo = 0;
	c->perpetual_minor = e->perpetual_minor;
	c->perpetual_sales++;
	if (ident_equal(&c->current, &order->id))
		leave_current(c);
	order_free(c->last_closed);
	c->last_closed = order;
	c->last_closed_prints = 0;
	c->n_orders--;
	memmove(&c->orders[at], &c->orders[at + 1], (c->n_orders - at) * sizeof c->orders[0]);
	apply_forget_cleared(c, 0);
	return FAULT_NONE;
}
