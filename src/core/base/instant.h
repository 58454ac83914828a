/* A moment: UTC in milliseconds with the offset of the place it happened. */
#ifndef BASE_INSTANT_H
#define BASE_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

struct instant {
	int64_t utc_ms;      /* milliseconds since 1970-01-01T00:00:00Z */
	int32_t offset_min;  /* minutes east of UTC, -1080 … 1080 */
};

/* Local date and time of an instant. */
struct instant_civil {
	int year, month, day;  /* month and day from 1 */
	int hour, minute, second, ms;
};

void instant_civil(struct instant t, struct instant_civil *ret_civil);

/* "2026-11-21 09:41:07": local time. */
typedef char instant_text[32];
void instant_format(struct instant t, instant_text out);

/* "2026-11-21T09:41:07.123+08:00" (RFC 3339). */
void instant_format_rfc3339(struct instant t, instant_text out);

/* Reads what instant_format_rfc3339 writes; milliseconds are optional, Z is
 * +00:00. False, *ret_t untouched, otherwise. */
bool instant_parse_rfc3339(const char *text, struct instant *ret_t);

#endif
