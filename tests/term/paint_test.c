/* Tests of the painter: whatever is drawn, the terminal shows the grid; and
 * the bytes it takes stay within their budgets. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "screen.h"
#include "term/paint.h"

static const char *const types[] = { "vt100", "vt220", "linux", "xterm-256color", "tmux-256color" };

enum { TYPES = sizeof types / sizeof types[0] };

/* A painter whose bytes go straight to an emulator. */
struct bench {
	struct terminfo info;
	struct key_sequence own[KEY_CODES];
	struct painter painter;
	struct screen screen;
	struct grid grid;
};

static void bench_open(struct bench *b, const char *type, int rows, int cols)
{
	struct fault fault;

	memset(b, 0, sizeof *b);
	b->grid = (struct grid)GRID_INIT;
	CU_ASSERT_FATAL(terminfo_load(&b->info, type, 1, b->own, &fault) == FAULT_NONE);
	painter_init(&b->painter, &b->info, true, b->info.colors > 0);
	screen_open(&b->screen, rows, cols, false);
	grid_resize(&b->grid, rows, cols);
}

static void bench_close(struct bench *b)
{
	painter_release(&b->painter);
	screen_close(&b->screen);
	grid_release(&b->grid);
}

/* Paints; returns the bytes it took. */
static size_t show(struct bench *b)
{
	size_t n;

	CU_ASSERT_FATAL(painter_paint(&b->painter, &b->grid) == FAULT_NONE);
	n = b->painter.out.len;
	screen_feed(&b->screen, buffer_text(&b->painter.out), n);
	buffer_reset(&b->painter.out);
	return n;
}

/* Whether the colour is number `want` of the palette; -1: the theme's. */
static bool is_color(const VTermColor *seen, int want)
{
	if (want < 0)
		return VTERM_COLOR_IS_DEFAULT_FG(seen) || VTERM_COLOR_IS_DEFAULT_BG(seen);
	return VTERM_COLOR_IS_INDEXED(seen) && seen->indexed.idx == want;
}

static bool colors_match(const struct bench *b, const VTermScreenCell *seen, unsigned role)
{
	static const int inks[] = { -1, 2, 1, 3, 6, 0, 7 }, grounds[] = { -1, -1, -1, -1, -1, 7, 0 };
	int ink = b->painter.color ? inks[role >> 8] : -1;
	int ground = b->painter.color ? grounds[role >> 8] : -1;
	int white = b->info.colors >= 16 ? 15 : 7;

	return is_color(&seen->fg, ink == 7 ? white : ink) &&
	       is_color(&seen->bg, ground == 7 ? white : ground);
}

static bool looks_match(struct bench *b, int row, int col)
{
	unsigned attr = grid_cell(&b->grid, row, col)->attr, role = attr & ATTR_ROLES;
	VTermScreenCell seen = screen_cell(&b->screen, row, col);

	if (grid_cell(&b->grid, row, col)->width == 0)
		return true;
	if (role == ATTR_PAPER && !b->painter.color)
		attr ^= ATTR_REVERSE;
	if (!colors_match(b, &seen, role))
		return false;
	return seen.attrs.bold == !!(attr & ATTR_BOLD) && seen.attrs.reverse == !!(attr & ATTR_REVERSE) &&
	       seen.attrs.underline == !!(attr & ATTR_UNDERLINE);
}

/* Whether the emulator shows the grid: text, looks, cursor. */
static bool matches(struct bench *b)
{
	struct buffer want = BUFFER_INIT(1 << 20), got = BUFFER_INIT(1 << 20);
	int row, col;
	bool same;

	grid_dump(&b->grid, &want);
	screen_dump(&b->screen, &got);
	same = strcmp(buffer_text(&want), buffer_text(&got)) == 0;
	if (!same)
		printf("want:\n%sgot:\n%s", buffer_text(&want), buffer_text(&got));
	for (row = 0; row < b->grid.rows && same; row++)
		for (col = 0; col < b->grid.cols && same; col++)
			same = looks_match(b, row, col);
	screen_cursor(&b->screen, &row, &col);
	if (same && b->grid.cursor_row >= 0)
		same = row == b->grid.cursor_row && col == b->grid.cursor_col &&
		       b->screen.cursor_visible;
	buffer_release(&want);
	buffer_release(&got);
	return same;
}

static uint64_t seed;

static int any(int n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (uint64_t)n);
}

/* Rows of the area move by some rows, as a list does. */
static void shift_rows(struct grid *g)
{
	int first = any(g->rows - 1), rows = 2 + any(g->rows - first - 1), by = 1 + any(3);

	if (by >= rows)
		return;
	if (any(2))
		memmove(&g->cells[first * g->cols], &g->cells[(first + by) * g->cols],
			(size_t)((rows - by) * g->cols) * sizeof *g->cells);
	else
		memmove(&g->cells[(first + by) * g->cols], &g->cells[first * g->cols],
			(size_t)((rows - by) * g->cols) * sizeof *g->cells);
}

