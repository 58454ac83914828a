/* What a character beyond ASCII can be typed as: its ASCII folding, or the
 * first letters of its readings. */
#ifndef TEXT_READING_H
#define TEXT_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

struct text_reading {
	char ascii[8];     /* "ae" for a Latin letter that is æ; "" when it has no ASCII form */
	bool separator;    /* neither letter nor digit */
	uint32_t letters;  /* first letters of all its readings: bit 0 is a; 0 when none */
};

/* Remembers every character it was asked for: ICU is called once for each
 * distinct one, and not at all for the hanzi U+3400-9FFF, whose everyday
 * readings are a table made at build time (see tools/hanzi_initials.awk). */
struct text_readings;

/* FAULT_OUT_OF_MEMORY. */
enum fault_code text_readings_new(struct text_readings **ret, struct fault *fault);
void text_readings_free(struct text_readings *r);

/* Never fails: a character nothing is known of stands for itself. */
struct text_reading text_reading(struct text_readings *r, uint32_t cp);

/* The letters of a hanzi from the table alone; 0 for others. */
uint32_t text_hanzi_initials(uint32_t cp);

#endif
