/* A burst: keys that come as a scanner sends them, told from a person's typing;
 * inside this room only. */
#ifndef SCREEN_BURST_H
#define SCREEN_BURST_H

#include <stdbool.h>
#include <stddef.h>

#include "settings/settings.h"
#include "term/keys.h"

/* What is typed into the field that a burst runs into: a person types an
 * amount or a PIN as fast as a slow scanner sends, so that length and
 * characters must tell which it was. */
enum field_kind {
	FIELD_NONE,
	FIELD_CODE,    /* a product code with its prefixes */
	FIELD_SEARCH,  /* a part of a name or a code */
	FIELD_NUMBER,  /* an amount, a quantity, an order's number */
	FIELD_PIN,     /* or a cashier's number */
	FIELD_WORDS,   /* a note, a reason */
};

enum { BURST_BYTES = 1024, BURST_LEAST = 4, BURST_MOST_US = 1500000 };

struct burst {
	char bytes[BURST_BYTES];  /* terminated; what is beyond is counted only */
	size_t len;               /* all bytes that came, those not kept too */
	int64_t first_us, last_us;
};

/* Takes a key into account: a character joins the burst, or begins one (true)
 * when it came too long after the last; any other key leaves it as it is. */
bool burst_add(struct burst *b, struct key key, int gap_ms);

/* Whether the burst that `end` (Enter or Tab) ends is a scan, in a field of that
 * kind. With a prefix or a suffix in the settings these alone decide. */
bool burst_is_scan(const struct burst *b, struct key end, enum field_kind kind,
		   const struct settings *settings);

/* Forgets and wipes it: it may have been a PIN or a payment code. */
void burst_forget(struct burst *b);

#endif
