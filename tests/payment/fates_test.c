/* Whole payments from their beginning to their end in virtual time, against a
 * channel that answers as told: what is sent when, and what becomes of it. */
#include "suite.h"

#include <string.h>

#include "fixture.h"

enum { REPLIES_MAX = 12, IN_FLIGHT_MAX = 8, END_MS = 86400000 };

/* What the channel says to the first, second … request of a kind; the last row
 * goes on for ever. */
struct replies {
	struct { enum payment_event_kind says; int64_t after_ms; } rows[REPLIES_MAX];
	size_t n, asked;
};

struct tale {
	struct payment_attempt a;
	struct payment_timings t;
	int64_t now_ms;
	struct replies pay, query, reverse;
	struct { int64_t at_ms; struct payment_event event; } in_flight[IN_FLIGHT_MAX];
	size_t n_in_flight;
	struct buffer log;   /* "+5000 unknown query; …": time since it began, what came */
};

#define SAYS(kind, after) { PAYMENT_EVENT_##kind, after }

static void tale_begin(struct tale *s, enum payment_kind kind, enum payment_channel channel)
{
	memset(s, 0, sizeof *s);
	buffer_init(&s->log, 1 << 16);
	s->t = payment_channel_row(channel)->timings;
	s->a = fixture_attempt(kind);
	s->a.channel = channel;
	s->now_ms = FIXTURE_BEGUN_MS;
}

static void reply(struct tale *s, struct replies *r)
{
	size_t i = r->asked < r->n ? r->asked : r->n - 1;

	r->asked++;
	if (r->n == 0)
		return;
	CU_ASSERT_FATAL(s->n_in_flight < IN_FLIGHT_MAX);
	s->in_flight[s->n_in_flight].at_ms = s->now_ms + r->rows[i].after_ms;
	s->in_flight[s->n_in_flight++].event =
		fixture_event(&s->a, r->rows[i].says, s->now_ms + r->rows[i].after_ms);
}

/* Plays an event; what changes something or does something is logged. */
static enum fault_code play(struct tale *s, const struct payment_event *event)
{
	struct payment_step step = { .after = s->a };
	enum fault_code code = payment_decide(&s->a, event, &s->t, &step, NULL);
	outcome_text outcome;

	fixture_outcome(code, &step, outcome);
	if (code || step.after.state != s->a.state || step.effect || step.exception.kind)
		buffer_printf(&s->log, "%s+%lld %s", s->log.len ? "; " : "",
			      (long long)(s->now_ms - FIXTURE_BEGUN_MS), outcome);
	s->a = step.after;
	if (step.effect == PAYMENT_DO_PAY)
		reply(s, &s->pay);
	else if (step.effect == PAYMENT_DO_QUERY)
		reply(s, &s->query);
	else if (step.effect != PAYMENT_DO_NOTHING)
		reply(s, &s->reverse);
	return code;
}

static enum fault_code happen(struct tale *s, enum payment_event_kind kind)
{
	struct payment_event event = fixture_event(&s->a, kind, s->now_ms);

	return play(s, &event);
}

/* The answer on its way that comes first; n_in_flight: none. */
static size_t first_in_flight(const struct tale *s)
{
	size_t first = s->n_in_flight;

	for (size_t i = 0; i < s->n_in_flight; i++)
		if (first == s->n_in_flight || s->in_flight[i].at_ms < s->in_flight[first].at_ms)
			first = i;
	return first;
}

/* Lets time pass until then, or until nothing is left to happen. */
static void live_until(struct tale *s, int64_t until_ms)
{
	for (;;) {
		size_t first = first_in_flight(s);
		int64_t answer = first < s->n_in_flight ? s->in_flight[first].at_ms : PAYMENT_NEVER;
		int64_t tick = s->a.schedule.next_ms;

		if (answer > FIXTURE_BEGUN_MS + until_ms && tick > FIXTURE_BEGUN_MS + until_ms)
			break;
		if (answer <= tick) {
			struct payment_event event = s->in_flight[first].event;

			s->now_ms = answer;
			s->in_flight[first] = s->in_flight[--s->n_in_flight];
			play(s, &event);
		} else {
			s->now_ms = s->now_ms > tick ? s->now_ms : tick;
			happen(s, PAYMENT_EVENT_TICK);
		}
	}
	if (until_ms != END_MS)
		s->now_ms = FIXTURE_BEGUN_MS + until_ms;
}

