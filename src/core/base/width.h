/* How many columns of a terminal or a printer a text takes. The table is
 * generated from the Unicode character database: no locale is asked, so till,
 * receipt and tests agree everywhere. */
#ifndef BASE_WIDTH_H
#define BASE_WIDTH_H

#include <stddef.h>
#include <stdint.h>

/* Columns of one code point: 0 (combining, control), 1 or 2 (East Asian wide
 * and fullwidth). Source: Unicode EastAsianWidth.txt, UnicodeData.txt. */
int width_of_codepoint(uint32_t cp);

/* Columns of a UTF-8 text. */
size_t width_of_text(const char *text);

/* Copies into dst[size] as much of src as fits in `cols` columns; when
 * something was left out the last column holds an ellipsis (U+2026). A wide
 * character is never split. Returns the columns used (≤ cols). */
size_t width_cut(char *dst, size_t size, const char *src, size_t cols);

/* The longest prefix of text, in bytes, that fits in `cols` columns. */
size_t width_prefix(const char *text, size_t cols);

#endif
