/* The currencies a till can count in. */
#ifndef MONEY_CURRENCY_H
#define MONEY_CURRENCY_H

#include <stdbool.h>
#include <stddef.h>

enum currency {
	CURRENCY_NONE = 0,
#define CURRENCY(alpha, numeric, sign, wide, help) CURRENCY_##alpha = numeric,
#include "money/currencies.def"
#undef CURRENCY
};

enum { CURRENCY_NUMBER_MAX = 999 };  /* ISO 4217 numbers have three digits */

/* ISO 4217 letters, "CNY"; "" for CURRENCY_NONE and unknown numbers. */
const char *currency_letters(enum currency c);

/* The sign shown before an amount, "¥"; "" when unknown. */
const char *currency_sign(enum currency c);

/* The sign a GBK printer can print, "￥"; "" when unknown. */
const char *currency_sign_wide(enum currency c);

/* From ISO letters, case sensitive; false when unknown. */
bool currency_parse(const char *letters, enum currency *ret_currency);

/* "CNY, HKD, …": all letters, for messages. */
void currency_list(char *out, size_t size);

#endif
