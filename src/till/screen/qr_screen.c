/* The QR code a customer pays with, as large as the terminal can show it, the
 * amount in large digits, and the time that is left. */
#include <stdio.h>
#include <string.h>

#include "base/width.h"
#include "qr/qr.h"
#include "screen/loop.h"
#include "term/qr_picture.h"
#include "term/wrap.h"

enum { WORDS_COLS = 41, WORDS_ROWS = 8, SECOND_MS = 1000 };

struct qr_state {
	struct ident payment;
	char url[PAYMENT_QR_MAX + 1];  /* what `symbol` says; "" none */
	struct qr_symbol symbol;
};

static void enter_qr(struct screen_loop *loop, void *state)
{
	struct qr_state *s = state;

	s->payment = loop->handover.payment;
	s->url[0] = '\0';
}

static const struct counter_payment *payment_of(struct screen_loop *loop, const struct qr_state *s)
{
	return counter_find_payment(loop_counter(loop), &s->payment);
}

static struct reaction qr_action(struct screen_loop *loop, void *state, enum action action)
{
	struct qr_state *s = state;

	if (action == ACTION_give_up)
		return pay_give_up(loop, &s->payment);
	if (action == ACTION_park)
		return pay_park(loop, &s->payment);
	return action == ACTION_tray ? GOTO(TRAY) : PASS;
}

/* Enter has nothing to confirm here. */
static struct reaction qr_key(struct screen_loop *loop, void *state, struct key key)
{
	(void)loop;
	(void)state;
	return key.code == KEY_ENTER ? TYPED : PASS;
}

static int64_t left_ms(struct screen_loop *loop, const struct counter_payment *p)
{
	int64_t ms = p->attempt.expires_ms - agent_now(loop->context.agent).utc_ms;

	return ms < 0 ? 0 : ms;
}

static int qr_wait_ms(struct screen_loop *loop, void *state)
{
	const struct counter_payment *p = payment_of(loop, state);

	if (!p || left_ms(loop, p) == 0)
		return -1;
	return (int)((left_ms(loop, p) - 1) % SECOND_MS) + 1;
}

/* Encodes the URL once; false while there is none that can be paid. */
static bool load(struct screen_loop *loop, struct qr_state *s, const struct counter_payment *p)
{
	if (!p->attempt.qr[0] || !pay_qr_is_good(loop, p))
		return false;
	if (strcmp(s->url, p->attempt.qr) == 0)
		return true;
	if (qr_encode(p->attempt.qr, &s->symbol, NULL))
		return false;
	snprintf(s->url, sizeof s->url, "%s", p->attempt.qr);
	return true;
}

/* Why there is no QR code to show. */
static const char *why_none(struct screen_loop *loop, const struct counter_payment *p)
{
	if (left_ms(loop, p) == 0)
		return _("The time is up: this QR code can no longer be paid. The hub says how it ended.");
	if (p->attempt.state == PAYMENT_UNKNOWN)
		return _("The hub does not answer, and the till goes on asking.");
	return _("The hub is asked for the QR code.");
}

/* Where the words stand: beside the code, or below it when only so it can be
 * drawn without half blocks. */
static enum qr_picture place(const struct qr_symbol *symbol, bool utf8, struct area body,
			     struct area *ret_code, struct area *ret_words)
{
	struct area beside = { body.row, body.col, body.rows, body.cols - WORDS_COLS };
	struct area above = { body.row, body.col, body.rows - WORDS_ROWS / 2, body.cols };
	enum qr_picture how = qr_picture_choose(symbol, beside, utf8);
	int rows = qr_picture_rows(symbol, QR_PICTURE_FULL);

	*ret_code = beside;
	*ret_words = (struct area){ body.row, body.col + beside.cols + 1, body.rows, WORDS_COLS - 2 };
	if (how == QR_PICTURE_FULL || qr_picture_choose(symbol, above, utf8) != QR_PICTURE_FULL)
		return how;
	*ret_code = (struct area){ body.row, body.col, rows, body.cols };
	*ret_words = (struct area){ body.row + rows, body.col + 2, body.rows - rows, body.cols - 4 };
	return QR_PICTURE_FULL;
}

