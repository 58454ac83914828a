/* Building a catalogue: merging, giving up, disks that are full. */
#include "suite.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "catalog_fixture.h"

static const struct fixture_pair first[] = { { "1", "one" }, { "2", "two" } };
static const struct fixture_pair second[] = { { "2", "zwei" }, { "3", "drei" } };

static void expect(struct catalog_store *store, const char *code, const char *name)
{
	struct product p;
	enum fault_code found = catalog_store_find(store, code, &p, NULL);

	ASSERT_NUMBER(found, name ? FAULT_NONE : FAULT_CATALOG_UNKNOWN_CODE);
	if (name && found == FAULT_NONE)
		ASSERT_TEXT(p.name, name);
}

void an_import_merges_or_replaces(void)
{
	struct catalog_store *store;

	fixture_begin();
	fixture_import(first, 2, false);
	fixture_import(second, 2, false);
	store = fixture_open();
	expect(store, "1", "one");
	expect(store, "2", "zwei");
	expect(store, "3", "drei");
	ASSERT_NUMBER(catalog_store_meta(store).products, 3);
	ASSERT_NUMBER(catalog_store_meta(store).generation, 2);
	fixture_import(first, 1, true);
	ASSERT_NUMBER(catalog_store_refresh(store, NULL, NULL), FAULT_NONE);
	expect(store, "1", "one");
	expect(store, "2", NULL);
	ASSERT_NUMBER(catalog_store_meta(store).products, 1);
	ASSERT_NUMBER(catalog_store_meta(store).generation, 3);
	catalog_store_close(store);
	CU_ASSERT(!fixture_left(".new"));
	CU_ASSERT(!fixture_left(".grams"));
	fixture_end();
}

static uint32_t put(struct catalog_build *build, const char *code, const char *name, uint32_t line)
{
	struct product p = fixture_product(code, name);
	uint32_t earlier = 99;

	ASSERT_NUMBER(catalog_build_put(build, &p, CATALOG_GIVEN_ALL, line, &earlier, NULL), FAULT_NONE);
	return earlier;
}

void the_last_of_a_repeated_code_wins(void)
{
	struct catalog_build *build;
	struct catalog_store *store;
	struct catalog_meta meta;
	struct product found[4];
	size_t n;
	bool more;

	fixture_begin();
	fixture_import(first, 2, false);
	build = fixture_build(false);
	ASSERT_NUMBER(put(build, "2", "deux", 2), 0);  /* there before, not a repetition */
	ASSERT_NUMBER(put(build, "6908512108211", "alt", 3), 0);
	ASSERT_NUMBER(put(build, "06908512108211", "neu", 4), 3);  /* the same GTIN */
	ASSERT_NUMBER(put(build, "2", "dos", 5), 2);
	ASSERT_NUMBER(put(build, "2", "due", 6), 5);
	ASSERT_NUMBER(catalog_build_finish(build, fixture_go_on, NULL, &meta, NULL), FAULT_NONE);
	catalog_build_free(build);
	ASSERT_NUMBER(meta.products, 3);
	store = fixture_open();
	expect(store, "2", "due");
	expect(store, "6908512108211", "neu");
	/* The names that lost are not found either. */
	ASSERT_NUMBER(catalog_store_search(store, "deux", found, 4, &n, &more, NULL), FAULT_NONE);
	ASSERT_NUMBER(n, 0);
	catalog_store_close(store);
	fixture_end();
}

void parts_that_are_not_given_stay(void)
{
	struct product whole = fixture_product("7", "seven"), got;
	struct catalog_build *build;
	struct catalog_store *store;
	struct catalog_meta meta;
	uint32_t earlier;

	fixture_begin();
	snprintf(whole.unit, sizeof whole.unit, "kg");
	snprintf(whole.spec, sizeof whole.spec, "blue");
	snprintf(whole.category, sizeof whole.category, "fruit");
	whole.has_member_price = true;
	whole.tax_bp = 900;
	build = fixture_build(false);
	ASSERT_NUMBER(catalog_build_put(build, &whole, CATALOG_GIVEN_ALL, 2, &earlier, NULL), FAULT_NONE);
	whole = fixture_product("7", "sieben");
	whole.has_price = false;
	ASSERT_NUMBER(catalog_build_put(build, &whole, CATALOG_GIVEN_PRICE, 3, &earlier, NULL), FAULT_NONE);
	ASSERT_NUMBER(catalog_build_finish(build, fixture_go_on, NULL, &meta, NULL), FAULT_NONE);
	catalog_build_free(build);
	store = fixture_open();
	ASSERT_NUMBER(catalog_store_find(store, "7", &got, NULL), FAULT_NONE);
	ASSERT_TEXT(got.name, "sieben");
	ASSERT_TEXT(got.unit, "kg");
	ASSERT_TEXT(got.spec, "blue");
	ASSERT_TEXT(got.category, "fruit");
	ASSERT_NUMBER(got.tax_bp, 900);
	CU_ASSERT(!got.has_price && got.has_member_price && got.fractional);
	/* What stays is still found by. */
	ASSERT_NUMBER(catalog_store_search(store, "sieben blue", &got, 1, &(size_t){ 0 }, &(bool){ 0 },
					   NULL), FAULT_NONE);
	ASSERT_TEXT(got.code, "7");
	catalog_store_close(store);
	fixture_end();
}

