/* Cells: clipped writing that keeps wide characters whole and controls out. */
#include "term/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/width.h"

static const struct cell blank = { { ' ' }, 1, 1, ATTR_PLAIN };

static int clamp(int n, int most)
{
	return n < 1 ? 1 : n > most ? most : n;
}

enum fault_code grid_resize(struct grid *g, int rows, int cols)
{
	struct cell *cells;

	rows = clamp(rows, GRID_MAX_ROWS);
	cols = clamp(cols, GRID_MAX_COLS);
	cells = malloc((size_t)rows * (size_t)cols * sizeof *cells);
	if (!cells)
		return FAULT_OUT_OF_MEMORY;
	free(g->cells);
	*g = (struct grid){ rows, cols, cells, -1, -1 };
	grid_clear(g);
	return FAULT_NONE;
}

void grid_release(struct grid *g)
{
	if (!g)
		return;
	free(g->cells);
	*g = (struct grid)GRID_INIT;
}

void grid_clear(struct grid *g)
{
	for (int i = 0; i < g->rows * g->cols; i++)
		g->cells[i] = blank;
	grid_hide_cursor(g);
}

static struct cell *at(const struct grid *g, int row, int col)
{
	if (row < 0 || row >= g->rows || col < 0 || col >= g->cols)
		return NULL;
	return &g->cells[row * g->cols + col];
}

const struct cell *grid_cell(const struct grid *g, int row, int col)
{
	return at(g, row, col);
}

struct area grid_area(const struct grid *g)
{
	return (struct area){ 0, 0, g->rows, g->cols };
}

/* Makes the cell a blank of its own; the other half of a wide character that
 * stood there becomes one too. */
static void cell_blank(struct grid *g, int row, int col, unsigned attr)
{
	struct cell *c = at(g, row, col), *other;

	if (!c)
		return;
	other = c->width == 2 ? at(g, row, col + 1) : c->width == 0 ? at(g, row, col - 1) : NULL;
	if (other) {
		uint16_t kept = other->attr;

		*other = blank;
		other->attr = kept;
	}
	*c = blank;
	c->attr = (uint16_t)attr;
}

static void cell_put(struct grid *g, int row, int col, unsigned attr, const char *bytes,
		     size_t len, int width)
{
	struct cell *c;

	cell_blank(g, row, col, attr);
	if (width == 2)
		cell_blank(g, row, col + 1, attr);
	c = at(g, row, col);
	if (!c || (width == 2 && col + 1 >= g->cols))
		return;
	memset(c->bytes, 0, sizeof c->bytes);
	memcpy(c->bytes, bytes, len);
	c->len = (uint8_t)len;
	c->width = (uint8_t)width;
	if (width == 2)
		c[1] = (struct cell){ { 0 }, 0, 0, (uint16_t)attr };
}

/* Variation selectors make terminals disagree about widths: left out. */
static bool is_selector(uint32_t cp)
{
	return (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF);
}

/* A mark joins the character that this text wrote before it, if any. */
static void cell_join(struct grid *g, int row, int col, const char *bytes, size_t len)
{
	struct cell *c = at(g, row, col);

	if (c && c->len + len <= CELL_BYTES) {
		memcpy(c->bytes + c->len, bytes, len);
		c->len = (uint8_t)(c->len + len);
	}
}

static int put(struct grid *g, int row, int col, int limit, unsigned attr, const char *text)
{
	size_t n = strlen(text);
	int start = col, last = -1;

	for (size_t i = 0; i < n;) {
		uint32_t cp;
		char bytes[4];
		size_t in = utf8_decode(text + i, n - i, &cp), len;
		int width;

		i += in;
		if (is_selector(cp))
			continue;
		if (utf8_is_control(cp))
			cp = UTF8_REPLACEMENT;
		width = width_of_codepoint(cp);
		len = utf8_encode(cp, bytes);
		if (width == 0 && last >= 0) {
			cell_join(g, row, last, bytes, len);
			continue;
		}
		if (width == 0)
			continue;
		if (col + width > limit) {
			if (col < limit)
				cell_blank(g, row, col, attr);
			break;
		}
		cell_put(g, row, col, attr, bytes, len, width);
		last = col;
		col += width;
	}
	return col - start;
}

int grid_put_text(struct grid *g, int row, int col, unsigned attr, const char *text)
{
	return put(g, row, col, g->cols, attr, text);
}

void grid_put_field(struct grid *g, int row, int col, int cols, enum align align,
		    unsigned attr, const char *text)
{
	char plain[GRID_MAX_COLS * 4 + 4], cut[GRID_MAX_COLS * 4 + 4];
	int used, lead;

	if (cols <= 0)
		return;
	utf8_copy_plain(plain, sizeof plain, text);
	used = (int)width_cut(cut, sizeof cut, plain, (size_t)cols);
	lead = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? cols - used : (cols - used) / 2;
	grid_fill(g, (struct area){ row, col, 1, cols }, attr);
	put(g, row, col + lead, col + cols < g->cols ? col + cols : g->cols, attr, cut);
}

