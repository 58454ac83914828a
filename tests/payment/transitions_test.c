/* Every state and event, and what must come of it: the table of transitions
 * once more, written from the other side. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "fixture.h"

enum { SENT_MS = FIXTURE_BEGUN_MS, NOW_MS = SENT_MS + 20000 };

/* What is special about the attempt, the event or the order. */
enum {
	QR = 1,            /* the customer scans */
	RECORD = 1 << 1,   /* written down only */
	ENDING = 1 << 2,   /* given up, or asked for the last time */
	RESTING = 1 << 3,  /* nothing is due yet */
	EARLY = 1 << 4,    /* before the channel takes a reversal */
	OVER = 1 << 5,     /* the time to pay is up */
	SPENT = 1 << 6,    /* as many reversals as may be were sent */
	SEEN = 1 << 7,     /* the other side knew of it */
	KNOWN = 1 << 8,    /* this money was told of before */
	BACK = 1 << 9,     /* it was given back before */
	FOLLOWS = 1 << 10, /* a till that follows its hub */
	SETTLED = 1 << 11, /* the order is paid by other means */
	GONE = 1 << 12,    /* the order was cleared */
	HOLD = 1 << 13,    /* the shop holds late money */
	CLOSED = 1 << 14,  /* its QR code ran out of time */
};

struct expected {
	enum payment_state state;
	unsigned special;
	enum payment_event_kind event;
	const char *outcome;
};

#define ALL(state, ...) { PAYMENT_##state, { __VA_ARGS__ } }

/* In the order of events.def: a payment code sent 20 seconds ago, of which
 * something is due, for an order that still waits for it. */
static const struct { enum payment_state state; const char *outcomes[PAYMENT_EVENTS]; } plain[] = {
	ALL(CREATED,
	    /* send, record */ "sent pay", "! PAYMENT_WRONG_KIND",
	    /* answers */ "! PAYMENT_NOT_SENT", "! PAYMENT_NOT_SENT", "! PAYMENT_NOT_SENT", "! PAYMENT_NOT_SENT",
	    /* reversed, expired */ "! PAYMENT_NOT_SENT", "! PAYMENT_NOT_SENT",
	    /* reversal's */ "! PAYMENT_NOT_SENT", "! PAYMENT_NOT_SENT", "! PAYMENT_NOT_SENT",
	    /* hub's */ "! PAYMENT_NOT_SENT", "! PAYMENT_NOT_SENT", "failed",
	    /* cancel, tick, restart */ "failed", "created", "failed"),
	ALL(SENT, "! PAYMENT_ALREADY_SENT", "! PAYMENT_ALREADY_SENT",
	    "paid", "failed", "pending", "unknown", "reversed", "expired",
	    "sent", "sent", "sent",
	    "reversing", "needs_person", "failed", "sent", "unknown query", "unknown query"),
	ALL(PENDING, "! PAYMENT_ALREADY_SENT", "! PAYMENT_ALREADY_SENT",
	    "paid", "failed", "pending", "pending", "reversed", "expired",
	    "pending", "pending", "pending",
	    "reversing", "needs_person", "failed", "reversing reverse", "pending query", "pending query"),
	ALL(UNKNOWN, "! PAYMENT_ALREADY_SENT", "! PAYMENT_ALREADY_SENT",
	    "paid", "failed", "pending", "unknown", "reversed", "expired",
	    "unknown", "unknown", "unknown",
	    "reversing", "needs_person", "failed", "reversing reverse", "unknown query", "unknown query"),
	ALL(PAID, "! PAYMENT_ALREADY_PAID", "! PAYMENT_ALREADY_PAID",
	    "paid surplus attach", "paid", "paid", "paid", "paid given-back hold", "paid",
	    "paid", "paid", "paid",
	    "paid", "paid", "paid", "! PAYMENT_ALREADY_PAID", "paid", "paid"),
	ALL(FAILED, "! PAYMENT_ENDED", "! PAYMENT_ENDED",
	    "failed late attach", "failed", "failed", "failed", "failed", "failed",
	    "failed", "failed", "failed",
	    "failed", "failed", "failed", "! PAYMENT_ENDED", "failed", "failed"),
	ALL(REVERSING, "! PAYMENT_ALREADY_SENT", "! PAYMENT_ALREADY_SENT",
	    "paid late attach", "failed", "reversing", "reversing", "reversed", "expired",
	    "reversing", "reversing", "needs_person",
	    "reversing", "needs_person", "failed", "reversing", "reversing reverse", "reversing reverse"),
	ALL(REVERSED, "! PAYMENT_ENDED", "! PAYMENT_ENDED",
	    "reversed late attach", "reversed", "reversed", "reversed", "reversed", "reversed",
	    "reversed", "reversed", "reversed",
	    "reversed", "reversed", "reversed", "! PAYMENT_ENDED", "reversed", "reversed"),
	ALL(EXPIRED, "! PAYMENT_ENDED", "! PAYMENT_ENDED",
	    "expired late attach", "expired", "expired", "expired", "expired", "expired",
	    "expired", "expired", "expired",
	    "expired", "expired", "expired", "! PAYMENT_ENDED", "expired", "expired"),
	ALL(NEEDS_PERSON, "! PAYMENT_ALREADY_SENT", "! PAYMENT_ALREADY_SENT",
	    "paid late attach", "failed", "needs_person", "needs_person", "reversed", "expired",
	    "needs_person", "needs_person", "needs_person",
	    "reversing", "needs_person", "failed", "reversing reverse", "needs_person query",
	    "needs_person query"),
};

