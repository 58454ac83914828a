/* Tests of the grid: clipping, wide characters, and what never gets in. */
#include "suite.h"

#include <string.h>

#include "term/grid.h"
#include "base/utf8.h"

/* The grid's picture compared with lines that end in newlines. */
static void assert_picture(const struct grid *g, const char *want)
{
	struct buffer b = BUFFER_INIT(1 << 16);

	grid_dump(g, &b);
	ASSERT_TEXT(buffer_text(&b), want);
	buffer_release(&b);
}

static void text_is_clipped_at_every_edge(void)
{
	struct grid g = GRID_INIT;

	grid_resize(&g, 2, 6);
	ASSERT_NUMBER(grid_put_text(&g, 0, 3, 0, "abcdef"), 3);
	grid_put_text(&g, 1, -2, 0, "abcd");
	grid_put_text(&g, -1, 0, 0, "x");
	grid_put_text(&g, 2, 0, 0, "x");
	grid_put_text(&g, 0, 6, 0, "x");
	assert_picture(&g, "   abc\ncd\n");
	grid_release(&g);
}

static void a_wide_character_is_never_split(void)
{
	struct grid g = GRID_INIT;

	grid_resize(&g, 4, 6);
	grid_put_text(&g, 0, 1, 0, "可口可乐");
	grid_put_text(&g, 1, 0, 0, "可口");
	grid_put_text(&g, 1, 1, 0, "x");
	grid_put_text(&g, 2, 0, 0, "可口");
	grid_put_text(&g, 2, 2, 0, "x");
	grid_put_text(&g, 3, -1, 0, "可x");
	assert_picture(&g, " 可口\n x口\n可x\n x\n");
	ASSERT_NUMBER(grid_cell(&g, 0, 1)->width, 2);
	ASSERT_NUMBER(grid_cell(&g, 0, 2)->width, 0);
	ASSERT_NUMBER(grid_cell(&g, 2, 3)->width, 1);
	grid_release(&g);
}

static void controls_and_broken_bytes_become_visible(void)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "a\033[2Jb", "a\xEF\xBF\xBD[2Jb\n" },
		{ "\x9B" "31m", "\xEF\xBF\xBD" "31m\n" },
		{ "\xC2\x9B" "31m", "\xEF\xBF\xBD" "31m\n" },
		{ "\xE2\x80\xAE" "abc", "\xEF\xBF\xBD" "abc\n" },
		{ "a\nb\tc\rd\x7F", "a\xEF\xBF\xBD" "b\xEF\xBF\xBD" "c\xEF\xBF\xBD" "d\xEF\xBF\xBD\n" },
		{ "\xE5\x8F", "\xEF\xBF\xBD\xEF\xBF\xBD\n" },
		{ "\xC0\x9B", "\xEF\xBF\xBD\xEF\xBF\xBD\n" },
		{ "e\xCC\x81" "x", "e\xCC\x81" "x\n" },
		{ "\xCC\x81" "x", "x\n" },
		{ "\xE2\x9D\xA4\xEF\xB8\x8F" "x", "\xE2\x9D\xA4" "x\n" },
	};
	struct grid g = GRID_INIT;

	grid_resize(&g, 1, 20);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		grid_clear(&g);
		grid_put_text(&g, 0, 0, 0, cases[i].text);
		assert_picture(&g, cases[i].want);
	}
	grid_release(&g);
}

static void marks_beyond_a_cell_are_dropped(void)
{
	struct grid g = GRID_INIT;
	char text[64] = "e";

	for (int i = 0; i < 20; i++)
		memcpy(text + 1 + 2 * i, "\xCC\x81", 3);
	grid_resize(&g, 1, 4);
	ASSERT_NUMBER(grid_put_text(&g, 0, 0, 0, text), 1);
	ASSERT_NUMBER(grid_cell(&g, 0, 0)->len, 11);
	CU_ASSERT(utf8_valid(grid_cell(&g, 0, 0)->bytes, 11));
	grid_release(&g);
}

