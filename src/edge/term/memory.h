/* A terminal in memory: tests type on it and look at its picture. */
#ifndef TERM_MEMORY_H
#define TERM_MEMORY_H

#include "term/term.h"

/* A UTF-8 terminal with colours of that size. Keys come from the calls below,
 * nothing is ever waited for, and term_fd is -1. */
enum fault_code term_memory_open(int rows, int cols, struct term **ret_term);

/* Types a script: words apart by blanks, each the name of a key ("F9", "M-q",
 * "Enter"; keys.h) or text in double quotes ("\"" and "\\" inside) that is
 * typed at one moment, as a scanner does. False, with nothing typed, when a
 * word is not understood or too much is waiting. */
bool term_memory_type(struct term *term, const char *script);

/* One key; a changed size (and the KEY_RESIZE that tells it). */
bool term_memory_key(struct term *term, struct key key);
void term_memory_resize(struct term *term, int rows, int cols);

/* The time that later keys bear. */
void term_memory_set_time(struct term *term, int64_t now_us);

/* What was painted last; how often the bell rang; how many paints changed
 * something. */
const struct grid *term_memory_picture(const struct term *term);
unsigned term_memory_bells(const struct term *term);
unsigned term_memory_paints(const struct term *term);

#endif
