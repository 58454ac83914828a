/* Decisions about lines: the item itself, quantity, price, void, discount and
 * the step back. Each one works out the line as it will stand, prices it, and
 * puts the results into one entry. */
#include "counter/decide.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static enum fault_code overflow(struct decision *d)
{
	return fault_set(d->fault, FAULT_MONEY_OVERFLOW, NULL, NULL);
}

/* Writes the entry `kind` that makes `line` stand. The kinds of lines begin
 * with the same fields, so one view serves them all. */
static enum fault_code line_entry(struct decision *d, enum entry_kind kind,
				  const struct order *order, const struct order_line *line,
				  struct entry **ret_entry)
{
	struct entry_quantity_changed *after;
	enum fault_code code = order_spread(order, line, order->discount, &d->step->shares);
	int64_t total = 0;

	if (!code)
		code = order_total_with(order, line, &d->step->shares, &total);
	if (code)
		return fault_set(d->fault, code, NULL, NULL);
	*ret_entry = decide_order_entry(d, kind, order);
	after = &(*ret_entry)->of.quantity_changed;
	after->line = line->n;
	after->quantity = line->quantity;
	after->price = line->price_minor;
	after->discount_kind = line->discount.kind;
	after->discount_value = line->discount.value;
	after->gross = line->gross_minor;
	after->discount = line->discount_minor;
	after->voided = line->voided;
	after->overridden = line->price_overridden;
	after->shares = (struct entry_counts){ (const uint8_t *)d->step->shares.data,
					       d->step->shares.len };
	after->total = total;
	return FAULT_NONE;
}

static enum fault_code check_quantity(struct decision *d, const char *name, bool fractional,
				      quantity q)
{
	quantity_text text, most;

	quantity_format(q, text);
	quantity_format(QUANTITY_MAX, most);
	if (q <= 0)
		return fault_set(d->fault, FAULT_QUANTITY_NOT_POSITIVE, text, NULL);
	if (q > QUANTITY_MAX)
		return fault_set(d->fault, FAULT_QUANTITY_TOO_LARGE, text, most);
	if (fractional || q % QUANTITY_ONE == 0)
		return FAULT_NONE;
	return fault_set(d->fault, FAULT_ORDER_NOT_WHOLE, name, text);
}

/* Adds up what an item costs into its line. */
static enum fault_code price_item(struct decision *d, struct order_line *line)
{
	const struct counter_event *ev = d->event;
	enum fault_code code = decide_needs_amount(d, line->price_minor);

	if (!code && ev->of.item.has_gross)
		code = decide_needs_amount(d, ev->of.item.gross_minor);
	if (code)
		return code;
	if (order_price_line(line, d->c->currency))
		return overflow(d);
	if (ev->of.item.has_gross)
		line->gross_minor = ev->of.item.is_return ? -ev->of.item.gross_minor
							  : ev->of.item.gross_minor;
	return FAULT_NONE;
}

static enum fault_code item_line(struct decision *d, const struct order *order,
				 struct order_line *line)
{
	const struct counter_event *ev = d->event;
	const struct product *p = &ev->of.item.product;

	memset(line, 0, sizeof *line);
	line->n = (uint32_t)order->n_lines + 1;
	line->fractional = p->fractional;
	line->quantity = ev->of.item.is_return ? -ev->of.item.quantity : ev->of.item.quantity;
	line->tax_bp = p->tax_bp;
	line->list_price_minor = p->has_price ? p->price.minor : ev->of.item.price_minor;
	line->price_minor = ev->of.item.has_price ? ev->of.item.price_minor : p->price.minor;
	line->price_overridden = ev->of.item.has_price && p->has_price &&
				 line->price_minor != line->list_price_minor;
	utf8_copy_plain(line->code, sizeof line->code, p->code);
	utf8_copy_plain(line->name, sizeof line->name, p->name[0] ? p->name : p->code);
	utf8_copy_plain(line->unit, sizeof line->unit, p->unit);
	utf8_copy_plain(line->reason, sizeof line->reason, ev->of.item.reason);
	return price_item(d, line);
}

