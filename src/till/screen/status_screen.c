/* What the till is and holds, and how long it lets people wait. */
#include <stdio.h>

#include "screen/loop.h"

static int put(struct grid *grid, int row, const char *label, const char *text)
{
	grid_put_field(grid, row, 2, 30, ALIGN_LEFT, ATTR_DIM, label);
	grid_put_field(grid, row, 33, grid->cols - 34, ALIGN_LEFT, ATTR_PLAIN, text);
	return row + 1;
}

static void times(const struct latency *l, char *out, size_t size)
{
	uint32_t half = latency_percentile(l, 50), most = latency_percentile(l, 99);

	if (l->n == 0)
		snprintf(out, size, "%s", _("none yet"));
	else
		snprintf(out, size, _("p50 %u.%02u ms   p99 %u.%02u ms   (of %zu)"), half / 1000, half % 1000 / 10,
			 most / 1000, most % 1000 / 10, l->n < LATENCY_KEPT ? l->n : (size_t)LATENCY_KEPT);
}

static int put_journal(struct screen_loop *loop, struct grid *grid, int row)
{
	uint8_t hash[JOURNAL_HASH_BYTES] = { 0 };
	char text[160];
	uint64_t seq;

	if (agent_suspect(loop->context.agent))
		return put(grid, row, _("Journal"), _("checked again after a disk error"));
	seq = journal_head(agent_journal(loop->context.agent), hash);
	snprintf(text, sizeof text, _("entry %llu, hash %02x%02x%02x%02x"), (unsigned long long)seq, hash[0],
		 hash[1], hash[2], hash[3]);
	return put(grid, row, _("Journal"), text);
}

static int put_catalog(struct screen_loop *loop, struct grid *grid, int row)
{
	struct catalog_meta meta = catalog_store_meta(agent_catalog(loop->context.agent));
	struct instant at = { meta.imported_utc_ms, agent_now(loop->context.agent).offset_min };
	instant_text when;
	char text[160];

	instant_format(at, when);
	if (meta.products == 0)
		return put(grid, row, _("Catalogue"), _("empty: guitai catalog import FILE fills it"));
	snprintf(text, sizeof text, _("%lld products, imported %s"), (long long)meta.products, when);
	return put(grid, row, _("Catalogue"), text);
}

static void status_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	const struct counter *c = loop_counter(loop);
	char text[160];
	int row = body.row + 1;

	(void)state;
	snprintf(text, sizeof text, "Guitai %s", loop->context.version);
	row = put(grid, row, _("Version"), text);
	row = put(grid, row, _("Name of the shop"), c->shop);
	row = put(grid, row, _("Till"), c->till) + 1;
	times(&loop->key_times, text, sizeof text);
	row = put(grid, row, _("Key to paint"), text);
	times(&loop->line_times, text, sizeof text);
	row = put(grid, row, _("Scan to line"), text) + 1;
	row = put_journal(loop, grid, row);
	row = put_catalog(loop, grid, row);
	snprintf(text, sizeof text, "%zu", c->n_print_jobs);
	row = put(grid, row, _("Prints under way"), text);
	snprintf(text, sizeof text, "%llu", (unsigned long long)c->order_numbers);
	row = put(grid, row, _("Orders so far"), text);
	snprintf(text, sizeof text, _("%dx%d, %s, %s"), grid->cols, grid->rows,
		 term_is_utf8(loop->context.term) ? "UTF-8" : "ASCII",
		 term_has_color(loop->context.term) ? _("colours") : _("monochrome"));
	put(grid, row, _("Terminal"), text);
	grid_place_cursor(grid, grid->rows - 3, 1);
}

const struct screen_ops status_screen = {
	.paint = status_paint,
};