static void draw_anything(struct grid *g)
{
	static const char *const texts[] = {
		"可口可乐 330ml", "x", "12.50", "───────", "红烧牛肉面", "e\xCC\x81t\xC3\xA9", "   ",
		"a longer line of words that runs over the edge", "▸", "\033[2J\xFF", "￥3.50",
	};
	static const unsigned attrs[] = {
		ATTR_PLAIN, ATTR_PLAIN, ATTR_PLAIN, ATTR_BOLD, ATTR_REVERSE, ATTR_UNDERLINE | ATTR_BOLD,
		ATTR_PAPER, ATTR_INK, ATTR_PAPER, ATTR_INK, ATTR_GOOD, ATTR_INK | ATTR_BOLD,
	};
	unsigned attr = attrs[any(sizeof attrs / sizeof attrs[0])];

	switch (any(6)) {
	case 0:
		shift_rows(g);
		break;
	case 1:
		grid_fill(g, (struct area){ any(g->rows), any(g->cols), 1 + any(3), 1 + any(40) }, attr);
		break;
	default:
		grid_put_text(g, any(g->rows), any(g->cols + 4) - 4, attr, texts[any(11)]);
		break;
	}
	if (any(8))
		grid_place_cursor(g, any(g->rows), any(g->cols));
	else
		grid_hide_cursor(g);
}

static void whatever_is_drawn_the_terminal_shows_it(void)
{
	for (int i = 0; i < TYPES; i++) {
		struct bench b;

		seed = (uint64_t)i + 1;
		bench_open(&b, types[i], 24, 80);
		for (int round = 0; round < 600; round++) {
			for (int n = any(6); n >= 0; n--)
				draw_anything(&b.grid);
			show(&b);
			if (!matches(&b)) {
				printf("    %s, round %d\n", types[i], round);
				CU_FAIL_FATAL("the terminal shows something else");
			}
			ASSERT_NUMBER(show(&b), 0);
		}
		bench_close(&b);
	}
}

/* A counter's screen at its fullest, in Chinese. */
static void draw_register(struct grid *g, int lines)
{
	char text[32];

	grid_clear(g);
	grid_put_text(g, 0, 0, ATTR_BOLD, "柜台 Guitai   012 星光店 · Till 03 · 李娜");
	grid_put_field(g, 0, 55, 5, ALIGN_RIGHT, 0, "09:41");
	for (int row = 1; row < 24; row += row == 1 ? 14 : 5)
		grid_hline(g, row, 0, 80, 0);
	grid_put_text(g, 2, 0, 0, "  #  Item                                Qty     Price   Discount     Amount");
	for (int i = 0; i < 12; i++) {
		int line = lines > 12 ? lines - 12 + i : i;

		if (line >= lines)
			break;
		snprintf(text, sizeof text, "%3d", line + 1);
		grid_put_text(g, 3 + i, 0, 0, text);
		grid_put_field(g, 3 + i, 5, 30, ALIGN_LEFT, 0, line % 2 ? "康师傅 红烧牛肉面" : "可口可乐 330ml");
		snprintf(text, sizeof text, "%d", 1 + line % 7);
		grid_put_field(g, 3 + i, 38, 6, ALIGN_RIGHT, 0, text);
		grid_put_field(g, 3 + i, 46, 8, ALIGN_RIGHT, 0, "3.50");
		grid_put_field(g, 3 + i, 67, 10, ALIGN_RIGHT, 0, "6.21");
	}
	snprintf(text, sizeof text, "%d.66", 10 + 6 * lines);
	grid_put_text(g, 16, 0, 0, " 会员 138****1234 金卡 · 1,280 积分 · ¥200.00");
	grid_put_field(g, 16, 60, 18, ALIGN_RIGHT, 0, text);
	grid_put_field(g, 18, 60, 18, ALIGN_RIGHT, ATTR_BOLD, text);
	grid_put_text(g, 21, 0, 0, " >");
	grid_put_text(g, 23, 0, 0, " F2 数量  F3 改价  F4 删除  F5 会员  F6 优惠券  F7 挂单  F8 取单  F9 二维码  F10 现金");
	grid_place_cursor(g, 21, 3);
}

static void budget(const char *what, const char *type, size_t bytes, size_t most)
{
	if (bytes > most)
		printf("    %s: %s took %zu bytes\n", type, what, bytes);
	CU_ASSERT(bytes <= most);
}