static void open_order(struct decision *d)
{
	struct entry *e = decide_entry(d, ENTRY_ORDER_OPENED);

	e->order = d->event->draw;
	e->of.order_opened.number = (int64_t)d->c->order_numbers + 1;
}

static enum fault_code check_item(struct decision *d, const struct order *order)
{
	const struct counter_event *ev = d->event;
	const struct product *p = &ev->of.item.product;
	const char *name = p->name[0] ? p->name : p->code;

	if (order && order->n_lines >= ORDER_LINES_MAX)
		return fault_set_number(d->fault, FAULT_ORDER_TOO_MANY_LINES, ORDER_LINES_MAX, NULL);
	if (!order && d->c->n_orders >= COUNTER_ORDERS_MAX)
		return fault_set_number(d->fault, FAULT_LIMIT_REACHED, COUNTER_ORDERS_MAX, "orders");
	if (!p->has_price && !ev->of.item.has_price)
		return fault_set(d->fault, FAULT_CATALOG_NO_PRICE, name, NULL);
	return check_quantity(d, name, p->fractional, ev->of.item.quantity);
}

enum fault_code decide_item(struct decision *d)
{
	const struct order *open = counter_order(d->c);
	const struct order fresh = { .id = d->event->draw, .currency = d->c->currency };
	const struct order *order = open ? open : &fresh;
	enum fault_code code = decide_needs_shift(d);
	struct order_line line;
	struct entry *e;

	if (!code && open)
		code = decide_needs_settled(d, open);
	if (!code)
		code = check_item(d, open);
	if (!code)
		code = item_line(d, order, &line);
	if (code)
		return code;
	if (!open)
		open_order(d);
	code = line_entry(d, ENTRY_LINE_ADDED, order, &line, &e);
	if (code)
		return code;
	memcpy(e->of.line_added.code, line.code, sizeof line.code);
	memcpy(e->of.line_added.name, line.name, sizeof line.name);
	memcpy(e->of.line_added.unit, line.unit, sizeof line.unit);
	memcpy(e->of.line_added.reason, line.reason, sizeof line.reason);
	e->of.line_added.list_price = line.list_price_minor;
	e->of.line_added.tax = line.tax_bp;
	e->of.line_added.fractional = line.fractional;
	return FAULT_NONE;
}

/* The open order and a copy of the line the event is about. */
static enum fault_code changed_line(struct decision *d, const struct order **ret_order,
				    struct order_line *ret_line)
{
	const struct order *order;
	const struct order_line *line;
	enum fault_code code = decide_needs_order(d, &order);

	if (!code)
		code = decide_needs_untouched(d, order);
	if (code)
		return code;
	line = order_line_const(order, d->event->of.change.line, false);
	if (!line)
		return fault_set_number(d->fault, FAULT_ORDER_NO_SUCH_LINE,
					d->event->of.change.line, NULL);
	*ret_order = order;
	*ret_line = *line;
	return FAULT_NONE;
}

/* Prices the changed line and writes its entry. */
static enum fault_code price_and_enter(struct decision *d, enum entry_kind kind,
				       const struct order *order, struct order_line *line)
{
	struct entry *e;

	if (order_price_line(line, order->currency))
		return overflow(d);
	return line_entry(d, kind, order, line, &e);
}

enum fault_code decide_quantity(struct decision *d)
{
	const struct order *order;
	struct order_line line;
	enum fault_code code = changed_line(d, &order, &line);

	if (!code)
		code = check_quantity(d, line.name, line.fractional, d->event->of.change.quantity);
	if (code)
		return code;
	line.quantity = line.quantity < 0 ? -d->event->of.change.quantity
					  : d->event->of.change.quantity;
	return price_and_enter(d, ENTRY_QUANTITY_CHANGED, order, &line);
}

enum fault_code decide_price(struct decision *d)
{
	const struct order *order;
	struct order_line line;
	enum fault_code code = changed_line(d, &order, &line);

	if (!code)
		code = decide_needs_amount(d, d->event->amount_minor);
	if (code)
		return code;
	line.price_minor = d->event->amount_minor;
	line.price_overridden = line.price_minor != line.list_price_minor;
	return price_and_enter(d, ENTRY_PRICE_CHANGED, order, &line);
}

