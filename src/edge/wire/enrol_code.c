/* The enrolment code as people carry it from the hub to a till: groups of
 * letters, with two letters at the end that notice a slip of the finger. */
#include "wire/enrol_code.h"

#include <string.h>

/* Crockford's base32, as idents are written: no I, L, O, U. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum {
	PINS = sizeof(struct wire_enrol_code) - IDENT_BYTES,
	PIN_DIGITS = (PINS * 8 + 4) / 5,
	DIGITS = IDENT_LETTERS + PIN_DIGITS,
	CHECKED = DIGITS + 2,
	PRIME = 1021,  /* the largest below 32²: one wrong or two swapped letters always show */
	GROUP = 5,
};

_Static_assert(PINS == 48 && CHECKED == 105 && WIRE_ENROL_CODE_LETTERS == CHECKED + CHECKED / GROUP - 1,
	       "whole groups");

/* What the two letters at the end say about those before them. */
static unsigned check_of(const uint8_t digits[DIGITS])
{
	unsigned sum = 0;

	for (unsigned i = 0; i < DIGITS; i++)
		sum = (sum + (i + 1) * digits[i]) % PRIME;
	return sum;
}

/* The digit of a letter in either case; 32 when it is none. */
static uint8_t digit_of(char c)
{
	const char *at;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
	at = c ? strchr(alphabet, c) : NULL;
	return at ? (uint8_t)(at - alphabet) : 32;
}

/* The secret's letters as an ident has them, then the fingerprints' bits. */
static void to_digits(const struct wire_enrol_code *code, uint8_t digits[CHECKED])
{
	uint8_t pins[PINS];
	ident_text secret;
	unsigned check;

	memset(digits, 0, CHECKED);
	memcpy(pins, code->tls_pin, sizeof code->tls_pin);
	memcpy(pins + sizeof code->tls_pin, code->statement_pin, sizeof code->statement_pin);
	ident_format(&code->secret, secret);
	for (size_t i = 0; i < IDENT_LETTERS; i++)
		digits[i] = digit_of(secret[i]);
	for (size_t bit = 0; bit < PINS * 8; bit++)
		if (pins[bit / 8] >> (7 - bit % 8) & 1)
			digits[IDENT_LETTERS + bit / 5] |= (uint8_t)(1 << (4 - bit % 5));
	check = check_of(digits);
	digits[DIGITS] = (uint8_t)(check / 32);
	digits[DIGITS + 1] = (uint8_t)(check % 32);
}

/* Whether the digits are a code's; the code then. */
static bool from_digits(const uint8_t digits[CHECKED], struct wire_enrol_code *ret)
{
	uint8_t pins[PINS] = { 0 };
	struct ident id;
	ident_text secret;

	for (size_t bit = 0; bit < PIN_DIGITS * 5; bit++) {
		if (!(digits[IDENT_LETTERS + bit / 5] >> (4 - bit % 5) & 1))
			continue;
		if (bit >= PINS * 8)
			return false;
		pins[bit / 8] |= (uint8_t)(1 << (7 - bit % 8));
	}
	for (size_t i = 0; i < IDENT_LETTERS; i++)
		secret[i] = alphabet[digits[i]];
	secret[IDENT_LETTERS] = '\0';
	if (check_of(digits) != digits[DIGITS] * 32u + digits[DIGITS + 1] ||
	    !ident_parse(secret, false, &id))
		return false;
	ret->secret = id;
	memcpy(ret->tls_pin, pins, sizeof ret->tls_pin);
	memcpy(ret->statement_pin, pins + sizeof ret->tls_pin, sizeof ret->statement_pin);
	return true;
}

void wire_enrol_code_format(const struct wire_enrol_code *code, wire_enrol_code_text out)
{
	uint8_t digits[CHECKED];
	char *p = out;

	to_digits(code, digits);
	for (size_t i = 0; i < CHECKED; i++) {
		if (i && i % GROUP == 0)
			*p++ = '-';
		*p++ = alphabet[digits[i]];
	}
	*p = '\0';
}

bool wire_enrol_code_parse(const char *text, struct wire_enrol_code *ret)
{
	uint8_t digits[CHECKED];
	size_t n = 0;

	for (; *text; text++) {
		if (*text == '-' || *text == ' ')
			continue;
		if (n == CHECKED || digit_of(*text) == 32)
			return false;
		digits[n++] = digit_of(*text);
	}
	return n == CHECKED && from_digits(digits, ret);
}