#define ONE(state, special, event, outcome) { PAYMENT_##state, special, PAYMENT_EVENT_##event, outcome }

static const struct expected special[] = {
	ONE(CREATED, OVER, SEND, "failed"),
	ONE(CREATED, OVER, TICK, "failed"),
	ONE(CREATED, QR, SEND, "sent pay"),
	ONE(CREATED, RECORD, SEND, "! PAYMENT_WRONG_KIND"),
	ONE(CREATED, RECORD, RECORD, "paid"),
	ONE(CREATED, RECORD | OVER, TICK, "created"),
	ONE(CREATED, RECORD, CANCEL, "failed"),
	ONE(CREATED, RECORD, RESTART, "failed"),

	ONE(SENT, ENDING, ANSWER_PENDING, "reversing reverse"),
	ONE(SENT, ENDING, ANSWER_UNKNOWN, "reversing reverse"),
	ONE(SENT, ENDING, ANSWER_PAID, "paid"),
	ONE(SENT, ENDING, ANSWER_FAILED, "failed"),
	ONE(SENT, ENDING, CANCEL, "sent"),
	ONE(SENT, ENDING, TICK, "reversing reverse"),
	ONE(SENT, ENDING | RESTING, TICK, "sent"),
	ONE(SENT, ENDING, RESTART, "reversing reverse"),
	ONE(SENT, ENDING | EARLY, ANSWER_PENDING, "reversing"),
	ONE(SENT, ENDING | QR, ANSWER_PENDING, "reversing close"),
	ONE(SENT, RESTING, TICK, "sent"),

	ONE(PENDING, ENDING, ANSWER_PENDING, "reversing reverse"),
	ONE(PENDING, ENDING, ANSWER_UNKNOWN, "reversing reverse"),
	ONE(PENDING, ENDING, ANSWER_PAID, "paid"),
	ONE(PENDING, ENDING, TICK, "reversing reverse"),
	ONE(PENDING, ENDING | EARLY, TICK, "reversing"),
	ONE(PENDING, ENDING | RESTING, TICK, "pending"),
	ONE(PENDING, ENDING | RESTING | OVER, TICK, "pending"),
	ONE(PENDING, ENDING, RESTART, "pending query"),
	ONE(PENDING, RESTING, TICK, "pending"),
	ONE(PENDING, OVER, TICK, "pending query"),
	ONE(PENDING, OVER | FOLLOWS | RESTING, TICK, "pending"),
	ONE(PENDING, EARLY, CANCEL, "reversing"),
	ONE(PENDING, EARLY | FOLLOWS, CANCEL, "reversing reverse"),
	ONE(PENDING, QR, CANCEL, "reversing close"),
	ONE(PENDING, QR | CLOSED, REVERSED, "expired"),
	ONE(PENDING, QR | ENDING, REVERSED, "reversed"),
	ONE(PENDING, CLOSED, REVERSED, "reversed"),
	ONE(PENDING, SEEN, TOMBSTONE, "needs_person"),
	ONE(PENDING, SETTLED, ANSWER_PAID, "paid surplus refund"),
	ONE(PENDING, GONE, ANSWER_PAID, "paid late refund"),
	ONE(PENDING, GONE | HOLD, ANSWER_PAID, "paid late hold"),
	ONE(PENDING, SETTLED | HOLD, ANSWER_PAID, "paid surplus refund"),

	ONE(UNKNOWN, ENDING, ANSWER_PENDING, "reversing reverse"),
	ONE(UNKNOWN, ENDING, ANSWER_UNKNOWN, "reversing reverse"),
	ONE(UNKNOWN, ENDING, TICK, "reversing reverse"),
	ONE(UNKNOWN, OVER, TICK, "unknown query"),
	ONE(UNKNOWN, RESTING, TICK, "unknown"),
	ONE(UNKNOWN, ENDING, RESTART, "unknown query"),

	ONE(REVERSING, RESTING, TICK, "reversing"),
	ONE(REVERSING, SPENT, TICK, "needs_person"),
	ONE(REVERSING, SPENT | RESTING, TICK, "reversing"),
	ONE(REVERSING, SPENT | FOLLOWS, TICK, "reversing reverse"),
	ONE(REVERSING, EARLY, TICK, "reversing"),
	ONE(REVERSING, SPENT, REVERSE_AGAIN, "needs_person"),
	ONE(REVERSING, SPENT, REVERSE_UNKNOWN, "needs_person"),
	ONE(REVERSING, SPENT, RESTART, "needs_person"),
	ONE(REVERSING, EARLY, RESTART, "reversing"),
	ONE(REVERSING, SEEN, TOMBSTONE, "needs_person"),
	ONE(REVERSING, QR | CLOSED, REVERSED, "expired"),
	ONE(REVERSING, QR, TICK, "reversing close"),
	ONE(REVERSING, SETTLED, ANSWER_PAID, "paid surplus refund"),
	ONE(REVERSING, GONE, ANSWER_PAID, "paid late refund"),

	ONE(NEEDS_PERSON, RESTING, TICK, "needs_person"),
	ONE(NEEDS_PERSON, SEEN, TOMBSTONE, "needs_person"),
	ONE(NEEDS_PERSON, SPENT, CANCEL, "reversing reverse"),
	ONE(NEEDS_PERSON, ENDING, CANCEL, "reversing reverse"),

	ONE(PAID, KNOWN, ANSWER_PAID, "paid"),
	ONE(PAID, SETTLED, ANSWER_PAID, "paid surplus refund"),
	ONE(PAID, BACK, REVERSED, "paid"),
	ONE(FAILED, KNOWN, ANSWER_PAID, "failed"),
	ONE(FAILED, GONE, ANSWER_PAID, "failed late refund"),
	ONE(REVERSED, SETTLED, ANSWER_PAID, "reversed surplus refund"),
	ONE(EXPIRED, GONE | HOLD, ANSWER_PAID, "expired late hold"),
};

