/* Payments through the hub as screens begin, show and end them: whatever comes
 * to the till for an order whose payment is open shows that payment instead of
 * charging the customer twice. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "screen/loop.h"

enum { SECOND_MS = 1000 };

/* The payment that began last, which is the one just begun. */
static struct reaction show_last(struct screen_loop *loop)
{
	const struct counter *c = loop_counter(loop);

	return pay_show(loop, &c->payments[c->n_payments - 1].attempt.id);
}

/* A refusal; the payment that stands in the way, when it is one. */
static struct reaction refused(struct screen_loop *loop, const struct fault *fault)
{
	const struct order *order = counter_order(loop_counter(loop));
	const struct counter_payment *open = order ? counter_open_payment(loop_counter(loop), &order->id) : NULL;

	if (fault->code != FAULT_PAYMENT_STILL_OPEN || !open) {
		say_fault(loop, fault);
		loop->refused = true;
		return STAY;
	}
	say(loop, ATTR_NOTE, "%s", _("A payment of this order is open: this is how it stands. Nothing more was charged."));
	return pay_show(loop, &open->attempt.id);
}

static struct reaction begin(struct screen_loop *loop, enum payment_kind kind, int64_t amount_minor,
			     const char *code)
{
	struct fault fault;

	if (agent_pay(loop->context.agent, kind, amount_minor, code, &fault))
		return refused(loop, &fault);
	if (loop->last_key_us >= loop->message.keep_us)
		say_nothing(loop);
	return show_last(loop);
}

struct reaction pay_by_qr(struct screen_loop *loop, int64_t amount_minor)
{
	return begin(loop, PAYMENT_QR, amount_minor, NULL);
}

struct reaction pay_by_code(struct screen_loop *loop, const char *bytes, size_t n, enum scan_way way,
			    int64_t amount_minor)
{
	char code[AGENT_CODE_SIZE];
	struct reaction reaction;
	struct fault fault;

	if (agent_payment_code(loop->context.agent, bytes, n, way, code, &fault)) {
		say_fault(loop, &fault);
		return STAY;
	}
	reaction = begin(loop, PAYMENT_CODE, amount_minor, code);
	explicit_bzero(code, sizeof code);
	return reaction;
}

struct reaction pay_ask(struct screen_loop *loop, const struct agent_found *found, const char *bytes,
			size_t n, enum scan_way way)
{
	const struct counter *c = loop_counter(loop);
	const struct order *order = counter_order(c);
	struct handover *hand = &loop->handover;
	struct fault fault;

	if (!order || order->live_lines == 0 || n > sizeof hand->code) {
		agent_refuse_scan(found, &fault);
		say_fault(loop, &fault);
		return STAY;
	}
	fault_set(&fault, FAULT_PAYMENT_STILL_OPEN, NULL, NULL);
	if (counter_open_payment(c, &order->id))
		return refused(loop, &fault);
	fault_set(&fault, FAULT_TILL_NOT_ENROLLED, NULL, NULL);
	if (!c->enrolled)
		return refused(loop, &fault);
	hand->found = *found;
	hand->way = way;
	memmove(hand->code, bytes, n);
	hand->code_len = n;
	return OPEN(TAKE);
}

void pay_forget_code(struct screen_loop *loop)
{
	explicit_bzero(loop->handover.code, sizeof loop->handover.code);
	loop->handover.code_len = 0;
}

struct reaction pay_give_up(struct screen_loop *loop, const struct ident *payment)
{
	struct fault fault;

	if (agent_cancel_payment(loop->context.agent, payment, &fault)) {
		say_fault(loop, &fault);
		return STAY;
	}
	say(loop, ATTR_NOTE, "%s", _("The payment is being given up. Wait until the hub has confirmed it."));
	return pay_show(loop, payment);
}

struct reaction pay_park(struct screen_loop *loop, const struct ident *payment)
{
	const struct counter *c = loop_counter(loop);
	const struct counter_payment *p = counter_find_payment(c, payment);
	const struct order *order = counter_order(c);
	uint64_t number = order ? order->number : 0;
	struct counter_event ev = { .kind = EVENT_HOLD };
	char key[KEY_LABEL_SIZE];

	if (!p || !order || !ident_equal(&p->attempt.order, &order->id))
		return GOTO(REGISTER);
	if (loop_do(loop, &ev))
		return STAY;
	say(loop, ATTR_NOTE, _("Order %llu is on hold and its payment is watched. %s lists what is open."),
	    (unsigned long long)number, key_text_of(loop, ACTION_tray, key));
	return GOTO(REGISTER);
}

bool pay_qr_is_good(const struct screen_loop *loop, const struct counter_payment *payment)
{
	const struct payment_attempt *a = &payment->attempt;

	return a->kind == PAYMENT_QR && a->ending == PAYMENT_ENDING_NONE &&
	       (a->state == PAYMENT_SENT || a->state == PAYMENT_PENDING || a->state == PAYMENT_UNKNOWN) &&
	       agent_now(loop->context.agent).utc_ms < a->expires_ms;
}

const char *pay_label(struct screen_loop *loop, enum action action, char *out, size_t size)
{
	const struct counter *c = loop_counter(loop);
	const struct counter_payment *p = counter_find_payment(c, &loop->handover.payment);

	(void)out;
	(void)size;
	if (!p || payment_is_terminal(p->attempt.state))
		return "";
	if (action == ACTION_show_qr)
		return pay_qr_is_good(loop, p) ? _("QR") : "";
	if (action == ACTION_park)
		return ident_equal(&p->attempt.order, &c->current) ? _("Hold") : "";
	return action == ACTION_give_up ? _("Cancel payment") : "";
}

struct reaction pay_show(struct screen_loop *loop, const struct ident *payment)
{
	const struct counter_payment *p = counter_find_payment(loop_counter(loop), payment);

	loop->handover.payment = *payment;
	if (screen_in_front(loop) == SCREEN_WATCH)
		return p && pay_qr_is_good(loop, p) ? OPEN(QR) : STAY;
	return p && pay_qr_is_good(loop, p) ? GOTO(QR) : GOTO(WATCH);
}

const char *pay_clock_text(int64_t ms, char *out, size_t size)
{
	int64_t s = ms <= 0 ? 0 : ms / SECOND_MS;

	snprintf(out, size, "%" PRId64 ":%02d", s / 60, (int)(s % 60));
	return out;
}

const char *pay_wallet(const struct screen_loop *loop, const struct counter_payment *payment)
{
	if (payment->attempt.state != PAYMENT_PAID)
		return payment->attempt.kind == PAYMENT_QR ? _("QR code") : _("Payment code");
	return tender_label(loop, payment->wallet);
}

const char *pay_reason(const struct counter_payment *payment)
{
	static const struct { const char *code, *words; } reasons[] = {
		{ "NOT_ENOUGH", N_("Too little money") },
		{ "AUTHCODE_EXPIRED", N_("Expired code") },
	};

	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (strcmp(reasons[i].code, payment->reason) == 0)
			return gettext(reasons[i].words);
	return payment->reason;
}

uint64_t pay_order_number(const struct screen_loop *loop, const struct counter_payment *payment)
{
	const struct order *order = counter_find_order(loop_counter(loop), &payment->attempt.order);

	return order ? order->number : 0;
}
