/* Tests of the widgets: their picture and their keys. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "term/dialog.h"
#include "term/field.h"
#include "term/keybar.h"
#include "term/list.h"
#include "term/memory.h"
#include "term/pager.h"
#include "term/wrap.h"

static void assert_picture(const struct grid *g, const char *want)
{
	struct buffer b = BUFFER_INIT(1 << 16);

	grid_dump(g, &b);
	ASSERT_TEXT(buffer_text(&b), want);
	buffer_release(&b);
}

/* Hands the keys of a script (memory.h) to a widget, one by one. */
static void type(const char *script, bool (*take)(void *widget, struct key key), void *widget)
{
	struct term *t = NULL;
	struct key key;

	term_memory_open(24, 80, &t);
	CU_ASSERT_FATAL(term_memory_type(t, script));
	while (term_next_key(t, &key))
		take(widget, key);
	term_free(t);
}

static bool take_list(void *w, struct key key) { return list_key(w, key); }
static bool take_field(void *w, struct key key) { return field_key(w, key); }
static bool take_pager(void *w, struct key key) { return pager_key(w, key); }

static int rows_asked;

static void numbered_row(void *context, size_t index, bool selected, struct grid *g,
			 struct area line, unsigned attr)
{
	char text[32];

	(void)context;
	(void)selected;
	rows_asked++;
	snprintf(text, sizeof text, "row %zu", index);
	grid_put_field(g, line.row, line.col, line.cols, ALIGN_LEFT, attr, text);
}

static void a_list_shows_a_million_rows_by_asking_for_few(void)
{
	struct list l = LIST_INIT;
	struct grid g = GRID_INIT;

	grid_resize(&g, 3, 14);
	list_set_count(&l, 1000000);
	rows_asked = 0;
	list_paint(&l, &g, grid_area(&g), ATTR_REVERSE, numbered_row, NULL);
	ASSERT_NUMBER(rows_asked, 3);
	assert_picture(&g, "▸ row 0\n  row 1\n  row 2\n");
	type("Down Down Down", take_list, &l);
	list_paint(&l, &g, grid_area(&g), ATTR_REVERSE, numbered_row, NULL);
	assert_picture(&g, "  row 1\n  row 2\n▸ row 3\n");
	type("End", take_list, &l);
	list_paint(&l, &g, grid_area(&g), ATTR_REVERSE, numbered_row, NULL);
	type("PgUp", take_list, &l);
	list_paint(&l, &g, grid_area(&g), ATTR_REVERSE, numbered_row, NULL);
	assert_picture(&g, "▸ row 999997\n  row 999998\n  row 999999\n");
	type("PgDn PgDn Up", take_list, &l);
	ASSERT_NUMBER(l.selected, 999998);
	grid_release(&g);
}

static void a_list_that_shrinks_keeps_a_row_selected(void)
{
	struct list l = LIST_INIT;
	struct grid g = GRID_INIT;

	grid_resize(&g, 3, 14);
	list_set_count(&l, 5);
	list_select(&l, 99);
	ASSERT_NUMBER(l.selected, 4);
	list_paint(&l, &g, grid_area(&g), 0, numbered_row, NULL);
	list_set_count(&l, 9);
	list_select(&l, 8);
	list_paint(&l, &g, grid_area(&g), 0, numbered_row, NULL);
	list_set_count(&l, 5);
	list_paint(&l, &g, grid_area(&g), 0, numbered_row, NULL);
	assert_picture(&g, "  row 2\n  row 3\n▸ row 4\n");
	list_set_count(&l, 2);
	list_paint(&l, &g, grid_area(&g), 0, numbered_row, NULL);
	assert_picture(&g, "  row 0\n▸ row 1\n\n");
	list_set_count(&l, 0);
	CU_ASSERT(list_key(&l, key_named(KEY_DOWN)));
	CU_ASSERT_FALSE(list_key(&l, key_text('x')));
	list_paint(&l, &g, grid_area(&g), 0, numbered_row, NULL);
	assert_picture(&g, "\n\n\n");
	grid_release(&g);
}

