/* The words of states, endings and events. */
#include <assert.h>
#include <string.h>

#include "base/mark.h"
#include "payment/payment.h"

static const struct { const char *word, *words; bool terminal; } states[] = {
#define STATE(name, word, terminal, words) { word, words, terminal },
#include "payment/states.def"
#undef STATE
};

static const struct { const char *word, *words; } endings[] = {
#define ENDING(name, word, words) { word, words },
#include "payment/endings.def"
#undef ENDING
};

static const char *const events[] = {
#define EVENT(name, word, ending, decided, help) word,
#include "payment/events.def"
#undef EVENT
};

const char *payment_state_word(enum payment_state state)
{
	assert(state < PAYMENT_STATES);
	return states[state].word;
}

const char *payment_state_words(enum payment_state state)
{
	assert(state < PAYMENT_STATES);
	return states[state].words;
}

bool payment_state_parse(const char *word, enum payment_state *ret_state)
{
	for (size_t i = 0; i < PAYMENT_STATES; i++) {
		if (strcmp(states[i].word, word) == 0) {
			*ret_state = (enum payment_state)i;
			return true;
		}
	}
	return false;
}

bool payment_is_terminal(enum payment_state state)
{
	assert(state < PAYMENT_STATES);
	return states[state].terminal;
}

enum payment_outcome payment_outcome(enum payment_state state)
{
	if (state == PAYMENT_PAID)
		return PAYMENT_OUTCOME_PAID;
	return payment_is_terminal(state) ? PAYMENT_OUTCOME_UNPAID : PAYMENT_OUTCOME_OPEN;
}

const char *payment_ending_word(enum payment_ending ending)
{
	assert(ending < PAYMENT_ENDINGS);
	return endings[ending].word;
}

const char *payment_ending_words(enum payment_ending ending)
{
	assert(ending < PAYMENT_ENDINGS);
	return endings[ending].words;
}

const char *payment_event_word(enum payment_event_kind kind)
{
	assert(kind < PAYMENT_EVENTS);
	return events[kind];
}

enum payment_event_kind payment_classify(const struct payment_reply *replies, size_t n,
					 const char *code, enum payment_event_kind otherwise)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(replies[i].code, code) == 0)
			return replies[i].says;
	return otherwise;
}
