/* Products: how their codes are compared and which are weighed. */
#include "catalog/product.h"

#include <string.h>

#include "base/check_digit.h"
#include "base/utf8.h"

void product_key_of(const char *code, product_key ret_key)
{
	char gtin[15];

	if (gtin_parse(code, gtin))
		utf8_copy(ret_key, sizeof(product_key), gtin);
	else
		utf8_copy(ret_key, sizeof(product_key), code);
}

bool product_unit_is_fractional(const char *unit)
{
	static const char *const units[] = {
		"kg", "KG", "Kg", "g", "l", "L", "ml", "mL", "m", "cm", "m2", "m²", "lb", "oz",
		"公斤", "千克", "斤", "市斤", "两", "克", "升", "毫升", "米", "厘米", "平方米",
		"兩", "公升", "公尺", "台斤",
	};

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (strcmp(unit, units[i]) == 0)
			return true;
	return false;
}
