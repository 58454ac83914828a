/* Currencies from their table. */
#include "money/currency.h"

#include <stdio.h>
#include <string.h>

static const struct {
	enum currency currency;
	const char *letters, *sign, *wide;
} rows[] = {
#define CURRENCY(alpha, numeric, sign, wide, help) { CURRENCY_##alpha, #alpha, sign, wide },
#include "money/currencies.def"
#undef CURRENCY
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static size_t find(enum currency c)
{
	size_t i = 0;

	while (i < ROWS && rows[i].currency != c)
		i++;
	return i;
}

const char *currency_letters(enum currency c)
{
	size_t i = find(c);

	return i < ROWS ? rows[i].letters : "";
}

const char *currency_sign(enum currency c)
{
	size_t i = find(c);

	return i < ROWS ? rows[i].sign : "";
}

const char *currency_sign_wide(enum currency c)
{
	size_t i = find(c);

	return i < ROWS ? rows[i].wide : "";
}

bool currency_parse(const char *letters, enum currency *ret_currency)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (strcmp(rows[i].letters, letters) == 0) {
			*ret_currency = rows[i].currency;
			return true;
		}
	}
	return false;
}

void currency_list(char *out, size_t size)
{
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < ROWS && n + 6 < size; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s", i ? ", " : "", rows[i].letters);
}