static void bytes_stay_within_their_budgets(void)
{
	for (int i = 0; i < TYPES; i++) {
		struct bench b;

		bench_open(&b, types[i], 24, 80);
		draw_register(&b.grid, 14);
		budget("a full repaint", types[i], show(&b), 2400);
		grid_put_text(&b.grid, 21, 3, 0, "6");
		grid_place_cursor(&b.grid, 21, 4);
		budget("a key", types[i], show(&b), 1);
		grid_put_text(&b.grid, 0, 59, 0, "2");
		budget("a clock tick", types[i], show(&b), 12);
		grid_put_text(&b.grid, 0, 58, 0, "50");
		budget("a clock tick of two digits", types[i], show(&b), 12);
		grid_put_text(&b.grid, 19, 10, 0, "1");
		grid_put_text(&b.grid, 19, 12, 0, "2");
		budget("two digits near each other", types[i], show(&b), 15);
		grid_put_text(&b.grid, 19, 10, 0, "3");
		grid_put_text(&b.grid, 19, 60, 0, "4");
		budget("two digits far from each other", types[i], show(&b), 19);
		draw_register(&b.grid, 14);
		show(&b);
		draw_register(&b.grid, 15);
		budget("a new line in a full list", types[i], show(&b), 288);
		CU_ASSERT(matches(&b));
		bench_close(&b);
	}
}

static void a_monochrome_terminal_gets_no_color(void)
{
	struct bench b;

	bench_open(&b, "vt100", 24, 80);
	grid_put_text(&b.grid, 0, 0, ATTR_BAD | ATTR_BOLD, "refused");
	grid_put_text(&b.grid, 1, 0, ATTR_PAPER, " ");
	grid_put_text(&b.grid, 1, 1, ATTR_INK, " ");
	show(&b);
	CU_ASSERT(strstr(buffer_text(&b.screen.log), "\033[3") == NULL);
	CU_ASSERT(screen_cell(&b.screen, 0, 0).attrs.bold);
	CU_ASSERT(screen_cell(&b.screen, 1, 0).attrs.reverse);
	CU_ASSERT_FALSE(screen_cell(&b.screen, 1, 1).attrs.reverse);
	bench_close(&b);
}

static void paper_is_white_whatever_the_theme(void)
{
	struct bench b;

	bench_open(&b, "xterm-256color", 24, 80);
	grid_put_text(&b.grid, 0, 0, ATTR_PAPER, "\xE2\x96\x84");
	show(&b);
	CU_ASSERT(strstr(buffer_text(&b.screen.log), "\033[30m") != NULL);
	CU_ASSERT(strstr(buffer_text(&b.screen.log), "\033[107m") != NULL);
	bench_close(&b);
}

static void an_ascii_terminal_gets_bytes_below_128(void)
{
	struct bench b;
	struct buffer got = BUFFER_INIT(1 << 16);

	bench_open(&b, "vt100", 3, 20);
	b.painter.utf8 = false;
	grid_frame(&b.grid, (struct area){ 0, 0, 3, 20 }, 0);
	grid_put_text(&b.grid, 1, 2, 0, "可乐 ￥3.50 é▸…");
	show(&b);
	for (size_t i = 0; i < b.screen.log.len; i++)
		CU_ASSERT_FATAL((unsigned char)b.screen.log.data[i] < 0x80);
	screen_dump(&b.screen, &got);
	ASSERT_TEXT(buffer_text(&got),
		    "+------------------+\n| ???? Y 3.50 ?>.  |\n+------------------+\n");
	buffer_release(&got);
	bench_close(&b);
}

static void the_last_corner_scrolls_nothing(void)
{
	struct bench b;

	bench_open(&b, "vt100", 3, 8);
	grid_put_text(&b.grid, 0, 0, 0, "top");
	grid_put_text(&b.grid, 2, 0, 0, "可乐可乐");
	show(&b);
	CU_ASSERT(matches(&b));
	b.info.corner_safe = false;
	painter_forget(&b.painter);
	grid_put_text(&b.grid, 2, 0, 0, "abcdefgh");
	show(&b);
	ASSERT_NUMBER(screen_cell(&b.screen, 2, 6).chars[0], 'g');
	ASSERT_NUMBER(screen_cell(&b.screen, 2, 7).chars[0], 0);
	bench_close(&b);
}

static void a_terminal_that_cannot_show_a_screen_is_refused(void)
{
	static const char *const bad[] = { NULL, "", "dumb", "no-such-terminal" };
	struct key_sequence own[KEY_CODES];
	struct terminfo info;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct fault fault = { .code = FAULT_NONE };

		ASSERT_NUMBER(terminfo_load(&info, bad[i], 1, own, &fault), FAULT_TERMINAL_MISSING);
		ASSERT_TEXT(fault.arg[0], bad[i] && *bad[i] ? bad[i] : "TERM");
		CU_ASSERT(fault.arg[1][0] != '\0');
	}
}

static const struct test tests[] = {
	{ "whatever is drawn the terminal shows it", whatever_is_drawn_the_terminal_shows_it },
	{ "bytes stay within their budgets", bytes_stay_within_their_budgets },
	{ "a monochrome terminal gets no color", a_monochrome_terminal_gets_no_color },
	{ "paper is white whatever the theme", paper_is_white_whatever_the_theme },
	{ "an ASCII terminal gets bytes below 128", an_ascii_terminal_gets_bytes_below_128 },
	{ "the last corner scrolls nothing", the_last_corner_scrolls_nothing },
	{ "a terminal that cannot show a screen is refused",
	  a_terminal_that_cannot_show_a_screen_is_refused },
};

SUITE_MAIN("paint", tests)
