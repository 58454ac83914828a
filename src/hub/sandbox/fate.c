/* What customers do, when it is time for it: the only place where a payment
 * becomes paid. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/ident.h"
#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

bool pay_is_open(enum pay_state state)
{
	return state == PAY_NOTPAY || state == PAY_USERPAYING;
}

static int64_t expiry_of(const struct payment *p)
{
	return pay_is_open(p->state) ? p->expires_ms : SANDBOX_NEVER;
}

int64_t fate_next(const struct payment *p)
{
	int64_t expiry = expiry_of(p);

	return expiry < p->deed_ms ? expiry : p->deed_ms;
}

/* One wallet pays. */
static enum fault_code pay(struct sandbox *s, struct payment *p, int64_t n, const char *wallet,
			   int64_t at_ms, struct fault *fault)
{
	struct capture c = { .n = n, .amount_minor = p->amount.minor, .paid_ms = at_ms };
	struct ident id;
	ident_text letters;
	enum fault_code code = s->options.ports.random(s->options.ports.ctx, id.bytes, sizeof id.bytes);

	if (code)
		return fault_set(fault, code, NULL, NULL);
	ident_format(&id, letters);
	snprintf(c.channel_no, sizeof c.channel_no, "SB%s", letters);
	utf8_copy(c.wallet, sizeof c.wallet, wallet);
	code = capture_add(s, p, &c, fault);
	return code ? code : notice_add(s, p, &c, at_ms, fault);
}

static enum fault_code act(struct sandbox *s, struct payment *p, int64_t at_ms, struct fault *fault)
{
	enum customer_deed deed = p->deed;
	enum fault_code code = FAULT_NONE;

	p->deed = DEED_NOTHING;
	p->deed_ms = SANDBOX_NEVER;
	switch (deed) {
	case DEED_PAYS:
	case DEED_TWICE:
		p->state = PAY_SUCCESS;
		code = pay(s, p, 1, p->wallet, at_ms, fault);
		if (!code && deed == DEED_TWICE)
			code = pay(s, p, 2, customer_other_wallet(p->wallet), at_ms, fault);
		break;
	case DEED_GIVES_UP:
	case DEED_CANNOT:
		/* A code is used up; a QR can be tried again. */
		p->state = p->by_code ? PAY_PAYERROR : PAY_NOTPAY;
		utf8_copy(p->refusal, sizeof p->refusal, customer_of(p->customer)->refusal);
		break;
	case DEED_NOTHING:
		break;
	}
	return code;
}

/* Only who is late by nature comes after the end. */
static void expire(struct payment *p)
{
	p->state = PAY_CLOSED;
	if (p->customer != NO_CUSTOMER && customer_of(p->customer)->when == WHEN_EXPIRY)
		return;
	p->deed = DEED_NOTHING;
	p->deed_ms = SANDBOX_NEVER;
}

enum fault_code fate_live(struct sandbox *s, struct payment *p, int64_t now_ms, bool *ret_changed,
			  struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	while (!code && fate_next(p) <= now_ms) {
		*ret_changed = true;
		if (expiry_of(p) <= p->deed_ms)
			expire(p);
		else
			code = act(s, p, p->deed_ms, fault);
	}
	return code;
}

static int64_t when(const struct sandbox *s, const struct payment *p, const struct customer *c, int64_t now_ms)
{
	switch (c->when) {
	case WHEN_ONCE: return now_ms;
	case WHEN_WAIT: return now_ms + s->options.times.wait_ms;
	case WHEN_PIN: return now_ms + s->options.times.pin_ms;
	case WHEN_EXPIRY: return p->expires_ms + s->options.times.wait_ms;
	}
	assert(!"no such time");
	return now_ms;
}

enum fault_code fate_meet(struct sandbox *s, struct payment *p, int customer, const char *wallet,
			  struct fault *fault)
{
	const struct customer *c = customer_of(customer);
	int64_t now_ms = sandbox_now(s);
	bool changed;

	assert(p->state == PAY_NOTPAY);
	p->customer = customer;
	utf8_copy(p->wallet, sizeof p->wallet, wallet);
	p->silent = c->answer == CUSTOMER_SILENT;
	p->erring = c->answer == CUSTOMER_ERRING;
	p->recalls = c->recalls;
	p->refusal[0] = '\0';
	p->deed = c->deed;
	p->deed_ms = c->deed == DEED_NOTHING ? SANDBOX_NEVER : when(s, p, c, now_ms);
	if (c->deed != DEED_NOTHING)
		p->state = PAY_USERPAYING;
	return fate_live(s, p, now_ms, &changed, fault);
}
