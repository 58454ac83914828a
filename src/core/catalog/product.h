/* A product as the counter needs it. */
#ifndef CATALOG_PRODUCT_H
#define CATALOG_PRODUCT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "money/money.h"

enum {
	PRODUCT_CODE_MAX = 48,      /* bytes, as are the others */
	PRODUCT_NAME_MAX = 200,
	PRODUCT_UNIT_MAX = 16,
	PRODUCT_SPEC_MAX = 48,
	PRODUCT_CATEGORY_MAX = 48,
};

/* Texts are UTF-8 without control characters, terminated, "" when unknown. */
struct product {
	char code[PRODUCT_CODE_MAX + 1];  /* as in the product file */
	char name[PRODUCT_NAME_MAX + 1];
	char unit[PRODUCT_UNIT_MAX + 1];
	char spec[PRODUCT_SPEC_MAX + 1];
	char category[PRODUCT_CATEGORY_MAX + 1];
	bool has_price;
	bool has_member_price;
	struct money price;         /* including tax; counts only with has_price */
	struct money member_price;
	int32_t tax_bp;             /* rate in basis points, 1300 = 13 %; -1 unknown */
	bool fractional;            /* sold by weight or measure: quantities may have decimals */
};

/* What two codes are compared by: a GTIN of 8, 12, 13 or 14 digits as its 14
 * digits, anything else byte for byte as it is. Source: GS1 General
 * Specifications (GTINs in data bases are 14 digits). */
typedef char product_key[PRODUCT_CODE_MAX + 1];
void product_key_of(const char *code, product_key ret_key);

/* What people call it: the name, or the code of one without, and behind it the
 * spec (330ml) unless the name says it already or there is no room. */
typedef char product_name[PRODUCT_NAME_MAX + 1];
void product_title(const struct product *product, product_name ret_title);

/* Whether a unit (kg, 公斤, 千克, 斤, g, 克, l, 升, m, 米 …) is weighed or measured. */
bool product_unit_is_fractional(const char *unit);

#endif
