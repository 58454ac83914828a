/* Quantities in thousandths of their unit, and percentages in hundredths. */
#ifndef MONEY_QUANTITY_H
#define MONEY_QUANTITY_H

#include <stdint.h>

#include "base/fault.h"
#include "money/money.h"

/* 1 piece = 1000; 0.734 kg = 734. Negative on return lines. */
typedef int64_t quantity;

#define QUANTITY_ONE INT64_C(1000)
#define QUANTITY_MAX INT64_C(999999999)  /* 999,999.999 */

/* Reads "3", "0.734"; must be more than zero. Refused with FAULT_QUANTITY_BAD,
 * _TOO_MANY_DECIMALS, _NOT_POSITIVE, _TOO_LARGE. */
enum fault_code quantity_parse(const char *text, quantity *ret, struct fault *fault);

/* "2", "0.734", "-1.5": no trailing zeros. */
typedef char quantity_text[32];
void quantity_format(quantity q, quantity_text out);

/* price × quantity, half a cent away from zero. FAULT_MONEY_OVERFLOW. */
enum fault_code quantity_price(quantity q, struct money price, struct money *ret);

/* Percentages and rates in basis points: 12.5 % = 1250. */
#define PERCENT_WHOLE 10000

/* Reads "12.5" or "12.5%" between 0 and 100: FAULT_PERCENT_BAD. */
enum fault_code percent_parse(const char *text, int32_t *ret_bp, struct fault *fault);

/* "12.5". */
void percent_format(int32_t bp, quantity_text out);

#endif