static void fields_are_cut_and_aligned_by_columns(void)
{
	struct grid g = GRID_INIT;

	grid_resize(&g, 5, 12);
	grid_put_field(&g, 0, 1, 8, ALIGN_LEFT, 0, "康师傅 红烧牛肉面");
	grid_put_field(&g, 1, 1, 8, ALIGN_RIGHT, 0, "6.21");
	grid_put_field(&g, 2, 1, 8, ALIGN_CENTER, 0, "可乐");
	grid_put_field(&g, 3, 8, 8, ALIGN_LEFT, 0, "abcdefgh");
	grid_put_field(&g, 4, 1, 4, ALIGN_LEFT, 0, "\033[2J!");
	assert_picture(&g, " 康师傅 …\n     6.21\n   可乐\n        abcd\n \xEF\xBF\xBD[2…\n");
	grid_put_field(&g, 3, 0, 0, ALIGN_LEFT, 0, "x");
	grid_release(&g);
}

static void frames_and_rules_are_drawn(void)
{
	struct grid g = GRID_INIT;
	struct buffer b = BUFFER_INIT(1 << 12);

	grid_resize(&g, 3, 6);
	grid_frame(&g, (struct area){ 0, 1, 3, 4 }, ATTR_BOLD);
	grid_set_attr(&g, (struct area){ 1, 2, 1, 2 }, ATTR_REVERSE);
	assert_picture(&g, " ┌──┐\n │  │\n └──┘\n");
	grid_dump_attr(&g, &b);
	ASSERT_TEXT(buffer_text(&b), ".bbbb\n.brrb\n.bbbb\n");
	grid_clear(&g);
	grid_put_text(&g, 0, 0, 0, "可可可");
	grid_set_attr(&g, (struct area){ 0, 1, 1, 2 }, ATTR_UNDERLINE);
	buffer_reset(&b);
	grid_dump_attr(&g, &b);
	ASSERT_TEXT(buffer_text(&b), "uuuu\n\n\n");
	buffer_release(&b);
	grid_release(&g);
}

static void the_cursor_stays_inside(void)
{
	struct grid g = GRID_INIT;

	grid_resize(&g, 3, 6);
	ASSERT_NUMBER(g.cursor_row, -1);
	grid_place_cursor(&g, 2, 5);
	ASSERT_NUMBER(g.cursor_col, 5);
	grid_place_cursor(&g, 3, 5);
	ASSERT_NUMBER(g.cursor_row, -1);
	grid_release(&g);
}

static void sizes_are_kept_within_limits(void)
{
	struct grid g = GRID_INIT, copy = GRID_INIT;

	ASSERT_NUMBER(grid_resize(&g, 0, 100000), FAULT_NONE);
	ASSERT_NUMBER(g.rows, 1);
	ASSERT_NUMBER(g.cols, GRID_MAX_COLS);
	grid_put_text(&g, 0, 598, 0, "可");
	ASSERT_NUMBER(grid_copy(&copy, &g), FAULT_NONE);
	CU_ASSERT(grid_equal(&copy, &g));
	grid_put_text(&g, 0, 0, ATTR_BOLD, " ");
	CU_ASSERT_FALSE(grid_equal(&copy, &g));
	grid_release(&g);
	grid_release(&copy);
	grid_release(NULL);
}

static const struct test tests[] = {
	{ "text is clipped at every edge", text_is_clipped_at_every_edge },
	{ "a wide character is never split", a_wide_character_is_never_split },
	{ "controls and broken bytes become visible", controls_and_broken_bytes_become_visible },
	{ "marks beyond a cell are dropped", marks_beyond_a_cell_are_dropped },
	{ "fields are cut and aligned by columns", fields_are_cut_and_aligned_by_columns },
	{ "frames and rules are drawn", frames_and_rules_are_drawn },
	{ "the cursor stays inside", the_cursor_stays_inside },
	{ "sizes are kept within limits", sizes_are_kept_within_limits },
};

SUITE_MAIN("grid", tests)
