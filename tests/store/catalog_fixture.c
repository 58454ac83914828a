/* The fixture of the catalogue store's tests. */
#include "catalog_fixture.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"

char fixture_path[PATH_MAX];
static char directory[PATH_MAX];

void fixture_begin(void)
{
	const char *base = getenv("TMPDIR");

	snprintf(directory, sizeof directory, "%s/catalog-test-XXXXXX", base ? base : "/tmp");
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(directory));
	snprintf(fixture_path, sizeof fixture_path, "%.4000s/a ?#%%.db", directory);
}

static void path_of(const char *ending, char *out, size_t size)
{
	snprintf(out, size, "%.4080s%s", fixture_path, ending);
}

void fixture_end(void)
{
	static const char *const endings[] = { "", ".new", ".lock", ".grams" };
	char path[PATH_MAX];

	for (size_t i = 0; i < 4; i++) {
		path_of(endings[i], path, sizeof path);
		unlink(path);
	}
	ASSERT_NUMBER(rmdir(directory), 0);
}

bool fixture_left(const char *ending)
{
	char path[PATH_MAX];

	path_of(ending, path, sizeof path);
	return access(path, F_OK) == 0;
}

struct product fixture_product(const char *code, const char *name)
{
	struct product p = { .has_price = true, .tax_bp = -1 };

	snprintf(p.code, sizeof p.code, "%s", code);
	snprintf(p.name, sizeof p.name, "%s", name);
	p.price = money_make(100, CURRENCY_CNY);
	p.member_price = money_zero(CURRENCY_CNY);
	return p;
}

void fixture_reading(void *context, uint32_t cp, struct search_reading *ret)
{
	static const struct { uint32_t cp; const char *letters; } known[] = {
		{ 0x53EF, "k" }, { 0x53E3, "k" }, { 0x4E50, "ly" }, { 0x94F6, "y" },
		{ 0x884C, "hx" }, { 0x5361, "kq" }, { 0x5957, "t" }, { 0x6C34, "s" },
	};

	(void)context;
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].cp == cp)
			for (const char *l = known[i].letters; *l; l++)
				ret->letters |= search_letters_of((unsigned char)*l);
}

bool fixture_go_on(void *context, int percent)
{
	(void)context;
	return percent >= 0 && percent <= 100;
}

struct catalog_build *fixture_build(bool replace)
{
	struct catalog_build_options options = { replace, 1700000000000, fixture_reading, NULL };
	struct catalog_build *build = NULL;
	struct fault fault;

	ASSERT_NUMBER(catalog_build_begin(fixture_path, &options, &build, &fault), FAULT_NONE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(build);
	return build;
}

void fixture_import(const struct fixture_pair *pairs, size_t n, bool replace)
{
	struct catalog_build *build = fixture_build(replace);
	struct catalog_meta meta;

	for (size_t i = 0; i < n; i++) {
		struct product p = fixture_product(pairs[i].code, pairs[i].name);
		uint32_t earlier;

		ASSERT_NUMBER(catalog_build_put(build, &p, CATALOG_GIVEN_ALL, (uint32_t)i + 2,
						&earlier, NULL), FAULT_NONE);
	}
	ASSERT_NUMBER(catalog_build_finish(build, fixture_go_on, NULL, &meta, NULL), FAULT_NONE);
	catalog_build_free(build);
}

struct catalog_store *fixture_open(void)
{
	struct catalog_store *store = NULL;
	struct fault fault;

	ASSERT_NUMBER(catalog_store_open(fixture_path, &store, &fault), FAULT_NONE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(store);
	return store;
}