/* The attempt in that state with what is special about it. */
static struct payment_attempt make(enum payment_state state, unsigned s, struct payment_timings *t)
{
	struct payment_attempt a = fixture_attempt(s & RECORD ? PAYMENT_RECORD : s & QR ? PAYMENT_QR : PAYMENT_CODE);

	*t = fixture_timings();
	a.state = state;
	a.schedule.next_ms = s & RESTING ? NOW_MS + 1 : NOW_MS;
	a.sent_ms = state == PAYMENT_CREATED ? 0 : SENT_MS;
	a.ending = s & ENDING ? PAYMENT_ENDING_CANCELLED : s & CLOSED ? PAYMENT_ENDING_TIME_UP
								       : PAYMENT_ENDING_NONE;
	a.seen = s & SEEN;
	a.given_back = s & BACK;
	if (s & EARLY)
		t->earliest_reverse_ms = NOW_MS - SENT_MS + 1;
	if (s & OVER) {
		t->total_ms = NOW_MS - SENT_MS;
		a.expires_ms = NOW_MS;
	}
	if (s & SPENT)
		a.schedule.reverses = (uint32_t)t->reverse_tries;
	if (s & KNOWN)
		snprintf(a.captures[a.n_captures++].channel_no, PAYMENT_CHANNEL_NO_MAX, "4200001");
	if (s & FOLLOWS)
		*t = payment_timings_following(t);
	return a;
}

