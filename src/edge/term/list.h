/* A scrolling list: rows come from a callback, so a million cost nothing. */
#ifndef TERM_LIST_H
#define TERM_LIST_H

#include "term/grid.h"
#include "term/keys.h"

struct list {
	size_t count;
	size_t selected; /* < count; 0 when empty */
	size_t top;      /* the first row shown */
	int page_rows;   /* rows at the last paint; what PgUp and PgDn move by */
};

/* Draws row `index` into `line` (one row of the grid). `selected` rows should
 * be drawn with `attr`; the marker stands in the two columns before. */
typedef void list_row_fn(void *context, size_t index, bool selected, struct grid *grid,
			 struct area line, unsigned attr);

#define LIST_INIT { 0, 0, 0, 1 }

/* A new number of rows; the selection stays inside. */
void list_set_count(struct list *l, size_t count);

/* Selects a row (the last when too large). */
void list_select(struct list *l, size_t index);

/* Moves by Up, Down, PgUp, PgDn, Home, End; false for any other key. */
bool list_key(struct list *l, struct key key);

/* Draws the rows that fit, the selected one among them, with U+25B8 before it
 * and `selected_attr` for its text. */
void list_paint(struct list *l, struct grid *grid, struct area area, unsigned selected_attr,
		list_row_fn *row, void *context);

#endif
