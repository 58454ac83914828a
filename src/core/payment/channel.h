/* The channels that move money, and their timings: settings with a value to
 * begin with for each channel. */
#ifndef PAYMENT_CHANNEL_H
#define PAYMENT_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum payment_channel {
#define CHANNEL(name, word, words, ways, timings, help) PAYMENT_BY_##name,
#include "payment/channels.def"
#undef CHANNEL
	PAYMENT_CHANNELS
};

/* How a customer pays. */
enum payment_kind {
	PAYMENT_CODE = 1,    /* the customer's code is scanned (被扫) */
	PAYMENT_QR = 2,      /* the customer scans ours (主扫) */
	PAYMENT_RECORD = 4,  /* the till only writes it down: cash, other */
};

/* A moment that never comes. */
#define PAYMENT_NEVER INT64_MAX

struct payment_timings {
#define TIMING(member, low, high, unit, sentence) int64_t member;
#include "payment/timings.def"
#undef TIMING
	/* Another machine ends the payment and tells this one: a till follows its
	 * hub. No deadline is acted on, and a cancellation is asked for until it
	 * is answered. */
	bool follows;
};

/* One row of channels.def. */
struct payment_channel_row {
	enum payment_channel channel;
	const char *word;     /* "wechat" */
	const char *words;    /* for people, untranslated */
	const char *help;
	unsigned kinds;       /* of enum payment_kind, added up */
	struct payment_timings timings;
};

/* One row of timings.def, for settings and manuals. */
struct payment_timing_row {
	const char *name;     /* "total_ms" */
	int64_t low, high;
	const char *unit, *sentence;  /* untranslated */
	size_t offset;        /* of the int64_t in struct payment_timings */
};

/* The channel's row; `channel` must be below PAYMENT_CHANNELS. */
const struct payment_channel_row *payment_channel_row(enum payment_channel channel);

/* From its public word; false when there is none such. */
bool payment_channel_parse(const char *word, enum payment_channel *ret_channel);

const struct payment_timing_row *payment_timing_rows(size_t *ret_n);

/* Sets one timing by its name; false, nothing changed, when there is no such
 * timing or the value is out of its range. */
bool payment_timing_set(struct payment_timings *timings, const char *name, int64_t value);

/* The same timings for a till that follows its hub. */
struct payment_timings payment_timings_following(const struct payment_timings *hub);

#endif
