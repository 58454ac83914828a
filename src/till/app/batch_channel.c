/* Words about payments that the hub takes: begun, waited for, given up. A
 * customer's code goes to the payment and into no reply. */
#include <ctype.h>
#include <string.h>

#include "app/batch.h"
#include "base/utf8.h"
#include "crypt/crypt.h"

enum { WAIT_S = 60, WAIT_S_MAX = 24 * 3600, SECOND_MS = 1000, QR_MS = 10000, HIDDEN_DIGITS = 8 };

const struct counter_payment *batch_payment(const struct batch *b, const char *word)
{
	struct ident id;

	return ident_parse(word, false, &id) ? counter_find_payment(agent_counter(b->agent), &id) : NULL;
}

/* The payment and its order are answered with. */
static void answer(struct batch *b, const struct counter_payment *p)
{
	b->payment = p->attempt.id;
	b->order = p->attempt.order;
}

void batch_hide_codes(struct fault *fault)
{
	for (size_t i = 0; i < 2; i++) {
		size_t digits = 0;

		for (const char *p = fault->arg[i]; *p && digits < HIDDEN_DIGITS; p++)
			digits = isdigit((unsigned char)*p) ? digits + 1 : 0;
		if (digits == HIDDEN_DIGITS)
			utf8_copy(fault->arg[i], sizeof fault->arg[i], "…");
	}
}

static enum fault_code begin(struct batch *b, enum payment_kind kind, const char *code,
			     const char *amount, struct fault *fault)
{
	int64_t minor = 0;
	const struct counter *c;
	enum fault_code failed = amount ? batch_amount(b, amount, &minor, fault) : FAULT_NONE;

	if (!failed && amount && minor == 0)
		failed = fault_set(fault, FAULT_PAYMENT_NO_AMOUNT, amount, NULL);
	if (!failed)
		failed = agent_pay(b->agent, kind, minor, code, fault);
	if (failed)
		return failed;
	c = agent_counter(b->agent);
	answer(b, &c->payments[c->n_payments - 1]);
	return FAULT_NONE;
}

/* The hub makes the code: an answer without it would be of little use. */
static void wait_for_qr(struct batch *b)
{
	const struct counter_payment *p = counter_find_payment(agent_counter(b->agent), &b->payment);
	int64_t end_ms = agent_now(b->agent).utc_ms + QR_MS, left_ms = QR_MS;

	while (b->turn && p && p->attempt.state == PAYMENT_SENT && left_ms > 0 && left_ms <= QR_MS) {
		b->turn(b->turn_ctx, (int)left_ms);
		p = counter_find_payment(agent_counter(b->agent), &b->payment);
		left_ms = end_ms - agent_now(b->agent).utc_ms;
	}
}

enum fault_code batch_pay_qr(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	enum fault_code code = begin(b, PAYMENT_QR, NULL, n ? args[0] : NULL, fault);

	if (!code)
		wait_for_qr(b);
	return code;
}

enum fault_code batch_pay_code(struct batch *b, const char *const *args, size_t n,
			       struct fault *fault)
{
	struct agent_found found;
	struct fault why;

	if (agent_resolve(b->agent, args[0], strlen(args[0]), SCAN_TYPED, true, SCAN_PAYMENT_CODE,
			  &found, &why) || found.kind != SCAN_PAYMENT_CODE)
		return fault_set(fault, FAULT_PAYMENT_NOT_A_CODE, NULL, NULL);
	return begin(b, PAYMENT_CODE, args[0], n > 1 ? args[1] : NULL, fault);
}

enum fault_code batch_cancel_payment(struct batch *b, const struct counter_payment *p,
				     struct fault *fault)
{
	struct ident id = p->attempt.id;

	answer(b, p);
	return agent_cancel_payment(b->agent, &id, fault);
}

static enum fault_code read_seconds(const char *word, int64_t *ret_ms, struct fault *fault)
{
	uint32_t seconds = WAIT_S;
	enum fault_code code = word ? batch_number(word, &seconds, fault) : FAULT_NONE;

	if (!code && seconds > WAIT_S_MAX)
		code = fault_set_number(fault, FAULT_LIMIT_REACHED, WAIT_S_MAX, "SECONDS");
	*ret_ms = (int64_t)seconds * SECOND_MS;
	return code;
}

enum fault_code batch_wait_payment(struct batch *b, const struct counter_payment *p,
				   const char *seconds, struct fault *fault)
{
	struct ident id = p->attempt.id;
	int64_t ms, end_ms, left_ms;
	ident_text letters;
	enum fault_code code = read_seconds(seconds, &ms, fault);

	answer(b, p);
	end_ms = agent_now(b->agent).utc_ms + ms;
	while (!code && p && !payment_is_terminal(p->attempt.state)) {
		left_ms = end_ms - agent_now(b->agent).utc_ms;
		if (left_ms <= 0 || left_ms > ms || !b->turn) {
			ident_format(&id, letters);
			return fault_set(fault, FAULT_PAYMENT_STILL_OPEN, letters, NULL);
		}
		b->turn(b->turn_ctx, (int)left_ms);
		p = counter_find_payment(agent_counter(b->agent), &id);
	}
	return code;
}
