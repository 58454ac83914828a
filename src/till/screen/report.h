/* Receipts and reports as text for the screen; inside this room only. */
#ifndef SCREEN_REPORT_H
#define SCREEN_REPORT_H

#include "base/buffer.h"
#include "screen/loop.h"

enum { REPORT_COLS = 48 };

/* Append the document laid out for REPORT_COLS; false without memory. */
bool report_shift_text(struct screen_loop *loop, const struct shift *shift, struct buffer *out);
bool report_order_text(struct screen_loop *loop, const struct order *order,
		       const uint8_t hash[JOURNAL_HASH_BYTES], struct buffer *out);

#endif
