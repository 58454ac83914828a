/* Labels printed by a store's own scales: a pattern says which digits are the
 * item, its weight and its price. */
#ifndef SCAN_LABEL_H
#define SCAN_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "money/money.h"
#include "money/quantity.h"

/* A pattern has one letter for each digit of the label:
 *
 *   0-9  this digit
 *   F    flag: the first F is a 2 (GS1's prefix for use inside a store), the
 *        others are any digit
 *   X    item code (PLU)
 *   W N  weight in kilograms, three decimals
 *   E M  price of the whole label, two decimals
 *   V    check digit of the price (4 or 5 digits; GS1 section 7.9)
 *   K    check digit of the whole label, always the last
 *
 * As makers of scales write their patterns: C is the item code, but the check
 * digit where it stands alone at the end; W is the item code where neither X
 * nor C is. So "FF CCCCC EEEEE K", "F WWWWWW EEEEE C", "F WWWWW NNNNN C" and
 * "26 XXXXX MMMMM WWWWW C" mean what they mean on the scale. A point inside a
 * weight or price says where its decimals begin ("MMMM.M", "WWWWW." for whole
 * pieces) and takes no digit. Spaces are for the eye. */
enum {
	LABEL_DIGITS_MAX = 24,
	LABEL_PATTERN_MAX = 47,
	LABEL_ITEM_MAX = 14,
};

struct scan_label {
	char field[LABEL_DIGITS_MAX + 1];  /* each digit: itself, F X W M V or K */
	uint8_t digits;
	uint8_t weight_decimals;           /* 0-3 */
	uint8_t price_decimals;            /* 0-2 */
};

/* What a label says. The price is of the whole label, in the store's currency;
 * a field of zeros counts as not there. */
struct scan_weighed {
	char flag[LABEL_DIGITS_MAX + 1];   /* digits before the item code */
	char item[LABEL_ITEM_MAX + 1];     /* item code with its leading zeros */
	bool has_quantity, has_price;
	quantity quantity;
	struct money price;
};

/* Reads a pattern. NULL when it is good; else an English sentence, marked for
 * translation, that says what is wrong, and *ret is untouched. */
const char *scan_label_parse(const char *pattern, struct scan_label *ret);

enum label_match {
	LABEL_NO,         /* another length, flag or a letter */
	LABEL_YES,
	LABEL_BAD_CHECK,  /* fits but for a check digit */
};

/* Reads a code by a pattern; *ret is written only for LABEL_YES. */
enum label_match scan_label_match(const struct scan_label *label, const char *code,
				  enum currency currency, struct scan_weighed *ret);

/* Whether a label's price is its weight times the unit price, give or take one
 * minor unit (scales round in their own way). False without both fields. */
bool scan_label_price_fits(const struct scan_weighed *weighed, struct money unit_price);

#endif
