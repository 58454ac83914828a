/* Selection and paging over rows that only the caller knows. */
#include "term/list.h"

enum { MARKER_COLS = 2 };

void list_set_count(struct list *l, size_t count)
{
	l->count = count;
	list_select(l, l->selected);
}

void list_select(struct list *l, size_t index)
{
	l->selected = index < l->count ? index : l->count ? l->count - 1 : 0;
}

bool list_key(struct list *l, struct key key)
{
	size_t page = l->page_rows > 1 ? (size_t)l->page_rows - 1 : 1, at = l->selected;

	if (key.mods)
		return false;
	if (key.code == KEY_UP)
		list_select(l, at > 0 ? at - 1 : 0);
	else if (key.code == KEY_DOWN)
		list_select(l, at + 1);
	else if (key.code == KEY_PAGE_UP)
		list_select(l, at > page ? at - page : 0);
	else if (key.code == KEY_PAGE_DOWN)
		list_select(l, at + page);
	else if (key.code == KEY_HOME)
		list_select(l, 0);
	else if (key.code == KEY_END)
		list_select(l, SIZE_MAX);
	else
		return false;
	return true;
}

static void keep_in_view(struct list *l, size_t rows)
{
	if (l->selected < l->top)
		l->top = l->selected;
	if (l->selected >= l->top + rows)
		l->top = l->selected - rows + 1;
	if (l->count <= rows)
		l->top = 0;
	else if (l->top > l->count - rows)
		l->top = l->count - rows;
}

void list_paint(struct list *l, struct grid *grid, struct area area, unsigned selected_attr,
		list_row_fn *row, void *context)
{
	if (area.rows < 1)
		return;
	l->page_rows = area.rows;
	keep_in_view(l, (size_t)area.rows);
	grid_fill(grid, area, ATTR_PLAIN);
	for (int i = 0; i < area.rows && l->top + (size_t)i < l->count; i++) {
		size_t index = l->top + (size_t)i;
		bool selected = index == l->selected;
		struct area line = { area.row + i, area.col + MARKER_COLS, 1,
				     area.cols - MARKER_COLS };

		if (selected)
			grid_put_text(grid, area.row + i, area.col, ATTR_BOLD, "\xE2\x96\xB8");
		row(context, index, selected, grid, line, selected ? selected_attr : ATTR_PLAIN);
	}
}
