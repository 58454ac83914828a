/* The keys of the screen one came from, written from the table of actions. */
#include <stdio.h>
#include <string.h>

#include "base/width.h"
#include "screen/loop.h"
#include "term/pager.h"
#include "term/wrap.h"

enum { KEYS_COLS = 18, TEXT_COLS = 56, HELP_BYTES = 32768 };

struct help {
	struct pager text;
};

/* "F2 Alt-Q", padded. */
static void add_keys(const struct screen_loop *loop, enum action action, struct buffer *out)
{
	char keys[160] = "", key[KEY_LABEL_SIZE];
	size_t len = 0;

	for (size_t i = 0; i < loop->keys.of[action].n; i++) {
		action_key_label(loop->keys.of[action].keys[i], key);
		len += (size_t)snprintf(keys + len, sizeof keys - len, "%s%s", i ? "  " : "", key);
	}
	buffer_add_text(out, keys);
	for (size_t cols = width_of_text(keys); cols < KEYS_COLS; cols++)
		buffer_add_byte(out, ' ');
}

/* The sentence, broken into lines that stand below each other. */
static void add_sentence(const char *text, struct buffer *out)
{
	const char *line;
	size_t len;

	for (bool first = true; wrap_next(&text, TEXT_COLS, &line, &len); first = false) {
		buffer_printf(out, "%*s", first ? 0 : KEYS_COLS, "");
		buffer_add(out, line, len);
		buffer_add_byte(out, '\n');
	}
}

static bool is_twin(enum action action, enum action first, enum action last)
{
	return action > first && action <= last;
}

static void add_action(const struct screen_loop *loop, enum action action, struct buffer *out)
{
	const struct action_row *row = action_row(action);
	char text[512];

	add_keys(loop, action, out);
	if (row->label[0])
		snprintf(text, sizeof text, "%s (%s): %s", gettext(row->label), row->id, gettext(row->help));
	else
		snprintf(text, sizeof text, "%s", gettext(row->help));
	add_sentence(text, out);
}

static void enter_help(struct screen_loop *loop, void *state)
{
	struct help *s = state;
	struct buffer out = BUFFER_INIT(HELP_BYTES);
	enum screen_id about = loop->n_open > 1 ? loop->open[loop->n_open - 2] : SCREEN_REGISTER;

	buffer_printf(&out, "%s\n\n%s\n\n", gettext(screen_title(about)), gettext(screen_help(about)));
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		if ((action_row(a)->screens & (1u << about)) && loop->keys.of[a].n &&
		    !is_twin(a, ACTION_note_1, ACTION_note_12) && !is_twin(a, ACTION_tender_1, ACTION_tender_16))
			add_action(loop, a, &out);
	buffer_printf(&out, "\n%s\n", _("The words in parentheses name the actions in the settings' section \"key\"."));
	pager_release(&s->text);
	s->text = (struct pager)PAGER_INIT;
	pager_set(&s->text, buffer_text(&out));
	buffer_release(&out);
}

static struct reaction help_key(struct screen_loop *loop, void *state, struct key key)
{
	struct help *s = state;

	(void)loop;
	if (pager_key(&s->text, key))
		return STAY;
	return key.code == KEY_ENTER ? BACK : PASS;
}

static struct reaction help_action(struct screen_loop *loop, void *state, enum action action)
{
	(void)loop;
	(void)state;
	return action == ACTION_help ? BACK : PASS;
}

static void help_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct help *s = state;

	(void)loop;
	pager_paint(&s->text, grid, (struct area){ body.row, 2, body.rows, body.cols - 4 });
	grid_place_cursor(grid, grid->rows - 3, 1);
	if (pager_more(&s->text))
		grid_put_text(grid, grid->rows - 3, 1, ATTR_DIM, _("more: PgDn"));
}

static void release_help(void *state)
{
	struct help *s = state;

	pager_release(&s->text);
}

const struct screen_ops help_screen = {
	.state_size = sizeof(struct help),
	.enter = enter_help,
	.action = help_action,
	.key = help_key,
	.paint = help_paint,
	.release = release_help,
};