static void a_field_is_edited_by_characters(void)
{
	static const struct { const char *script, *text; size_t cursor; } cases[] = {
		{ "\"可口可乐\" Backspace", "可口可", 9 },
		{ "\"可口\" Left Left Delete", "口", 0 },
		{ "\"abc\" Home \"可\" End \"!\"", "可abc!", 7 },
		{ "\"ab\" Left Left Left \"x\"", "xab", 1 },
		{ "\"one two  \" C-w", "one ", 4 }, { "\"one\" C-u \"2\"", "2", 1 },
		{ "\"e\xCC\x81x\" Left Backspace", "x", 0 },
		{ "\"a\" Backspace Backspace Delete", "", 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct field f;

		field_init(&f, 0, false);
		type(cases[i].script, take_field, &f);
		ASSERT_TEXT(f.text, cases[i].text);
		ASSERT_NUMBER(f.cursor, cases[i].cursor);
	}
}

static void a_field_keeps_its_limits_and_says_so(void)
{
	struct field f;

	field_init(&f, 3, false);
	type("\"可口可\"", take_field, &f);
	CU_ASSERT_FALSE(f.full);
	type("\"乐\"", take_field, &f);
	CU_ASSERT(f.full);
	ASSERT_TEXT(f.text, "可口可");
	CU_ASSERT_FALSE(field_key(&f, key_named(KEY_F1)));
	field_init(&f, 0, false);
	for (int i = 0; i < 2 * FIELD_BYTES; i++)
		field_key(&f, key_text('7'));
	ASSERT_NUMBER(f.len, FIELD_BYTES - 1);
	field_set(&f, "a\033[2J\nb");
	ASSERT_TEXT(f.text, "a[2Jb");
	CU_ASSERT(field_insert(&f, "可"));
	ASSERT_TEXT(f.text, "a[2Jb可");
}

static void a_field_scrolls_so_that_its_cursor_shows(void)
{
	struct field f;
	struct grid g = GRID_INIT;

	grid_resize(&g, 1, 9);
	field_init(&f, 0, false);
	field_set(&f, "可口可乐汽水");
	field_paint(&f, &g, 0, 1, 7, 0);
	assert_picture(&g, " 乐汽水\n");
	ASSERT_NUMBER(g.cursor_col, 7);
	type("Home Right", take_field, &f);
	field_paint(&f, &g, 0, 1, 7, 0);
	assert_picture(&g, " 可口可\n");
	ASSERT_NUMBER(g.cursor_col, 3);
	type("End Backspace Backspace Backspace", take_field, &f);
	field_paint(&f, &g, 0, 1, 7, 0);
	assert_picture(&g, " 可口可\n");
	ASSERT_NUMBER(g.cursor_col, 7);
	grid_release(&g);
}

static void a_pin_is_shown_as_stars(void)
{
	struct field f;
	struct grid g = GRID_INIT;

	grid_resize(&g, 1, 9);
	field_init(&f, 12, true);
	type("\"1234567890\" Left", take_field, &f);
	field_paint(&f, &g, 0, 0, 8, 0);
	assert_picture(&g, "********\n");
	ASSERT_NUMBER(g.cursor_col, 7);
	field_clear(&f);
	for (size_t i = 0; i < sizeof f.text; i++)
		CU_ASSERT_FATAL(f.text[i] == 0);
	grid_release(&g);
}

static void a_dialog_asks_in_the_middle(void)
{
	struct dialog d = { .title = "清空", .text = "Clear the order? 3 lines would be lost.",
			    .buttons = { { "Keep", 'k' }, { "Clear", 'c' } }, .button_count = 2 };
	struct grid g = GRID_INIT;

	grid_resize(&g, 9, 36);
	dialog_paint(&d, &g, grid_area(&g));
	assert_picture(&g,
		"\n"
		"┌──────────────────────────────────┐\n"
		"│  清空                            │\n"
		"│  Clear the order? 3 lines would  │\n"
		"│  be lost.                        │\n"
		"│                                  │\n"
		"│       [ Keep ]  [ Clear ]        │\n"
		"└──────────────────────────────────┘\n"
		"\n");
	ASSERT_NUMBER(g.cursor_row, 6);
	ASSERT_NUMBER(g.cursor_col, 10);
	grid_release(&g);
}

static void a_dialog_is_answered_by_key_or_letter(void)
{
	struct dialog d = { .title = "", .text = "", .buttons = { { "Keep", 'k' }, { "Clear", 'c' } },
			    .button_count = 2 };

	ASSERT_NUMBER(dialog_key(&d, key_named(KEY_ENTER)), 0);
	ASSERT_NUMBER(dialog_key(&d, key_named(KEY_TAB)), DIALOG_NONE);
	ASSERT_NUMBER(dialog_key(&d, key_named(KEY_ENTER)), 1);
	ASSERT_NUMBER(dialog_key(&d, key_named(KEY_LEFT)), DIALOG_NONE);
	ASSERT_NUMBER(d.chosen, 0);
	ASSERT_NUMBER(dialog_key(&d, key_text('C')), 1);
	ASSERT_NUMBER(dialog_key(&d, key_text('x')), DIALOG_NONE);
	ASSERT_NUMBER(dialog_key(&d, key_named(KEY_ESC)), DIALOG_CANCEL);
	d.button_count = 0;
	ASSERT_NUMBER(dialog_key(&d, key_text(' ')), 0);
	ASSERT_NUMBER(dialog_key(&d, key_named(KEY_RESIZE)), DIALOG_NONE);
}

static void a_dialog_fits_whatever_there_is(void)
{
	struct dialog d = { .title = "清空清空清空", .text = "可口可乐可口可乐 abcdefghijklmnop",
			    .buttons = { { "Keep", 'k' } }, .button_count = 1 };
	struct grid g = GRID_INIT;

	for (int rows = 1; rows < 12; rows++) {
		for (int cols = 1; cols < 40; cols++) {
			grid_resize(&g, rows, cols);
			dialog_paint(&d, &g, grid_area(&g));
		}
	}
	CU_ASSERT(grid_cell(&g, 0, 0) != NULL);
	grid_release(&g);
}

static void a_key_bar_drops_what_matters_least(void)
{
	static const struct keybar_item items[] = {
		{ "F2", "Qty", 1 }, { "F3", "Price", 3 }, { "F9", "二维码", 2 }, { "F10", "Cash", 0 },
	};
	struct grid g = GRID_INIT;

	grid_resize(&g, 2, 40);
	ASSERT_NUMBER(keybar_paint(&g, (struct area){ 0, 0, 1, 40 }, items, 4), 4);
	assert_picture(&g, "F2 Qty  F3 Price  F9 二维码  F10 Cash\n\n");
	grid_clear(&g);
	ASSERT_NUMBER(keybar_paint(&g, (struct area){ 0, 0, 1, 34 }, items, 4), 3);
	assert_picture(&g, "F2 Qty  F9 二维码  F10 Cash\n\n");
	grid_clear(&g);
	ASSERT_NUMBER(keybar_paint(&g, (struct area){ 0, 0, 2, 18 }, items, 4), 3);
	assert_picture(&g, "F2 Qty  F9 二维码\nF10 Cash\n");
	ASSERT_NUMBER(keybar_paint(&g, (struct area){ 0, 0, 1, 4 }, items, 4), 0);
	grid_release(&g);
}

static void text_is_wrapped_by_columns(void)
{
	static const struct { const char *text; size_t cols; const char *lines; } cases[] = {
		{ "one two three", 7, "one two|three|" }, { "one two", 3, "one|two|" },
		{ "abcdefgh", 3, "abc|def|gh|" }, { "可口可乐", 5, "可口|可乐|" },
		{ "喝可口可乐 cola!", 9, "喝可口可|乐 cola!|" }, { "a\n\nb\n", 5, "a||b|" },
		{ "", 5, "" }, { "可", 1, "可|" }, { "one  two", 4, "one|two|" },
		{ "  in", 8, "  in|" }, { "a bc可", 5, "a bc|可|" }, { "x可", 2, "x|可|" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *p = cases[i].text, *line;
		char got[128] = "";
		size_t len;

		while (wrap_next(&p, cases[i].cols, &line, &len)) {
			strncat(got, line, len);
			strncat(got, "|", 2);
		}
		ASSERT_TEXT(got, cases[i].lines);
	}
}

static void a_pager_turns_pages_and_reflows(void)
{
	struct pager p = PAGER_INIT;
	struct grid g = GRID_INIT;

	grid_resize(&g, 3, 10);
	ASSERT_NUMBER(pager_set(&p, "1 one\n2 two\n3\tthree four\n4\n5\n6\n"), FAULT_NONE);
	pager_paint(&p, &g, grid_area(&g));
	assert_picture(&g, "1 one\n2 two\n3 three\n");
	CU_ASSERT(pager_more(&p));
	type("PgDn", take_pager, &p);
	pager_paint(&p, &g, grid_area(&g));
	assert_picture(&g, "3 three\nfour\n4\n");
	type("End", take_pager, &p);
	pager_paint(&p, &g, grid_area(&g));
	assert_picture(&g, "4\n5\n6\n");
	CU_ASSERT_FALSE(pager_more(&p));
	grid_resize(&g, 3, 20);
	type("Home", take_pager, &p);
	pager_paint(&p, &g, grid_area(&g));
	assert_picture(&g, "1 one\n2 two\n3 three four\n");
	CU_ASSERT_FALSE(pager_key(&p, key_text('x')));
	pager_release(&p);
	pager_paint(&p, &g, grid_area(&g));
	grid_release(&g);
}

static const struct test tests[] = {
	{ "a list shows a million rows by asking for few", a_list_shows_a_million_rows_by_asking_for_few },
	{ "a list that shrinks keeps a row selected", a_list_that_shrinks_keeps_a_row_selected },
	{ "a field is edited by characters", a_field_is_edited_by_characters },
	{ "a field keeps its limits and says so", a_field_keeps_its_limits_and_says_so },
	{ "a field scrolls so that its cursor shows", a_field_scrolls_so_that_its_cursor_shows },
	{ "a PIN is shown as stars", a_pin_is_shown_as_stars },
	{ "a dialog asks in the middle", a_dialog_asks_in_the_middle },
	{ "a dialog is answered by key or letter", a_dialog_is_answered_by_key_or_letter },
	{ "a dialog fits whatever there is", a_dialog_fits_whatever_there_is },
	{ "a key bar drops what matters least", a_key_bar_drops_what_matters_least },
	{ "text is wrapped by columns", text_is_wrapped_by_columns },
	{ "a pager turns pages and reflows", a_pager_turns_pages_and_reflows },
};

SUITE_MAIN("widgets", tests)
