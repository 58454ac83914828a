/* Payments begin: by the customer's code, or as a QR that waits for one. The
 * same request again gives the same payment; another one under its number is
 * refused. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

enum { CODE_LETTERS_MAX = 128, VALIDITY_MS = 2 * 60 * 60 * 1000 };

struct wish {
	struct payment payment;
	char code[CODE_LETTERS_MAX + 1];
};

/* What makes a request the same: all it says. The code itself is not kept. */
static enum fault_code digest(const struct wish *wish, uint8_t ret[DIGEST_SIZE])
{
	const struct payment *p = &wish->payment;
	struct buffer text = BUFFER_INIT(2048);
	enum fault_code code;

	buffer_printf(&text, "%s\n%lld\n%s\n%lld\n%s\n%s\n", p->by_code ? "code" : "qr",
		      (long long)p->amount.minor, currency_letters(p->amount.currency),
		      (long long)p->expires_ms, p->notify_url, wish->code);
	code = text.failed ? FAULT_OUT_OF_MEMORY : digest_sha256(text.data, text.len, ret);
	if (text.data)
		secret_wipe(text.data, text.cap);
	buffer_release(&text);
	return code;
}

/* No address but https, and without blanks. */
static bool is_url(const char *url)
{
	for (const char *at = url; *at; at++)
		if (*at <= ' ' || *at > '~')
			return false;
	return strncmp(url, "https://", 8) == 0;
}

/* False when a parameter is missing or wrong. */
static bool read_wish(struct call *call, bool by_code, struct wish *wish)
{
	struct payment *p = &wish->payment;

	memset(wish, 0, sizeof *wish);
	if (!call_text(call, "out_no", p->out_no, sizeof p->out_no) || !is_number(p->out_no))
		return false;
	utf8_copy(call->out_no, sizeof call->out_no, p->out_no);
	utf8_copy(p->merchant, sizeof p->merchant, call->merchant);
	p->by_code = by_code;
	p->customer = NO_CUSTOMER;
	p->created_ms = call->now_ms;
	p->deed_ms = SANDBOX_NEVER;
	if (!call_money(call, &p->amount) || !call_time(call, "expires_at", &p->expires_ms))
		return false;
	if (by_code && !call_text(call, "auth_code", wish->code, sizeof wish->code))
		return false;
	if (!by_code || json_member(call->body, "notify_url"))
		if (!call_text(call, "notify_url", p->notify_url, sizeof p->notify_url) || !is_url(p->notify_url))
			return false;
	return true;
}

/* The payment is there already. */
static enum fault_code again(struct call *call, const struct payment *wished, struct payment *p,
			     struct fault *fault)
{
	if (p->state == PAY_CLOSED || p->state == PAY_REVOKED)
		return call_refuse(call, REFUSAL_ORDER_CLOSED);
	if (!digest_equal(p->digest, wished->digest, DIGEST_SIZE))
		return call_refuse(call, REFUSAL_OUT_NO_USED);
	if (p->state == PAY_PAYERROR && p->refusal[0])
		return call_refuse(call, refusal_of(p->refusal));
	return call_answer(call, p, fault);
}

static enum fault_code begin(struct call *call, struct wish *wish, const char *wallet, struct fault *fault)
{
	struct payment *p = &wish->payment;
	struct sandbox *s = call->sandbox;
	enum fault_code code = random_token(s, p->token, fault);

	if (!code)
		code = payment_add(s, p, fault);
	if (!code && p->by_code) {
		code = fate_meet(s, p, customer_of_code(wish->code), wallet, fault);
		if (!code)
			code = payment_save(s, p, fault);
	}
	if (code)
		return code;
	if (p->state == PAY_PAYERROR && p->refusal[0])
		return call_refuse(call, refusal_of(p->refusal));
	return call_answer(call, p, fault);
}

static enum fault_code create(struct call *call, bool by_code, struct fault *fault)
{
	struct wish wish;
	struct payment *p = &wish.payment, there;
	const char *wallet = NULL;
	bool found = false;
	enum fault_code code;

	if (!read_wish(call, by_code, &wish))
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	code = digest(&wish, p->digest);
	if (!code)
		code = payment_find(call->sandbox, p->merchant, p->out_no, &there, &found, fault);
	if (code)
		return code;
	if (found)
		return again(call, p, &there, fault);
	if (p->expires_ms <= call->now_ms)
		return call_refuse(call, REFUSAL_PAY_EXPIRED);
	if (p->expires_ms > call->now_ms + VALIDITY_MS)
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	if (by_code)
		wallet = customer_code_wallet(wish.code);
	if (by_code && !wallet)
		return call_refuse(call, REFUSAL_AUTHCODE_INVALID);
	code = begin(call, &wish, wallet, fault);
	secret_wipe(wish.code, sizeof wish.code);
	return code;
}

enum fault_code code_create(struct call *call, struct fault *fault)
{
	return create(call, true, fault);
}

enum fault_code qr_create(struct call *call, struct fault *fault)
{
	return create(call, false, fault);
}
