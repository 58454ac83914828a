/* A picture of the terminal in memory: cells that screens draw into, so that
 * one file talks to the terminal and screens are tested without one. */
#ifndef TERM_GRID_H
#define TERM_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"

/* How a cell looks. The low bits add up; above them stands at most one role.
 * A role is colour where the terminal has colours and nothing (INK, PAPER:
 * plain and reverse) where it has none: words must carry the meaning. */
enum {
	ATTR_PLAIN = 0,
	ATTR_BOLD = 1,
	ATTR_DIM = 2,
	ATTR_UNDERLINE = 4,
	ATTR_REVERSE = 8,
	ATTR_STANDOUT = 16,
	ATTR_LOOKS = 0xFF,
	ATTR_GOOD = 1 << 8,  /* done, paid, online */
	ATTR_BAD = 2 << 8,   /* refused, failed */
	ATTR_NOTE = 3 << 8,  /* waiting, worth a look */
	ATTR_TITLE = 4 << 8, /* headings */
	ATTR_PAPER = 5 << 8, /* black on white whatever the theme: QR symbols */
	ATTR_INK = 6 << 8,   /* white on black whatever the theme */
	ATTR_ROLES = 0xF << 8
};

enum { GRID_MAX_ROWS = 400, GRID_MAX_COLS = 600, CELL_BYTES = 12 };

/* One column of one row. A wide character is a cell of width 2 followed by one
 * of width 0 without bytes. The bytes are one printable character in UTF-8
 * and the marks over it; never a control character. */
struct cell {
	char bytes[CELL_BYTES]; /* not terminated; zero behind `len` */
	uint8_t len;
	uint8_t width;          /* 1, 2, or 0: right half of the cell before */
	uint16_t attr;
};

struct grid {
	int rows, cols;
	struct cell *cells;          /* rows * cols */
	int cursor_row, cursor_col;  /* -1: no cursor is shown */
};

/* A rectangle of a grid. Drawing outside the grid is clipped, never an error. */
struct area {
	int row, col, rows, cols;
};

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER };

#define GRID_INIT { 0, 0, NULL, -1, -1 }

/* Makes *g blank with that many rows and columns (clamped to 1 … GRID_MAX).
 * g must be released, or GRID_INIT. FAULT_OUT_OF_MEMORY leaves it as it was. */
enum fault_code grid_resize(struct grid *g, int rows, int cols);
void grid_release(struct grid *g);

/* Blanks every cell and hides the cursor. */
void grid_clear(struct grid *g);

/* The cell; NULL outside the grid. */
const struct cell *grid_cell(const struct grid *g, int row, int col);

struct area grid_area(const struct grid *g);

/* Writes UTF-8 from (row, col) on, clipped at the edges of the grid; a wide
 * character that does not fit whole becomes a blank. Control characters and
 * malformed bytes show as U+FFFD. Returns the columns the text took. */
int grid_put_text(struct grid *g, int row, int col, unsigned attr, const char *text);

/* The same within `cols` columns: cut with an ellipsis when longer, padded
 * with blanks of the same attribute when shorter. */
void grid_put_field(struct grid *g, int row, int col, int cols, enum align align,
		    unsigned attr, const char *text);

/* Blanks the area with that attribute. */
void grid_fill(struct grid *g, struct area area, unsigned attr);

/* Gives the characters of the area that attribute and keeps their text. */
void grid_set_attr(struct grid *g, struct area area, unsigned attr);

/* A rule of U+2500; a frame with a blank inside. */
void grid_hline(struct grid *g, int row, int col, int cols, unsigned attr);
void grid_frame(struct grid *g, struct area area, unsigned attr);

/* Where the terminal's cursor stands: on the active field. */
void grid_place_cursor(struct grid *g, int row, int col);
void grid_hide_cursor(struct grid *g);

/* Whether cells and cursor are the same; copies one over the other (resized). */
bool grid_equal(const struct grid *a, const struct grid *b);
enum fault_code grid_copy(struct grid *dst, const struct grid *src);

/* Appends the row as text without its trailing blanks; all rows, each ended by
 * a newline: the picture that tests of screens compare. */
void grid_row_text(const struct grid *g, int row, struct buffer *out);
void grid_dump(const struct grid *g, struct buffer *out);

/* The rows' attributes in letters, one a column, in the same shape: '.' plain,
 * b bold, d dim, u underline, r reverse, s standout, + several; a role alone is
 * G B N T P I. */
void grid_dump_attr(const struct grid *g, struct buffer *out);

#endif
