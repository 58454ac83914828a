/* Tests of the QR picture: what an emulator shows of it is read back by
 * zbarimg, and the bytes it takes stay within their budget. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "reader.h"
#include "screen.h"
#include "term/paint.h"
#include "term/qr_picture.h"

enum { CELL_ROWS = 16, CELL_COLS = 8 };

static const char url53[] = "https://pay.shop.example/p/AbCdEfGhIjKlMnOpQrStUv-_01";

static bool is_light(struct screen *s, VTermColor color)
{
	vterm_screen_convert_color_to_rgb(s->cells, &color);
	return color.rgb.red + color.rgb.green + color.rgb.blue > 3 * 127;
}

/* Half a cell as dots: dark, or left light. */
static void photograph_half(struct picture *p, int row, int col, int half, bool light)
{
	if (!light)
		picture_fill(p, row * CELL_ROWS + half * CELL_ROWS / 2, col * CELL_COLS,
			     CELL_ROWS / 2, CELL_COLS);
}

/* The cells of the area as they are seen; all around it is dark. */
static void photograph(struct screen *s, struct area area, struct picture *p)
{
	*p = picture_new(s->rows * CELL_ROWS, s->cols * CELL_COLS);
	for (int row = 0; row < s->rows; row++) {
		for (int col = 0; col < s->cols; col++) {
			VTermScreenCell cell = screen_cell(s, row, col);
			bool ground = is_light(s, cell.attrs.reverse ? cell.fg : cell.bg);
			bool ink = is_light(s, cell.attrs.reverse ? cell.bg : cell.fg);
			bool inside = row >= area.row && row < area.row + area.rows &&
				      col >= area.col && col < area.col + area.cols;

			photograph_half(p, row, col, 0, inside && ground);
			photograph_half(p, row, col, 1, inside && (cell.chars[0] == 0x2584 ? ink : ground));
		}
	}
}

/* A terminal of that type and what it takes to paint on it. */
struct easel {
	struct terminfo info;
	struct key_sequence own[KEY_CODES];
	struct painter painter;
	struct screen screen;
	struct grid grid;
};

static void easel_open(struct easel *e, const char *type, int rows, int cols)
{
	struct fault fault;

	memset(e, 0, sizeof *e);
	e->grid = (struct grid)GRID_INIT;
	CU_ASSERT_FATAL(terminfo_load(&e->info, type, 1, e->own, &fault) == FAULT_NONE);
	painter_init(&e->painter, &e->info, true, e->info.colors > 0);
	screen_open(&e->screen, rows, cols, false);
	grid_resize(&e->grid, rows, cols);
}

static void easel_close(struct easel *e)
{
	painter_release(&e->painter);
	screen_close(&e->screen);
	grid_release(&e->grid);
}

static size_t easel_show(struct easel *e)
{
	size_t n;

	CU_ASSERT_FATAL(painter_paint(&e->painter, &e->grid) == FAULT_NONE);
	n = e->painter.out.len;
	screen_feed(&e->screen, buffer_text(&e->painter.out), n);
	buffer_reset(&e->painter.out);
	return n;
}

/* Paints the text's symbol as large as it fits; returns the bytes. */
static size_t show_symbol(struct easel *e, const char *text, struct area area, enum qr_picture want,
			  struct area *ret_box)
{
	struct qr_symbol symbol;
	enum qr_picture how;

	CU_ASSERT_FATAL(qr_encode(text, &symbol, NULL) == FAULT_NONE);
	how = qr_picture_choose(&symbol, area, true);
	ASSERT_NUMBER(how, want);
	*ret_box = qr_picture_paint(&symbol, how, &e->grid, area);
	return easel_show(e);
}

static void assert_read(struct easel *e, struct area box, const char *text)
{
	struct picture picture;
	char seen[400];

	photograph(&e->screen, box, &picture);
	picture_read(&picture, seen, sizeof seen);
	ASSERT_TEXT(seen, text);
	picture_free(&picture);
}

static void a_symbol_in_half_blocks_is_read_from_every_terminal(void)
{
	static const char *const types[] = { "vt220", "linux", "xterm-256color", "tmux-256color", "xterm" };

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		struct easel e;
		struct area box;

		easel_open(&e, types[i], 24, 80);
		show_symbol(&e, url53, (struct area){ 1, 1, 19, 40 }, QR_PICTURE_HALF, &box);
		ASSERT_NUMBER(box.rows, 19);
		ASSERT_NUMBER(box.cols, 37);
		assert_read(&e, box, url53);
		easel_close(&e);
	}
}

static void a_symbol_in_full_cells_is_read_from_every_terminal(void)
{
	static const char *const types[] = { "vt100", "linux", "xterm-256color" };

	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
		struct easel e;
		struct area box;

		easel_open(&e, types[i], 50, 100);
		e.painter.utf8 = false;
		show_symbol(&e, url53, grid_area(&e.grid), QR_PICTURE_FULL, &box);
		ASSERT_NUMBER(box.rows, 37);
		ASSERT_NUMBER(box.cols, 74);
		assert_read(&e, box, url53);
		easel_close(&e);
	}
}

static void larger_symbols_are_read_too(void)
{
	static const int bytes[] = { 10, 30, 54, 78, 106, 271 };
	char text[300];

	for (size_t i = 0; i < sizeof bytes / sizeof bytes[0]; i++) {
		struct easel e;
		struct area box;

		snprintf(text, sizeof text, "%0*d", bytes[i], 7);
		easel_open(&e, "xterm-256color", bytes[i] > 106 ? 34 : 23, 80);
		show_symbol(&e, text, grid_area(&e.grid), QR_PICTURE_HALF, &box);
		assert_read(&e, box, text);
		easel_close(&e);
	}
}

