/* The locked till: who is at the counter, and the PIN. */
#include "screen/loop.h"

#include <stdio.h>
#include <string.h>

enum { PIN_CHARS = 12, SECOND_MS = 1000 };

struct login {
	struct field cashier, pin;
	bool at_pin;
};

static void enter_login(struct screen_loop *loop, void *state)
{
	struct login *s = state;

	(void)loop;
	field_init(&s->cashier, CASHIER_ID_MAX, false);
	field_clear(&s->pin);
	field_init(&s->pin, PIN_CHARS, true);
	s->at_pin = false;
}

static int64_t locked_s(const struct screen_loop *loop)
{
	return counter_login_wait_s(loop_counter(loop), agent_now(loop->context.agent));
}

static struct reaction log_in(struct screen_loop *loop, struct login *s)
{
	struct fault fault;
	enum fault_code code = agent_login(loop->context.agent, s->cashier.text, s->pin.text, &fault);

	field_clear(&s->pin);
	if (code) {
		say_fault(loop, &fault);
		s->at_pin = code == FAULT_CASHIER_LOCKED;
		if (!s->at_pin)
			field_clear(&s->cashier);
		return STAY;
	}
	field_clear(&s->cashier);
	s->at_pin = false;
	say_nothing(loop);
	return loop_counter(loop)->shift.open ? GOTO(REGISTER) : GOTO(SHIFT);
}

static struct reaction next(struct screen_loop *loop, struct login *s)
{
	if (!s->at_pin) {
		s->at_pin = s->cashier.len > 0;
		return STAY;
	}
	return s->pin.len ? log_in(loop, s) : STAY;
}

static struct reaction login_key(struct screen_loop *loop, void *state, struct key key)
{
	struct login *s = state;

	if (key.code == KEY_ENTER || (key.code == KEY_TAB && !s->at_pin))
		return next(loop, s);
	if (key.code == KEY_ESC || key.code == KEY_BACKTAB) {
		enter_login(loop, s);
		return STAY;
	}
	return field_key(s->at_pin ? &s->pin : &s->cashier, key) ? TYPED : PASS;
}

/* What is scanned at a locked till is not looked up, and not shown: it may be
 * anybody's. */
static struct reaction login_scan(struct screen_loop *loop, void *state, const char *bytes, size_t n)
{
	(void)state;
	(void)bytes;
	(void)n;
	say(loop, ATTR_BAD, _("The till is locked: the scan was not used. Log in, then scan again."));
	return STAY;
}

static struct field *login_field(void *state, enum field_kind *ret_kind)
{
	struct login *s = state;

	*ret_kind = FIELD_PIN;
	return s->at_pin ? &s->pin : &s->cashier;
}

static void login_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	const struct login *s = state;

	(void)loop;
	if (s->at_pin)
		snprintf(out, size, _("PIN of cashier %s"), s->cashier.text);
	else
		snprintf(out, size, "%s", _("Cashier number"));
}

static void centred(struct grid *grid, struct area body, int row, unsigned attr, const char *text)
{
	grid_put_field(grid, body.row + row, body.col, body.cols, ALIGN_CENTER, attr, text);
}

static void login_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	const struct counter *c = loop_counter(loop);
	const struct settings *settings = loop->context.settings;
	const struct order *order = counter_order(c);
	struct instant_civil now;
	char text[256], amount[64];
	int middle = body.rows / 2 - 5;

	(void)state;
	instant_civil(agent_now(loop->context.agent), &now);
	centred(grid, body, middle, ATTR_BOLD, settings->shop_name[0] ? settings->shop_name : c->shop);
	snprintf(text, sizeof text, _("Till %s"), c->till);
	centred(grid, body, middle + 1, ATTR_PLAIN, text);
	snprintf(text, sizeof text, "%02d:%02d", now.hour, now.minute);
	big_digits_paint(grid, body.row + middle + 3, body.col + (body.cols - big_digits_cols(text)) / 2,
			 ATTR_PLAIN, text);
	snprintf(text, sizeof text, "%04d-%02d-%02d", now.year, now.month, now.day);
	centred(grid, body, middle + 9, ATTR_PLAIN, text);
	if (order && order->live_lines) {
		snprintf(text, sizeof text, _("Order %llu is open · lines %zu · %s"),
			 (unsigned long long)order->number, order->live_lines,
			 amount_sign_text(loop, order->total_minor, amount, sizeof amount));
		centred(grid, body, middle + 10, ATTR_NOTE, text);
	}
	if (locked_s(loop) > 0) {
		snprintf(text, sizeof text, _("Too many wrong PINs: wait %lld s"), (long long)locked_s(loop));
		centred(grid, body, middle + 11, ATTR_BAD | ATTR_BOLD, text);
	}
}

static int login_wait_ms(struct screen_loop *loop, void *state)
{
	(void)state;
	return locked_s(loop) > 0 ? SECOND_MS : -1;
}

static const char *login_enter_word(struct screen_loop *loop, void *state)
{
	const struct login *s = state;

	(void)loop;
	return s->at_pin ? _("Log in") : _("Next");
}

const struct screen_ops login_screen = {
	.state_size = sizeof(struct login),
	.enter = enter_login,
	.key = login_key,
	.scan = login_scan,
	.field = login_field,
	.prompt = login_prompt,
	.paint = login_paint,
	.wait_ms = login_wait_ms,
	.enter_word = login_enter_word,
};
