/* Live search over the catalogue store. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "catalog/search_key.h"
#include "catalog_fixture.h"

/* The codes found, "101 102", with a + when there is more. */
static const char *found_codes(struct catalog_store *store, const char *typed, size_t limit)
{
	static char out[4096];
	static struct product found[CATALOG_SEARCH_MAX];
	size_t n = 0;
	bool more = false;

	out[0] = '\0';
	ASSERT_NUMBER(catalog_store_search(store, typed, found, limit, &n, &more, NULL), FAULT_NONE);
	for (size_t i = 0; i < n; i++) {
		size_t used = strlen(out);

		snprintf(out + used, sizeof out - used, "%s%s", i ? " " : "", found[i].code);
	}
	if (more)
		strncat(out, "+", sizeof out - strlen(out) - 1);
	return out;
}

void the_best_match_comes_first(void)
{
	static const struct fixture_pair products[] = {
		{ "6908512108211", "汽水可口可乐" }, { "690851", "可口可乐" }, { "101", "银行卡套" },
		{ "A-7", "Cola light" }, { "A-77", "Pepsi Cola" }, { "a-78", "Cocola" },
		{ "96385074", "6908 mixed" }, { "B 1", "Café crème" }, { "1012", "卡" },
	};
	static const struct { const char *typed, *codes; } cases[] = {
		{ "kkkl", "690851 6908512108211" }, { "kkky", "690851 6908512108211" },
		{ "可乐", "6908512108211 690851" }, { "可口可乐", "690851 6908512108211" },
		{ "690851", "690851 6908512108211" }, { "6908512108211", "6908512108211" },
		{ "06908512108211", "6908512108211" }, { "6908", "690851 6908512108211 96385074" },
		{ "1082", "6908512108211" }, { "08211", "6908512108211" }, { "5074", "96385074" },
		{ "101", "101 1012" }, { "10", "101 1012" }, { "yh", "101" }, { "yx", "101" },
		{ "卡", "1012 101" }, { "k", "690851 1012 6908512108211 101" }, { "A-7", "A-7 A-77 a-78" },
		{ "a-7", "a-78 A-7 A-77" }, { "cola", "A-7 A-77 a-78" }, { "ola", "A-7 A-77 a-78" },
		{ "co", "A-7 a-78 A-77" }, { "cola pep", "A-77" }, { "B 1", "B 1" },
		{ "CAFE", "B 1" }, { "café CRÈME", "B 1" }, { "zzz", "" }, { "", "" }, { "  ", "" },
		{ "kk 96", "" }, { "%", "" }, { "'", "" }, { "\xFF\xFE", "" },
	};
	struct catalog_store *store;

	fixture_begin();
	fixture_import(products, sizeof products / sizeof products[0], false);
	store = fixture_open();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_TEXT(found_codes(store, cases[i].typed, 50), cases[i].codes);
	catalog_store_close(store);
	fixture_end();
}

void search_says_when_there_is_more(void)
{
	static const struct fixture_pair products[] = {
		{ "1", "可乐 a" }, { "2", "可乐 b" }, { "3", "可乐 c" }, { "4", "水" },
	};
	struct catalog_store *store;

	fixture_begin();
	fixture_import(products, 4, false);
	store = fixture_open();
	ASSERT_TEXT(found_codes(store, "可乐", 4), "1 2 3");
	ASSERT_TEXT(found_codes(store, "可乐", 2), "1 2+");
	ASSERT_TEXT(found_codes(store, "可乐", 0), "+");
	catalog_store_close(store);
	fixture_end();
}

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

enum { RANDOM_PRODUCTS = 3000 };
static char names[RANDOM_PRODUCTS][40];

