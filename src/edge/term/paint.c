/* The painter: compares cells with those last sent and writes the difference.
 *
 * Every paint ends with plain attributes and the cursor on the active field,
 * so that a clock tick far away from it can save the cursor, write its digit
 * and restore it: eleven bytes. */
#include "term/paint.h"

#include <string.h>

#include "base/utf8.h"
#include "term/move.h"

/* Unchanged cells cheaper to write again than to jump over. */
enum { GAP_BYTES = 4 };

/* A blank tail at least this long is cleared instead of written. */
enum { TAIL_COLS = 4 };

void painter_init(struct painter *p, const struct terminfo *info, bool utf8, bool color)
{
	*p = (struct painter){ .info = info, .utf8 = utf8, .color = color, .row = -1, .col = -1,
			       .shown = GRID_INIT, .out = BUFFER_INIT(PAINT_LIMIT) };
}

void painter_release(struct painter *p)
{
	if (!p)
		return;
	grid_release(&p->shown);
	buffer_release(&p->out);
}

void painter_forget(struct painter *p)
{
	p->known = false;
}

static void add(struct painter *p, enum cap cap)
{
	terminfo_add(p->info, &p->out, cap, 0, 0);
}

void painter_goto(struct painter *p, int row, int col)
{
	if (row == p->row && col == p->col)
		return;
	move_cursor(p->info, &p->out, p->row, p->col, row, col);
	p->row = row;
	p->col = col;
}

static void pen_color(struct painter *p, unsigned role)
{
	static const signed char colors[][2] = { /* foreground, background; -1: the theme's */
		[ATTR_GOOD >> 8] = { 2, -1 }, [ATTR_BAD >> 8] = { 1, -1 },
		[ATTR_NOTE >> 8] = { 3, -1 }, [ATTR_TITLE >> 8] = { 6, -1 },
		[ATTR_PAPER >> 8] = { 0, 7 }, [ATTR_INK >> 8] = { 7, 0 },
	};
	size_t i = role >> 8;

	if (i == 0 || i >= sizeof colors / sizeof colors[0])
		return;
	/* Bright white where there are 16 colours: 7 is grey in many themes. */
	for (int ground = 0; ground < 2; ground++) {
		int color = colors[i][ground];

		if (color == 7 && p->info->colors >= 16)
			color = 15;
		if (color >= 0)
			terminfo_add(p->info, &p->out, ground ? CAP_BACKGROUND : CAP_FOREGROUND, color, 0);
	}
}

/* Whether the pen can become attr without becoming plain first: QR symbols
 * change between black and white at every other cell. */
static bool writes_over(const struct painter *p, unsigned attr)
{
	if (p->pen == ATTR_PLAIN || (p->pen == ATTR_INK && !p->color))
		return true;
	return p->color && (p->pen == ATTR_INK || p->pen == ATTR_PAPER) &&
	       (attr == ATTR_INK || attr == ATTR_PAPER);
}

void painter_pen(struct painter *p, unsigned attr)
{
	unsigned role = attr & ATTR_ROLES;

	if (attr == p->pen)
		return;
	if (!writes_over(p, attr))
		add(p, CAP_ATTR_OFF);
	p->pen = attr;
	if (role == ATTR_PAPER && !p->color)
		attr ^= ATTR_REVERSE;
	if (attr & ATTR_BOLD)
		add(p, CAP_BOLD);
	if (attr & ATTR_DIM)
		add(p, CAP_DIM);
	if (attr & ATTR_UNDERLINE)
		add(p, CAP_UNDERLINE);
	if (attr & ATTR_REVERSE)
		add(p, CAP_REVERSE);
	if (attr & ATTR_STANDOUT)
		add(p, CAP_STANDOUT);
	if (role && p->color)
		pen_color(p, role);
}

/* Whether every terminal agrees with our table about the cell's width; after
 * another one the cursor's column is not trusted. */
static bool width_is_sure(const struct cell *c)
{
	uint32_t cp;

	if (c->len == 1)
		return true;
	if (utf8_decode(c->bytes, c->len, &cp) != c->len)
		return false;
	return (cp >= 0xA1 && cp < 0x250 && cp != 0xAD) || (cp >= 0x370 && cp < 0x483) ||
	       (cp >= 0x2010 && cp <= 0x2027) || cp == 0x20AC || (cp >= 0x2500 && cp <= 0x25CF) ||
	       (cp >= 0x2E80 && cp < 0xA4D0) || (cp >= 0xAC00 && cp < 0xD7A4) ||
	       (cp >= 0xF900 && cp < 0xFB00) || (cp >= 0xFF01 && cp < 0xFFE7) || cp == 0xFFFD;
}

static void write_cell(struct painter *p, const struct cell *c)
{
	uint32_t cp;

	painter_pen(p, c->attr);
	if (p->utf8 || c->len == 1) {
		buffer_add(&p->out, c->bytes, c->len);
	} else {
		char ascii;

		utf8_decode(c->bytes, c->len, &cp);
		ascii = painter_ascii(cp);
		buffer_add_byte(&p->out, (unsigned char)ascii);
		if (c->width == 2)
			buffer_add_byte(&p->out, ascii == '?' ? '?' : ' ');
	}
	p->col += c->width;
	if (p->col >= p->shown.cols || (p->utf8 && !width_is_sure(c)))
		p->row = p->col = -1;
}

