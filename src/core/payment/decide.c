/* The payment machine: reads its table, and nothing else. */
#include <assert.h>
#include <string.h>

#include "payment/action.h"
#include "payment/decide.h"

/* The states as sets. */
enum {
#define STATE(name, word, terminal, words) name = 1 << PAYMENT_##name,
#include "payment/states.def"
#undef STATE
	OPEN_ = SENT | PENDING | UNKNOWN | REVERSING | NEEDS_PERSON,
	ENDED_ = FAILED | REVERSED | EXPIRED,
};

enum { PAYMENT_SAME_ = PAYMENT_STATES };

struct transition {
	unsigned from;
	enum payment_event_kind event;
	payment_guard *guard;
	enum payment_state to;
	payment_action *action;
	const char *guard_word, *action_word;
};

static const struct transition transitions[] = {
#define WHEN(from, event, guard, to, action) \
	{ from, PAYMENT_EVENT_##event, guard_##guard, (enum payment_state)PAYMENT_##to, \
	  act_##action, #guard, #action },
#include "payment/transitions.def"
#undef WHEN
};

enum { TRANSITIONS = sizeof transitions / sizeof transitions[0] };

static const struct { enum payment_ending ending; bool decided; } kinds[] = {
#define EVENT(name, word, ending, decided, help) { PAYMENT_ENDING_##ending, decided },
#include "payment/events.def"
#undef EVENT
};

enum payment_ending payment_ending_of(enum payment_event_kind kind)
{
	return kinds[kind].ending;
}

size_t payment_transitions(void)
{
	return TRANSITIONS;
}

struct payment_transition_row payment_transition(size_t i)
{
	const struct transition *t = &transitions[i];

	assert(i < TRANSITIONS);
	return (struct payment_transition_row){ t->from, t->event, t->to, t->guard_word, t->action_word };
}

/* The first row that holds; there always is one. */
static const struct transition *find(const struct move *m)
{
	const struct transition *t = transitions;

	while (!(t->from & 1u << m->before->state) || t->event != m->event->kind || !t->guard(m)) {
		t++;
		assert(t < transitions + TRANSITIONS);
	}
	return t;
}

/* Whether more than the schedule has changed. */
static bool facts_differ(const struct payment_attempt *a, const struct payment_attempt *b)
{
	return a->state != b->state || a->ending != b->ending || a->sent_ms != b->sent_ms ||
	       a->seen != b->seen || a->given_back != b->given_back ||
	       a->n_captures != b->n_captures || strcmp(a->detail, b->detail) != 0 ||
	       strcmp(a->qr, b->qr) != 0;
}

/* A clock that went back while the program was away: what was sent counts as
 * sent now, so that no reversal comes too early. */
static void mend_clock(struct payment_attempt *a, const struct payment_event *event)
{
	if (event->kind == PAYMENT_EVENT_RESTART && a->sent_ms > event->now_ms)
		a->sent_ms = event->now_ms;
}

enum fault_code payment_decide(const struct payment_attempt *attempt,
			       const struct payment_event *event,
			       const struct payment_timings *timings,
			       struct payment_step *ret_step, struct fault *fault)
{
	struct payment_step step = { .after = *attempt };
	struct move m = { attempt, event, timings, &step, fault };
	const struct transition *t;
	enum fault_code code;

	if (event->version && event->version != attempt->version && kinds[event->kind].decided)
		return fault_set(fault, FAULT_PAYMENT_CHANGED, attempt->number, NULL);
	t = find(&m);
	if (t->to != PAYMENT_STATES)
		step.after.state = t->to;
	mend_clock(&step.after, event);
	code = t->action(&m);
	if (code)
		return code;
	if (payment_is_terminal(step.after.state))
		step.after.schedule.next_ms = PAYMENT_NEVER;
	step.changed = facts_differ(attempt, &step.after);
	if (step.changed)
		step.after.version++;
	*ret_step = step;
	return FAULT_NONE;
}
