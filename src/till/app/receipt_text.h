/* Receipts and reports of this till as text, in the program's language. */
#ifndef APP_RECEIPT_TEXT_H
#define APP_RECEIPT_TEXT_H

#include "counter/counter.h"
#include "receipt/receipt.h"
#include "settings/settings.h"

/* The receipt of an order; `copy` 0 is the first print, n marks DUPLICATE n.
 * `hash` is of the entry that closed it, NULL for an order that is not closed.
 * `columns` 0: the setting. Appends to out; false without memory. */
bool receipt_text_order(const struct settings *settings, const struct counter *counter,
			const struct order *order, uint64_t copy, const uint8_t *hash,
			unsigned columns, struct buffer *out);

/* The X report of an open shift (as of `now`), the Z report of a closed one. */
bool receipt_text_shift(const struct settings *settings, const struct counter *counter,
			const struct shift *shift, struct instant now, unsigned columns,
			struct buffer *out);

#endif
