/* Crockford's base32 over 128 bits. */
#include "base/ident.h"

#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

bool ident_is_zero(const struct ident *id)
{
	static const struct ident zero;

	return ident_equal(id, &zero);
}

bool ident_equal(const struct ident *a, const struct ident *b)
{
	return memcmp(a->bytes, b->bytes, IDENT_BYTES) == 0;
}

/* Letter i of 26 holds bits 5i-2 … 5i+2 of the number, most significant
 * first: 130 bits, of which the first two are always zero. */
void ident_format(const struct ident *id, ident_text out)
{
	for (int i = 0; i < IDENT_LETTERS; i++) {
		unsigned value = 0;

		for (int bit = 5 * i - 2; bit < 5 * i + 3; bit++)
			value = value << 1 |
				(bit < 0 ? 0 : id->bytes[bit / 8] >> (7 - bit % 8) & 1u);
		out[i] = alphabet[value];
	}
	out[IDENT_LETTERS] = '\0';
}

static unsigned check_value(const struct ident *id)
{
	unsigned rest = 0;

	for (int i = 0; i < IDENT_BYTES; i++)
		rest = (rest * 256 + id->bytes[i]) % 37;
	return rest;
}

void ident_format_checked(const struct ident *id, ident_checked out)
{
	ident_text letters;

	ident_format(id, letters);
	memcpy(out, letters, IDENT_LETTERS);
	out[IDENT_LETTERS] = alphabet[check_value(id)];
	out[IDENT_LETTERS + 1] = '\0';
}

static int letter_value(char c, int letters)
{
	const char *at;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'I' || c == 'L')
		c = '1';
	if (c == 'O')
		c = '0';
	at = memchr(alphabet, c, (size_t)letters);
	return at ? (int)(at - alphabet) : -1;
}

bool ident_parse(const char *text, bool checked, struct ident *ret_id)
{
	struct ident id = { { 0 } };
	size_t want = IDENT_LETTERS + (checked ? 1 : 0);

	if (strlen(text) != want)
		return false;
	for (int i = 0; i < IDENT_LETTERS; i++) {
		int value = letter_value(text[i], 32);

		if (value < 0 || (i == 0 && value > 7))
			return false;
		for (int k = 0; k < 5; k++) {
			int bit = 5 * i - 2 + k;

			if (bit >= 0 && (value >> (4 - k) & 1))
				id.bytes[bit / 8] |= (uint8_t)(0x80u >> bit % 8);
		}
	}
	if (checked && letter_value(text[IDENT_LETTERS], 37) != (int)check_value(&id))
		return false;
	*ret_id = id;
	return true;
}
