/* Building a new catalogue beside the one in use, and swapping it in. Used by
 * the loader alone; memory is bounded whatever the number of products. */
#ifndef STORE_CATALOG_BUILD_H
#define STORE_CATALOG_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "catalog/product.h"
#include "catalog/search_key.h"
#include "store/catalog_store.h"

struct catalog_build;

struct catalog_build_options {
	bool replace;                /* products of the old catalogue are dropped */
	int64_t now_utc_ms;
	search_reading_of *reading;  /* readings of characters, and its context */
	void *context;
};

/* Begins a build for the catalogue at `path`: takes its import lock, copies
 * the products of the old catalogue unless they are to be dropped. Nothing but
 * <path>.new and <path>.lock is written; what a killed import left is removed.
 * FAULT_CATALOG_IMPORT_RUNNING (another build goes on), FAULT_STORE_FULL,
 * FAULT_STORE_IO, FAULT_CATALOG_NOT_READABLE (the old catalogue; replace
 * helps), FAULT_STORE_NEWER. */
enum fault_code catalog_build_begin(const char *path, const struct catalog_build_options *options,
				    struct catalog_build **ret, struct fault *fault);

/* Which parts of a product a file says something about, besides code and name. */
enum catalog_given {
	CATALOG_GIVEN_UNIT = 1,
	CATALOG_GIVEN_SPEC = 2,
	CATALOG_GIVEN_CATEGORY = 4,
	CATALOG_GIVEN_PRICE = 8,
	CATALOG_GIVEN_MEMBER_PRICE = 16,
	CATALOG_GIVEN_TAX = 32,
	CATALOG_GIVEN_ALL = 63,
};

/* Adds a product, or puts it in the place of the one with the same key; parts
 * that are not in `given` (catalog_given) then stay as they were. `line` (> 0)
 * is where it stands in the file; *ret_earlier the line of this import that
 * had its key already, 0 when none had. */
enum fault_code catalog_build_put(struct catalog_build *build, const struct product *product,
				  unsigned given, uint32_t line, uint32_t *ret_earlier,
				  struct fault *fault);

/* Called while the index is made: 0 … 100. Returns false to give up. */
typedef bool catalog_build_tick(void *context, int percent);

/* Makes the index, brings everything to the disk and swaps the new catalogue
 * in. After FAULT_NONE it is there whatever happens; after anything else the
 * old one is as it was. FAULT_CATALOG_INTERRUPTED when `tick` gave up. */
enum fault_code catalog_build_finish(struct catalog_build *build, catalog_build_tick *tick,
				     void *context, struct catalog_meta *ret, struct fault *fault);

/* Gives the build up unless it is finished, removes its file and frees it. */
void catalog_build_free(struct catalog_build *build);

#endif
