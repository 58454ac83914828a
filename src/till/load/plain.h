/* Text from a file made fit for a screen. */
#ifndef LOAD_PLAIN_H
#define LOAD_PLAIN_H

#include <stddef.h>

/* What was done to a text, as bits. */
enum { PLAIN_STRIPPED = 1, PLAIN_CUT = 2 };

/* Copies UTF-8 text into out[size], terminated: blanks at its ends dropped,
 * escape sequences of terminals and control characters left out (tabs and line
 * ends become one blank), cut on a character when too long. Returns the bits. */
unsigned plain_text(const char *text, char *out, size_t size);

#endif
