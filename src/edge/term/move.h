/* The shortest way to put the terminal's cursor somewhere. */
#ifndef TERM_MOVE_H
#define TERM_MOVE_H

#include "term/terminfo.h"

/* Appends what moves the cursor from (from_row, from_col), -1 when unknown,
 * to (row, col). */
void move_cursor(const struct terminfo *t, struct buffer *out, int from_row, int from_col,
		 int row, int col);

#endif
