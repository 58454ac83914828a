/* A text as a QR symbol: ISO/IEC 18004 versions 1 to 10, levels L and M. */
#ifndef QR_QR_H
#define QR_QR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

enum {
	QR_VERSION_MAX = 10,
	QR_SIZE_MAX = 17 + 4 * QR_VERSION_MAX,  /* modules a side */
	QR_TEXT_MAX = 271,    /* bytes that version 10-L holds */
	QR_QUIET = 4,         /* light modules that must surround a symbol */
};

enum qr_level { QR_LEVEL_L, QR_LEVEL_M };

struct qr_symbol {
	int version;
	enum qr_level level;
	int size;                               /* modules a side */
	uint8_t dark[QR_SIZE_MAX * QR_SIZE_MAX]; /* row after row; 1 dark, 0 light */
};

/* Encodes text as bytes (ASCII: of others, readers guess the character set) in
 * the smallest version that holds it at level L (53 bytes: version 3), and at
 * level M when that version holds it so too.
 * FAULT_QR_TEXT for an empty text and one beyond QR_TEXT_MAX,
 * FAULT_OUT_OF_MEMORY; *ret untouched then. */
enum fault_code qr_encode(const char *text, struct qr_symbol *ret, struct fault *fault);

/* Whether the module is dark; those outside the symbol are light. */
bool qr_is_dark(const struct qr_symbol *symbol, int row, int col);

#endif
