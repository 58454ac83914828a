/* The bottom line that says which key does what. */
#ifndef TERM_KEYBAR_H
#define TERM_KEYBAR_H

#include "term/grid.h"

/* A key's label ("F9"), its word ("QR"), and how much it matters: when not all
 * fit, items go from the largest `priority` down, the later one first. */
struct keybar_item {
	const char *key, *word;
	int priority;
};

enum { KEYBAR_ITEMS = 64 };

/* Lays the items into the rows of the area, in their order: keys reversed,
 * words plain, two blanks between items. Returns how many were shown. */
size_t keybar_paint(struct grid *grid, struct area area, const struct keybar_item *items, size_t n);

#endif