enum fault_code decide_void(struct decision *d)
{
	const struct order *order;
	struct order_line line;
	struct entry *e;
	enum fault_code code = changed_line(d, &order, &line);

	if (code)
		return code;
	line.voided = true;
	return line_entry(d, ENTRY_LINE_VOIDED, order, &line, &e);
}

static enum fault_code check_discount(struct decision *d, const struct order *order, uint32_t line)
{
	struct discount discount = d->event->of.change.discount;
	int64_t base = order_discount_base(order, line);
	enum fault_code code = FAULT_NONE;
	money_text wanted, of;

	if (discount.kind == DISCOUNT_PERCENT)
		return discount.value >= 0 && discount.value <= PERCENT_WHOLE
			       ? FAULT_NONE
			       : fault_set_number(d->fault, FAULT_PERCENT_BAD, discount.value / 100,
						  NULL);
	if (discount.kind == DISCOUNT_AMOUNT)
		code = decide_needs_amount(d, discount.value);
	if (code || discount.kind == DISCOUNT_NONE || discount.value <= base)
		return code;
	money_format(money_make(discount.value, order->currency), wanted);
	money_format(money_make(base, order->currency), of);
	return fault_set(d->fault, FAULT_ORDER_DISCOUNT_TOO_LARGE, wanted, of);
}

static struct discount meant(struct discount discount)
{
	return discount.kind && discount.value ? discount : (struct discount){ DISCOUNT_NONE, 0 };
}

static enum fault_code discount_order(struct decision *d, const struct order *order,
				      struct discount discount, bool undo)
{
	struct entry *e;
	enum fault_code code = order_spread(order, NULL, discount, &d->step->shares);
	int64_t total = 0;

	if (!code)
		code = order_total_with(order, NULL, &d->step->shares, &total);
	if (code)
		return fault_set(d->fault, code, NULL, NULL);
	e = decide_order_entry(d, ENTRY_ORDER_DISCOUNTED, order);
	e->of.order_discounted.discount_kind = discount.kind;
	e->of.order_discounted.discount_value = discount.value;
	e->of.order_discounted.shares = (struct entry_counts){
		(const uint8_t *)d->step->shares.data, d->step->shares.len };
	e->of.order_discounted.total = total;
	e->of.order_discounted.undo = undo;
	return FAULT_NONE;
}

enum fault_code decide_discount(struct decision *d)
{
	const struct order *order;
	struct order_line line;
	struct entry *e;
	enum fault_code code;

	if (d->event->of.change.line == 0) {
		code = decide_needs_order(d, &order);
		if (!code)
			code = decide_needs_untouched(d, order);
		if (!code)
			code = check_discount(d, order, 0);
		return code ? code : discount_order(d, order, meant(d->event->of.change.discount),
						    false);
	}
	code = changed_line(d, &order, &line);
	if (!code && line.quantity < 0)
		code = fault_set_number(d->fault, FAULT_ORDER_RETURN_LINE, line.n, NULL);
	if (!code)
		code = check_discount(d, order, line.n);
	if (code)
		return code;
	line.discount = meant(d->event->of.change.discount);
	order_discount_line(&line);
	return line_entry(d, ENTRY_LINE_DISCOUNTED, order, &line, &e);
}

enum fault_code decide_undo_line(struct decision *d, const struct order *order)
{
	const struct order_undo *step = &order->undo[order->n_undo - 1];
	const struct order_line *now;
	struct order_line line;
	struct entry *e;

	if (step->kind == UNDO_ORDER_DISCOUNT)
		return discount_order(d, order, step->discount, true);
	now = order_line_const(order, step->line, true);
	if (!now)
		return fault_set(d->fault, FAULT_ORDER_NOTHING_TO_UNDO, NULL, NULL);
	line = *now;
	line.voided = step->voided;
	line.price_overridden = step->price_overridden;
	line.quantity = step->quantity;
	line.price_minor = step->price_minor;
	line.gross_minor = step->gross_minor;
	line.discount = step->discount;
	order_discount_line(&line);
	return line_entry(d, ENTRY_LINE_UNDONE, order, &line, &e);
}
