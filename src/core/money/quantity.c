/* Quantities and percentages. */
#include "money/quantity.h"

#include <stdio.h>
#include <string.h>

enum fault_code quantity_parse(const char *text, quantity *ret, struct fault *fault)
{
	int64_t milli = 0;
	quantity_text max;

	if (text[0] == '-')
		return fault_set(fault, FAULT_QUANTITY_NOT_POSITIVE, text, NULL);
	switch (decimal_parse(text, 3, &milli)) {
	case DECIMAL_MALFORMED:
		return fault_set(fault, FAULT_QUANTITY_BAD, text, NULL);
	case DECIMAL_TOO_PRECISE:
		return fault_set(fault, FAULT_QUANTITY_TOO_MANY_DECIMALS, text, NULL);
	case DECIMAL_TOO_LARGE:
		milli = INT64_MAX;
		break;
	case DECIMAL_OK:
		break;
	}
	if (milli > QUANTITY_MAX) {
		quantity_format(QUANTITY_MAX, max);
		return fault_set(fault, FAULT_QUANTITY_TOO_LARGE, text, max);
	}
	if (milli == 0)
		return fault_set(fault, FAULT_QUANTITY_NOT_POSITIVE, text, NULL);
	*ret = milli;
	return FAULT_NONE;
}

/* `value` with `decimals` decimals behind the point, trailing zeros left out. */
static void format_trimmed(int64_t value, int decimals, char *out, size_t size)
{
	uint64_t v = value < 0 ? -(uint64_t)value : (uint64_t)value;
	uint64_t scale = decimals == 3 ? 1000 : 100;
	char fraction[8];
	int n = decimals;

	snprintf(fraction, sizeof fraction, "%0*llu", decimals, (unsigned long long)(v % scale));
	while (n > 0 && fraction[n - 1] == '0')
		n--;
	snprintf(out, size, "%s%llu%s%.*s", value < 0 ? "-" : "",
		 (unsigned long long)(v / scale), n ? "." : "", n, fraction);
}

void quantity_format(quantity q, quantity_text out)
{
	format_trimmed(q, 3, out, sizeof(quantity_text));
}

enum fault_code quantity_price(quantity q, struct money price, struct money *ret)
{
	return money_scale(price, q, QUANTITY_ONE, ROUND_HALF_UP, ret);
}

enum fault_code percent_parse(const char *text, int32_t *ret_bp, struct fault *fault)
{
	char digits[16];
	size_t n = strlen(text);
	int64_t bp;

	if (n && text[n - 1] == '%')
		n--;
	if (n >= sizeof digits)
		return fault_set(fault, FAULT_PERCENT_BAD, text, NULL);
	memcpy(digits, text, n);
	digits[n] = '\0';
	if (decimal_parse(digits, 2, &bp) != DECIMAL_OK || bp > PERCENT_WHOLE)
		return fault_set(fault, FAULT_PERCENT_BAD, text, NULL);
	*ret_bp = (int32_t)bp;
	return FAULT_NONE;
}

void percent_format(int32_t bp, quantity_text out)
{
	format_trimmed(bp, 2, out, sizeof(quantity_text));
}
