/* A symbol as cells. In most fonts the upper half block and the full block
 * leave hair lines between cells, which readers stumble over; backgrounds and
 * the lower half block (U+2584) over a background do not. */
#include "term/qr_picture.h"

#include "base/mark.h"

enum { MODULE_COLS = 2 };

static const char lower_half[] = "\xE2\x96\x84";

/* Modules a side, quiet zone included. */
static int whole(const struct qr_symbol *symbol)
{
	return symbol->size + 2 * QR_QUIET;
}

int qr_picture_rows(const struct qr_symbol *symbol, enum qr_picture how)
{
	if (how == QR_PICTURE_FULL)
		return whole(symbol);
	return how == QR_PICTURE_HALF ? (whole(symbol) + 1) / 2 : 0;
}

int qr_picture_cols(const struct qr_symbol *symbol, enum qr_picture how)
{
	if (how == QR_PICTURE_FULL)
		return whole(symbol) * MODULE_COLS;
	return how == QR_PICTURE_HALF ? whole(symbol) : 0;
}

static bool fits(const struct qr_symbol *symbol, enum qr_picture how, struct area area)
{
	return qr_picture_rows(symbol, how) <= area.rows && qr_picture_cols(symbol, how) <= area.cols;
}

enum qr_picture qr_picture_choose(const struct qr_symbol *symbol, struct area area, bool utf8)
{
	if (fits(symbol, QR_PICTURE_FULL, area))
		return QR_PICTURE_FULL;
	if (!fits(symbol, QR_PICTURE_HALF, area))
		return QR_PICTURE_TOO_SMALL;
	return utf8 ? QR_PICTURE_HALF : QR_PICTURE_NO_UTF8;
}

/* Black or white over the whole cell. */
static unsigned ground(bool dark)
{
	return dark ? ATTR_INK : ATTR_PAPER;
}

static void paint_full(const struct qr_symbol *symbol, struct grid *grid, struct area box)
{
	for (int row = 0; row < box.rows; row++) {
		for (int col = 0; col < whole(symbol); col++) {
			bool dark = qr_is_dark(symbol, row - QR_QUIET, col - QR_QUIET);

			grid_put_text(grid, box.row + row, box.col + col * MODULE_COLS, ground(dark), "  ");
		}
	}
}

static void paint_half(const struct qr_symbol *symbol, struct grid *grid, struct area box)
{
	for (int row = 0; row < box.rows; row++) {
		for (int col = 0; col < box.cols; col++) {
			bool upper = qr_is_dark(symbol, 2 * row - QR_QUIET, col - QR_QUIET);
			bool lower = qr_is_dark(symbol, 2 * row + 1 - QR_QUIET, col - QR_QUIET);

			grid_put_text(grid, box.row + row, box.col + col, ground(upper),
				      upper == lower ? " " : lower_half);
		}
	}
}

struct area qr_picture_paint(const struct qr_symbol *symbol, enum qr_picture how,
			     struct grid *grid, struct area area)
{
	int rows = qr_picture_rows(symbol, how), cols = qr_picture_cols(symbol, how);
	struct area box = { area.row + (area.rows - rows) / 2, area.col + (area.cols - cols) / 2, rows, cols };

	if (how == QR_PICTURE_FULL)
		paint_full(symbol, grid, box);
	else if (how == QR_PICTURE_HALF)
		paint_half(symbol, grid, box);
	return box;
}

const char *qr_picture_words(enum qr_picture how)
{
	switch (how) {
	case QR_PICTURE_TOO_SMALL:
		return N_("This window is too small for the QR code. Make it larger, or print the code.");
	case QR_PICTURE_NO_UTF8:
		return N_("This terminal has no UTF-8, so the QR code does not fit it. Use a larger window, or print the code.");
	case QR_PICTURE_FULL:
	case QR_PICTURE_HALF:
		break;
	}
	return NULL;
}
