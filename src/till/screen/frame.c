/* What all screens have in common: the top line, the message, the input line
 * and the key bar. */
#include "screen/loop.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/width.h"
#include "term/wrap.h"

enum { TOP_ROWS = 2, MESSAGE_ROWS = 2, BAR_ROWS = 2, LINE_BYTES = 2048, SECRET_DIGITS = 16,
       MINUTE_MS = 60000 };

/* ---- the top line -------------------------------------------------------------- */

static void top_left(const struct screen_loop *loop, char *out, size_t size)
{
	const struct counter *c = loop_counter(loop);
	const struct settings *s = loop->context.settings;
	const struct cashier *cashier = loop->open[0] == SCREEN_LOGIN ? NULL : counter_operator(c);
	const char *store = s->store_id[0] ? s->store_id : c->store;
	const char *shop = s->shop_name[0] ? s->shop_name : c->shop;
	char till[64], line[LINE_BYTES];

	snprintf(till, sizeof till, _("Till %s"), c->till);
	/* Training stands first, so that no long name pushes it off the screen. */
	snprintf(line, sizeof line, " %s%s%s%s · %s%s%s", c->training ? _("TRAINING · ") : "", store,
		 store[0] ? " " : "", shop, till, cashier ? " · " : "", cashier ? cashier->name : "");
	utf8_copy(out, size, line);
}

static const char *link_word(const struct screen_loop *loop)
{
	if (agent_suspect(loop->context.agent))
		return _("DISK ERROR");
	if (!loop_counter(loop)->enrolled)
		return _("stand-alone");
	return agent_online(loop->context.agent) ? _("online") : _("offline");
}

static void top_right(const struct screen_loop *loop, char *out, size_t size)
{
	const struct counter *c = loop_counter(loop);
	struct instant_civil now;
	char shift[64] = "", tray[64] = "";

	instant_civil(agent_now(loop->context.agent), &now);
	if (c->shift.open)
		snprintf(shift, sizeof shift, _("Shift %llu"), (unsigned long long)c->shift.number);
	if (tray_count(c))
		snprintf(tray, sizeof tray, _("tray %zu"), tray_count(c));
	snprintf(out, size, "%s   %02d:%02d   %s%s%s ", shift, now.hour, now.minute, link_word(loop),
		 tray[0] ? "   " : "", tray);
}

static void paint_top(const struct screen_loop *loop, struct grid *grid)
{
	enum screen_id id = screen_in_front(loop);
	char left[512], right[256];
	int cols;

	top_left(loop, left, sizeof left);
	top_right(loop, right, sizeof right);
	cols = (int)width_of_text(right);
	grid_put_field(grid, 0, 0, grid->cols - cols - 2, ALIGN_LEFT, ATTR_BOLD, left);
	grid_put_field(grid, 0, grid->cols - cols, cols, ALIGN_LEFT,
		       agent_suspect(loop->context.agent) ? ATTR_BAD | ATTR_BOLD : ATTR_PLAIN, right);
	grid_hline(grid, 1, 0, grid->cols, ATTR_PLAIN);
	if (id != SCREEN_REGISTER && id != SCREEN_LOGIN) {
		snprintf(left, sizeof left, " %s ", gettext(screen_title(id)));
		grid_put_text(grid, 1, 3, ATTR_TITLE | ATTR_BOLD, left);
	}
}

/* ---- the message ------------------------------------------------------------------ */

void frame_paint_message(const struct screen_loop *loop, struct grid *grid, struct area area)
{
	const struct message *m = &loop->message;
	const char *text = m->text, *line;
	unsigned attr = m->attr | (m->attr == ATTR_PLAIN ? 0 : ATTR_BOLD);
	size_t len;

	for (int i = 0; i < area.rows && wrap_next(&text, (size_t)area.cols, &line, &len); i++) {
		char copy[LINE_BYTES], cut[LINE_BYTES];
		bool last = i == area.rows - 1;

		/* The last line gets all that is left, and shows with … that it is cut. */
		len = last ? strlen(line) : len;
		len = len < sizeof copy ? len : sizeof copy - 1;
		memcpy(copy, line, len);
		copy[len] = '\0';
		width_cut(cut, sizeof cut, copy, (size_t)area.cols);
		grid_put_text(grid, area.row + i, area.col, attr, cut);
	}
}

/* ---- the input line ------------------------------------------------------------- */

/* A code this long may be a customer's payment code, shown to nobody. */
static bool may_be_secret(const struct field *field)
{
	return field->len >= SECRET_DIGITS && strspn(field->text, "0123456789") == field->len;
}

static void paint_input(struct screen_loop *loop, struct grid *grid, int row)
{
	enum screen_id id = screen_in_front(loop);
	const struct screen_ops *ops = screen_ops_of(id);
	enum field_kind kind;
	struct field *field = ops->field ? ops->field(screen_state(loop, id), &kind) : NULL;
	char prompt[256] = "";
	struct field masked;
	int col;

	if (!field)
		return;
	if (ops->prompt)
		ops->prompt(loop, screen_state(loop, id), prompt, sizeof prompt);
	col = 1 + grid_put_text(grid, row, 1, ATTR_BOLD, prompt);
	col += grid_put_text(grid, row, col, ATTR_BOLD, prompt[0] ? " > " : "> ");
	if (may_be_secret(field)) {
		masked = *field;
		masked.masked = true;
		field_paint(&masked, grid, row, col, grid->cols - col - 1, ATTR_PLAIN);
		explicit_bzero(&masked, sizeof masked);
	} else {
		field_paint(field, grid, row, col, grid->cols - col - 1, ATTR_PLAIN);
	}
}

