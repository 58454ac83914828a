/* POST /v1/orders/{order}/payments: a payment begins. */
#include "service/hub_own.h"

#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"

enum { ATTEMPTS_MAX = 64 };

/* All attempts at an order, to know whether another may begin. */
static enum fault_code load_attempts(struct hub_call *call, const struct ident *order,
				     struct payment_attempt *attempts, size_t *ret_n, struct fault *fault)
{
	struct db_rows *rows;
	size_t n = 0;
	enum fault_code code = db_query(call->hub->db,
		"SELECT attempt FROM payment WHERE merchant = ?1 AND order_id = ?2 ORDER BY expires_ms DESC",
		DB_VALUES(db_ident(&call->merchant), db_ident(order)), &rows, fault);

	if (code)
		return code;
	while (n < ATTEMPTS_MAX && db_next(rows)) {
		struct unpack in;
		size_t size;
		const void *bytes = db_row_bytes(rows, 0, &size);

		unpack_init(&in, bytes, size);
		payment_unpack(&in, &attempts[n]);
		if (unpack_done(&in))
			n++;
	}
	*ret_n = n;
	return db_end(rows);
}

static enum fault_code check_order(struct hub_call *call, const struct ident *order,
				   const struct wire_payment_request *body, struct fault *fault)
{
	struct hub_order o;
	money_text wanted, due;
	enum fault_code code = hub_order_load(call->hub, &call->merchant, order, &o, fault);

	if (code)
		return code;
	if (!ident_equal(&o.till, &call->request->till))
		return fault_set(fault, FAULT_HUB_OTHER_TILL, NULL, NULL);
	if (body->amount.minor > o.total_minor - o.paid_minor) {
		money_format(body->amount, wanted);
		money_format(money_make(o.total_minor - o.paid_minor, call->currency), due);
		return fault_set(fault, FAULT_TENDER_TOO_MUCH, wanted, due);
	}
	return FAULT_NONE;
}

static enum fault_code check_body(struct hub_call *call, const struct wire_payment_request *body,
				  enum payment_kind *ret_kind, struct fault *fault)
{
	struct instant expires;

	if (strcmp(body->currency, currency_letters(call->currency)) != 0)
		return fault_set(fault, FAULT_MONEY_CURRENCY_MISMATCH, body->currency,
				 currency_letters(call->currency));
	if (!instant_parse_rfc3339(body->expires_at, &expires))
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "expires_at", "RFC 3339");
	if (expires.utc_ms <= call->now.utc_ms)
		return fault_set(fault, FAULT_PAYMENT_TOO_LATE, body->expires_at, NULL);
	if (strcmp(body->kind, "qr") == 0)
		*ret_kind = PAYMENT_QR;
	else if (strcmp(body->kind, "code") == 0)
		*ret_kind = PAYMENT_CODE;
	else
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "kind", "qr, code");
	if ((*ret_kind == PAYMENT_CODE) != (body->code[0] != '\0'))
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "code", "kind");
	return FAULT_NONE;
}

/* Channels take numbers of at most 32 letters and digits: 26 letters of 128
 * random bits never clash, at any merchant. */
static enum fault_code begin(struct hub_call *call, const struct ident *order,
			     const struct wire_payment_request *body, enum payment_kind kind,
			     struct hub_payment *ret, struct fault *fault)
{
	struct payment_wish wish = { .id = body->id, .order = *order, .intent = *order,
				     .channel = PAYMENT_BY_SANDBOX, .kind = kind,
				     .amount = body->amount, .now_ms = call->now.utc_ms };
	struct instant expires;
	struct ident token;
	ident_text merchant;
	enum fault_code code = hub_random_ident(call->hub, &wish.key, fault);

	if (!code)
		code = hub_random_ident(call->hub, &token, fault);
	if (code)
		return code;
	memset(ret, 0, sizeof *ret);
	buffer_init(&ret->statement, 8192);
	ident_format(&call->merchant, merchant);
	wish.merchant = merchant;
	code = payment_begin(&wish, &call->hub->options.timings[wish.channel], &ret->attempt, fault);
	if (code)
		return code;
	/* The till's deadline counts when it is the earlier one. */
	if (instant_parse_rfc3339(body->expires_at, &expires) && expires.utc_ms < ret->attempt.expires_ms)
		ret->attempt.expires_ms = expires.utc_ms;
	ret->merchant = call->merchant;
	ret->till = call->request->till;
	if (kind == PAYMENT_QR)
		base64_format(BASE64_URL, token.bytes, sizeof token.bytes, ret->token);
	return FAULT_NONE;
}

enum fault_code payment_create(struct hub_call *call, struct fault *fault)
{
	const struct wire_payment_request *body = call->body;
	struct payment_event send = { .kind = PAYMENT_EVENT_SEND };
	struct payment_attempt attempts[ATTEMPTS_MAX];
	struct hub_payment p = { 0 };
	enum payment_kind kind = PAYMENT_QR;
	struct ident order;
	size_t n = 0;
	enum fault_code code = hub_part_ident(call, &order, fault);

	if (!code)
		code = check_body(call, body, &kind, fault);
	if (!code)
		code = check_order(call, &order, body, fault);
	if (!code)
		code = load_attempts(call, &order, attempts, &n, fault);
	if (!code)
		code = payment_may_begin(attempts, n, &order, fault);
	if (!code)
		code = begin(call, &order, body, kind, &p, fault);
	if (!code)
		code = hub_payment_add(call->hub, &p, fault);
	if (!code)
		code = hub_payment_do(call->hub, &p, &send, body->code, fault);
	if (!code)
		code = hub_payment_message(call->hub, &p, call->answer, fault);
	hub_payment_release(&p);
	return code;
}
