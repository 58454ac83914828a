/* The register's picture: lines and totals, or the order just paid. */
#include <stdio.h>
#include <string.h>

#include "base/width.h"
#include "screen/register.h"

/* Columns from the right edge; the name takes what is left. */
enum {
	NUMBER_COLS = 4, QTY_COLS = 9, PRICE_COLS = 11, DISCOUNT_COLS = 10, AMOUNT_COLS = 12,
	RIGHT_COLS = QTY_COLS + PRICE_COLS + DISCOUNT_COLS + AMOUNT_COLS,
	MARKER_COLS = 2, TOTAL_ROWS = 3, LABEL_COLS = 16,
};

static void put_right(struct grid *grid, int row, int *col, int cols, unsigned attr, const char *text)
{
	grid_put_field(grid, row, *col, cols, ALIGN_RIGHT, attr, text);
	*col += cols;
}

static void paint_header(struct grid *grid, struct area body)
{
	int col = body.cols - RIGHT_COLS - 1, row = body.row;

	grid_put_field(grid, row, MARKER_COLS, NUMBER_COLS - 1, ALIGN_RIGHT, ATTR_DIM, "#");
	grid_put_text(grid, row, MARKER_COLS + NUMBER_COLS, ATTR_DIM, _("Item"));
	put_right(grid, row, &col, QTY_COLS, ATTR_DIM, _("Qty"));
	put_right(grid, row, &col, PRICE_COLS, ATTR_DIM, _("Price"));
	put_right(grid, row, &col, DISCOUNT_COLS, ATTR_DIM, _("Discount"));
	put_right(grid, row, &col, AMOUNT_COLS, ATTR_DIM, _("Amount"));
}

static void paint_line(void *context, size_t index, bool selected, struct grid *grid,
		       struct area line, unsigned attr)
{
	const struct order_line *l = register_line(context, index);
	int col = line.col + line.cols - RIGHT_COLS - 1, name = line.col + NUMBER_COLS;
	int64_t discount = l->discount_minor + l->share_minor;
	char number[16], text[64];
	quantity_text count;
	money_text amount;

	(void)selected;
	snprintf(number, sizeof number, "%u", l->n);
	grid_put_field(grid, line.row, line.col, NUMBER_COLS - 1, ALIGN_RIGHT, attr, number);
	grid_put_field(grid, line.row, name, col - name, ALIGN_LEFT, attr, l->name);
	quantity_format(l->quantity, count);
	put_right(grid, line.row, &col, QTY_COLS, attr, count);
	snprintf(text, sizeof text, "%s%s", l->price_overridden ? "*" : "",
		 amount_text(l->price_minor, amount));
	put_right(grid, line.row, &col, PRICE_COLS, attr, text);
	put_right(grid, line.row, &col, DISCOUNT_COLS, attr,
		  discount ? amount_text(-discount, amount) : "");
	put_right(grid, line.row, &col, AMOUNT_COLS, attr, amount_text(order_line_net(l), amount));
}

static void total_row(struct grid *grid, int row, unsigned attr, const char *label, int64_t minor)
{
	int col = grid->cols - AMOUNT_COLS - 1;
	money_text amount;

	grid_put_field(grid, row, col - LABEL_COLS, LABEL_COLS, ALIGN_RIGHT, attr, label);
	put_right(grid, row, &col, AMOUNT_COLS, attr, amount_text(minor, amount));
}

static int64_t pieces(const struct order *order)
{
	int64_t n = 0;

	for (size_t i = 0; i < order->n_lines; i++) {
		const struct order_line *l = &order->lines[i];

		if (!l->voided)
			n += l->fractional ? (l->quantity < 0 ? -QUANTITY_ONE : QUANTITY_ONE) : l->quantity;
	}
	return n;
}

static size_t held_orders(const struct counter *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_orders; i++)
		n += c->orders[i]->state == ORDER_HELD;
	return n;
}

static void paint_open_payment(struct screen_loop *loop, struct grid *grid, int row,
			       const struct counter_payment *p)
{
	char text[256], key[KEY_LABEL_SIZE];
	money_text amount;

	snprintf(text, sizeof text, _("%s open: %s (%s)"), amount_text(p->attempt.amount.minor, amount),
		 gettext(payment_state_words(p->attempt.state)), key_text_of(loop, ACTION_qr, key));
	grid_put_field(grid, row, MARKER_COLS, grid->cols - AMOUNT_COLS - LABEL_COLS - MARKER_COLS - 1,
		       ALIGN_LEFT, ATTR_NOTE | ATTR_BOLD, text);
}

