/* Lines are broken once a width, then only looked at. */
#include "term/pager.h"

#include <stdlib.h>
#include <string.h>

#include "term/wrap.h"

enum { LINE_BYTES = GRID_MAX_COLS * 4 + 1 };

enum fault_code pager_set(struct pager *p, const char *text)
{
	char *copy;

	if (strlen(text) > PAGER_BYTES)
		return FAULT_LIMIT_REACHED;
	copy = strdup(text);
	if (!copy)
		return FAULT_OUT_OF_MEMORY;
	for (char *c = copy; *c; c++)
		if (*c == '\t')
			*c = ' ';
	free(p->text);
	p->text = copy;
	p->cols = 0;
	p->top = p->line_count = 0;
	return FAULT_NONE;
}

void pager_release(struct pager *p)
{
	if (!p)
		return;
	free(p->text);
	free(p->lines);
	*p = (struct pager)PAGER_INIT;
}

static void break_lines(struct pager *p, int cols)
{
	const char *at = p->text ? p->text : "", *line;
	size_t len;

	p->cols = cols;
	p->line_count = 0;
	while (wrap_next(&at, (size_t)cols, &line, &len)) {
		if (!vector_reserve((void **)&p->lines, &p->line_cap, p->line_count + 1,
				    sizeof *p->lines, PAGER_LINES))
			return;
		p->lines[p->line_count++] = (struct pager_line){ (size_t)(line - p->text), len };
	}
}

static size_t last_top(const struct pager *p)
{
	size_t rows = (size_t)p->page_rows;

	return p->line_count > rows ? p->line_count - rows : 0;
}

static void go(struct pager *p, size_t top)
{
	p->top = top < last_top(p) ? top : last_top(p);
}

bool pager_key(struct pager *p, struct key key)
{
	size_t page = p->page_rows > 1 ? (size_t)p->page_rows - 1 : 1;

	if (key.mods)
		return false;
	if (key.code == KEY_UP)
		go(p, p->top ? p->top - 1 : 0);
	else if (key.code == KEY_DOWN)
		go(p, p->top + 1);
	else if (key.code == KEY_PAGE_UP)
		go(p, p->top > page ? p->top - page : 0);
	else if (key.code == KEY_PAGE_DOWN || key_is(key, ' '))
		go(p, p->top + page);
	else if (key.code == KEY_HOME)
		go(p, 0);
	else if (key.code == KEY_END)
		go(p, SIZE_MAX);
	else
		return false;
	return true;
}

void pager_paint(struct pager *p, struct grid *grid, struct area area)
{
	grid_fill(grid, area, ATTR_PLAIN);
	if (area.rows < 1 || area.cols < 1)
		return;
	p->page_rows = area.rows;
	if (p->cols != area.cols)
		break_lines(p, area.cols);
	go(p, p->top);
	for (int i = 0; i < area.rows && p->top + (size_t)i < p->line_count; i++) {
		const struct pager_line *l = &p->lines[p->top + (size_t)i];
		char copy[LINE_BYTES];
		size_t len = l->len < sizeof copy ? l->len : sizeof copy - 1;

		memcpy(copy, p->text + l->start, len);
		copy[len] = '\0';
		grid_put_field(grid, area.row + i, area.col, area.cols, ALIGN_LEFT, ATTR_PLAIN, copy);
	}
}

bool pager_more(const struct pager *p)
{
	return p->top + (size_t)p->page_rows < p->line_count;
}
