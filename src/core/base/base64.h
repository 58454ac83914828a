/* Bytes written as letters (RFC 4648), read back strictly: the same bytes have
 * one spelling. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The alphabet with + and /, padded with =; or with - and _, never padded, for
 * URLs. */
enum base64_kind { BASE64_STANDARD, BASE64_URL };

/* Room for the letters of n bytes and their NUL. */
#define BASE64_SIZE(n) (((n) + 2) / 3 * 4 + 1)

/* Writes the letters of bytes[0..n) and a NUL into out[BASE64_SIZE(n)]. */
void base64_format(enum base64_kind kind, const void *bytes, size_t n, char *out);

/* Reads text[0..text_n) into ret_bytes[max]. False, nothing promised about
 * ret_bytes, for a letter of another alphabet, wrong padding, bits behind the
 * last byte that are not zero, and more than max bytes. */
bool base64_parse(enum base64_kind kind, const char *text, size_t text_n,
		  uint8_t *ret_bytes, size_t max, size_t *ret_n);

#endif
