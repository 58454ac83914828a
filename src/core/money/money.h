/* An amount: an integer of minor units (fen) and its currency. Every result
 * tells apart zero, negative, overflow and a mix of currencies; nothing here
 * ever touches floating point. */
#ifndef MONEY_MONEY_H
#define MONEY_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "money/currency.h"

/* No amount may pass this: 100 billion yuan. Typed amounts: MONEY_TYPED_MAX. */
#define MONEY_MAX_MINOR INT64_C(9999999999999)
#define MONEY_TYPED_MAX_MINOR INT64_C(99999999999)

struct money {
	int64_t minor;
	enum currency currency;
};

/* How a fraction of a minor unit, or of a cash step, is rounded. */
enum rounding {
	ROUND_HALF_UP,  /* nearest, halves away from zero */
	ROUND_DOWN,     /* toward zero */
	ROUND_UP,       /* away from zero */
};

struct money money_make(int64_t minor, enum currency currency);
struct money money_zero(enum currency currency);
struct money money_negate(struct money a);

/* a + b and a - b. FAULT_MONEY_CURRENCY_MISMATCH or FAULT_MONEY_OVERFLOW
 * (beyond ±MONEY_MAX_MINOR), *ret untouched then. */
enum fault_code money_add(struct money a, struct money b, struct money *ret);
enum fault_code money_subtract(struct money a, struct money b, struct money *ret);

/* -1, 0 or 1; both must be of one currency (asserted). */
int money_compare(struct money a, struct money b);

/* a · numerator / denominator, rounded; denominator > 0. The product is taken
 * in 128 bits. FAULT_MONEY_OVERFLOW when the result does not fit. */
enum fault_code money_scale(struct money a, int64_t numerator, int64_t denominator,
			    enum rounding rounding, struct money *ret);

/* Rounds to a multiple of step_minor (> 0): cash rounding (抹零). */
enum fault_code money_round_to(struct money a, int64_t step_minor, enum rounding rounding,
			       struct money *ret);

/* Reads an amount a person typed: digits with at most two decimals, optionally
 * after one sign. "12", "12.5", "12.50", ".5". Refused with FAULT_MONEY_BAD_AMOUNT,
 * _TOO_MANY_DECIMALS, _NEGATIVE (a minus, unless allow_negative), _TOO_LARGE
 * (beyond MONEY_TYPED_MAX_MINOR). */
enum fault_code money_parse(const char *text, enum currency currency, bool allow_negative,
			    struct money *ret, struct fault *fault);

/* "-1234.50": two decimals, no sign of currency, no grouping. */
typedef char money_text[32];
void money_format(struct money a, money_text out);

/* Reads the decimals people type, [digits][.digits], with at most `decimals`
 * behind the point, into an integer scaled by 10^decimals. Amounts, quantities
 * and percentages share it. */
enum decimal_result {
	DECIMAL_OK,
	DECIMAL_MALFORMED,
	DECIMAL_TOO_PRECISE,  /* more decimals than allowed, zeros too */
	DECIMAL_TOO_LARGE,    /* beyond INT64_MAX / 2 */
};
enum decimal_result decimal_parse(const char *text, int decimals, int64_t *ret_scaled);

#endif
