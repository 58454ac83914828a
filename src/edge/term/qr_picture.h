/* Draws a QR symbol so that a telephone can read it off the terminal. */
#ifndef TERM_QR_PICTURE_H
#define TERM_QR_PICTURE_H

#include "qr/qr.h"
#include "term/grid.h"

enum qr_picture {
	QR_PICTURE_FULL,      /* a module is two columns of background: any terminal */
	QR_PICTURE_HALF,      /* two modules, one over the other, are one U+2584 */
	QR_PICTURE_TOO_SMALL, /* fits in neither way */
	QR_PICTURE_NO_UTF8,   /* would fit as U+2584, which the terminal has not */
};

/* The largest way the symbol and its quiet zone fit the area. */
enum qr_picture qr_picture_choose(const struct qr_symbol *symbol, struct area area, bool utf8);

/* Rows and columns that it takes, quiet zone included; 0 for the other two. */
int qr_picture_rows(const struct qr_symbol *symbol, enum qr_picture how);
int qr_picture_cols(const struct qr_symbol *symbol, enum qr_picture how);

/* Draws it in the middle of the area, black on white whatever the theme
 * (reverse where there are no colours), and returns where it stands: an area
 * without rows, nothing drawn, when it is not FULL or HALF. */
struct area qr_picture_paint(const struct qr_symbol *symbol, enum qr_picture how,
			     struct grid *grid, struct area area);

/* Why nothing can be drawn and what to do, untranslated; NULL for FULL and HALF. */
const char *qr_picture_words(enum qr_picture how);

#endif
