/* GS1 element strings: what GS1-128, DataBar, DataMatrix and GS1 QR codes say
 * about a product. */
#ifndef SCAN_GS1_H
#define SCAN_GS1_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "money/money.h"
#include "money/quantity.h"

#define GS1_FNC1 '\x1d'

/* A day of the calendar; year 0 = the element was not there. A day written 00
 * is given as the last of its month. */
struct gs1_date {
	int year, month, day;
};

/* Texts are terminated, "" when the element was not there. */
struct gs1 {
	char gtin[15];                 /* AI 01, check digit verified */
	char batch[21];                /* AI 10 */
	char serial[21];               /* AI 21 */
	char coupon[26];               /* AI 255: a GS1 coupon number */
	struct gs1_date produced;      /* AI 11 */
	struct gs1_date packed;        /* AI 13 */
	struct gs1_date best_before;   /* AI 15 */
	struct gs1_date expiry;        /* AI 17 */
	bool has_count, has_weight, has_price, has_unit_price;
	quantity count;                /* AI 30, pieces */
	quantity weight;               /* AI 310n, kilograms in thousandths */
	struct money price;            /* AI 392n in `currency`, 393n in its own */
	struct money unit_price;       /* AI 8005, two decimals, in `currency` */
};

/* Reads s[0..n): AIs and values in a row, FNC1 (0x1D) behind each value of
 * variable length, at the start if the scanner gave it. Years of two digits
 * are those nearest to `year` (from 50 before to 49 after). Refused with
 * FAULT_SCAN_BAD_GS1, *ret untouched: an AI or a value that is cut short, too
 * long or of other letters, a wrong check digit or date, the same AI twice
 * with other values, a price of more than two decimals. */
enum fault_code gs1_parse(const char *s, size_t n, int year, enum currency currency,
			  struct gs1 *ret, struct fault *fault);

/* Rewrites "(01)06901234567892(10)AB" as the scanner would have sent it, into
 * out[size]; returns the length, 0 when s is not written like that. */
size_t gs1_from_brackets(const char *s, size_t n, char *out, size_t size);

#endif