static void paint_about(struct screen_loop *loop, struct grid *grid, int row, const struct order *order)
{
	const struct counter *c = loop_counter(loop);
	char text[200], key[KEY_LABEL_SIZE];
	quantity_text n;

	if (order) {
		quantity_format(pieces(order), n);
		snprintf(text, sizeof text, _("Order %llu · lines %zu · pieces %s"),
			 (unsigned long long)order->number, order->live_lines, n);
		grid_put_text(grid, row, MARKER_COLS, ATTR_PLAIN, text);
	}
	if (held_orders(c)) {
		snprintf(text, sizeof text, _("On hold: %zu (%s)"), held_orders(c),
			 key_text_of(loop, ACTION_recall, key));
		grid_put_text(grid, row + 1, MARKER_COLS, ATTR_NOTE, text);
	}
	if (order && counter_open_payment(c, &order->id)) {
		paint_open_payment(loop, grid, row + 2, counter_open_payment(c, &order->id));
	} else if (order && order->paid_minor) {
		money_text paid;

		snprintf(text, sizeof text, _("Paid so far: %s"), amount_text(order->paid_minor, paid));
		grid_put_text(grid, row + 2, MARKER_COLS, ATTR_BOLD, text);
	}
}

static void paint_totals(struct screen_loop *loop, struct grid *grid, struct area body,
			 const struct order *order)
{
	int row = body.row + body.rows - TOTAL_ROWS;
	int64_t due = order ? order_due(order) : 0;

	grid_hline(grid, row - 1, 0, grid->cols, ATTR_PLAIN);
	paint_about(loop, grid, row, order);
	total_row(grid, row, ATTR_PLAIN, _("Subtotal"), order ? order->subtotal_minor : 0);
	total_row(grid, row + 1, ATTR_PLAIN, _("Discount"), order ? -order->discount_minor : 0);
	total_row(grid, row + 2, ATTR_BOLD, due < 0 ? _("To pay out") : _("To pay"), due < 0 ? -due : due);
}

static void paint_empty(struct screen_loop *loop, struct grid *grid, struct area body)
{
	const struct counter *c = loop_counter(loop);
	int row = body.row + (body.rows - TOTAL_ROWS) / 2;
	char text[200], key[KEY_LABEL_SIZE];

	if (c->shift.open)
		snprintf(text, sizeof text, "%s", _("Scan a product, or type its code or a part of its name."));
	else
		snprintf(text, sizeof text, _("No shift is open. %s opens one."),
			 key_text_of(loop, ACTION_shift, key));
	grid_put_field(grid, row, body.col, body.cols, ALIGN_CENTER, ATTR_PLAIN, text);
}

/* ---- the order just paid --------------------------------------------------------- */

static void closed_row(struct grid *grid, int row, unsigned attr, const char *label, int64_t minor)
{
	money_text amount;

	grid_put_field(grid, row, 4, LABEL_COLS, ALIGN_LEFT, attr, label);
	grid_put_field(grid, row, 4 + LABEL_COLS, AMOUNT_COLS + 2, ALIGN_RIGHT, attr,
		       amount_text(minor, amount));
}

static void paint_closed(struct screen_loop *loop, struct grid *grid, struct area body)
{
	const struct order *order = loop_counter(loop)->last_closed;
	char text[200];
	money_text change;
	int row = body.row + 1;

	snprintf(text, sizeof text, _("Order %llu is paid"), (unsigned long long)order->number);
	grid_put_text(grid, row++, 4, ATTR_GOOD | ATTR_BOLD, text);
	closed_row(grid, ++row, ATTR_PLAIN, _("Total"), order->total_minor);
	for (size_t i = 0; i < order->n_tenders && row < body.row + body.rows - BIG_ROWS - 4; i++)
		if (!order->tenders[i].cancelled)
			closed_row(grid, ++row, ATTR_PLAIN, tender_label(loop, order->tenders[i].name),
				   order->tenders[i].given_minor);
	row += 2;
	amount_text(order->total_minor < 0 ? -order->total_minor : order->change_minor, change);
	closed_row(grid, row, ATTR_BOLD, order->total_minor < 0 ? _("Paid out") : _("Change"),
		   order->total_minor < 0 ? -order->total_minor : order->change_minor);
	big_digits_paint(grid, row + 2, 4, ATTR_BOLD, change);
	grid_put_text(grid, body.row + body.rows - 1, 4, ATTR_DIM, _("The next scan begins the next order."));
}

void register_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct register_state *s = state;
	const struct order *order = counter_order(loop_counter(loop));
	struct area lines = { body.row + 1, body.col, body.rows - TOTAL_ROWS - 2, body.cols };

	register_sync(loop, s);
	if (loop->show_closed && loop_counter(loop)->last_closed) {
		paint_closed(loop, grid, body);
		return;
	}
	paint_header(grid, body);
	if (order && order->live_lines)
		list_paint(&s->lines, grid, lines, ATTR_PLAIN, paint_line, (void *)(uintptr_t)order);
	else
		paint_empty(loop, grid, body);
	paint_totals(loop, grid, body, order);
}
