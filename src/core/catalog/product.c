/* Products: how their codes are compared, what they are called, which are weighed. */
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

void product_title(const struct product *product, product_name ret_title)
{
	const char *spec = product->spec;
	size_t n = utf8_copy(ret_title, sizeof(product_name),
			     product->name[0] ? product->name : product->code);

	if (strstr(ret_title, spec) || n + 1 + strlen(spec) > PRODUCT_NAME_MAX)
		return;
	ret_title[n] = ' ';
	utf8_copy(ret_title + n + 1, sizeof(product_name) - n - 1, spec);
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
