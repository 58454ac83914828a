/* A terminal for tests: what is written to its pty is drawn by libvterm. */
#ifndef TESTS_TERM_SCREEN_H
#define TESTS_TERM_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <vterm.h>

#include "base/buffer.h"

struct screen {
	int master, slave;      /* -1: no pty, fed by screen_feed() alone */
	VTerm *vterm;
	VTermScreen *cells;
	int rows, cols;
	bool cursor_visible;
	unsigned bells;
	struct buffer log;      /* every byte that came, until screen_forget() */
	uint64_t received;
};

/* A screen of that size, with or without a pty. Aborts the test run when the
 * machine has no pty to give. */
void screen_open(struct screen *s, int rows, int cols, bool with_pty);
void screen_close(struct screen *s);

/* Bytes straight to the emulator. */
void screen_feed(struct screen *s, const char *bytes, size_t n);

/* Waits until `total` bytes came through the pty since it was opened (at most
 * ten seconds; false then) and draws them. */
bool screen_pump(struct screen *s, uint64_t total);

/* Types on the pty. */
void screen_type(struct screen *s, const char *bytes);

/* Forgets the log. */
void screen_forget(struct screen *s);

/* The picture as grid_dump() writes it; the cursor's place; one cell's looks. */
void screen_dump(struct screen *s, struct buffer *out);
void screen_cursor(struct screen *s, int *ret_row, int *ret_col);
VTermScreenCell screen_cell(struct screen *s, int row, int col);

void screen_resize(struct screen *s, int rows, int cols);

#endif
