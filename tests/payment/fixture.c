/* See fixture.h. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "suite.h"

struct payment_timings fixture_timings(void)
{
	return payment_channel_row(PAYMENT_BY_WECHAT)->timings;
}

struct payment_attempt fixture_attempt(enum payment_kind kind)
{
	struct payment_timings t = fixture_timings();
	struct payment_wish wish = {
		.id = { { 1 } }, .intent = { { 2 } }, .order = { { 3 } }, .key = { { 4 } },
		.channel = kind == PAYMENT_RECORD ? PAYMENT_BY_CASH : PAYMENT_BY_WECHAT,
		.kind = kind, .amount = money_make(1566, CURRENCY_CNY), .merchant = "1900000109",
		.now_ms = FIXTURE_BEGUN_MS,
	};
	struct payment_attempt a;

	CU_ASSERT_FATAL(payment_begin(&wish, &t, &a, NULL) == FAULT_NONE);
	return a;
}

struct payment_event fixture_event(const struct payment_attempt *a, enum payment_event_kind kind,
				   int64_t now_ms)
{
	struct payment_event event = { .kind = kind, .now_ms = now_ms };

	if (kind == PAYMENT_EVENT_ANSWER_PAID) {
		event.proof = (struct payment_proof){
			.payment = a->id, .order = a->order, .amount = a->amount,
			.merchant = a->merchant, .channel_no = "4200001", .paid_ms = now_ms,
			.statement = "statement", .statement_bytes = 9,
			.signature = "signature", .signature_bytes = 9,
		};
		event.standing.due_minor = a->amount.minor;
	}
	return event;
}

void fixture_outcome(enum fault_code code, const struct payment_step *step, outcome_text out)
{
	static const char *const effects[] = { "", " pay", " query", " reverse", " close" };
	static const char *const kinds[] = { "", " late", " surplus", " given-back" };
	static const char *const dispositions[] = { " attach", " refund", " hold" };
	const struct payment_exception *x = &step->exception;

	if (code)
		snprintf(out, sizeof(outcome_text), "! %s", fault_name(code));
	else
		snprintf(out, sizeof(outcome_text), "%s%s%s%s", payment_state_word(step->after.state),
			 effects[step->effect], kinds[x->kind], x->kind ? dispositions[x->disposition] : "");
}

enum fault_code fixture_play(struct payment_attempt *a, const struct payment_timings *t,
			     const struct payment_event *event, outcome_text out)
{
	struct payment_step step = { .after = *a };
	enum fault_code code = payment_decide(a, event, t, &step, NULL);

	fixture_outcome(code, &step, out);
	*a = step.after;
	return code;
}
