/* Items flow like words; the least important go until the rest fits. */
#include "term/keybar.h"

#include "base/width.h"

enum { ITEM_GAP = 2 };

static int item_cols(const struct keybar_item *item)
{
	return (int)width_of_text(item->key) + 1 + (int)width_of_text(item->word);
}

/* Where an item goes after the one that ended at *col of *row. */
static void advance(int cols, int width, int *row, int *col)
{
	int gap = *col ? ITEM_GAP : 0;

	if (*col && *col + gap + width > cols) {
		++*row;
		*col = gap = 0;
	}
	*col += gap;
}

static bool fits(struct area area, const struct keybar_item *items, size_t n, const bool *shown)
{
	int row = 0, col = 0;

	for (size_t i = 0; i < n; i++) {
		if (!shown[i])
			continue;
		advance(area.cols, item_cols(&items[i]), &row, &col);
		col += item_cols(&items[i]);
		if (row >= area.rows || col > area.cols)
			return false;
	}
	return true;
}

static void drop_least(const struct keybar_item *items, size_t n, bool *shown)
{
	size_t least = n;

	for (size_t i = 0; i < n; i++)
		if (shown[i] && (least == n || items[i].priority >= items[least].priority))
			least = i;
	if (least < n)
		shown[least] = false;
}

size_t keybar_paint(struct grid *grid, struct area area, const struct keybar_item *items, size_t n)
{
	bool shown[KEYBAR_ITEMS];
	size_t count = 0;
	int row = 0, col = 0;

	n = n < KEYBAR_ITEMS ? n : KEYBAR_ITEMS;
	for (size_t i = 0; i < n; i++)
		shown[i] = true;
	while (!fits(area, items, n, shown))
		drop_least(items, n, shown);
	grid_fill(grid, area, ATTR_PLAIN);
	for (size_t i = 0; i < n; i++) {
		if (!shown[i])
			continue;
		advance(area.cols, item_cols(&items[i]), &row, &col);
		col += grid_put_text(grid, area.row + row, area.col + col, ATTR_REVERSE, items[i].key);
		col += 1 + grid_put_text(grid, area.row + row, area.col + col + 1, ATTR_PLAIN,
					 items[i].word);
		count++;
	}
	return count;
}
