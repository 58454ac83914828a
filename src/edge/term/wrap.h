/* Text broken into lines of N columns. */
#ifndef TERM_WRAP_H
#define TERM_WRAP_H

#include <stdbool.h>
#include <stddef.h>

/* The next line of the text at *p that fits in `cols` columns (> 0), broken at
 * a newline, else behind a blank, else between hanzi or wherever it is full.
 * *ret_line and *ret_len tell its bytes (no newline, no blanks at the break);
 * *p moves on. False at the end of the text. */
bool wrap_next(const char **p, size_t cols, const char **ret_line, size_t *ret_len);

/* How many lines the text needs. */
size_t wrap_count(const char *text, size_t cols);

#endif