void grid_fill(struct grid *g, struct area area, unsigned attr)
{
	for (int row = area.row; row < area.row + area.rows && row < g->rows; row++)
		for (int col = area.col; col < area.col + area.cols && col < g->cols; col++)
			cell_blank(g, row, col, attr);
}

void grid_set_attr(struct grid *g, struct area area, unsigned attr)
{
	for (int row = area.row; row < area.row + area.rows && row < g->rows; row++) {
		for (int col = area.col; col < area.col + area.cols && col < g->cols; col++) {
			struct cell *c = at(g, row, col);

			if (!c)
				continue;
			c->attr = (uint16_t)attr;
			if (c->width != 1) /* both halves look the same */
				c[c->width ? 1 : -1].attr = (uint16_t)attr;
		}
	}
}

void grid_hline(struct grid *g, int row, int col, int cols, unsigned attr)
{
	for (int i = 0; i < cols && col + i < g->cols; i++)
		cell_put(g, row, col + i, attr, "\xE2\x94\x80", 3, 1);
}

void grid_frame(struct grid *g, struct area a, unsigned attr)
{
	int right = a.col + a.cols - 1, bottom = a.row + a.rows - 1;

	grid_fill(g, a, attr);
	grid_hline(g, a.row, a.col, a.cols, attr);
	grid_hline(g, bottom, a.col, a.cols, attr);
	for (int row = a.row + 1; row < bottom; row++) {
		cell_put(g, row, a.col, attr, "\xE2\x94\x82", 3, 1);
		cell_put(g, row, right, attr, "\xE2\x94\x82", 3, 1);
	}
	cell_put(g, a.row, a.col, attr, "\xE2\x94\x8C", 3, 1);
	cell_put(g, a.row, right, attr, "\xE2\x94\x90", 3, 1);
	cell_put(g, bottom, a.col, attr, "\xE2\x94\x94", 3, 1);
	cell_put(g, bottom, right, attr, "\xE2\x94\x98", 3, 1);
}

void grid_place_cursor(struct grid *g, int row, int col)
{
	bool inside = at(g, row, col) != NULL;

	g->cursor_row = inside ? row : -1;
	g->cursor_col = inside ? col : -1;
}

void grid_hide_cursor(struct grid *g)
{
	g->cursor_row = g->cursor_col = -1;
}

bool grid_equal(const struct grid *a, const struct grid *b)
{
	return a->rows == b->rows && a->cols == b->cols && a->cursor_row == b->cursor_row &&
	       a->cursor_col == b->cursor_col &&
	       memcmp(a->cells, b->cells, (size_t)(a->rows * a->cols) * sizeof *a->cells) == 0;
}

enum fault_code grid_copy(struct grid *dst, const struct grid *src)
{
	if (dst->rows != src->rows || dst->cols != src->cols) {
		enum fault_code code = grid_resize(dst, src->rows, src->cols);

		if (code != FAULT_NONE)
			return code;
	}
	memcpy(dst->cells, src->cells, (size_t)(src->rows * src->cols) * sizeof *src->cells);
	dst->cursor_row = src->cursor_row;
	dst->cursor_col = src->cursor_col;
	return FAULT_NONE;
}

/* A cell of a row and column that are in the grid. */
static const struct cell *known(const struct grid *g, int row, int col)
{
	return &g->cells[row * g->cols + col];
}

/* Columns of a row up to its last cell that is not a plain blank (of text, or
 * of attribute). */
static int used_cols(const struct grid *g, int row, bool by_attr)
{
	int col = row >= 0 && row < g->rows ? g->cols : 0;

	for (; col > 0; col--) {
		const struct cell *c = known(g, row, col - 1);

		if (by_attr ? c->attr != ATTR_PLAIN : c->len != 1 || c->bytes[0] != ' ')
			break;
	}
	return col;
}

void grid_row_text(const struct grid *g, int row, struct buffer *out)
{
	for (int col = 0, end = used_cols(g, row, false); col < end; col++)
		buffer_add(out, known(g, row, col)->bytes, known(g, row, col)->len);
}

void grid_dump(const struct grid *g, struct buffer *out)
{
	for (int row = 0; row < g->rows; row++) {
		grid_row_text(g, row, out);
		buffer_add_byte(out, '\n');
	}
}

static char attr_letter(unsigned attr)
{
	switch (attr & ATTR_LOOKS) {
	case ATTR_PLAIN: return ".GBNTPI?"[attr >> 8 & 7];
	case ATTR_BOLD: return 'b';
	case ATTR_DIM: return 'd';
	case ATTR_UNDERLINE: return 'u';
	case ATTR_REVERSE: return 'r';
	case ATTR_STANDOUT: return 's';
	default: return '+';
	}
}

void grid_dump_attr(const struct grid *g, struct buffer *out)
{
	for (int row = 0; row < g->rows; row++) {
		for (int col = 0, end = used_cols(g, row, true); col < end; col++)
			buffer_add_byte(out, (unsigned char)attr_letter(known(g, row, col)->attr));
		buffer_add_byte(out, '\n');
	}
}
