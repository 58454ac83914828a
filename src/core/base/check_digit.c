/* GS1 check digits. */
#include "base/check_digit.h"

#include <string.h>

int check_digit_gs1(const char *digits, size_t n)
{
	int sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (digits[n - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
	return (10 - sum % 10) % 10;
}

bool check_digit_gs1_ok(const char *s, size_t n)
{
	if (n < 2)
		return false;
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return s[n - 1] - '0' == check_digit_gs1(s, n - 1);
}

bool gtin_shaped(const char *text)
{
	size_t n = strlen(text);

	if (n != 8 && n != 12 && n != 13 && n != 14)
		return false;
	return strspn(text, "0123456789") == n;
}

bool gtin_parse(const char *text, char ret_gtin14[15])
{
	size_t n = strlen(text);

	if (!gtin_shaped(text) || !check_digit_gs1_ok(text, n) || strspn(text, "0") == n)
		return false;
	if (ret_gtin14) {
		memset(ret_gtin14, '0', 14);
		memcpy(ret_gtin14 + 14 - n, text, n + 1);
	}
	return true;
}
