/* Product keys, titles and units. */
#include <stdio.h>
#include <string.h>

#include "suite.h"

#include "catalog/product.h"
#include "catalog_test.h"

void products_are_compared_by_key(void)
{
	static const struct { const char *code, *key; } cases[] = {
		{ "6908512108211", "06908512108211" },   /* EAN-13 */
		{ "036000291452", "00036000291452" },    /* UPC-A */
		{ "96385074", "00000096385074" },        /* EAN-8 */
		{ "06908512108211", "06908512108211" },  /* GTIN-14 */
		{ "6908512108212", "6908512108212" },    /* wrong check digit */
		{ "85123A", "85123A" }, { "85123a", "85123a" },
		{ "POST AGE", "POST AGE" }, { "00000000", "00000000" }, { "101", "101" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		product_key key;

		product_key_of(cases[i].code, key);
		ASSERT_TEXT(key, cases[i].key);
	}
}

void products_are_called_by_name_and_spec(void)
{
	static const struct { const char *name, *spec, *title; } cases[] = {
		{ "可口可乐", "1.25L", "可口可乐 1.25L" },
		{ "可口可乐 330ml", "330ml", "可口可乐 330ml" },
		{ "可口可乐", "", "可口可乐" },
		{ "", "1.25L", "1001 1.25L" },
		{ "", "", "1001" },
	};
	struct product p = { .code = "1001" };
	product_name title;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		snprintf(p.name, sizeof p.name, "%s", cases[i].name);
		snprintf(p.spec, sizeof p.spec, "%s", cases[i].spec);
		product_title(&p, title);
		ASSERT_TEXT(title, cases[i].title);
	}
	memset(p.name, 'n', PRODUCT_NAME_MAX - 4);
	p.name[PRODUCT_NAME_MAX - 4] = '\0';
	snprintf(p.spec, sizeof p.spec, "%s", "12L");
	product_title(&p, title);
	ASSERT_NUMBER(strlen(title), PRODUCT_NAME_MAX);
	snprintf(p.spec, sizeof p.spec, "%s", "125L");
	product_title(&p, title);
	ASSERT_TEXT(title, p.name);
}

void weighed_units_are_known(void)
{
	static const char *const weighed[] = { "kg", "公斤", "千克", "斤", "g", "克", "L", "升", "m", "米" };
	static const char *const counted[] = { "", "pc", "瓶", "个", "kgs", "pack" };

	for (size_t i = 0; i < sizeof weighed / sizeof weighed[0]; i++)
		CU_ASSERT(product_unit_is_fractional(weighed[i]));
	for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++)
		CU_ASSERT(!product_unit_is_fractional(counted[i]));
}