static int put_wrapped(struct grid *grid, struct area area, unsigned attr, const char *text)
{
	const char *line;
	size_t len;
	int row = 0;

	for (; row < area.rows && wrap_next(&text, (size_t)area.cols, &line, &len); row++) {
		char copy[512];

		snprintf(copy, sizeof copy, "%.*s", (int)len, line);
		grid_put_text(grid, area.row + row, area.col, attr, copy);
	}
	return area.row + row;
}

/* The countdown, with the cursor behind it: a tick is a few bytes. */
static void paint_countdown(struct screen_loop *loop, const struct counter_payment *p,
			    struct grid *grid, int row, int col)
{
	char text[64];

	col += grid_put_text(grid, row, col, ATTR_PLAIN, _("Time left"));
	col += 1 + grid_put_text(grid, row, col + 1, ATTR_PLAIN,
				 pay_clock_text(left_ms(loop, p) + SECOND_MS - 1, text, sizeof text));
	grid_place_cursor(grid, row, col);
}

/* Amount, state, countdown, and below them what was said and what to do. */
static void paint_words(struct screen_loop *loop, const struct counter_payment *p, struct grid *grid,
			struct area area, const char *sentence)
{
	bool low = area.rows < WORDS_ROWS * 2;
	char text[128];
	money_text amount;
	int row = area.row;

	amount_text(p->attempt.amount.minor, amount);
	snprintf(text, sizeof text, low ? _("Order %llu · to pay %s") : _("Order %llu · to pay"),
		 (unsigned long long)pay_order_number(loop, p), amount);
	grid_put_field(grid, row++, area.col, area.cols, ALIGN_LEFT, ATTR_BOLD, text);
	if (!low) {
		big_digits_paint(grid, row + 1, area.col, ATTR_BOLD, amount);
		row += BIG_ROWS + 2;
	}
	grid_put_field(grid, row++, area.col, area.cols, ALIGN_LEFT, ATTR_NOTE | ATTR_BOLD,
		       gettext(payment_state_words(p->attempt.state)));
	paint_countdown(loop, p, grid, row++, area.col);
	row += !low;
	row = put_wrapped(grid, (struct area){ row, area.col, area.row + area.rows - row, area.cols }, ATTR_PLAIN,
			  sentence) + !low;
	frame_paint_message(loop, grid, (struct area){ row, area.col, area.row + area.rows - row, area.cols });
}

static void qr_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	const struct counter_payment *p = payment_of(loop, state);
	struct qr_state *s = state;
	bool utf8 = term_is_utf8(loop->context.term);
	struct area code, words = { body.row, 2, body.rows, body.cols - 4 };
	char text[PAYMENT_QR_MAX + 512];
	enum qr_picture how;

	if (!p)
		return;
	if (!load(loop, s, p)) {
		paint_words(loop, p, grid, words, why_none(loop, p));
		return;
	}
	how = place(&s->symbol, utf8, body, &code, &words);
	if (!qr_picture_words(how)) {
		qr_picture_paint(&s->symbol, how, grid, code);
		paint_words(loop, p, grid, words, _("The customer scans the code and pays."));
		return;
	}
	snprintf(text, sizeof text, "%s\n\n%s", gettext(qr_picture_words(how)), s->url);
	paint_words(loop, p, grid, (struct area){ body.row, 2, body.rows, body.cols - 4 }, text);
}

const struct screen_ops qr_screen = {
	.state_size = sizeof(struct qr_state),
	.enter = enter_qr,
	.action = qr_action,
	.key = qr_key,
	.paint = qr_paint,
	.tall = true,
	.label = pay_label,
	.wait_ms = qr_wait_ms,
};