void one_import_at_a_time(void)
{
	struct catalog_build_options options = { false, 0, fixture_reading, NULL };
	struct catalog_build *build, *other = NULL;
	struct fault fault;
	char pid[24];

	fixture_begin();
	build = fixture_build(false);
	ASSERT_NUMBER(catalog_build_begin(fixture_path, &options, &other, &fault),
		      FAULT_CATALOG_IMPORT_RUNNING);
	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	ASSERT_TEXT(fault.arg[1], pid);
	CU_ASSERT(fixture_left(".new"));  /* the refused one did not touch it */
	catalog_build_free(build);
	catalog_build_free(other);
	build = fixture_build(false);
	catalog_build_free(build);
	fixture_end();
}

static bool give_up_at(void *context, int percent)
{
	return percent < *(int *)context;
}

void an_import_given_up_changes_nothing(void)
{
	struct catalog_store *store;

	fixture_begin();
	fixture_import(first, 2, false);
	store = fixture_open();
	for (int percent = 0; percent < 100; percent += 33) {
		struct catalog_build *build = fixture_build(false);
		struct catalog_meta meta;
		bool swapped = true;

		put(build, "1", "uno", 2);
		ASSERT_NUMBER(catalog_build_finish(build, give_up_at, &percent, &meta, NULL),
			      FAULT_CATALOG_INTERRUPTED);
		catalog_build_free(build);
		ASSERT_NUMBER(catalog_store_refresh(store, &swapped, NULL), FAULT_NONE);
		CU_ASSERT(!swapped);
		CU_ASSERT(!fixture_left(".new"));
	}
	expect(store, "1", "one");
	catalog_store_close(store);
	fixture_end();
}

void keys_of_another_version_are_made_anew(void)
{
	sqlite3 *db = NULL;
	struct catalog_store *store;
	struct product found[4];
	size_t n;
	bool more;

	fixture_begin();
	fixture_import(first, 2, false);
	ASSERT_NUMBER(sqlite3_open(fixture_path, &db), SQLITE_OK);
	ASSERT_NUMBER(sqlite3_exec(db, "UPDATE meta SET value=0 WHERE name='search_key';"
				   "UPDATE product SET folded='broken'", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	fixture_import(second, 2, false);
	store = fixture_open();
	ASSERT_NUMBER(catalog_store_search(store, "one", found, 4, &n, &more, NULL), FAULT_NONE);
	ASSERT_NUMBER(n, 1);
	expect(store, "2", "zwei");
	ASSERT_NUMBER(catalog_store_meta(store).products, 3);
	catalog_store_close(store);
	fixture_end();
}

void a_full_disk_changes_nothing(void)
{
	struct rlimit before, tight;
	struct catalog_store *store;
	int refused = 0;

	fixture_begin();
	fixture_import(first, 2, false);
	store = fixture_open();
	signal(SIGXFSZ, SIG_IGN);
	ASSERT_NUMBER(getrlimit(RLIMIT_FSIZE, &before), 0);
	for (rlim_t room = 0; room < 40000; room += 3000) {
		struct catalog_build_options options = { false, 0, fixture_reading, NULL };
		struct catalog_build *build = NULL;
		struct catalog_meta meta;
		struct fault fault = { .code = FAULT_NONE };
		enum fault_code code;

		tight = before;
		tight.rlim_cur = room;
		ASSERT_NUMBER(setrlimit(RLIMIT_FSIZE, &tight), 0);
		code = catalog_build_begin(fixture_path, &options, &build, &fault);
		for (int i = 0; i < 200 && code == FAULT_NONE; i++) {
			char name[16];
			struct product p;
			uint32_t earlier;

			snprintf(name, sizeof name, "name %d", i);
			p = fixture_product(name + 5, name);
			code = catalog_build_put(build, &p, CATALOG_GIVEN_ALL, 2, &earlier, &fault);
		}
		if (code == FAULT_NONE)
			code = catalog_build_finish(build, fixture_go_on, NULL, &meta, &fault);
		catalog_build_free(build);
		ASSERT_NUMBER(setrlimit(RLIMIT_FSIZE, &before), 0);
		CU_ASSERT(!fixture_left(".new"));
		if (code == FAULT_NONE)
			continue;
		refused++;
		/* A limit of the process is no full disk to SQLite, but to us it is. */
		CU_ASSERT(code == FAULT_STORE_FULL || code == FAULT_STORE_IO);
		ASSERT_NUMBER(catalog_store_refresh(store, NULL, NULL), FAULT_NONE);
		ASSERT_NUMBER(catalog_store_meta(store).generation, 1);
		expect(store, "1", "one");
	}
	CU_ASSERT(refused > 5);
	catalog_store_close(store);
	fixture_end();
}