static void tale_end(struct tale *s, const char *log)
{
	live_until(s, END_MS);
	ASSERT_TEXT(buffer_text(&s->log), log);
	buffer_release(&s->log);
}

static void a_reset_then_paid_at_44_seconds_is_one_paid_and_no_reversal(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_WECHAT);
	s.pay = (struct replies){ { SAYS(ANSWER_UNKNOWN, 300) }, 1, 0 };
	s.query = (struct replies){ { SAYS(ANSWER_PENDING, 100), SAYS(ANSWER_PENDING, 100),
		SAYS(ANSWER_PENDING, 100), SAYS(ANSWER_UNKNOWN, 100), SAYS(ANSWER_PENDING, 100),
		SAYS(ANSWER_PENDING, 100), SAYS(ANSWER_PENDING, 100), SAYS(ANSWER_PAID, 3700) }, 8, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	tale_end(&s, "+0 sent pay; +300 unknown; +5300 unknown query; +5400 pending; +10300 pending query; "
		     "+15300 pending query; +20300 pending query; +25300 pending query; "
		     "+30300 pending query; +35300 pending query; +40300 pending query; +44000 paid");
}

static void paid_at_the_last_query_is_one_paid_and_no_reversal(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_WECHAT);
	s.t.interval_ms = 20000;
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	s.query = (struct replies){ { SAYS(ANSWER_PENDING, 0), SAYS(ANSWER_PENDING, 0),
		SAYS(ANSWER_PAID, 2000) }, 3, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	tale_end(&s, "+0 sent pay; +0 pending; +5000 pending query; +25000 pending query; "
		     "+45000 pending query; +47000 paid");
}