/* ---- the key bar ------------------------------------------------------------------ */

struct bar {
	struct keybar_item items[KEYBAR_ITEMS];
	char keys[KEYBAR_ITEMS][KEY_LABEL_SIZE];
	char words[KEYBAR_ITEMS][64];
	size_t n;
};

static void add_item(struct bar *bar, const char *key, const char *word, int order)
{
	if (bar->n == KEYBAR_ITEMS)
		return;
	snprintf(bar->keys[bar->n], sizeof bar->keys[0], "%s", key);
	utf8_copy(bar->words[bar->n], sizeof bar->words[0], word);
	bar->items[bar->n] = (struct keybar_item){ bar->keys[bar->n], bar->words[bar->n], order };
	bar->n++;
}

static void add_action(struct screen_loop *loop, struct bar *bar, enum action action)
{
	enum screen_id id = screen_in_front(loop);
	const struct action_row *row = action_row(action);
	const struct screen_ops *ops = screen_ops_of(id);
	char name[64], key[KEY_LABEL_SIZE];
	const char *word = row->label[0] ? gettext(row->label) : "";
	size_t n = 0, keys = loop->keys.of[action].n;

	/* A key that the settings gave to another action is that one's. */
	while (n < keys && action_of_key(&loop->keys, id, loop->keys.of[action].keys[n]) != action)
		n++;
	if (!(row->screens & (1u << id)) || row->order == 0 || n == keys)
		return;
	if (!row->label[0] && ops->label)
		word = ops->label(loop, action, name, sizeof name);
	if (!word || !word[0])
		return;
	action_key_label(loop->keys.of[action].keys[n], key);
	add_item(bar, key, word, row->order);
}

static void paint_bar(struct screen_loop *loop, struct grid *grid, int row)
{
	enum screen_id id = screen_in_front(loop);
	const struct screen_ops *ops = screen_ops_of(id);
	struct bar bar = { .n = 0 };
	struct area area = { row, 1, BAR_ROWS, grid->cols - 2 };

	const char *word = ops->enter_word ? ops->enter_word(loop, screen_state(loop, id)) : "";

	if (word && word[0])
		add_item(&bar, "Enter", word, 1);
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		add_action(loop, &bar, a);
	if (loop->n_open > 1)
		add_item(&bar, "Esc", _("Back"), 1);
	keybar_paint(grid, area, bar.items, bar.n);
}

/* ---- the whole -------------------------------------------------------------------- */

static void paint_too_small(struct screen_loop *loop, struct grid *grid)
{
	char text[256];

	loop->bar.known = false;
	grid_clear(grid);
	snprintf(text, sizeof text, _("%dx%d is too small; the till needs 80x24. Nothing is lost."),
		 grid->cols, grid->rows);
	grid_put_field(grid, 0, 0, grid->cols, ALIGN_LEFT, ATTR_BOLD, text);
	grid_place_cursor(grid, 0, 0);
}

static void paint_all(struct screen_loop *loop, struct grid *grid)
{
	enum screen_id id = screen_in_front(loop);
	int bottom = grid->rows - BAR_ROWS - 1 - MESSAGE_ROWS;
	struct area body = { TOP_ROWS, 0, bottom - TOP_ROWS, grid->cols };

	grid_fill(grid, (struct area){ 0, 0, grid->rows - BAR_ROWS, grid->cols }, ATTR_PLAIN);
	grid_hide_cursor(grid);
	paint_top(loop, grid);
	if (screen_ops_of(id)->tall)
		body.rows += MESSAGE_ROWS + 1;
	else
		frame_paint_message(loop, grid, (struct area){ bottom, 1, MESSAGE_ROWS, grid->cols - 2 });
	paint_bar(loop, grid, grid->rows - BAR_ROWS);
	paint_input(loop, grid, grid->rows - BAR_ROWS - 1);
	if (screen_ops_of(id)->paint)
		screen_ops_of(id)->paint(loop, screen_state(loop, id), grid, body);
}

void frame_paint(struct screen_loop *loop, struct grid *grid)
{
	int minute = (int)(agent_now(loop->context.agent).utc_ms / MINUTE_MS % 60);
	int input = grid->rows - BAR_ROWS - 1;

	if (grid->rows < SCREEN_ROWS_LEAST || grid->cols < SCREEN_COLS_LEAST) {
		paint_too_small(loop, grid);
	} else if (loop->changed || minute != loop->painted_minute ||
		   screen_ops_of(screen_in_front(loop))->tall) {
		paint_all(loop, grid);
		loop->painted_minute = minute;
	} else {
		grid_fill(grid, (struct area){ input, 0, 1, grid->cols }, ATTR_PLAIN);
		paint_input(loop, grid, input);
	}
}