/* A screen as the till's: symbol, words, amount, keys. */
static void draw_words(struct grid *g)
{
	grid_put_text(g, 0, 0, ATTR_BOLD, "柜台 Guitai   012 星光店 · Till 03 · 李娜          Shift 2   09:41  online");
	grid_put_text(g, 4, 46, 0, "请用微信、支付宝、云闪付或数字人民币扫码");
	grid_put_text(g, 8, 46, ATTR_BOLD, "¥ 1,566.00");
	grid_put_text(g, 12, 46, ATTR_NOTE, "等待顾客付款");
	grid_put_text(g, 6, 61, 0, "01:59");
	grid_put_text(g, 21, 0, 0, " >");
	grid_put_text(g, 23, 0, 0, " Esc 取消   F7 放一边   F9 打印   F10 现金");
	grid_place_cursor(g, 21, 3);
}

static void a_qr_screen_keeps_within_its_bytes(void)
{
	static const struct { const char *type; size_t most; } budgets[] = {
		{ "xterm-256color", 8000 }, { "vt220", 2700 }, { "linux", 8000 }, { "tmux-256color", 8000 },
	};

	for (size_t i = 0; i < sizeof budgets / sizeof budgets[0]; i++) {
		struct easel e;
		struct area box;
		size_t bytes;

		easel_open(&e, budgets[i].type, 24, 80);
		draw_words(&e.grid);
		bytes = show_symbol(&e, url53, (struct area){ 1, 1, 20, 42 }, QR_PICTURE_HALF, &box);
		if (bytes > budgets[i].most)
			printf("    %s: a QR screen took %zu bytes\n", budgets[i].type, bytes);
		CU_ASSERT_TRUE(bytes <= budgets[i].most);
		assert_read(&e, box, url53);
		grid_put_text(&e.grid, 6, 65, 0, "8");
		CU_ASSERT_TRUE(easel_show(&e) <= 12);
		grid_fill(&e.grid, box, ATTR_PLAIN);
		easel_show(&e);
		ASSERT_NUMBER(screen_cell(&e.screen, box.row + 8, box.col + 8).chars[0] == 0x2584, 0);
		easel_close(&e);
	}
}

static void only_lower_half_blocks_and_blanks_are_drawn(void)
{
	struct easel e;
	struct area box;

	easel_open(&e, "xterm-256color", 24, 80);
	show_symbol(&e, url53, (struct area){ 0, 0, 24, 80 }, QR_PICTURE_HALF, &box);
	ASSERT_NUMBER(box.row, 2);
	ASSERT_NUMBER(box.col, 21);
	for (int row = 0; row < 24; row++) {
		for (int col = 0; col < 80; col++) {
			const struct cell *c = grid_cell(&e.grid, row, col);
			bool half = c->len == 3 && memcmp(c->bytes, "\xE2\x96\x84", 3) == 0;
			bool inside = row >= box.row && row < box.row + box.rows &&
				      col >= box.col && col < box.col + box.cols;

			CU_ASSERT_TRUE(half || (c->len == 1 && c->bytes[0] == ' '));
			CU_ASSERT_EQUAL(inside, c->attr == ATTR_PAPER || c->attr == ATTR_INK);
		}
	}
	easel_close(&e);
}

static void it_says_when_it_cannot_be_drawn(void)
{
	static const struct { int rows, cols; bool utf8; enum qr_picture want; } cases[] = {
		{ 37, 74, false, QR_PICTURE_FULL }, { 37, 74, true, QR_PICTURE_FULL },
		{ 36, 74, true, QR_PICTURE_HALF }, { 37, 73, true, QR_PICTURE_HALF },
		{ 36, 74, false, QR_PICTURE_NO_UTF8 }, { 19, 37, true, QR_PICTURE_HALF },
		{ 18, 37, true, QR_PICTURE_TOO_SMALL }, { 19, 36, true, QR_PICTURE_TOO_SMALL },
		{ 18, 80, false, QR_PICTURE_TOO_SMALL }, { 0, 0, true, QR_PICTURE_TOO_SMALL },
	};
	struct qr_symbol symbol;
	struct grid grid = GRID_INIT;

	CU_ASSERT_FATAL(qr_encode(url53, &symbol, NULL) == FAULT_NONE);
	grid_resize(&grid, 24, 80);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct area area = { 0, 0, cases[i].rows, cases[i].cols };
		enum qr_picture how = qr_picture_choose(&symbol, area, cases[i].utf8);
		bool drawn = how == QR_PICTURE_FULL || how == QR_PICTURE_HALF;

		ASSERT_NUMBER(how, cases[i].want);
		CU_ASSERT_EQUAL(qr_picture_words(how) == NULL, drawn);
		grid_clear(&grid);
		CU_ASSERT_EQUAL(qr_picture_paint(&symbol, how, &grid, area).rows > 0, drawn);
		CU_ASSERT_EQUAL(grid_cell(&grid, 10, 20)->attr != ATTR_PLAIN, drawn);
	}
	grid_release(&grid);
}

static const struct test tests[] = {
	{ "a symbol in half blocks is read from every terminal",
	  a_symbol_in_half_blocks_is_read_from_every_terminal },
	{ "a symbol in full cells is read from every terminal",
	  a_symbol_in_full_cells_is_read_from_every_terminal },
	{ "larger symbols are read too", larger_symbols_are_read_too },
	{ "a QR screen keeps within its bytes", a_qr_screen_keeps_within_its_bytes },
	{ "only lower half blocks and blanks are drawn", only_lower_half_blocks_and_blanks_are_drawn },
	{ "it says when it cannot be drawn", it_says_when_it_cannot_be_drawn },
};
SUITE_MAIN("term: QR picture", tests)
