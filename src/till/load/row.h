/* A row of a product file, and the product it makes. */
#ifndef LOAD_ROW_H
#define LOAD_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "catalog/product.h"
#include "load/column.h"

/* UTF-8 texts as they stand in the file; NULL for parts the file has no
 * column for. They live until the next row is read. */
struct row {
	uint32_t line;
	const char *text[PART_COUNT];
};

/* What was done to a row to make it fit, as bits of its parts. */
struct row_notes {
	unsigned stripped;
	unsigned cut;
};

/* Checks a row and makes the product; *ret_given gets the bits of
 * catalog_given. Refused with the sentence's fault (CATALOG_…, MONEY_…). */
enum fault_code row_product(const struct row *row, enum currency currency, struct product *ret,
			    unsigned *ret_given, struct row_notes *ret_notes, struct fault *fault);

#endif