static void check(const struct expected *e)
{
	struct payment_timings t;
	struct payment_attempt a = make(e->state, e->special, &t);
	struct payment_event event = fixture_event(&a, e->event, NOW_MS);
	outcome_text outcome;

	if (e->special & (SETTLED | GONE))
		event.standing.due_minor = 0;
	event.standing.gone = e->special & GONE;
	event.standing.hold_late = e->special & HOLD;
	fixture_play(&a, &t, &event, outcome);
	if (strcmp(outcome, e->outcome) != 0)
		printf("\n%s (%x), %s:", payment_state_word(e->state), e->special,
		       payment_event_word(e->event));
	ASSERT_TEXT(outcome, e->outcome);
}

static void every_state_and_event_comes_to_what_it_must(void)
{
	CU_ASSERT_EQUAL(sizeof plain / sizeof plain[0], PAYMENT_STATES);
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
		ASSERT_NUMBER(plain[i].state, i);
		for (int event = 0; event < PAYMENT_EVENTS; event++) {
			struct expected e = { plain[i].state, 0, (enum payment_event_kind)event,
					      plain[i].outcomes[event] };

			check(&e);
		}
	}
}

static void special_cases_come_to_what_they_must(void)
{
	for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
		check(&special[i]);
}

static void every_row_is_reached_and_every_pair_has_a_last_row(void)
{
	bool last[PAYMENT_STATES][PAYMENT_EVENTS] = { { false } };

	for (size_t i = 0; i < payment_transitions(); i++) {
		struct payment_transition_row row = payment_transition(i);

		for (unsigned state = 0; state < PAYMENT_STATES; state++) {
			if (!(row.from & 1u << state))
				continue;
			if (last[state][row.event])
				printf("\n%s, %s has a row behind its last one", payment_state_word(state),
				       payment_event_word(row.event));
			CU_ASSERT_FALSE(last[state][row.event]);
			if (strcmp(row.guard, "always") == 0)
				last[state][row.event] = true;
		}
	}
	for (unsigned state = 0; state < PAYMENT_STATES; state++)
		for (unsigned event = 0; event < PAYMENT_EVENTS; event++)
			CU_ASSERT_TRUE(last[state][event]);
}

static void nothing_leaves_a_terminal_state(void)
{
	for (size_t i = 0; i < payment_transitions(); i++) {
		struct payment_transition_row row = payment_transition(i);

		for (unsigned state = 0; state < PAYMENT_STATES; state++)
			if (row.from & 1u << state && payment_is_terminal(state))
				CU_ASSERT_EQUAL(row.to, PAYMENT_STATES);
	}
}

static void paying_is_sent_from_one_row_alone(void)
{
	unsigned rows = 0;

	for (size_t i = 0; i < payment_transitions(); i++) {
		struct payment_transition_row row = payment_transition(i);

		if (strcmp(row.action, "send") != 0)
			continue;
		rows++;
		ASSERT_NUMBER(row.from, 1u << PAYMENT_CREATED);
		ASSERT_NUMBER(row.to, PAYMENT_SENT);
	}
	ASSERT_NUMBER(rows, 1);
}

static const struct test tests[] = {
	{ "every state and event comes to what it must", every_state_and_event_comes_to_what_it_must },
	{ "special cases come to what they must", special_cases_come_to_what_they_must },
	{ "every row is reached, and every pair has a last row", every_row_is_reached_and_every_pair_has_a_last_row },
	{ "nothing leaves a terminal state", nothing_leaves_a_terminal_state },
	{ "paying is sent from one row alone", paying_is_sent_from_one_row_alone },
};
SUITE_MAIN("payment: transitions", tests)