static void build_random(void)
{
	static const char *const pieces[] = {
		"可", "口", "乐", "银", "行", "卡", "套", "水", "co", "la", "x", " ", "9", "an", "-", "z",
	};
	struct catalog_build *build = fixture_build(false);
	struct catalog_meta meta;
	unsigned seed = 7;

	for (uint32_t i = 0; i < RANDOM_PRODUCTS; i++) {
		char code[16];
		struct product p;
		uint32_t earlier;

		names[i][0] = '\0';
		for (int k = 0; k < 6; k++)
			strncat(names[i], pieces[next(&seed) & 15], sizeof names[i] - strlen(names[i]) - 1);
		snprintf(code, sizeof code, "P%u", i);
		p = fixture_product(code, names[i]);
		ASSERT_NUMBER(catalog_build_put(build, &p, CATALOG_GIVEN_ALL, i + 1, &earlier, NULL), FAULT_NONE);
	}
	ASSERT_NUMBER(catalog_build_finish(build, fixture_go_on, NULL, &meta, NULL), FAULT_NONE);
	catalog_build_free(build);
}

/* How many names a plain scan finds of each kind. */
static void scan(const char *typed, size_t count[SEARCH_MISSED + 1])
{
	struct search_query query;

	memset(count, 0, (SEARCH_MISSED + 1) * sizeof *count);
	search_query_read(typed, &query);
	for (size_t i = 0; i < RANDOM_PRODUCTS; i++) {
		struct search_key key;

		search_key_build(names[i], "", fixture_reading, NULL, &key);
		count[search_key_match(&key, &query)]++;
	}
}

static enum search_match match_of(const struct product *p, const char *typed)
{
	struct search_query query;
	struct search_key key;

	search_query_read(typed, &query);
	search_key_build(p->name, "", fixture_reading, NULL, &key);
	return search_key_match(&key, &query);
}

void search_finds_what_a_plain_scan_finds(void)
{
	static struct product found[CATALOG_SEARCH_MAX];
	struct catalog_store *store;
	unsigned seed = 99;
	size_t compared = 0;

	fixture_begin();
	build_random();
	store = fixture_open();
	for (int round = 0; round < 1500; round++) {
		static const char *const pieces[] = { "可", "口", "乐", "h", "kk", "x", "la", " " };
		char typed[32] = "";
		size_t count[SEARCH_MISSED + 1], n, all;
		bool more;

		for (unsigned k = 0; k < 2 + (unsigned)round % 3; k++)
			strncat(typed, pieces[next(&seed) & 7], sizeof typed - strlen(typed) - 1);
		scan(typed, count);
		all = count[SEARCH_BEGINS] + count[SEARCH_STARTS] + count[SEARCH_INSIDE];
		ASSERT_NUMBER(catalog_store_search(store, typed, found, CATALOG_SEARCH_MAX, &n, &more,
						   NULL), FAULT_NONE);
		if (all < CATALOG_SEARCH_MAX && !more) {
			if (n != all)
				fprintf(stderr, "\"%s\"\n", typed);
			ASSERT_NUMBER(n, all);
			compared++;
		}
		for (size_t i = 1; i < n; i++)
			CU_ASSERT(match_of(&found[i - 1], typed) <= match_of(&found[i], typed));
	}
	CU_ASSERT(compared > 500);
	catalog_store_close(store);
	fixture_end();
}

void common_words_stay_bounded(void)
{
	struct catalog_build *build;
	struct catalog_store *store;
	struct catalog_meta meta;
	uint32_t earlier;

	fixture_begin();
	build = fixture_build(false);
	for (uint32_t i = 0; i < 6000; i++) {
		char code[16];
		struct product p;

		snprintf(code, sizeof code, "%u", i);
		/* Both words everywhere, never in the order that is asked for. */
		p = fixture_product(code, i == 5999 ? "可口乐" : "口乐可口");
		ASSERT_NUMBER(catalog_build_put(build, &p, CATALOG_GIVEN_ALL, i + 1, &earlier, NULL), FAULT_NONE);
	}
	ASSERT_NUMBER(catalog_build_finish(build, fixture_go_on, NULL, &meta, NULL), FAULT_NONE);
	catalog_build_free(build);
	store = fixture_open();
	ASSERT_TEXT(found_codes(store, "可口乐", 3), "5999+");
	ASSERT_TEXT(found_codes(store, "口乐", 3), "0 1 2+");
	ASSERT_TEXT(found_codes(store, "乐", 3), "0 1 2+");
	ASSERT_TEXT(found_codes(store, "水", 3), "");
	catalog_store_close(store);
	fixture_end();
}
