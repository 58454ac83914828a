/* How payments ended while somebody looked, or while the next customer was
 * served: words and the bell, and the order they closed. */
#include <stdio.h>
#include <string.h>

#include "screen/loop.h"

/* Keys within this time leave the news on the screen. */
enum { NEWS_US = 4000000 };

static bool is_open(const struct screen_loop *loop, enum screen_id id)
{
	for (size_t i = 0; i < loop->n_open; i++)
		if (loop->open[i] == id)
			return true;
	return false;
}

/* Whether the payment is what the cashier looks at, or comes back to. */
static bool is_shown(const struct screen_loop *loop, const struct counter_payment *p)
{
	return (is_open(loop, SCREEN_QR) || is_open(loop, SCREEN_WATCH)) &&
	       ident_equal(&loop->handover.payment, &p->attempt.id);
}

/* Nobody may scan a QR code that has ended. */
static bool shows_its_qr(const struct screen_loop *loop, const struct counter_payment *p)
{
	return is_open(loop, SCREEN_QR) && is_shown(loop, p);
}

/* Whether the cashier is busy with something else: another order, another screen. */
static bool is_elsewhere(const struct screen_loop *loop, const struct counter_payment *p)
{
	return !is_shown(loop, p) && !ident_equal(&p->attempt.order, &loop->news.current);
}

static void tell(struct screen_loop *loop, unsigned attr, bool unasked, const char *text)
{
	say(loop, attr, "%s", text);
	if (unasked)
		loop->message.keep_us = loop_clock_us(loop) + NEWS_US;
	loop->bell = true;
}

static void tell_paid(struct screen_loop *loop, const struct counter_payment *p)
{
	const struct order *order = counter_find_order(loop_counter(loop), &p->attempt.order);
	bool partly = order && order->state != ORDER_CLOSED && order_due(order) > 0;
	char amount[64], text[MESSAGE_BYTES];
	money_text due;

	amount_sign_text(loop, p->attempt.amount.minor, amount, sizeof amount);
	if (!order)
		snprintf(text, sizeof text, _("Paid: %s by %s."), amount, pay_wallet(loop, p));
	else if (partly)
		snprintf(text, sizeof text, _("Order %llu: %s by %s taken. Still to pay: %s"),
			 (unsigned long long)order->number, amount, pay_wallet(loop, p),
			 amount_text(order_due(order), due));
	else
		snprintf(text, sizeof text, _("Paid: order %llu, %s by %s."),
			 (unsigned long long)order->number, amount, pay_wallet(loop, p));
	tell(loop, ATTR_GOOD, is_elsewhere(loop, p), text);
}

static void tell_unpaid(struct screen_loop *loop, const struct counter_payment *p)
{
	char amount[64], text[MESSAGE_BYTES];
	const char *words = gettext(payment_state_words(p->attempt.state));
	const char *open = p->reason[0] ? " (" : "", *close = p->reason[0] ? ")" : "";

	amount_sign_text(loop, p->attempt.amount.minor, amount, sizeof amount);
	snprintf(text, sizeof text, _("Not paid: order %llu, %s: %s%s%s%s."),
		 (unsigned long long)pay_order_number(loop, p), amount, words, open, pay_reason(p), close);
	tell(loop, ATTR_BAD, is_elsewhere(loop, p), text);
}

/* The customer at the counter has paid: as after any sale. */
static struct reaction after_paid(struct screen_loop *loop, const struct counter_payment *p)
{
	const struct counter *c = loop_counter(loop);
	enum screen_id front = screen_in_front(loop);
	bool here = ident_equal(&p->attempt.order, &loop->news.current);
	bool closed = c->last_closed && ident_equal(&c->last_closed->id, &p->attempt.order);

	tell_paid(loop, p);
	if (here && closed && front == SCREEN_LOGIN)
		loop->show_closed = true;  /* seen by whoever logs in: the first key takes the words away */
	if (!here || !(is_shown(loop, p) || front == SCREEN_REGISTER || front == SCREEN_TENDER))
		return shows_its_qr(loop, p) ? GOTO(REGISTER) : STAY;
	if (closed) {
		loop->show_closed = true;
		return GOTO(REGISTER);
	}
	return front == SCREEN_TENDER ? OPEN(TENDER) : front == SCREEN_REGISTER ? STAY : GOTO(TENDER);
}

static struct reaction after_end(struct screen_loop *loop, const struct ident *id)
{
	const struct counter_payment *p = counter_find_payment(loop_counter(loop), id);

	if (!p)
		return STAY;
	if (p->attempt.state == PAYMENT_PAID)
		return after_paid(loop, p);
	tell_unpaid(loop, p);
	return shows_its_qr(loop, p) ? GOTO(WATCH) : STAY;
}

static void remember(struct screen_loop *loop)
{
	const struct counter *c = loop_counter(loop);
	struct news *news = &loop->news;

	news->n_open = 0;
	news->current = c->current;
	for (size_t i = 0; i < c->n_payments && news->n_open < COUNTER_PAYMENTS_MAX; i++)
		if (!payment_is_terminal(c->payments[i].attempt.state))
			news->open[news->n_open++] = c->payments[i].attempt.id;
}

struct reaction news_look(struct screen_loop *loop)
{
	struct reaction reaction = TYPED;

	for (size_t i = 0; i < loop->news.n_open; i++) {
		const struct counter_payment *p = counter_find_payment(loop_counter(loop), &loop->news.open[i]);

		if (p && !payment_is_terminal(p->attempt.state))
			continue;
		reaction = after_end(loop, &loop->news.open[i]);
	}
	remember(loop);
	return reaction;
}
