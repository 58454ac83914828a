/* UTF-8: decoding, checking and bounded copies that never cut a character. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the character at s (n > 0 bytes are readable) into *ret_cp and
 * returns its length in bytes. Malformed, overlong or surrogate bytes give
 * UTF8_REPLACEMENT and length 1. */
size_t utf8_decode(const char *s, size_t n, uint32_t *ret_cp);

/* Writes cp as UTF-8 into out[4]; returns the length (not terminated).
 * Code points that cannot be encoded are written as UTF8_REPLACEMENT. */
size_t utf8_encode(uint32_t cp, char out[4]);

/* Whether the n bytes are well-formed UTF-8 (NUL allowed). */
bool utf8_valid(const char *s, size_t n);

/* Whether cp is a control character a device could obey: C0, DEL, C1, and the
 * line, paragraph and direction controls that change how text is shown. */
bool utf8_is_control(uint32_t cp);

/* Copies src into dst[size], terminated, cut on a character; returns the
 * length written. size > 0. */
size_t utf8_copy(char *dst, size_t size, const char *src);

/* The same, with malformed bytes and control characters written as U+FFFD:
 * for text from outside that will be shown or printed. */
size_t utf8_copy_plain(char *dst, size_t size, const char *src);

#endif
