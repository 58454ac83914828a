/* How an attempt begins, and whether an order may have another. */
#include <string.h>

#include "base/utf8.h"
#include "payment/payment.h"

static int64_t validity_ms(enum payment_kind kind, const struct payment_timings *timings)
{
	return kind == PAYMENT_QR ? timings->qr_validity_ms : timings->code_validity_ms;
}

static enum fault_code check_wish(const struct payment_wish *wish, struct fault *fault)
{
	const struct payment_channel_row *row = payment_channel_row(wish->channel);
	money_text amount;

	if (wish->amount.minor <= 0) {
		money_format(wish->amount, amount);
		return fault_set(fault, FAULT_PAYMENT_NO_AMOUNT, amount, NULL);
	}
	if (!(row->kinds & wish->kind))
		return fault_set(fault, FAULT_PAYMENT_WRONG_KIND, row->word, NULL);
	if (strlen(wish->merchant) > PAYMENT_MERCHANT_MAX)
		return fault_set_number(fault, FAULT_LIMIT_REACHED, PAYMENT_MERCHANT_MAX, "merchant");
	return FAULT_NONE;
}

enum fault_code payment_begin(const struct payment_wish *wish, const struct payment_timings *timings,
			      struct payment_attempt *ret, struct fault *fault)
{
	enum fault_code code = check_wish(wish, fault);
	struct payment_attempt a = {
		.version = 1, .id = wish->id, .intent = wish->intent, .order = wish->order,
		.key = wish->key, .channel = wish->channel, .kind = wish->kind,
		.amount = wish->amount, .begun_ms = wish->now_ms,
	};

	if (code)
		return code;
	ident_format(&wish->id, a.number);
	utf8_copy(a.merchant, sizeof a.merchant, wish->merchant);
	a.expires_ms = wish->now_ms + validity_ms(wish->kind, timings);
	a.schedule.next_ms = wish->kind == PAYMENT_RECORD ? PAYMENT_NEVER : a.expires_ms;
	*ret = a;
	return FAULT_NONE;
}

void payment_tombstone(const struct ident *id, int64_t now_ms, struct payment_attempt *ret)
{
	*ret = (struct payment_attempt){
		.version = 1, .id = *id, .channel = PAYMENT_BY_OTHER, .kind = PAYMENT_CODE,
		.state = PAYMENT_FAILED, .ending = PAYMENT_ENDING_NEVER_SEEN,
		.begun_ms = now_ms, .expires_ms = now_ms,
		.schedule.next_ms = PAYMENT_NEVER,
	};
	ident_format(id, ret->number);
}

enum fault_code payment_may_begin(const struct payment_attempt *attempts, size_t n,
				  const struct ident *intent, struct fault *fault)
{
	for (size_t i = 0; i < n; i++) {
		enum payment_outcome outcome = payment_outcome(attempts[i].state);

		if (!ident_equal(&attempts[i].intent, intent))
			continue;
		if (outcome == PAYMENT_OUTCOME_OPEN)
			return fault_set(fault, FAULT_PAYMENT_STILL_OPEN, attempts[i].number, NULL);
		if (outcome == PAYMENT_OUTCOME_PAID)
			return fault_set(fault, FAULT_PAYMENT_ALREADY_PAID, attempts[i].number, NULL);
	}
	return FAULT_NONE;
}
