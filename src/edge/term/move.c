/* Cursor moves: every byte is a millisecond on a line of 9,600 baud. */
#include "term/move.h"

/* Row and column both said; ECMA-48 takes a missing number as 1. */
static void absolute(const struct terminfo *t, struct buffer *out, int row, int col)
{
	if (!t->ansi)
		terminfo_add(t, out, CAP_MOVE, row, col);
	else if (row == 0 && col == 0)
		buffer_add_text(out, "\033[H");
	else if (col == 0)
		buffer_printf(out, "\033[%dH", row + 1);
	else if (row == 0)
		buffer_printf(out, "\033[;%dH", col + 1);
	else
		buffer_printf(out, "\033[%d;%dH", row + 1, col + 1);
}

/* Along the row, where the terminal has a word for it. */
static bool along(const struct terminfo *t, struct buffer *out, int from, int to)
{
	int n = to > from ? to - from : from - to;

	if (to == from)
		return true;
	if (to == 0) {
		buffer_add_byte(out, '\r');
		return true;
	}
	if (to < from && n <= 3) {
		buffer_add(out, "\b\b\b", (size_t)n);
		return true;
	}
	if (!t->caps[to > from ? CAP_RIGHT : CAP_LEFT][0])
		return false;
	if (t->ansi && n == 1)
		buffer_add_text(out, to > from ? "\033[C" : "\b");
	else
		terminfo_add(t, out, to > from ? CAP_RIGHT : CAP_LEFT, n, 0);
	return true;
}

void move_cursor(const struct terminfo *t, struct buffer *out, int from_row, int from_col,
		 int row, int col)
{
	if (from_row == row && from_col >= 0 && along(t, out, from_col, col))
		return;
	if (from_row >= 0 && row == from_row + 1 && col == 0)
		buffer_add_text(out, "\r\n");
	else
		absolute(t, out, row, col);
}
