/* Rows that only moved: the terminal moves them, so that a line added to a
 * full list costs one line and not the whole list. */
#include <string.h>

#include "term/paint.h"

enum {
	MOST_ROWS = 12, /* the farthest move that is looked for */
	LEAST_GAIN = 40 /* bytes saved that make it worth the region's commands */
};

/* Rows first … last of the screen that shift by `by` rows (up when positive). */
struct move {
	int first, last, by, gain;
};

static const struct cell *row_of(const struct grid *g, int row)
{
	return &g->cells[row * g->cols];
}

static bool rows_equal(const struct grid *a, int row_a, const struct grid *b, int row_b)
{
	return memcmp(row_of(a, row_a), row_of(b, row_b), (size_t)a->cols * sizeof *a->cells) == 0;
}

/* About how many bytes it costs to turn one row into another. */
static int cost(const struct grid *have, int from, const struct grid *want, int to)
{
	int bytes = 0;

	for (int col = 0; col < want->cols; col++)
		if (memcmp(&row_of(have, from)[col], &row_of(want, to)[col], sizeof(struct cell)) != 0)
			bytes += row_of(want, to)[col].len;
	return bytes;
}

/* The best run of rows that stand `by` rows away from where they should. */
static void try_shift(const struct painter *p, const struct grid *g, int by, struct move *best)
{
	for (int row = 0; row < g->rows; row++) {
		struct move m = { row, row, by, 0 };

		while (row < g->rows && row + by >= 0 && row + by < g->rows &&
		       rows_equal(&p->shown, row + by, g, row)) {
			m.gain += cost(&p->shown, row, g, row);
			row++;
		}
		if (row == m.first)
			continue;
		m.last = by > 0 ? row - 1 + by : row - 1;
		m.first = by > 0 ? m.first : m.first + by;
		if (m.gain > best->gain)
			*best = m;
	}
}

/* What the scrolled-in blank rows cost over writing on the rows there now. */
static int penalty(const struct painter *p, const struct grid *g, const struct move *m)
{
	int n = m->by > 0 ? m->by : -m->by, start = m->by > 0 ? m->last - n + 1 : m->first;
	int bytes = 0;

	for (int row = start; row < start + n; row++) {
		for (int col = 0; col < g->cols; col++)
			bytes += row_of(g, row)[col].bytes[0] != ' ' ? row_of(g, row)[col].len : 0;
		bytes -= cost(&p->shown, row, g, row);
	}
	return bytes > 0 ? bytes : 0;
}

/* The shadow follows: rows shift, the rows that come in are blank. */
static void shift_shown(struct grid *g, const struct move *m)
{
	int n = m->by > 0 ? m->by : -m->by, kept = m->last - m->first + 1 - n;
	int to = m->by > 0 ? m->first : m->first + n, from = m->by > 0 ? m->first + n : m->first;
	int blank = m->by > 0 ? m->last - n + 1 : m->first;

	memmove(&g->cells[to * g->cols], &g->cells[from * g->cols],
		(size_t)(kept * g->cols) * sizeof *g->cells);
	grid_fill(g, (struct area){ blank, 0, n, g->cols }, ATTR_PLAIN);
}

void painter_scroll(struct painter *p, const struct grid *g)
{
	struct move best = { 0, 0, 0, 0 };
	int n;

	if (!p->info->caps[CAP_SCROLL_REGION][0] || !p->info->caps[CAP_SCROLL_UP][0] ||
	    !p->info->caps[CAP_SCROLL_DOWN][0])
		return;
	for (int by = 1; by <= MOST_ROWS && by < g->rows; by++) {
		try_shift(p, g, by, &best);
		try_shift(p, g, -by, &best);
	}
	if (best.by == 0 || best.gain - penalty(p, g, &best) < LEAST_GAIN)
		return;
	n = best.by > 0 ? best.by : -best.by;
	painter_pen(p, ATTR_PLAIN);
	terminfo_add(p->info, &p->out, CAP_SCROLL_REGION, best.first, best.last);
	p->row = p->col = -1;
	painter_goto(p, best.by > 0 ? best.last : best.first, 0);
	while (n--)
		terminfo_add(p->info, &p->out, best.by > 0 ? CAP_SCROLL_UP : CAP_SCROLL_DOWN, 0, 0);
	terminfo_add(p->info, &p->out, CAP_SCROLL_REGION, 0, g->rows - 1);
	p->row = p->col = -1;
	shift_shown(&p->shown, &best);
}