static bool same(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

static bool is_blank(const struct cell *c)
{
	return c->len == 1 && c->bytes[0] == ' ' && c->attr == ATTR_PLAIN;
}

/* Goes to (row, col): by writing the few unchanged cells in between again
 * when that is shorter than a jump. */
static void approach(struct painter *p, const struct cell *cells, int row, int col)
{
	size_t bytes = 0;
	int from = p->col;

	if (p->row == row && from >= 0 && from < col) {
		for (int c = from; c < col; c++)
			bytes += cells[c].attr == p->pen && width_is_sure(&cells[c]) ? cells[c].len
										     : GAP_BYTES + 1u;
		if (bytes <= GAP_BYTES) {
			for (int c = from; c < col; c++)
				if (cells[c].width)
					write_cell(p, &cells[c]);
			return;
		}
	}
	painter_goto(p, row, col);
}

/* The column from which the row is blank in g and worth clearing at once. */
static int blank_tail(const struct painter *p, const struct cell *want, const struct cell *have)
{
	int cols = p->shown.cols, tail = cols, differ = 0;

	while (tail > 0 && is_blank(&want[tail - 1])) {
		tail--;
		differ += !same(&want[tail], &have[tail]);
	}
	return differ >= TAIL_COLS && p->info->caps[CAP_CLEAR_EOL][0] ? tail : cols;
}

static void paint_row(struct painter *p, const struct grid *g, int row)
{
	const struct cell *want = &g->cells[row * g->cols];
	struct cell *have = &p->shown.cells[row * g->cols];
	int tail = blank_tail(p, want, have);
	int end = row == g->rows - 1 && tail == g->cols && !p->info->corner_safe ? tail - 1 : tail;

	for (int col = 0; col < end; col++) {
		if (same(&want[col], &have[col]) || want[col].width == 0)
			continue;
		approach(p, want, row, col);
		write_cell(p, &want[col]);
	}
	if (tail < g->cols) {
		painter_goto(p, row, tail);
		painter_pen(p, ATTR_PLAIN);
		add(p, CAP_CLEAR_EOL);
	}
	memcpy(have, want, (size_t)g->cols * sizeof *have);
}

static bool row_differs(const struct painter *p, const struct grid *g, int row)
{
	return memcmp(&g->cells[row * g->cols], &p->shown.cells[row * g->cols],
		      (size_t)g->cols * sizeof *g->cells) != 0;
}

static enum fault_code start_over(struct painter *p, const struct grid *g)
{
	if (p->shown.rows != g->rows || p->shown.cols != g->cols) {
		enum fault_code code = grid_resize(&p->shown, g->rows, g->cols);

		if (code != FAULT_NONE)
			return code;
	}
	grid_clear(&p->shown);
	add(p, CAP_ATTR_OFF);
	add(p, CAP_CLEAR);
	add(p, CAP_SHOW_CURSOR);
	p->cursor_hidden = false;
	p->pen = ATTR_PLAIN;
	p->row = p->col = 0;
	p->known = true;
	return FAULT_NONE;
}

/* Saving and restoring the cursor beats coming back when little is written. */
static bool may_save(const struct painter *p, const struct grid *g, int changed_rows)
{
	const char (*caps)[CAP_SIZE] = p->info->caps;

	return changed_rows == 1 && p->row >= 0 && p->row == g->cursor_row &&
	       p->col == g->cursor_col && !row_differs(p, g, p->row) &&
	       caps[CAP_SAVE_CURSOR][0] && strlen(caps[CAP_SAVE_CURSOR]) <= 2 &&
	       caps[CAP_RESTORE_CURSOR][0] && strlen(caps[CAP_RESTORE_CURSOR]) <= 2;
}

static void settle_cursor(struct painter *p, const struct grid *g)
{
	bool hide = g->cursor_row < 0;

	painter_pen(p, ATTR_PLAIN);
	if (!hide)
		painter_goto(p, g->cursor_row, g->cursor_col);
	if (hide != p->cursor_hidden)
		add(p, hide ? CAP_HIDE_CURSOR : CAP_SHOW_CURSOR);
	p->cursor_hidden = hide;
}

enum fault_code painter_paint(struct painter *p, const struct grid *g)
{
	int changed = 0, home_row, home_col;
	bool saved;

	if (!p->known || p->shown.rows != g->rows || p->shown.cols != g->cols) {
		enum fault_code code = start_over(p, g);

		if (code != FAULT_NONE)
			return code;
	}
	for (int row = 0; row < g->rows; row++)
		changed += row_differs(p, g, row);
	if (changed >= 3)
		painter_scroll(p, g);
	home_row = p->row;
	home_col = p->col;
	saved = may_save(p, g, changed);
	if (saved)
		add(p, CAP_SAVE_CURSOR);
	for (int row = 0; row < g->rows && changed; row++)
		if (row_differs(p, g, row))
			paint_row(p, g, row);
	painter_pen(p, ATTR_PLAIN);
	if (saved) {
		add(p, CAP_RESTORE_CURSOR);
		p->row = home_row;
		p->col = home_col;
	}
	settle_cursor(p, g);
	p->shown.cursor_row = g->cursor_row;
	p->shown.cursor_col = g->cursor_col;
	return FAULT_NONE;
}
