/* Identities: 128 bits from the caller's random source, written as 26 letters
 * of Crockford's base32 and one check character. */
#ifndef BASE_IDENT_H
#define BASE_IDENT_H

#include <stdbool.h>
#include <stdint.h>

enum { IDENT_BYTES = 16, IDENT_LETTERS = 26 };

struct ident {
	uint8_t bytes[IDENT_BYTES];
};

/* Room for the letters, with and without the check character. */
typedef char ident_text[IDENT_LETTERS + 1];
typedef char ident_checked[IDENT_LETTERS + 2];

bool ident_is_zero(const struct ident *id);
bool ident_equal(const struct ident *a, const struct ident *b);

/* 26 upper-case letters of 0-9 A-Z without I L O U. */
void ident_format(const struct ident *id, ident_text out);

/* The same with the check character (value modulo 37, from the alphabet
 * followed by * ~ $ = U) behind it. Source: Crockford, Base 32. */
void ident_format_checked(const struct ident *id, ident_checked out);

/* Reads 26 letters, or 26 and their check character when `checked`; case is
 * free, I and L read as 1, O as 0. False, *ret_id untouched, for anything
 * else, a wrong check character or more than 128 bits. */
bool ident_parse(const char *text, bool checked, struct ident *ret_id);

#endif
