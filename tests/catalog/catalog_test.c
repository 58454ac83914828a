/* Tests of room catalog. */
#include "suite.h"

#include "catalog_test.h"

void test_reading(void *context, uint32_t cp, struct search_reading *ret)
{
	static const struct { uint32_t cp; const char *letters; } known[] = {
		{ 0x53EF, "k" }, { 0x53E3, "k" }, { 0x4E50, "ly" },  /* 可口乐 */
		{ 0x94F6, "y" }, { 0x884C, "hx" }, { 0x5361, "kq" }, { 0x5957, "t" },  /* 银行卡套 */
		{ 0x6C7D, "q" }, { 0x6C34, "s" },  /* 汽水 */
	};

	(void)context;
	if (cp == 0x2605)  /* a star */
		ret->separator = true;
	if (cp == 0x1E9E) {  /* capital sharp s */
		ret->ascii[0] = 's';
		ret->ascii[1] = 's';
	}
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].cp == cp)
			for (const char *l = known[i].letters; *l; l++)
				ret->letters |= search_letters_of((unsigned char)*l);
}

static const struct test tests[] = {
	{ "products are compared by key", products_are_compared_by_key },
	{ "products are called by name and spec", products_are_called_by_name_and_spec },
	{ "weighed units are known", weighed_units_are_known },
	{ "everyday letters are folded", everyday_letters_are_folded },
	{ "keys have a start for every word", keys_have_a_start_for_every_word },
	{ "keys are written and read back", keys_are_written_and_read_back },
	{ "long names are cut, not overrun", long_names_are_cut_not_overrun },
	{ "queries find what people mean", queries_find_what_people_mean },
	{ "queries are bounded", queries_are_bounded },
	{ "a match has all grams of its query", a_match_has_all_grams_of_its_query },
	{ "parts of codes are found", parts_of_codes_are_found },
	{ "short lists have places of their own", short_lists_have_places_of_their_own },
};

SUITE_MAIN("catalog", tests)
