/* Shows a QR code on its terminal until a key is pressed: what
 * tests/term/qr_xterm photographs.
 *
 * usage: qr-show TEXT */
#include <locale.h>
#include <poll.h>
#include <stdio.h>

#include "term/qr_picture.h"
#include "term/term.h"

static void show(struct term *term, const struct qr_symbol *symbol)
{
	struct grid grid = GRID_INIT;
	struct area area;
	enum qr_picture how;

	if (grid_resize(&grid, term_rows(term), term_cols(term)))
		return;
	area = grid_area(&grid);
	how = qr_picture_choose(symbol, area, term_is_utf8(term));
	qr_picture_paint(symbol, how, &grid, area);
	if (qr_picture_words(how))
		grid_put_text(&grid, 0, 0, ATTR_PLAIN, qr_picture_words(how));
	grid_hide_cursor(&grid);
	term_paint(term, &grid);
	grid_release(&grid);
}

int main(int argc, char **argv)
{
	struct term_options options = TERM_OPTIONS_INIT;
	struct qr_symbol symbol;
	struct term *term = NULL;
	struct fault fault;
	struct key key = { .code = KEY_RESIZE };

	setlocale(LC_ALL, "");
	if (argc != 2 || qr_encode(argv[1], &symbol, &fault) || term_open(&options, &term, &fault))
		return 1;
	while (key.code == KEY_RESIZE) {
		show(term, &symbol);
		while (!term_next_key(term, &key)) {
			struct pollfd p = { term_fd(term), POLLIN, 0 };

			poll(&p, 1, term_wait_ms(term));
		}
	}
	term_free(term);
	return 0;
}
