/* Integer arithmetic on amounts. */
#include "money/money.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "money/wide.h"

struct money money_make(int64_t minor, enum currency currency)
{
	return (struct money){ minor, currency };
}

struct money money_zero(enum currency currency)
{
	return money_make(0, currency);
}

struct money money_negate(struct money a)
{
	return money_make(-a.minor, a.currency);
}

static enum fault_code fit(int_wide minor, enum currency currency, struct money *ret)
{
	if (minor > MONEY_MAX_MINOR || minor < -MONEY_MAX_MINOR)
		return FAULT_MONEY_OVERFLOW;
	*ret = money_make((int64_t)minor, currency);
	return FAULT_NONE;
}

enum fault_code money_add(struct money a, struct money b, struct money *ret)
{
	if (a.currency != b.currency)
		return FAULT_MONEY_CURRENCY_MISMATCH;
	return fit((int_wide)a.minor + b.minor, a.currency, ret);
}

enum fault_code money_subtract(struct money a, struct money b, struct money *ret)
{
	if (a.currency != b.currency)
		return FAULT_MONEY_CURRENCY_MISMATCH;
	return fit((int_wide)a.minor - b.minor, a.currency, ret);
}

int money_compare(struct money a, struct money b)
{
	assert(a.currency == b.currency);
	return (a.minor > b.minor) - (a.minor < b.minor);
}

static int_wide divide(int_wide n, int64_t d, enum rounding rounding)
{
	int_wide quotient = n / d, rest = n % d;
	int away = n < 0 ? -1 : 1;

	if (rest < 0)
		rest = -rest;
	switch (rounding) {
	case ROUND_HALF_UP:
		return rest >= d - rest ? quotient + away : quotient;
	case ROUND_UP:
		return rest ? quotient + away : quotient;
	case ROUND_DOWN:
		break;
	}
	return quotient;
}

enum fault_code money_scale(struct money a, int64_t numerator, int64_t denominator,
			    enum rounding rounding, struct money *ret)
{
	assert(denominator > 0);
	return fit(divide((int_wide)a.minor * numerator, denominator, rounding), a.currency, ret);
}

enum fault_code money_round_to(struct money a, int64_t step_minor, enum rounding rounding,
			       struct money *ret)
{
	assert(step_minor > 0);
	return fit(divide(a.minor, step_minor, rounding) * step_minor, a.currency, ret);
}

enum decimal_result decimal_parse(const char *text, int decimals, int64_t *ret_scaled)
{
	const int64_t limit = INT64_MAX / 2;
	int64_t value = 0;
	int seen = 0, after = -1;
	bool large = false;

	for (const char *p = text; *p; p++) {
		if (*p == '.' && after < 0) {
			after = 0;
			continue;
		}
		if (*p < '0' || *p > '9')
			return DECIMAL_MALFORMED;
		seen++;
		if (after >= 0 && ++after > decimals)
			continue;
		if (value > (limit - 9) / 10)
			large = true;
		else
			value = value * 10 + (*p - '0');
	}
	if (!seen)
		return DECIMAL_MALFORMED;
	if (after > decimals)
		return DECIMAL_TOO_PRECISE;
	for (int i = after < 0 ? 0 : after; i < decimals && !large; i++) {
		if (value > limit / 10)
			large = true;
		else
			value *= 10;
	}
	if (large)
		return DECIMAL_TOO_LARGE;
	*ret_scaled = value;
	return DECIMAL_OK;
}

enum fault_code money_parse(const char *text, enum currency currency, bool allow_negative,
			    struct money *ret, struct fault *fault)
{
	bool negative = text[0] == '-';
	int64_t minor = 0;
	money_text max;

	switch (decimal_parse(text + (negative || text[0] == '+'), 2, &minor)) {
	case DECIMAL_MALFORMED:
		return fault_set(fault, FAULT_MONEY_BAD_AMOUNT, text, NULL);
	case DECIMAL_TOO_PRECISE:
		return fault_set(fault, FAULT_MONEY_TOO_MANY_DECIMALS, text, NULL);
	case DECIMAL_TOO_LARGE:
		minor = INT64_MAX;
		break;
	case DECIMAL_OK:
		break;
	}
	if (negative && !allow_negative)
		return fault_set(fault, FAULT_MONEY_NEGATIVE, text, NULL);
	if (minor > MONEY_TYPED_MAX_MINOR) {
		money_format(money_make(MONEY_TYPED_MAX_MINOR, currency), max);
		return fault_set(fault, FAULT_MONEY_TOO_LARGE, text, max);
	}
	*ret = money_make(negative ? -minor : minor, currency);
	return FAULT_NONE;
}

void money_format(struct money a, money_text out)
{
	uint64_t size = a.minor < 0 ? -(uint64_t)a.minor : (uint64_t)a.minor;

	snprintf(out, sizeof(money_text), "%s%llu.%02llu", a.minor < 0 ? "-" : "",
		 (unsigned long long)(size / 100), (unsigned long long)(size % 100));
}