static void never_paid_is_reversed_for_as_long_as_the_channel_says_again(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
	s.t.interval_ms = 20000;
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	s.query = (struct replies){ { SAYS(ANSWER_PENDING, 50) }, 1, 0 };
	s.reverse = (struct replies){ { SAYS(REVERSE_AGAIN, 100), SAYS(REVERSE_AGAIN, 100),
		SAYS(REVERSED, 100) }, 3, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	tale_end(&s, "+0 sent pay; +0 pending; +5000 pending query; +25000 pending query; "
		     "+45000 pending query; +45050 reversing reverse; +50150 reversing reverse; "
		     "+60250 reversing reverse; +60350 reversed");
	ASSERT_NUMBER(s.a.ending, PAYMENT_ENDING_TIME_UP);
}

static void a_reversal_without_answer_and_then_paid_is_never_failed(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_WECHAT);
	s.t.reverse_tries = 3;
	s.t.interval_ms = 20000;
	s.pay = (struct replies){ { SAYS(ANSWER_UNKNOWN, 0) }, 1, 0 };
	s.query = (struct replies){ { SAYS(ANSWER_UNKNOWN, 0), SAYS(ANSWER_UNKNOWN, 0),
		SAYS(ANSWER_UNKNOWN, 0), SAYS(ANSWER_PAID, 0) }, 4, 0 };
	s.reverse = (struct replies){ { SAYS(REVERSE_UNKNOWN, 1000) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	tale_end(&s, "+0 sent pay; +0 unknown; +5000 unknown query; +25000 unknown query; "
		     "+45000 unknown query; +45000 reversing reverse; +51000 reversing reverse; "
		     "+62000 reversing reverse; +63000 needs_person; +73000 needs_person query; "
		     "+73000 paid late attach");
}

static void requests_that_never_end_are_given_up_too(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_WECHAT);
	s.t.reverse_tries = 2;
	s.t.interval_ms = 60000;
	s.t.watch_ms = 150000;
	happen(&s, PAYMENT_EVENT_SEND);
	tale_end(&s, "+0 sent pay; +30000 unknown query; +45000 unknown query; +75000 reversing reverse; "
		     "+80000 reversing reverse; +90000 needs_person; +100000 needs_person query; "
		     "+120000 needs_person query");
	ASSERT_NUMBER(s.a.schedule.next_ms, PAYMENT_NEVER);
}

static void a_cancellation_waits_until_the_channel_takes_it(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_WECHAT);
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 800) }, 1, 0 };
	s.reverse = (struct replies){ { SAYS(REVERSED, 200) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	live_until(&s, 2000);
	happen(&s, PAYMENT_EVENT_CANCEL);
	tale_end(&s, "+0 sent pay; +800 pending; +2000 reversing; +15000 reversing reverse; +15200 reversed");
	ASSERT_NUMBER(s.a.ending, PAYMENT_ENDING_CANCELLED);
}

static void a_cancellation_before_the_answer_takes_the_answer_first(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 800) }, 1, 0 };
	s.reverse = (struct replies){ { SAYS(REVERSED, 200) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	live_until(&s, 300);
	happen(&s, PAYMENT_EVENT_CANCEL);
	tale_end(&s, "+0 sent pay; +800 reversing reverse; +1000 reversed");
}

static void a_qr_code_nobody_pays_expires_after_its_grace(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_QR, PAYMENT_BY_WECHAT);
	s.t.interval_ms = 50000;
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	s.query = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	s.reverse = (struct replies){ { SAYS(REVERSED, 0) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	tale_end(&s, "+0 sent pay; +0 pending; +5000 pending query; +55000 pending query; "
		     "+105000 pending query; +150000 pending query; +150000 reversing close; +150000 expired");
}

static void a_qr_code_paid_within_its_grace_is_paid(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_QR, PAYMENT_BY_WECHAT);
	s.t.interval_ms = 60000;
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	s.query = (struct replies){ { SAYS(ANSWER_PENDING, 0), SAYS(ANSWER_PENDING, 0),
		SAYS(ANSWER_PAID, 2000) }, 3, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	tale_end(&s, "+0 sent pay; +0 pending; +5000 pending query; +65000 pending query; "
		     "+125000 pending query; +127000 paid");
}

static void money_after_the_end_is_an_exception_said_once(void)
{
	struct tale s;
	struct payment_event paid;

	tale_begin(&s, PAYMENT_QR, PAYMENT_BY_WECHAT);
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	s.reverse = (struct replies){ { SAYS(REVERSED, 0) }, 1, 0 };
	s.t.first_wait_ms = 60000;
	happen(&s, PAYMENT_EVENT_SEND);
	live_until(&s, 16000);
	happen(&s, PAYMENT_EVENT_CANCEL);
	live_until(&s, 17000);
	paid = fixture_event(&s.a, PAYMENT_EVENT_ANSWER_PAID, s.now_ms);
	paid.standing = (struct payment_standing){ .gone = true };
	play(&s, &paid);
	play(&s, &paid);
	tale_end(&s, "+0 sent pay; +0 pending; +16000 reversing close; +16000 reversed; "
		     "+17000 reversed late refund");
	ASSERT_NUMBER(s.a.n_captures, 1);
}

static void two_wallets_on_one_qr_code_are_one_paid_and_a_refund_each(void)
{
	static const char *const numbers[] = { "1", "2", "2", "1", "3", "4", "5", "5" };
	struct tale s;

	tale_begin(&s, PAYMENT_QR, PAYMENT_BY_WECHAT);
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	live_until(&s, 1000);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		struct payment_event paid = fixture_event(&s.a, PAYMENT_EVENT_ANSWER_PAID, s.now_ms);

		paid.proof.channel_no = numbers[i];
		if (i > 0)
			paid.standing.due_minor = 0;
		play(&s, &paid);
	}
	/* what can no longer be remembered is not refunded twice */
	tale_end(&s, "+0 sent pay; +0 pending; +1000 paid; +1000 paid surplus refund; "
		     "+1000 paid surplus refund; +1000 paid surplus refund; "
		     "+1000 paid surplus hold; +1000 paid surplus hold");
	ASSERT_NUMBER(s.a.captures[0].disposition, PAYMENT_ATTACH);
	ASSERT_NUMBER(s.a.captures[1].disposition, PAYMENT_REFUND);
}

static void money_for_an_order_that_needs_less_goes_back(void)
{
	struct tale s;
	struct payment_event paid;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
	happen(&s, PAYMENT_EVENT_SEND);
	paid = fixture_event(&s.a, PAYMENT_EVENT_ANSWER_PAID, s.now_ms);
	paid.standing.due_minor--;
	play(&s, &paid);
	tale_end(&s, "+0 sent pay; +0 paid surplus refund");
}

static void a_person_has_a_reversal_tried_anew(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
	s.t.reverse_tries = 2;
	s.t.decay_first_ms = 3600000;
	s.t.decay_most_ms = 86400000;
	s.reverse = (struct replies){ { SAYS(REVERSE_UNKNOWN, 0), SAYS(REVERSE_UNKNOWN, 0),
		SAYS(REVERSE_UNKNOWN, 0), SAYS(REVERSED, 0) }, 4, 0 };
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	live_until(&s, 1000);
	happen(&s, PAYMENT_EVENT_CANCEL);
	live_until(&s, 60000);
	happen(&s, PAYMENT_EVENT_CANCEL);
	tale_end(&s, "+0 sent pay; +0 pending; +1000 reversing reverse; +6000 reversing reverse; "
		     "+6000 needs_person; +60000 reversing reverse; +65000 reversing reverse; +65000 reversed");
}

static void what_the_other_side_knew_of_was_seen(void)
{
	static const struct { enum payment_event_kind kind; bool seen; } cases[] = {
		{ PAYMENT_EVENT_ANSWER_PENDING, true }, { PAYMENT_EVENT_ANSWER_UNKNOWN, false },
		{ PAYMENT_EVENT_REVERSING, true }, { PAYMENT_EVENT_NEEDS_PERSON, true },
		{ PAYMENT_EVENT_TICK, false }, { PAYMENT_EVENT_RESTART, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct tale s;

		tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
		happen(&s, PAYMENT_EVENT_SEND);
		happen(&s, cases[i].kind);
		ASSERT_NUMBER(s.a.seen, cases[i].seen);
		buffer_release(&s.log);
	}
}

static void times_at_the_end_of_time_do_not_wrap_round(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
	s.a.expires_ms = PAYMENT_NEVER;
	s.now_ms = PAYMENT_NEVER - 1;
	happen(&s, PAYMENT_EVENT_SEND);
	ASSERT_NUMBER(s.a.schedule.next_ms, PAYMENT_NEVER);
	buffer_release(&s.log);
}

static void a_reversal_that_gave_back_what_was_paid_is_said(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
	s.reverse = (struct replies){ { SAYS(REVERSED, 5000) }, 1, 0 };
	s.pay = (struct replies){ { SAYS(ANSWER_PENDING, 0) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_SEND);
	live_until(&s, 1000);
	happen(&s, PAYMENT_EVENT_CANCEL);
	happen(&s, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_NUMBER(s.a.ending, PAYMENT_ENDING_NONE);
	live_until(&s, 7000);
	happen(&s, PAYMENT_EVENT_REVERSED);
	tale_end(&s, "+0 sent pay; +0 pending; +1000 reversing reverse; +1000 paid late attach; "
		     "+6000 paid given-back hold");
}

static void a_till_follows_its_hub_and_asks_for_as_long_as_it_takes(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_WECHAT);
	s.t = payment_timings_following(&s.t);
	s.t.interval_ms = 20000;
	s.t.decay_most_ms = 40000;
	happen(&s, PAYMENT_EVENT_SEND);
	live_until(&s, 200000);
	happen(&s, PAYMENT_EVENT_REVERSING);
	happen(&s, PAYMENT_EVENT_NEEDS_PERSON);
	happen(&s, PAYMENT_EVENT_REVERSED);
	tale_end(&s, "+0 sent pay; +30000 unknown query; +50000 unknown query; +60000 unknown query; "
		     "+80000 unknown query; +120000 unknown query; +160000 unknown query; "
		     "+200000 unknown query; +200000 reversing; +200000 needs_person; +200000 reversed");
}

static void a_till_that_gives_up_asks_its_hub_until_it_answers(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_QR, PAYMENT_BY_WECHAT);
	s.t = payment_timings_following(&s.t);
	s.t.reverse_tries = 2;
	s.t.decay_most_ms = 20000;
	happen(&s, PAYMENT_EVENT_SEND);
	live_until(&s, 100);
	happen(&s, PAYMENT_EVENT_CANCEL);
	live_until(&s, 80000);
	happen(&s, PAYMENT_EVENT_TOMBSTONE);
	tale_end(&s, "+0 sent pay; +30000 reversing close; +35000 reversing close; +45000 reversing close; "
		     "+65000 reversing close; +80000 failed");
	ASSERT_NUMBER(s.a.ending, PAYMENT_ENDING_NEVER_SEEN);
}

static void after_a_restart_it_is_asked_for_and_never_sent_again(void)
{
	static const struct { enum payment_state state; const char *log; } cases[] = {
		{ PAYMENT_CREATED, "+0 failed; +0 ! PAYMENT_ENDED" },
		{ PAYMENT_SENT, "+0 unknown query; +0 ! PAYMENT_ALREADY_SENT; +0 paid" },
		{ PAYMENT_PENDING, "+0 pending query; +0 ! PAYMENT_ALREADY_SENT; +0 paid" },
		{ PAYMENT_UNKNOWN, "+0 unknown query; +0 ! PAYMENT_ALREADY_SENT; +0 paid" },
		{ PAYMENT_REVERSING, "+0 reversing reverse; +0 ! PAYMENT_ALREADY_SENT; +0 reversed" },
		{ PAYMENT_NEEDS_PERSON, "+0 needs_person query; +0 ! PAYMENT_ALREADY_SENT; +0 paid late attach" },
		{ PAYMENT_PAID, "+0 ! PAYMENT_ALREADY_PAID" },
		{ PAYMENT_REVERSED, "+0 ! PAYMENT_ENDED" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct tale s;
		struct buffer packed = BUFFER_INIT(4096);
		struct unpack in;

		tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
		s.a.sent_ms = FIXTURE_BEGUN_MS;
		s.a.state = cases[i].state;
		s.query = (struct replies){ { SAYS(ANSWER_PAID, 0) }, 1, 0 };
		s.reverse = (struct replies){ { SAYS(REVERSED, 0) }, 1, 0 };
		payment_pack(&s.a, &packed);
		unpack_init(&in, packed.data, packed.len);
		payment_unpack(&in, &s.a);
		CU_ASSERT_TRUE(unpack_done(&in));
		happen(&s, PAYMENT_EVENT_TICK);
		happen(&s, PAYMENT_EVENT_RESTART);
		happen(&s, PAYMENT_EVENT_SEND);
		tale_end(&s, cases[i].log);
		buffer_release(&packed);
	}
}

static void a_restart_at_the_end_waits_for_the_last_answer(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
	s.a.state = PAYMENT_PENDING;
	s.a.sent_ms = FIXTURE_BEGUN_MS - 100000;
	s.a.ending = PAYMENT_ENDING_TIME_UP;
	s.query = (struct replies){ { SAYS(ANSWER_PAID, 2000) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_RESTART);
	tale_end(&s, "+0 pending query; +2000 paid");
}

static void a_clock_that_went_back_lets_no_reversal_come_too_early(void)
{
	struct tale s;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_WECHAT);
	s.a.sent_ms = FIXTURE_BEGUN_MS + 7200000;
	s.a.state = PAYMENT_REVERSING;
	s.reverse = (struct replies){ { SAYS(REVERSED, 0) }, 1, 0 };
	happen(&s, PAYMENT_EVENT_RESTART);
	tale_end(&s, "+15000 reversing reverse; +15000 reversed");
}

static void a_pay_request_behind_its_tombstone_is_refused(void)
{
	struct tale s;
	struct ident id = { { 1 } };

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_WECHAT);
	payment_tombstone(&id, s.now_ms, &s.a);
	happen(&s, PAYMENT_EVENT_SEND);
	tale_end(&s, "+0 ! PAYMENT_ENDED");
	ASSERT_TEXT(s.a.number, "01000000000000000000000000");
}

static void what_was_decided_on_an_older_version_is_refused_and_facts_are_not(void)
{
	struct tale s;
	struct payment_event event;

	tale_begin(&s, PAYMENT_CODE, PAYMENT_BY_ALIPAY);
	happen(&s, PAYMENT_EVENT_SEND);
	event = fixture_event(&s.a, PAYMENT_EVENT_CANCEL, s.now_ms);
	event.version = s.a.version;
	happen(&s, PAYMENT_EVENT_ANSWER_PENDING);
	ASSERT_NUMBER(play(&s, &event), FAULT_PAYMENT_CHANGED);
	event.kind = PAYMENT_EVENT_ANSWER_FAILED;
	ASSERT_NUMBER(play(&s, &event), FAULT_NONE);
	event.kind = PAYMENT_EVENT_TICK;
	event.version = s.a.version;
	ASSERT_NUMBER(play(&s, &event), FAULT_NONE);
	tale_end(&s, "+0 sent pay; +0 pending; +0 ! PAYMENT_CHANGED; +0 failed");
}

static const struct test tests[] = {
	{ "a reset, then paid at 44 seconds: one PAID and no reversal",
	  a_reset_then_paid_at_44_seconds_is_one_paid_and_no_reversal },
	{ "paid at the last query: one PAID and no reversal", paid_at_the_last_query_is_one_paid_and_no_reversal },
	{ "never paid is reversed for as long as the channel says again",
	  never_paid_is_reversed_for_as_long_as_the_channel_says_again },
	{ "a reversal without answer, and then paid, is never failed",
	  a_reversal_without_answer_and_then_paid_is_never_failed },
	{ "requests that never end are given up too", requests_that_never_end_are_given_up_too },
	{ "a cancellation waits until the channel takes it", a_cancellation_waits_until_the_channel_takes_it },
	{ "a cancellation before the answer takes the answer first",
	  a_cancellation_before_the_answer_takes_the_answer_first },
	{ "a QR code nobody pays expires after its grace", a_qr_code_nobody_pays_expires_after_its_grace },
	{ "a QR code paid within its grace is paid", a_qr_code_paid_within_its_grace_is_paid },
	{ "money after the end is an exception, said once", money_after_the_end_is_an_exception_said_once },
	{ "two wallets on one QR code are one PAID and a refund each",
	  two_wallets_on_one_qr_code_are_one_paid_and_a_refund_each },
	{ "money for an order that needs less goes back", money_for_an_order_that_needs_less_goes_back },
	{ "a person has a reversal tried anew", a_person_has_a_reversal_tried_anew },
	{ "what the other side knew of was seen", what_the_other_side_knew_of_was_seen },
	{ "times at the end of time do not wrap round", times_at_the_end_of_time_do_not_wrap_round },
	{ "a reversal that gave back what was paid is said", a_reversal_that_gave_back_what_was_paid_is_said },
	{ "a till follows its hub, and asks for as long as it takes",
	  a_till_follows_its_hub_and_asks_for_as_long_as_it_takes },
	{ "a till that gives up asks its hub until it answers", a_till_that_gives_up_asks_its_hub_until_it_answers },
	{ "after a restart it is asked for, and never sent again",
	  after_a_restart_it_is_asked_for_and_never_sent_again },
	{ "a restart at the end waits for the last answer", a_restart_at_the_end_waits_for_the_last_answer },
	{ "a clock that went back lets no reversal come too early",
	  a_clock_that_went_back_lets_no_reversal_come_too_early },
	{ "a pay request behind its tombstone is refused", a_pay_request_behind_its_tombstone_is_refused },
	{ "what was decided on an older version is refused, and facts are not",
	  what_was_decided_on_an_older_version_is_refused_and_facts_are_not },
};
SUITE_MAIN("payment: fates", tests)
