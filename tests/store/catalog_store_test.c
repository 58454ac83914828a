/* Tests of the catalogue store: opening, finding, noticing a swap. */
#include "suite.h"

#include <stdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "catalog_fixture.h"

static const struct fixture_pair three[] = {
	{ "6908512108211", "可口可乐" }, { "85123A", "White Lantern" }, { "101", "银行卡套" },
};

void codes_are_found_by_key(void)
{
	static const struct { const char *code, *name; } cases[] = {
		{ "6908512108211", "可口可乐" }, { "06908512108211", "可口可乐" },
		{ "85123A", "White Lantern" }, { "85123a", NULL }, { "101", "银行卡套" },
		{ "0101", NULL }, { "", NULL }, { "6908512108212", NULL }, { "101 ", NULL },
	};
	struct catalog_store *store;
	char longest[200];

	fixture_begin();
	fixture_import(three, 3, false);
	store = fixture_open();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct product p;
		struct fault fault;
		enum fault_code code = catalog_store_find(store, cases[i].code, &p, &fault);

		ASSERT_NUMBER(code, cases[i].name ? FAULT_NONE : FAULT_CATALOG_UNKNOWN_CODE);
		if (code == FAULT_NONE)
			ASSERT_TEXT(p.name, cases[i].name);
		else
			ASSERT_TEXT(fault.arg[0], cases[i].code);
	}
	memset(longest, '1', sizeof longest - 1);
	longest[sizeof longest - 1] = '\0';
	ASSERT_NUMBER(catalog_store_find(store, longest, &(struct product){ .code = "" }, NULL),
		      FAULT_CATALOG_UNKNOWN_CODE);
	catalog_store_close(store);
	fixture_end();
}

static bool third(void *context, const struct product *product)
{
	size_t *n = context;

	ASSERT_TEXT(product->code, three[*n].code);
	ASSERT_TEXT(product->name, three[*n].name);
	return ++*n < 3;
}

void products_come_back_as_they_were(void)
{
	struct product p = fixture_product("96385074", "鲜肉"), got;
	struct catalog_build *build;
	struct catalog_store *store;
	struct catalog_meta meta;
	uint32_t earlier;
	size_t n = 0;

	fixture_begin();
	snprintf(p.unit, sizeof p.unit, "kg");
	snprintf(p.spec, sizeof p.spec, "散装");
	snprintf(p.category, sizeof p.category, "肉");
	p.has_member_price = true;
	p.price = money_make(5999, CURRENCY_CNY);
	p.member_price = money_make(4999, CURRENCY_CNY);
	p.tax_bp = 900;
	build = fixture_build(false);
	ASSERT_NUMBER(catalog_build_put(build, &p, CATALOG_GIVEN_ALL, 2, &earlier, NULL), FAULT_NONE);
	ASSERT_NUMBER(catalog_build_finish(build, fixture_go_on, NULL, &meta, NULL), FAULT_NONE);
	catalog_build_free(build);
	store = fixture_open();
	ASSERT_NUMBER(catalog_store_find(store, "96385074", &got, NULL), FAULT_NONE);
	ASSERT_TEXT(got.code, "96385074");
	ASSERT_TEXT(got.name, "鲜肉");
	ASSERT_TEXT(got.unit, "kg");
	ASSERT_TEXT(got.spec, "散装");
	ASSERT_TEXT(got.category, "肉");
	CU_ASSERT(got.has_price && got.has_member_price && got.fractional);
	ASSERT_NUMBER(got.price.minor, 5999);
	ASSERT_NUMBER(got.price.currency, CURRENCY_CNY);
	ASSERT_NUMBER(got.member_price.minor, 4999);
	ASSERT_NUMBER(got.tax_bp, 900);
	catalog_store_close(store);
	fixture_import(three, 3, true);
	store = fixture_open();
	ASSERT_NUMBER(catalog_store_each(store, third, &n, NULL), FAULT_NONE);
	ASSERT_NUMBER(n, 3);
	catalog_store_close(store);
	fixture_end();
}

void no_file_is_an_empty_catalogue(void)
{
	struct catalog_store *store;
	struct product p;
	size_t n = 7;
	bool more = true, swapped = true;

	fixture_begin();
	store = fixture_open();
	ASSERT_NUMBER(catalog_store_find(store, "101", &p, NULL), FAULT_CATALOG_UNKNOWN_CODE);
	ASSERT_NUMBER(catalog_store_search(store, "a", &p, 1, &n, &more, NULL), FAULT_NONE);
	ASSERT_NUMBER(n, 0);
	CU_ASSERT(!more);
	ASSERT_NUMBER(catalog_store_each(store, third, &n, NULL), FAULT_NONE);
	ASSERT_NUMBER(catalog_store_meta(store).products, 0);
	ASSERT_NUMBER(catalog_store_refresh(store, &swapped, NULL), FAULT_NONE);
	CU_ASSERT(!swapped);
	fixture_import(three, 3, false);
	ASSERT_NUMBER(catalog_store_refresh(store, &swapped, NULL), FAULT_NONE);
	CU_ASSERT(swapped);
	ASSERT_NUMBER(catalog_store_find(store, "101", &p, NULL), FAULT_NONE);
	catalog_store_close(store);
	catalog_store_close(NULL);
	fixture_end();
}

