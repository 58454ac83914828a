/* A payment as tills are told of it. */
#include "service/hub_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static enum fault_code add_statement(const struct hub_payment *p, struct wire_payment_reply *ret,
				     struct fault *fault)
{
	struct json_value *value = NULL;
	enum fault_code code;

	if (p->statement.len == 0)
		return FAULT_NONE;
	ret->statements = calloc(1, sizeof *ret->statements);
	if (!ret->statements)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	ret->n_statements = 1;
	code = json_parse(p->statement.data, p->statement.len, &value, fault);
	if (!code)
		code = wire_get(value, WIRE_statement, p->attempt.amount.currency, ret->statements, fault);
	json_value_free(value);
	return code;
}

/* Whether a QR is worth showing: it can still be paid. */
static bool payable(const struct payment_attempt *a)
{
	return a->kind == PAYMENT_QR && (a->state == PAYMENT_SENT || a->state == PAYMENT_PENDING ||
					 a->state == PAYMENT_UNKNOWN);
}

enum fault_code hub_payment_message(struct hub *hub, const struct hub_payment *p,
				    struct wire_payment_reply *ret, struct fault *fault)
{
	const struct payment_attempt *a = &p->attempt;
	ident_text order;

	ret->id = a->id;
	if (!ident_is_zero(&a->order)) {
		ident_format(&a->order, order);
		utf8_copy(ret->order, sizeof ret->order, order);
	}
	utf8_copy(ret->kind, sizeof ret->kind, a->kind == PAYMENT_QR ? "qr" : "code");
	utf8_copy(ret->state, sizeof ret->state, payment_state_word(a->state));
	ret->version = (int64_t)a->version;
	utf8_copy(ret->channel, sizeof ret->channel,
		  p->wallet[0] ? p->wallet : payment_channel_row(a->channel)->word);
	utf8_copy(ret->currency, sizeof ret->currency, currency_letters(a->amount.currency));
	ret->amount = a->amount;
	if (payable(a) &&
	    (size_t)snprintf(ret->qr, sizeof ret->qr, "%s/p/%s", hub->public_url, p->token) >= sizeof ret->qr)
		return fault_set(fault, FAULT_HUB_URL_TOO_LONG, hub->public_url, NULL);
	hub_time_text(a->expires_ms, ret->expires_at, sizeof ret->expires_at);
	utf8_copy(ret->reason, sizeof ret->reason, p->reason);
	return add_statement(p, ret, fault);
}
