/* Grams of keys, codes and queries. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/search_gram.h"
#include "catalog_test.h"

struct gathered {
	size_t n;
	struct search_gram gram[4096];
};

static void gather(void *context, struct search_gram gram)
{
	struct gathered *g = context;

	g->gram[g->n++] = gram;
}

static bool holds(const struct gathered *g, struct search_gram gram)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->gram[i].number == gram.number)
			return true;
	return false;
}

/* Whether the grams a query asks for are among the name's. */
static bool all_there(const struct gathered *of_key, const struct search_query *query, bool begins)
{
	struct search_gram asked[SEARCH_QUERY_GRAMS_MAX];
	size_t n = search_query_grams(query, begins, asked);

	for (size_t i = 0; i < n; i++)
		if (!holds(of_key, asked[i]))
			return false;
	return n > 0;
}

void a_match_has_all_grams_of_its_query(void)
{
	static const char *const pieces[] = {
		"可", "口", "乐", "银行", "卡", "a", "b", "la", "k", "l", "6", "00", " ", "-", "汽水", "h",
	};
	static struct gathered of_key;
	unsigned seed = 1;
	size_t matched = 0;

	for (int round = 0; round < 20000; round++) {
		char name[64] = "", typed[16] = "";
		struct search_key key;
		struct search_query query;
		enum search_match match;

		for (int i = 0; i < 6; i++) {
			seed = seed * 1103515245u + 12345u;
			strncat(name, pieces[seed >> 16 & 15], sizeof name - strlen(name) - 1);
		}
		for (unsigned i = 0; i <= (unsigned)round % 3; i++) {
			seed = seed * 1103515245u + 12345u;
			strncat(typed, pieces[seed >> 16 & 15], sizeof typed - strlen(typed) - 1);
		}
		search_key_build(name, "", test_reading, NULL, &key);
		search_query_read(typed, &query);
		match = search_key_match(&key, &query);
		if (match == SEARCH_MISSED)
			continue;
		matched++;
		of_key.n = 0;
		search_key_grams(&key, gather, &of_key);
		if (!all_there(&of_key, &query, false))
			fprintf(stderr, "%s in %s\n", typed, name);
		CU_ASSERT(all_there(&of_key, &query, false));
		if (match == SEARCH_BEGINS)
			CU_ASSERT(all_there(&of_key, &query, true));
	}
	CU_ASSERT(matched > 1000);
}

void parts_of_codes_are_found(void)
{
	static struct gathered of_code;
	struct search_gram asked[SEARCH_QUERY_GRAMS_MAX];

	search_code_grams("6908512108211", gather, &of_code);
	ASSERT_NUMBER(of_code.n, 10);
	ASSERT_NUMBER(search_part_grams("821", asked), 0);
	ASSERT_NUMBER(search_part_grams("8211", asked), 1);
	CU_ASSERT(holds(&of_code, asked[0]));
	ASSERT_NUMBER(search_part_grams("8212", asked), 1);
	CU_ASSERT(!holds(&of_code, asked[0]));
	CU_ASSERT(search_code_holds("85123A-x", "123a-X"));
	CU_ASSERT(search_code_holds("abc", ""));
	CU_ASSERT(!search_code_holds("abc", "abcd"));
}

static int by_place(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void short_lists_have_places_of_their_own(void)
{
	static struct gathered g;
	static int32_t places[4096];
	struct search_key key;
	size_t n = 0;

	/* All distinct letters, digits and pairs in a row, so that no gram repeats. */
	search_key_build("a b c 0 9 z 可 乐", "", test_reading, NULL, &key);
	search_key_grams(&key, gather, &g);
	for (size_t i = 0; i < g.n; i++) {
		CU_ASSERT(g.gram[i].short_place < SEARCH_SHORT_GRAMS);
		if (g.gram[i].short_place >= 0)
			places[n++] = g.gram[i].short_place;
	}
	qsort(places, n, sizeof *places, by_place);
	for (size_t i = 1; i < n; i++)
		CU_ASSERT(places[i] != places[i - 1]);
}