void a_swapped_catalogue_is_noticed(void)
{
	static const struct fixture_pair other[] = { { "101", "新名" } };
	struct catalog_store *store;
	struct product p;
	bool swapped = true;

	fixture_begin();
	fixture_import(three, 3, false);
	store = fixture_open();
	ASSERT_NUMBER(catalog_store_find(store, "101", &p, NULL), FAULT_NONE);
	fixture_import(other, 1, false);
	/* Until it looks, the till sells from the catalogue it has open. */
	ASSERT_NUMBER(catalog_store_find(store, "101", &p, NULL), FAULT_NONE);
	ASSERT_TEXT(p.name, "银行卡套");
	ASSERT_NUMBER(catalog_store_meta(store).generation, 1);
	ASSERT_NUMBER(catalog_store_refresh(store, &swapped, NULL), FAULT_NONE);
	CU_ASSERT(swapped);
	ASSERT_NUMBER(catalog_store_find(store, "101", &p, NULL), FAULT_NONE);
	ASSERT_TEXT(p.name, "新名");
	ASSERT_NUMBER(catalog_store_meta(store).generation, 2);
	ASSERT_NUMBER(catalog_store_meta(store).imported_utc_ms, 1700000000000);
	ASSERT_NUMBER(catalog_store_refresh(store, &swapped, NULL), FAULT_NONE);
	CU_ASSERT(!swapped);
	catalog_store_close(store);
	fixture_end();
}

static void write_file(const char *bytes)
{
	FILE *f;

	unlink(fixture_path);
	f = fopen(fixture_path, "w");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	fputs(bytes, f);
	fclose(f);
}

static void run_sql(const char *sql)
{
	sqlite3 *db = NULL;

	ASSERT_NUMBER(sqlite3_open(fixture_path, &db), SQLITE_OK);
	ASSERT_NUMBER(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

void broken_files_are_refused_with_a_reason(void)
{
	struct catalog_store *store = NULL, *open;
	struct fault fault;
	struct product p;
	bool swapped = true;

	fixture_begin();
	fixture_import(three, 3, false);
	open = fixture_open();
	write_file("this is no database, only some text that is long enough to be read as one.....");
	ASSERT_NUMBER(catalog_store_open(fixture_path, &store, &fault), FAULT_CATALOG_NOT_READABLE);
	ASSERT_TEXT(fault.arg[0], fixture_path);
	CU_ASSERT(fault.arg[1][0] != '\0');
	/* A till that sells goes on with what it has. */
	ASSERT_NUMBER(catalog_store_refresh(open, &swapped, &fault), FAULT_CATALOG_NOT_READABLE);
	CU_ASSERT(!swapped);
	ASSERT_NUMBER(catalog_store_find(open, "101", &p, NULL), FAULT_NONE);
	write_file("");
	ASSERT_NUMBER(catalog_store_open(fixture_path, &store, &fault), FAULT_CATALOG_NOT_READABLE);
	unlink(fixture_path);
	fixture_import(three, 3, false);
	run_sql("PRAGMA user_version=2");
	ASSERT_NUMBER(catalog_store_open(fixture_path, &store, &fault), FAULT_STORE_NEWER);
	ASSERT_TEXT(fault.arg[1], "2");
	CU_ASSERT_PTR_NULL(store);
	catalog_store_close(open);
	fixture_end();
}

static const struct test tests[] = {
	{ "codes are found by key", codes_are_found_by_key },
	{ "products come back as they were", products_come_back_as_they_were },
	{ "no file is an empty catalogue", no_file_is_an_empty_catalogue },
	{ "a swapped catalogue is noticed", a_swapped_catalogue_is_noticed },
	{ "broken files are refused with a reason", broken_files_are_refused_with_a_reason },
	{ "an import merges or replaces", an_import_merges_or_replaces },
	{ "the last of a repeated code wins", the_last_of_a_repeated_code_wins },
	{ "parts that are not given stay", parts_that_are_not_given_stay },
	{ "one import at a time", one_import_at_a_time },
	{ "an import given up changes nothing", an_import_given_up_changes_nothing },
	{ "keys of another version are made anew", keys_of_another_version_are_made_anew },
	{ "a full disk changes nothing", a_full_disk_changes_nothing },
	{ "the best match comes first", the_best_match_comes_first },
	{ "search says when there is more", search_says_when_there_is_more },
	{ "search finds what a plain scan finds", search_finds_what_a_plain_scan_finds },
	{ "common words stay bounded", common_words_stay_bounded },
};

SUITE_MAIN("catalog store", tests)
