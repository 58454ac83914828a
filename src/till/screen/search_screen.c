/* Search as it is typed: pinyin initials, parts of names, parts of codes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screen/loop.h"
#include "term/list.h"

enum { QUERY_CHARS = 60, PRICE_COLS = 12, CODE_COLS = 16 };

struct search {
	struct field query;
	struct agent_item item;     /* what was typed before the first letter */
	bool for_price;
	bool stale;                 /* the query changed since it was looked up */
	bool more;
	struct list list;
	struct product *found;      /* CATALOG_SEARCH_MAX, made when first needed */
	size_t n;
};

static void enter_search(struct screen_loop *loop, void *state)
{
	struct search *s = state;

	field_init(&s->query, QUERY_CHARS, false);
	field_set(&s->query, loop->handover.text);
	s->item = loop->handover.item;
	s->for_price = loop->handover.for_price;
	s->list = (struct list)LIST_INIT;
	s->stale = true;
	if (!s->found)
		s->found = calloc(CATALOG_SEARCH_MAX, sizeof *s->found);
	loop->handover.text[0] = '\0';
}

/* Looks up once for all keys that came together. */
static void look_up(struct screen_loop *loop, struct search *s)
{
	size_t limit = (size_t)loop->context.settings->search_limit;
	struct fault fault;

	if (!s->stale)
		return;
	s->stale = false;
	s->n = 0;
	s->more = false;
	if (s->found && s->query.len &&
	    catalog_store_search(agent_catalog(loop->context.agent), s->query.text, s->found,
				 limit < CATALOG_SEARCH_MAX ? limit : CATALOG_SEARCH_MAX, &s->n, &s->more,
				 &fault)) {
		s->n = 0;
		say_fault(loop, &fault);
	}
	s->list = (struct list)LIST_INIT;
	list_set_count(&s->list, s->n);
}

static struct reaction choose(struct screen_loop *loop, struct search *s)
{
	struct agent_found found = { .kind = SCAN_PLAIN, .is_product = true };
	struct agent_item item = s->item;
	struct fault fault;
	struct reaction reaction;
	bool sold;

	look_up(loop, s);
	if (s->query.len == 0)
		return STAY;
	if (s->n == 0) {
		fault_set(&fault, FAULT_CATALOG_UNKNOWN_CODE, s->query.text, NULL);
		say_fault(loop, &fault);
		return STAY;
	}
	found.product = s->found[s->list.selected];
	if (s->for_price) {
		loop->handover.found = found;
		return BACK;
	}
	reaction = sale_found(loop, &found, &item, &sold);
	return reaction;
}

static struct reaction search_key(struct screen_loop *loop, void *state, struct key key)
{
	struct search *s = state;

	if (key.code == KEY_ENTER)
		return choose(loop, s);
	look_up(loop, s);
	if (key.code != KEY_HOME && key.code != KEY_END && list_key(&s->list, key))
		return STAY;
	if (key.code == KEY_BACKSPACE && s->query.len == 0)
		return BACK;
	if (!field_key(&s->query, key))
		return PASS;
	s->stale = true;
	return STAY;
}

static struct field *search_field(void *state, enum field_kind *ret_kind)
{
	struct search *s = state;

	*ret_kind = FIELD_SEARCH;
	return &s->query;
}

static void search_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	const struct search *s = state;

	(void)loop;
	snprintf(out, size, "%s", s->for_price ? _("Price of") : s->item.is_return ? _("Return") : _("Search"));
}

static void paint_product(void *context, size_t index, bool selected, struct grid *grid,
			  struct area line, unsigned attr)
{
	const struct search *s = context;
	const struct product *p = &s->found[index];
	int price = line.col + line.cols - PRICE_COLS - 1, code = price - CODE_COLS - 1;
	product_name name;
	money_text amount;

	(void)selected;
	product_title(p, name);
	grid_put_field(grid, line.row, line.col, code - line.col - 1, ALIGN_LEFT, attr, name);
	grid_put_field(grid, line.row, code, CODE_COLS, ALIGN_LEFT, attr, p->code);
	grid_put_field(grid, line.row, price, PRICE_COLS, ALIGN_RIGHT, attr,
		       p->has_price ? amount_text(p->price.minor, amount) : "-");
}

static void search_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct search *s = state;
	struct area area = { body.row + 1, body.col, body.rows - 1, body.cols };
	char text[160];

	look_up(loop, s);
	if (s->query.len == 0)
		snprintf(text, sizeof text, "%s", _("A part of the name, pinyin initials, or a part of the code"));
	else if (s->n == 0)
		snprintf(text, sizeof text, "%s", _("Nothing found"));
	else if (s->more)
		snprintf(text, sizeof text, _("The first %zu; type more to see fewer"), s->n);
	else
		snprintf(text, sizeof text, _("Found: %zu"), s->n);
	grid_put_text(grid, body.row, 2, ATTR_DIM, text);
	list_paint(&s->list, grid, area, ATTR_BOLD, paint_product, s);
}

static void release_search(void *state)
{
	struct search *s = state;

	free(s->found);
}

static const char *search_enter_word(struct screen_loop *loop, void *state)
{
	const struct search *s = state;

	(void)loop;
	return s->for_price ? _("Show") : _("Put on the order");
}

const struct screen_ops search_screen = {
	.state_size = sizeof(struct search),
	.enter = enter_search,
	.key = search_key,
	.field = search_field,
	.prompt = search_prompt,
	.paint = search_paint,
	.release = release_search,
	.enter_word = search_enter_word,
};
