/* Product numbers of the EAN and UPC family. */
#include "scan/gtin.h"

#include <string.h>

#include "base/check_digit.h"

bool gtin_expand_upce(const char *code, char ret_upca[13])
{
	size_t n = strlen(code);
	const char *six = n == 8 ? code + 1 : code;
	char system = n == 8 ? code[0] : '0';
	char out[13] = "00000000000";

	if ((n != 6 && n != 8) || strspn(code, "0123456789") != n || system > '1')
		return false;
	out[0] = system;
	switch (six[5]) {
	case '0': case '1': case '2':
		memcpy(out + 1, six, 2);
		out[3] = six[5];
		memcpy(out + 8, six + 2, 3);
		break;
	case '3':
		memcpy(out + 1, six, 3);
		memcpy(out + 9, six + 3, 2);
		break;
	case '4':
		memcpy(out + 1, six, 4);
		out[10] = six[4];
		break;
	default:
		memcpy(out + 1, six, 5);
		out[10] = six[5];
		break;
	}
	out[11] = (char)('0' + check_digit_gs1(out, 11));
	out[12] = '\0';
	if (n == 8 && out[11] != code[7])
		return false;
	memcpy(ret_upca, out, sizeof out);
	return true;
}

static enum gtin_result shaped(const char *code, char ret_gtin14[15])
{
	if (!gtin_shaped(code))
		return GTIN_NO;
	if (gtin_parse(code, ret_gtin14))
		return GTIN_YES;
	return check_digit_gs1_ok(code, strlen(code)) ? GTIN_NO : GTIN_BAD_CHECK;
}

/* The EAN-13 in front of an add-on of 2 or 5 digits. */
static enum gtin_result with_addon(const char *code, char ret_gtin14[15])
{
	size_t n = strlen(code);
	char first[14];

	if ((n != 15 && n != 18) || strspn(code, "0123456789") != n)
		return GTIN_NO;
	memcpy(first, code, 13);
	first[13] = '\0';
	return shaped(first, ret_gtin14);
}

enum gtin_result gtin_of_symbol(const char *aim, const char *code, char ret_gtin14[15])
{
	char upca[13];

	if (strcmp(aim, "E0") == 0 && gtin_expand_upce(code, upca))
		return shaped(upca, ret_gtin14);
	if (strcmp(aim, "E3") == 0 && strlen(code) > 13)
		return with_addon(code, ret_gtin14);
	return shaped(code, ret_gtin14);
}
