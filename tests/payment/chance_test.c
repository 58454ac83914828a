/* What holds whatever happens: events in any order, at any time, on the
 * attempts of one intent. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "fixture.h"

enum { ROUNDS = 4000, EVENTS = 60, ATTEMPTS = 3 };

/* One order, the attempts at paying it, and what has been seen of them. */
struct world {
	struct payment_timings t;
	struct payment_attempt a[ATTEMPTS];
	unsigned pays[ATTEMPTS];
	unsigned attached;     /* money that paid the order */
	int64_t now_ms;
	bool gone;
};

static uint64_t seed;

static unsigned any(unsigned n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)((seed >> 33) % n);
}

static void world_begin(struct world *w)
{
	static const enum payment_kind kinds[] = { PAYMENT_CODE, PAYMENT_CODE, PAYMENT_QR, PAYMENT_RECORD };

	memset(w, 0, sizeof *w);
	w->t = fixture_timings();
	if (any(3) == 0)
		w->t = payment_timings_following(&w->t);
	w->t.reverse_tries = 1 + any(3);
	w->now_ms = FIXTURE_BEGUN_MS;
	for (int i = 0; i < ATTEMPTS; i++) {
		w->a[i] = fixture_attempt(kinds[any(4)]);
		w->a[i].id.bytes[15] = (uint8_t)i;
	}
}

static void pass_time(struct world *w, const struct payment_attempt *a)
{
	if (any(2) && a->schedule.next_ms != PAYMENT_NEVER && a->schedule.next_ms > w->now_ms)
		w->now_ms = a->schedule.next_ms;
	else
		w->now_ms += any(20000);
}

static struct payment_event anything(struct world *w, const struct payment_attempt *a)
{
	static const char *const numbers[] = { "1", "2", "3" };
	enum payment_event_kind kind = (enum payment_event_kind)any(PAYMENT_EVENTS);
	struct payment_event event;

	if (a->state == PAYMENT_CREATED && any(2))
		kind = PAYMENT_EVENT_SEND;
	else if (any(3) == 0)
		kind = PAYMENT_EVENT_TICK;
	event = fixture_event(a, kind, w->now_ms);
	event.version = any(5) ? 0 : a->version - any(2);
	event.proof.channel_no = numbers[any(3)];
	event.standing.gone = w->gone;
	event.standing.hold_late = any(2);
	event.standing.due_minor = w->attached || w->gone ? 0 : a->amount.minor;
	return event;
}

static bool same_facts(const struct payment_attempt *a, const struct payment_attempt *b)
{
	struct buffer x = BUFFER_INIT(4096), y = BUFFER_INIT(4096);
	bool same;

	payment_pack(a, &x);
	payment_pack(b, &y);
	same = x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
	buffer_release(&x);
	buffer_release(&y);
	return same;
}

static bool comes_back_from_bytes(const struct payment_attempt *a)
{
	struct buffer bytes = BUFFER_INIT(4096);
	struct payment_attempt back;
	struct unpack in;
	bool same;

	payment_pack(a, &bytes);
	payment_schedule_pack(&a->schedule, &bytes);
	unpack_init(&in, bytes.data, bytes.len);
	payment_unpack(&in, &back);
	payment_schedule_unpack(&in, &back.schedule);
	same = unpack_done(&in) && same_facts(a, &back) &&
	       memcmp(&a->schedule, &back.schedule, sizeof back.schedule) == 0;
	buffer_release(&bytes);
	return same;
}

/* Whether the event may end not knowing. */
static bool is_definite(enum payment_event_kind kind)
{
	return kind == PAYMENT_EVENT_ANSWER_PAID || kind == PAYMENT_EVENT_ANSWER_FAILED ||
	       kind == PAYMENT_EVENT_REVERSED || kind == PAYMENT_EVENT_EXPIRED ||
	       kind == PAYMENT_EVENT_TOMBSTONE;
}

static bool step_is_right(struct world *w, int i, const struct payment_event *event,
			  const struct payment_step *step)
{
	const struct payment_attempt *before = &w->a[i], *after = &step->after;
	bool reverses = step->effect == PAYMENT_DO_REVERSE || step->effect == PAYMENT_DO_CLOSE;

	w->pays[i] += step->effect == PAYMENT_DO_PAY;
	if (payment_is_terminal(before->state) && after->state != before->state)
		return false;
	if (w->pays[i] > 1 || (step->effect == PAYMENT_DO_PAY && after->state != PAYMENT_SENT))
		return false;
	if (reverses && w->now_ms < after->sent_ms + w->t.earliest_reverse_ms)
		return false;
	if (payment_is_terminal(after->state) && step->effect != PAYMENT_DO_NOTHING)
		return false;
	if (before->state == PAYMENT_UNKNOWN && payment_is_terminal(after->state) && !is_definite(event->kind))
		return false;
	if (after->n_captures > before->n_captures &&
	    after->captures[before->n_captures].disposition == PAYMENT_ATTACH)
		w->attached++;
	else if (after->n_captures > before->n_captures && !step->exception.kind)
		return false;
	if (step->changed != !same_facts(before, after) || after->version != before->version + step->changed)
		return false;
	return w->attached <= 1 && comes_back_from_bytes(after);
}

