/* Payments end before their time: an unpaid one is closed, a reversed one also
 * gives back what was paid. Both can be asked for again and again, and for a
 * number that has not come yet: it is then closed before it comes. */
#include <string.h>

#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

enum { REVERSE_DAYS = 7 };

static enum fault_code answer(struct call *call, const struct payment *p, bool recall)
{
	struct json_writer w;

	json_writer_init(&w, &call->reply->body);
	json_put_object(&w, NULL);
	json_put_text(&w, "merchant", p->merchant);
	json_put_text(&w, "out_no", p->out_no);
	json_put_text(&w, "state", pay_state_word(p->state));
	json_put_text(&w, "result", recall ? "FAIL" : "SUCCESS");
	json_put_text(&w, "recall", recall ? "Y" : "N");
	json_close(&w);
	return FAULT_NONE;
}

/* The payment, or its tombstone. */
static enum fault_code find(struct call *call, struct payment *ret, struct fault *fault)
{
	bool found = false;
	enum fault_code code;

	if (!is_number(call->part))
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	utf8_copy(call->out_no, sizeof call->out_no, call->part);
	code = payment_find(call->sandbox, call->merchant, call->part, ret, &found, fault);
	if (code || found)
		return code;
	payment_tomb(ret, call->merchant, call->part, call->now_ms);
	code = random_token(call->sandbox, ret->token, fault);
	return code ? code : payment_add(call->sandbox, ret, fault);
}

/* Who is late by nature does not hear of it. */
static void end(struct payment *p, enum pay_state state)
{
	p->state = state;
	p->silent = p->erring = 0;
	if (p->customer != NO_CUSTOMER && customer_of(p->customer)->when == WHEN_EXPIRY &&
	    p->deed != DEED_NOTHING)
		return;
	p->deed = DEED_NOTHING;
	p->deed_ms = SANDBOX_NEVER;
}

/* Answers "call again" as often as the customer has it; true when it did. */
static bool recalled(struct payment *p)
{
	if (p->recalls == 0 || !pay_is_open(p->state))
		return false;
	p->recalls--;
	return true;
}

enum fault_code payment_close(struct call *call, struct fault *fault)
{
	struct payment p;
	enum fault_code code = find(call, &p, fault);
	bool again;

	if (code || call->refused)
		return code;
	if (p.by_code)
		return call_refuse(call, REFUSAL_CLOSE_NOT_ALLOWED);
	if (p.state == PAY_SUCCESS || p.state == PAY_REFUND)
		return call_refuse_paid(call, &p, fault);
	again = recalled(&p);
	if (!again && pay_is_open(p.state))
		end(&p, PAY_CLOSED);
	code = payment_save(call->sandbox, &p, fault);
	return code ? code : answer(call, &p, again);
}

enum fault_code payment_reverse(struct call *call, struct fault *fault)
{
	struct sandbox *s = call->sandbox;
	struct payment p;
	enum fault_code code = find(call, &p, fault);
	bool again;

	if (code || call->refused)
		return code;
	if (call->now_ms < p.created_ms + s->options.times.reverse_after_ms && p.customer != NO_CUSTOMER)
		return call_refuse(call, REFUSAL_REVERSE_TOO_EARLY);
	if (call->now_ms > p.created_ms + REVERSE_DAYS * INT64_C(86400000))
		return call_refuse(call, REFUSAL_REVERSE_EXPIRED);
	again = recalled(&p);
	if (!again && (p.state == PAY_SUCCESS || p.state == PAY_REFUND))
		code = capture_revoke(s, &p, fault);
	if (!again && p.state != PAY_CLOSED && p.state != PAY_REVOKED)
		end(&p, PAY_REVOKED);
	if (!code)
		code = payment_save(s, &p, fault);
	return code ? code : answer(call, &p, again);
}
