/* The catalogue as the till reads it: catalog.db, swapped in whole by an
 * import while the till sells on. */
#ifndef STORE_CATALOG_STORE_H
#define STORE_CATALOG_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "catalog/product.h"

/* The most products one search gives. */
enum { CATALOG_SEARCH_MAX = 200 };

struct catalog_store;

/* Opens the catalogue in a file; a file that is not there is an empty
 * catalogue, until catalog_store_refresh finds it. Opening reads a few pages,
 * however many products there are. FAULT_CATALOG_NOT_READABLE,
 * FAULT_STORE_NEWER, FAULT_OUT_OF_MEMORY. */
enum fault_code catalog_store_open(const char *path, struct catalog_store **ret,
				   struct fault *fault);
void catalog_store_close(struct catalog_store *store);

/* Goes over to a catalogue that was swapped in since; costs one stat() when
 * none was. Sets *ret_swapped (NULL is allowed). When the new one cannot be
 * read the old one stays in use and the fault is returned. */
enum fault_code catalog_store_refresh(struct catalog_store *store, bool *ret_swapped,
				      struct fault *fault);

/* The product with a code (GTINs as 14 digits, others byte for byte).
 * FAULT_CATALOG_UNKNOWN_CODE, FAULT_CATALOG_NOT_READABLE. */
enum fault_code catalog_store_find(struct catalog_store *store, const char *code,
				   struct product *ret, struct fault *fault);

/* Products by what was typed, best first: its code exactly, codes that begin
 * with it, names (or their pinyin initials) that begin with it, names that
 * have it, codes that have it as a part (from four characters on). The same
 * query gives the same order until the next import. Writes at most `limit`
 * (≤ CATALOG_SEARCH_MAX) products and sets *ret_more when there may be others.
 * The work is bounded: with words so common and so badly matched that the
 * bound is met, *ret_more is true even if fewer than `limit` were found. */
enum fault_code catalog_store_search(struct catalog_store *store, const char *typed,
				     struct product *out, size_t limit, size_t *ret_n,
				     bool *ret_more, struct fault *fault);

/* Every product in the order of import; `each` returns false to stop. */
typedef bool catalog_store_each_fn(void *context, const struct product *product);
enum fault_code catalog_store_each(struct catalog_store *store, catalog_store_each_fn *each,
				   void *context, struct fault *fault);

/* The catalogue as a whole; all zero while there is none. */
struct catalog_meta {
	int64_t generation;       /* one more with each import */
	int64_t products;
	int64_t imported_utc_ms;
};
struct catalog_meta catalog_store_meta(const struct catalog_store *store);

#endif