static void whatever_happens_the_rules_hold(void)
{
	unsigned reached[PAYMENT_STATES] = { 0 };

	for (unsigned round = 0; round < ROUNDS; round++) {
		struct world w;

		seed = round + 1;
		world_begin(&w);
		for (int n = 0; n < EVENTS; n++) {
			int i = (int)any(ATTEMPTS);
			struct payment_event event;
			struct payment_step step;

			pass_time(&w, &w.a[i]);
			w.gone |= any(100) == 0;
			event = anything(&w, &w.a[i]);
			if (payment_decide(&w.a[i], &event, &w.t, &step, NULL))
				continue;
			if (!step_is_right(&w, i, &event, &step)) {
				printf("\nseed %u, event %d: %s after %s gives %s\n", round + 1, n,
				       payment_event_word(event.kind), payment_state_word(w.a[i].state),
				       payment_state_word(step.after.state));
				CU_FAIL_FATAL("a rule of the payment machine is broken");
			}
			w.a[i] = step.after;
			reached[step.after.state]++;
		}
	}
	for (int state = 0; state < PAYMENT_STATES; state++)
		CU_ASSERT_TRUE(reached[state] > 100);
}

/* A channel that never says anything: how often it is asked, and how far
 * apart, until the last tick. */
static void watch_silence(enum payment_channel channel, enum payment_kind kind, bool follows)
{
	struct payment_timings t = payment_channel_row(channel)->timings;
	struct payment_attempt a = fixture_attempt(kind);
	int64_t now = FIXTURE_BEGUN_MS, slow_gap = 0, last = 0, end = FIXTURE_BEGUN_MS + t.watch_ms;
	int64_t quick_end = kind == PAYMENT_QR ? a.expires_ms : now + t.total_ms;
	struct payment_event event = fixture_event(&a, PAYMENT_EVENT_SEND, now);
	unsigned quick = 0, all = 0;
	outcome_text outcome;

	if (follows)
		t = payment_timings_following(&t);
	fixture_play(&a, &t, &event, outcome);
	while (a.schedule.next_ms != PAYMENT_NEVER && now < end) {
		uint32_t before = a.schedule.queries;
		enum payment_state state = a.state;

		now = a.schedule.next_ms > now ? a.schedule.next_ms : now + 1;
		event = fixture_event(&a, PAYMENT_EVENT_TICK, now);
		fixture_play(&a, &t, &event, outcome);
		if (a.state != state)
			last = slow_gap = 0;
		if (a.schedule.queries == before)
			continue;
		all++;
		quick += now < quick_end;
		/* the last query before the end comes when it must */
		if (a.schedule.slow > 1 && last && (a.state == PAYMENT_NEEDS_PERSON || !a.ending)) {
			CU_ASSERT_TRUE(now - last >= slow_gap);
			slow_gap = now - last;
		}
		last = now;
	}
	CU_ASSERT_TRUE(quick <= (quick_end - FIXTURE_BEGUN_MS) / t.interval_ms + 1);
	CU_ASSERT_TRUE(all <= quick + t.watch_ms / t.decay_most_ms + 12);
	CU_ASSERT_TRUE(all > quick);
	CU_ASSERT_TRUE(follows || a.state == PAYMENT_NEEDS_PERSON);
	CU_ASSERT_TRUE(!follows || a.state == PAYMENT_UNKNOWN);
}

static void silence_is_asked_about_ever_more_slowly(void)
{
	for (int channel = 0; channel < PAYMENT_CHANNELS; channel++) {
		unsigned kinds = payment_channel_row((enum payment_channel)channel)->kinds;

		for (int follows = 0; follows < 2; follows++) {
			if (kinds & PAYMENT_CODE)
				watch_silence((enum payment_channel)channel, PAYMENT_CODE, follows);
			if (kinds & PAYMENT_QR)
				watch_silence((enum payment_channel)channel, PAYMENT_QR, follows);
		}
	}
}

static const struct test tests[] = {
	{ "whatever happens, the rules hold", whatever_happens_the_rules_hold },
	{ "silence is asked about ever more slowly", silence_is_asked_about_ever_more_slowly },
};
SUITE_MAIN("payment: chance", tests)
