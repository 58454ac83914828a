/* The catalogue over power cuts: import after import is swapped in; after a cut
 * the till must find one of them whole, never older than the last one that was
 * said to be there. */
#include "workload.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "crypt/crypt.h"
#include "power_vfs.h"
#include "store/catalog_build.h"

#define PATH POWER_ROOT "/catalog.db"
#define IMPORTS 3
#define PRODUCTS 24

/* All products after each import of the day recorded last; [0]: none. */
static struct {
	int64_t products;
	uint8_t digest[DIGEST_SIZE];
} days_catalogs[IMPORTS + 1];

static void no_reading(void *context, uint32_t cp, struct search_reading *ret)
{
	(void)context;
	(void)cp;
	memset(ret, 0, sizeof *ret);
}

static bool go_on(void *context, int percent)
{
	(void)context;
	(void)percent;
	return true;
}

static struct product make_product(uint64_t seed, unsigned import, unsigned i)
{
	static const char *const names[] = { "可口可乐", "绿茶", "milk", "鲜肉 500g", "纸巾" };
	uint64_t state = seed * 1000 + import * 100 + i;
	uint64_t draw = power_random(&state);
	struct product p = { .tax_bp = -1, .has_price = true };

	snprintf(p.code, sizeof p.code, "%llu", (unsigned long long)(draw % 40));
	snprintf(p.name, sizeof p.name, "%s %u", names[draw % 5], import * 100 + i);
	p.price = money_make((int64_t)(draw % 5000), CURRENCY_CNY);
	return p;
}

struct digest {
	struct hasher *hasher;
	int64_t n;
};

static bool add_product(void *context, const struct product *product)
{
	struct digest *digest = context;

	hasher_add(digest->hasher, product->code, strlen(product->code) + 1);
	hasher_add(digest->hasher, product->name, strlen(product->name) + 1);
	hasher_add(digest->hasher, &product->price.minor, sizeof product->price.minor);
	digest->n++;
	return true;
}

static bool digest_catalog(struct catalog_store *store, int64_t *ret_n, uint8_t ret[DIGEST_SIZE])
{
	struct digest digest = { .hasher = hasher_new() };
	struct fault fault = { 0 };
	bool good = digest.hasher != NULL;

	if (good) {
		hasher_begin(digest.hasher);
		good = catalog_store_each(store, add_product, &digest, &fault) == FAULT_NONE;
		good = hasher_end(digest.hasher, ret) == FAULT_NONE && good;
	}
	hasher_free(digest.hasher);
	*ret_n = digest.n;
	return good;
}

static bool keep_catalog(unsigned import)
{
	struct catalog_store *store = NULL;
	bool good = catalog_store_open(PATH, &store, NULL) == FAULT_NONE &&
		    digest_catalog(store, &days_catalogs[import].products,
				   days_catalogs[import].digest);

	catalog_store_close(store);
	return good;
}

static bool import_products(uint64_t seed, unsigned import)
{
	struct catalog_build_options options = { .reading = no_reading,
						 .replace = (seed + import) % 3 == 0 };
	struct catalog_build *build = NULL;
	struct catalog_meta meta;
	struct fault fault = { 0 };
	uint32_t earlier;
	bool good = catalog_build_begin(PATH, &options, &build, &fault) == FAULT_NONE;

	for (unsigned i = 0; good && i < PRODUCTS; i++) {
		struct product product = make_product(seed, import, i);

		good = catalog_build_put(build, &product, CATALOG_GIVEN_ALL, i + 1, &earlier,
					 &fault) == FAULT_NONE;
	}
	good = good && catalog_build_finish(build, go_on, NULL, &meta, &fault) == FAULT_NONE;
	catalog_build_free(build);
	return good;
}

static bool run_catalog(struct power_disk *disk, uint64_t seed, const void *variant)
{
	bool good = true;

	disk->ignores_syncs = variant != NULL;
	memset(days_catalogs, 0, sizeof days_catalogs);
	for (unsigned import = 1; good && import <= IMPORTS; import++) {
		good = import_products(seed, import);
		power_disk_acknowledge(disk, import);
		good = good && keep_catalog(import);
	}
	if (!good)
		fprintf(stderr, "power-cut: an import failed\n");
	return good;
}

/* ---- after the cut -------------------------------------------------------------- */

static bool is_whole(struct catalog_store *store, uint64_t acknowledged, char *ret_reason,
		     size_t size)
{
	uint64_t generation = (uint64_t)catalog_store_meta(store).generation;
	uint8_t digest[DIGEST_SIZE] = { 0 };
	int64_t n = 0;

	if (generation < acknowledged || generation > acknowledged + 1 || generation > IMPORTS)
		snprintf(ret_reason, size, "import %llu is found, acknowledged is %llu",
			 (unsigned long long)generation, (unsigned long long)acknowledged);
	else if (generation > 0 && (!digest_catalog(store, &n, digest) ||
				    n != days_catalogs[generation].products ||
				    memcmp(digest, days_catalogs[generation].digest,
					   sizeof digest) != 0))
		snprintf(ret_reason, size, "import %llu has lost products",
			 (unsigned long long)generation);
	else
		return true;
	return false;
}

/* The next import must also work on what is left. */
static bool check_catalog(void *context, struct power_disk *survivor, uint64_t acknowledged,
			  char *ret_reason, size_t reason_size)
{
	const struct power_day *day = context;
	struct catalog_store *store = NULL;
	struct fault fault = { 0 };
	bool good = false;

	power_vfs_use(survivor);
	if (catalog_store_open(PATH, &store, &fault))
		snprintf(ret_reason, reason_size, "does not open: error %d %s", fault.code,
			 fault.arg[1]);
	else
		good = is_whole(store, acknowledged, ret_reason, reason_size);
	catalog_store_close(store);
	if (good && survivor->log == NULL && acknowledged % 2 == 1 &&
	    !import_products(day->seed, IMPORTS)) {
		snprintf(ret_reason, reason_size, "the next import fails");
		good = false;
	}
	return good;
}

static const bool syncs_are_lies = true;

const struct power_workload catalog_workloads[] = {
	{ "catalog", "imports swapped in one after the other", false, 3, run_catalog, check_catalog,
	  NULL },
	{ "control-catalog", "the same on a disk that only says it synced", true, 0, run_catalog,
	  check_catalog, &syncs_are_lies },
	{ 0 },
};
