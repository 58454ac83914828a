/* Each simulated customer, by code and by QR, to the right end with the money
 * right; and again with each request or reply lost or doubled in turn. */
#include <stdio.h>
#include <string.h>

#include "round.h"

static const struct ending {
	const char *digits;
	enum payment_kind kind;
	enum payment_state state;
	int refunds;
} endings[] = {
	{ "00", PAYMENT_CODE, PAYMENT_PAID, 0 },
	{ "01", PAYMENT_CODE, PAYMENT_PAID, 0 },
	{ "02", PAYMENT_CODE, PAYMENT_PAID, 0 },
	{ "03", PAYMENT_CODE, PAYMENT_FAILED, 0 },
	{ "04", PAYMENT_CODE, PAYMENT_FAILED, 0 },
	{ "05", PAYMENT_CODE, PAYMENT_FAILED, 0 },
	{ "06", PAYMENT_CODE, PAYMENT_PAID, 0 },
	{ "07", PAYMENT_CODE, PAYMENT_REVERSED, 0 },
	{ "08", PAYMENT_CODE, PAYMENT_PAID, 0 },
	{ "09", PAYMENT_CODE, PAYMENT_PAID, 1 },
	{ "10", PAYMENT_CODE, PAYMENT_REVERSED, 1 },
	{ "11", PAYMENT_CODE, PAYMENT_PAID, 0 },
	{ "12", PAYMENT_CODE, PAYMENT_PAID, 0 },
	{ "00", PAYMENT_QR, PAYMENT_PAID, 0 },
	{ "01", PAYMENT_QR, PAYMENT_PAID, 0 },
	{ "02", PAYMENT_QR, PAYMENT_PAID, 0 },
	{ "03", PAYMENT_QR, PAYMENT_EXPIRED, 0 },
	{ "04", PAYMENT_QR, PAYMENT_EXPIRED, 0 },
	{ "05", PAYMENT_QR, PAYMENT_EXPIRED, 0 },
	{ "06", PAYMENT_QR, PAYMENT_PAID, 0 },
	{ "07", PAYMENT_QR, PAYMENT_EXPIRED, 0 },
	{ "08", PAYMENT_QR, PAYMENT_PAID, 0 },
	{ "09", PAYMENT_QR, PAYMENT_PAID, 1 },
	{ "10", PAYMENT_QR, PAYMENT_EXPIRED, 1 },
	{ "11", PAYMENT_QR, PAYMENT_PAID, 0 },
	{ "12", PAYMENT_QR, PAYMENT_PAID, 0 },
};

enum { ENDINGS = sizeof endings / sizeof endings[0] };

static void each_customer_ends_right(void)
{
	for (size_t i = 0; i < ENDINGS; i++) {
		const struct ending *e = &endings[i];
		struct round r;

		round_open(&r);
		round_run(&r, e->kind, e->digits);
		if (r.attempt.state != e->state)
			fprintf(stderr, "customer %s by %s: %s\n", e->digits, e->kind == PAYMENT_QR ? "QR" : "code",
				payment_state_word(r.attempt.state));
		ASSERT_NUMBER(r.attempt.state, e->state);
		ASSERT_NUMBER(r.refunds, e->refunds);
		ASSERT_NUMBER(round_kept_minor(&r), e->state == PAYMENT_PAID ? 1234 : 0);
		ASSERT_NUMBER(r.sent[CHANNEL_PAY_CODE] + r.sent[CHANNEL_PAY_QR], 1);
		round_close(&r);
	}
}

/* Whatever is lost or doubled, the payment ends, pay is sent once, and money
 * is kept exactly when it counts as paid. */
static void expect_sound(const struct ending *e, int lose_request, int lose_reply, int twice)
{
	struct round r;
	enum payment_outcome outcome;

	round_open(&r);
	r.lose_request = lose_request;
	r.lose_reply = lose_reply;
	r.twice = twice;
	round_run(&r, e->kind, e->digits);
	outcome = payment_outcome(r.attempt.state);
	if (outcome == PAYMENT_OUTCOME_OPEN ||
	    round_kept_minor(&r) != (outcome == PAYMENT_OUTCOME_PAID ? 1234 : 0))
		fprintf(stderr, "customer %s kind %d lost %d %d twice %d: %s, kept %lld\n", e->digits, (int)e->kind,
			lose_request, lose_reply, twice, payment_state_word(r.attempt.state),
			(long long)round_kept_minor(&r));
	CU_ASSERT(outcome != PAYMENT_OUTCOME_OPEN);
	ASSERT_NUMBER(round_kept_minor(&r), outcome == PAYMENT_OUTCOME_PAID ? 1234 : 0);
	ASSERT_NUMBER(r.sent[CHANNEL_PAY_CODE] + r.sent[CHANNEL_PAY_QR], 1);
	round_close(&r);
}

enum { TURNS = 8 };

static void a_lost_request_loses_no_money(void)
{
	for (size_t i = 0; i < ENDINGS; i++)
		for (int turn = 1; turn <= TURNS; turn++)
			expect_sound(&endings[i], turn, 0, 0);
}

static void a_lost_reply_loses_no_money(void)
{
	for (size_t i = 0; i < ENDINGS; i++)
		for (int turn = 1; turn <= TURNS; turn++)
			expect_sound(&endings[i], 0, turn, 0);
}

static void a_request_that_comes_twice_is_taken_once(void)
{
	for (size_t i = 0; i < ENDINGS; i++)
		for (int turn = 1; turn <= TURNS; turn++)
			expect_sound(&endings[i], 0, 0, turn);
}

static const struct test tests[] = {
	{ "each customer ends right", each_customer_ends_right },
	{ "a lost request loses no money", a_lost_request_loses_no_money },
	{ "a lost reply loses no money", a_lost_reply_loses_no_money },
	{ "a request that comes twice is taken once", a_request_that_comes_twice_is_taken_once },
};

SUITE_MAIN("provider", tests)
