/* The tables of channels and timings. */
#include "payment/channel.h"

#include <assert.h>
#include <string.h>

#include "base/mark.h"

enum { CODE = PAYMENT_CODE, QR = PAYMENT_QR, RECORD = PAYMENT_RECORD };

static const struct payment_channel_row channels[] = {
#define TIMES(...) { __VA_ARGS__, false }
#define CHANNEL(name, word, words, ways, timings, help) \
	{ PAYMENT_BY_##name, word, words, help, ways, timings },
#include "payment/channels.def"
#undef CHANNEL
#undef TIMES
};

static const struct payment_timing_row timings[] = {
#define TIMING(member, low, high, unit, sentence) \
	{ #member, low, high, unit, sentence, offsetof(struct payment_timings, member) },
#include "payment/timings.def"
#undef TIMING
};

enum { TIMINGS = sizeof timings / sizeof timings[0] };

const struct payment_channel_row *payment_channel_row(enum payment_channel channel)
{
	assert(channel < PAYMENT_CHANNELS);
	return &channels[channel];
}

bool payment_channel_parse(const char *word, enum payment_channel *ret_channel)
{
	for (size_t i = 0; i < PAYMENT_CHANNELS; i++) {
		if (strcmp(channels[i].word, word) == 0) {
			*ret_channel = channels[i].channel;
			return true;
		}
	}
	return false;
}

const struct payment_timing_row *payment_timing_rows(size_t *ret_n)
{
	*ret_n = TIMINGS;
	return timings;
}

bool payment_timing_set(struct payment_timings *t, const char *name, int64_t value)
{
	for (size_t i = 0; i < TIMINGS; i++) {
		if (strcmp(timings[i].name, name) != 0)
			continue;
		if (value < timings[i].low || value > timings[i].high)
			return false;
		memcpy((char *)t + timings[i].offset, &value, sizeof value);
		return true;
	}
	return false;
}

struct payment_timings payment_timings_following(const struct payment_timings *hub)
{
	struct payment_timings t = *hub;

	t.follows = true;
	t.earliest_reverse_ms = 0;
	return t;
}
