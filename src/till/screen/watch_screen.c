/* How one payment stands: its state in words, how long it has taken, and what
 * happens next. */
#include <stdio.h>

#include "screen/loop.h"
#include "term/wrap.h"

enum { SECOND_MS = 1000, SENTENCE_ROWS = 3 };

struct watch {
	struct ident payment;
};

static void enter_watch(struct screen_loop *loop, void *state)
{
	struct watch *s = state;

	s->payment = loop->handover.payment;
}

static const struct counter_payment *payment_of(struct screen_loop *loop, const struct watch *s)
{
	return counter_find_payment(loop_counter(loop), &s->payment);
}

static bool has_ended(const struct counter_payment *p)
{
	return !p || payment_is_terminal(p->attempt.state);
}

static struct reaction watch_action(struct screen_loop *loop, void *state, enum action action)
{
	const struct watch *s = state;

	if (action == ACTION_give_up)
		return pay_give_up(loop, &s->payment);
	if (action == ACTION_park)
		return pay_park(loop, &s->payment);
	if (action == ACTION_show_qr)
		return pay_show(loop, &s->payment);
	return action == ACTION_tray ? GOTO(TRAY) : PASS;
}

static struct reaction watch_key(struct screen_loop *loop, void *state, struct key key)
{
	if (key.code != KEY_ENTER)
		return PASS;
	return has_ended(payment_of(loop, state)) ? BACK : TYPED;
}

static int64_t age_ms(struct screen_loop *loop, const struct counter_payment *p)
{
	int64_t ms = agent_now(loop->context.agent).utc_ms - p->attempt.begun_ms;

	return ms < 0 ? 0 : ms;
}

static int watch_wait_ms(struct screen_loop *loop, void *state)
{
	const struct counter_payment *p = payment_of(loop, state);

	return has_ended(p) ? -1 : SECOND_MS - (int)(age_ms(loop, p) % SECOND_MS);
}

static const char *next_words(const struct payment_attempt *a)
{
	switch (a->state) {
	case PAYMENT_CREATED: case PAYMENT_SENT:
		return _("The till has asked the hub; the answer takes seconds.");
	case PAYMENT_PENDING:
		if (a->kind == PAYMENT_QR)
			return _("The customer scans the QR code and pays.");
		return _("The customer confirms on the telephone, perhaps with a PIN.");
	case PAYMENT_UNKNOWN:
		return _("There is no definite answer yet, and the till goes on asking. Do not take the money again before this payment has ended.");
	case PAYMENT_REVERSING:
		return _("It is being closed or given back. Do not take the money again before that is confirmed.");
	case PAYMENT_NEEDS_PERSON:
		return _("It did not settle by itself. A supervisor looks it up at the hub; cancelling tries once more to take it back.");
	case PAYMENT_PAID:
		return _("The hub has signed for it.");
	case PAYMENT_FAILED: case PAYMENT_REVERSED: case PAYMENT_EXPIRED:
		return _("Take the payment anew, or in another way.");
	case PAYMENT_STATES:
		break;
	}
	return "";
}

static unsigned role_of(enum payment_state state)
{
	if (state == PAYMENT_NEEDS_PERSON)
		return ATTR_BAD;
	if (!payment_is_terminal(state))
		return ATTR_NOTE;
	return state == PAYMENT_PAID ? ATTR_GOOD : ATTR_BAD;
}

static void put_wrapped(struct grid *grid, struct area area, const char *text)
{
	const char *line;
	size_t len;

	for (int row = 0; row < area.rows && wrap_next(&text, (size_t)area.cols, &line, &len); row++) {
		char copy[512];

		snprintf(copy, sizeof copy, "%.*s", (int)len, line);
		grid_put_text(grid, area.row + row, area.col, ATTR_PLAIN, copy);
	}
}

/* Seconds stand still once it has ended. The cursor stands behind them, so
 * that a tick is a few bytes. */
static void paint_age(struct screen_loop *loop, const struct counter_payment *p, struct grid *grid, int row)
{
	char text[64];
	int col = 2;

	if (has_ended(p))
		return;
	col += grid_put_text(grid, row, col, ATTR_PLAIN, _("Since it began"));
	col += 1 + grid_put_text(grid, row, col + 1, ATTR_PLAIN,
				 pay_clock_text(age_ms(loop, p), text, sizeof text));
	grid_place_cursor(grid, row, col);
}

static void watch_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	const struct counter_payment *p = payment_of(loop, state);
	int row = body.row + 1;
	char text[256];
	money_text amount;

	grid_place_cursor(grid, grid->rows - 3, 1);
	if (!p) {
		grid_put_field(grid, body.row + body.rows / 2, 0, body.cols, ALIGN_CENTER, ATTR_PLAIN,
			       _("This payment ended a while ago."));
		return;
	}
	snprintf(text, sizeof text, _("Order %llu · %s"), (unsigned long long)pay_order_number(loop, p),
		 pay_wallet(loop, p));
	grid_put_field(grid, row, 2, body.cols - 4, ALIGN_LEFT, ATTR_PLAIN, text);
	big_digits_paint(grid, row + 2, 2, ATTR_BOLD, amount_text(p->attempt.amount.minor, amount));
	row += BIG_ROWS + 3;
	grid_put_field(grid, row, 2, body.cols - 4, ALIGN_LEFT, role_of(p->attempt.state) | ATTR_BOLD,
		       gettext(payment_state_words(p->attempt.state)));
	paint_age(loop, p, grid, ++row);
	if (p->reason[0]) {
		snprintf(text, sizeof text, _("Reason: %s"), pay_reason(p));
		grid_put_field(grid, ++row, 2, body.cols - 4, ALIGN_LEFT, ATTR_PLAIN, text);
	}
	put_wrapped(grid, (struct area){ row + 2, 2, SENTENCE_ROWS, body.cols - 4 }, next_words(&p->attempt));
}

static const char *watch_enter_word(struct screen_loop *loop, void *state)
{
	return has_ended(payment_of(loop, state)) ? _("Done") : "";
}

const struct screen_ops watch_screen = {
	.state_size = sizeof(struct watch),
	.enter = enter_watch,
	.action = watch_action,
	.key = watch_key,
	.paint = watch_paint,
	.label = pay_label,
	.wait_ms = watch_wait_ms,
	.enter_word = watch_enter_word,
};
