/* The receipt of a closed order as it prints, and its reprint. */
#include <stdio.h>
#include <string.h>

#include "screen/report.h"
#include "term/pager.h"

enum { NUMBER_CHARS = 20 };

struct receipt_state {
	struct field number;
	struct pager text;
	struct closed_order closed;
};

/* Lays out the receipt of s->closed. */
static void load(struct screen_loop *loop, struct receipt_state *s)
{
	struct buffer text = BUFFER_INIT(PAGER_BYTES);
	struct order order = { 0 };
	uint8_t hash[JOURNAL_HASH_BYTES];
	struct fault fault;

	if (agent_read_closed(loop->context.agent, &s->closed, &order, hash, &fault))
		say_fault(loop, &fault);
	else if (report_order_text(loop, &order, hash, &text) && pager_set(&s->text, buffer_text(&text)) == 0)
		field_clear(&s->number);
	order_release(&order);
	buffer_release(&text);
}

static void enter_receipt(struct screen_loop *loop, void *state)
{
	struct receipt_state *s = state;

	field_init(&s->number, NUMBER_CHARS, false);
	pager_release(&s->text);
	s->text = (struct pager)PAGER_INIT;
	s->closed = loop->handover.closed;
	load(loop, s);
}

static struct reaction find(struct screen_loop *loop, struct receipt_state *s)
{
	struct closed_order closed;
	struct fault fault;
	int64_t number;

	if (s->number.len == 0)
		return STAY;
	if (decimal_parse(s->number.text, 0, &number) || number <= 0) {
		fault_set(&fault, FAULT_ORDER_NO_SUCH_ORDER, s->number.text, NULL);
		say_fault(loop, &fault);
		loop->refused = true;
		return STAY;
	}
	if (agent_find_closed(loop->context.agent, (uint64_t)number, NULL, &closed, &fault)) {
		say_fault(loop, &fault);
		loop->refused = true;
		return STAY;
	}
	s->closed = closed;
	load(loop, s);
	return STAY;
}

void receipt_print(struct screen_loop *loop, const struct closed_order *closed)
{
	struct fault fault;
	struct closed_order now;

	if (!loop->context.settings->receipt_to[0]) {
		say(loop, ATTR_NOTE, "%s", _("There is no printer: the setting receipt_to names none."));
		return;
	}
	/* How often it was printed may have changed since it was looked up. */
	if (agent_find_closed(loop->context.agent, closed->number, NULL, &now, &fault) ||
	    agent_print(loop->context.agent, &now, &fault))
		say_fault(loop, &fault);
	else
		say(loop, ATTR_NOTE, _("The receipt of order %llu is being printed."),
		    (unsigned long long)closed->number);
}

static struct reaction receipt_action(struct screen_loop *loop, void *state, enum action action)
{
	struct receipt_state *s = state;

	if (action != ACTION_reprint)
		return PASS;
	receipt_print(loop, &s->closed);
	return STAY;
}

static struct reaction receipt_key(struct screen_loop *loop, void *state, struct key key)
{
	struct receipt_state *s = state;

	if (key.code == KEY_ENTER)
		return find(loop, s);
	if (pager_key(&s->text, key))
		return STAY;
	return field_key(&s->number, key) ? TYPED : PASS;
}

static struct field *receipt_field(void *state, enum field_kind *ret_kind)
{
	struct receipt_state *s = state;

	*ret_kind = FIELD_NUMBER;
	return &s->number;
}

static void receipt_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	(void)loop;
	(void)state;
	snprintf(out, size, "%s", _("Receipt of order"));
}

static void receipt_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct receipt_state *s = state;

	(void)loop;
	pager_paint(&s->text, grid,
		    (struct area){ body.row, (body.cols - REPORT_COLS) / 2, body.rows, REPORT_COLS });
	if (pager_more(&s->text))
		grid_put_text(grid, body.row + body.rows - 1, body.cols - 12, ATTR_DIM, _("more: PgDn"));
}

static void release_receipt(void *state)
{
	struct receipt_state *s = state;

	pager_release(&s->text);
}

static const char *receipt_enter_word(struct screen_loop *loop, void *state)
{
	(void)loop;
	(void)state;
	return _("Show");
}

const struct screen_ops receipt_screen = {
	.state_size = sizeof(struct receipt_state),
	.enter = enter_receipt,
	.action = receipt_action,
	.key = receipt_key,
	.field = receipt_field,
	.prompt = receipt_prompt,
	.paint = receipt_paint,
	.release = release_receipt,
	.enter_word = receipt_enter_word,
};
