/* Orders on hold: what is in them, and the way back. */
#include <stdio.h>
#include <string.h>

#include "screen/register.h"

enum { NUMBER_CHARS = 10, TIME_COLS = 8, COUNT_COLS = 9, AMOUNT_COLS = 12 };

struct hold {
	struct field number;
	struct list list;
};

/* The newest first. */
static const struct order *held_at(const struct counter *c, size_t index)
{
	for (size_t i = c->n_orders; i-- > 0;)
		if (c->orders[i]->state == ORDER_HELD && index-- == 0)
			return c->orders[i];
	return NULL;
}

static size_t count_held(const struct counter *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_orders; i++)
		n += c->orders[i]->state == ORDER_HELD;
	return n;
}

static void enter_hold(struct screen_loop *loop, void *state)
{
	struct hold *s = state;

	field_init(&s->number, NUMBER_CHARS, false);
	s->list = (struct list)LIST_INIT;
	list_set_count(&s->list, count_held(loop_counter(loop)));
}

static struct reaction recall(struct screen_loop *loop, struct hold *s)
{
	const struct order *order = held_at(loop_counter(loop), s->list.selected);
	int64_t number = 0;

	if (s->number.len == 0 && !order)
		return BACK;
	if (s->number.len && decimal_parse(s->number.text, 0, &number))
		number = 0;
	if (!s->number.len)
		number = (int64_t)order->number;
	if (register_recall(loop, (uint64_t)number, s->number.text))
		return GOTO(REGISTER);
	loop->refused = true;
	return STAY;
}

static struct reaction hold_key(struct screen_loop *loop, void *state, struct key key)
{
	struct hold *s = state;

	if (key.code == KEY_ENTER)
		return recall(loop, s);
	if (s->number.len == 0 && list_key(&s->list, key))
		return STAY;
	return field_key(&s->number, key) ? TYPED : PASS;
}

static struct field *hold_field(void *state, enum field_kind *ret_kind)
{
	struct hold *s = state;

	*ret_kind = FIELD_NUMBER;
	return &s->number;
}

static void hold_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	(void)loop;
	(void)state;
	snprintf(out, size, "%s", _("Recall order"));
}

/* The note, or what was bought first. */
static const char *about(const struct order *order)
{
	const struct order_line *line = register_line(order, 0);

	return order->note[0] ? order->note : line ? line->name : "";
}

static void paint_order(void *context, size_t index, bool selected, struct grid *grid,
			struct area line, unsigned attr)
{
	const struct order *order = held_at(context, index);
	int right = line.col + line.cols - 1, name = line.col + 8 + TIME_COLS;
	struct instant_civil at;
	char text[64];
	money_text amount;

	(void)selected;
	instant_civil(order->opened_at, &at);
	snprintf(text, sizeof text, "%llu", (unsigned long long)order->number);
	grid_put_field(grid, line.row, line.col, 7, ALIGN_RIGHT, attr, text);
	snprintf(text, sizeof text, "%02d:%02d", at.hour, at.minute);
	grid_put_field(grid, line.row, line.col + 8, TIME_COLS - 1, ALIGN_RIGHT, attr, text);
	grid_put_field(grid, line.row, name + 2, right - AMOUNT_COLS - COUNT_COLS - name - 3, ALIGN_LEFT, attr,
		       about(order));
	snprintf(text, sizeof text, "%zu", order->live_lines);
	grid_put_field(grid, line.row, right - AMOUNT_COLS - COUNT_COLS, COUNT_COLS, ALIGN_RIGHT, attr, text);
	grid_put_field(grid, line.row, right - AMOUNT_COLS, AMOUNT_COLS, ALIGN_RIGHT, attr,
		       amount_text(order->total_minor, amount));
}

static void hold_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct hold *s = state;
	const struct counter *c = loop_counter(loop);
	int right = body.cols - 1;

	list_set_count(&s->list, count_held(c));
	if (s->list.count == 0) {
		grid_put_field(grid, body.row + body.rows / 2, 0, body.cols, ALIGN_CENTER, ATTR_PLAIN,
			       _("No order is on hold."));
		return;
	}
	grid_put_field(grid, body.row, 2, 7, ALIGN_RIGHT, ATTR_DIM, _("Order"));
	grid_put_field(grid, body.row, 10, TIME_COLS - 1, ALIGN_RIGHT, ATTR_DIM, _("At"));
	grid_put_text(grid, body.row, 20, ATTR_DIM, _("Note or first item"));
	grid_put_field(grid, body.row, right - AMOUNT_COLS - COUNT_COLS, COUNT_COLS, ALIGN_RIGHT, ATTR_DIM,
		       _("Lines"));
	grid_put_field(grid, body.row, right - AMOUNT_COLS, AMOUNT_COLS, ALIGN_RIGHT, ATTR_DIM, _("Amount"));
	list_paint(&s->list, grid, (struct area){ body.row + 1, body.col, body.rows - 1, body.cols }, ATTR_BOLD,
		   paint_order, (void *)(uintptr_t)c);
}

static const char *hold_enter_word(struct screen_loop *loop, void *state)
{
	(void)loop;
	(void)state;
	return _("Recall");
}

const struct screen_ops hold_screen = {
	.state_size = sizeof(struct hold),
	.enter = enter_hold,
	.key = hold_key,
	.field = hold_field,
	.prompt = hold_prompt,
	.paint = hold_paint,
	.enter_word = hold_enter_word,
};
