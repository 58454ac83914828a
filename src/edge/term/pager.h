/* A long text read a page at a time. */
#ifndef TERM_PAGER_H
#define TERM_PAGER_H

#include "term/grid.h"
#include "term/keys.h"

enum { PAGER_BYTES = 1 << 20, PAGER_LINES = 1 << 16 };

struct pager_line {
	size_t start, len;
};

struct pager {
	char *text;
	struct pager_line *lines;
	size_t line_count, line_cap;
	int cols;       /* the width the lines were broken for */
	size_t top;     /* the first line shown */
	int page_rows;  /* rows at the last paint */
};

#define PAGER_INIT { NULL, NULL, 0, 0, 0, 0, 1 }

/* Takes a copy of the text (blanks for tabs) and goes to its start.
 * FAULT_LIMIT_REACHED above PAGER_BYTES, FAULT_OUT_OF_MEMORY; the old text
 * stays then. */
enum fault_code pager_set(struct pager *p, const char *text);
void pager_release(struct pager *p);

/* Up, Down, PgUp, PgDn, Space, Home, End; false for any other key. */
bool pager_key(struct pager *p, struct key key);

/* Draws what fits; lines are broken anew when the width changed. */
void pager_paint(struct pager *p, struct grid *grid, struct area area);

/* Whether there is more below what the last paint showed. */
bool pager_more(const struct pager *p);

#endif
