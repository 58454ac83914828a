/* Grams: the short runs of characters, letters and digits by which products
 * are looked up before their keys are compared. A product that matches a query
 * has all the query's grams; one that has them may still not match. */
#ifndef CATALOG_SEARCH_GRAM_H
#define CATALOG_SEARCH_GRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "catalog/search_key.h"

/* Lists of products by grams of one or two letters or of one hanzi would hold
 * half the shop: only their first SEARCH_SHORT_LIST products are kept. */
enum { SEARCH_SHORT_LIST = 1024, SEARCH_SHORT_GRAMS = 4096 + 2 * 65536 };

struct search_gram {
	uint32_t number;
	/* -1: its list is whole; else the place (< SEARCH_SHORT_GRAMS) where its
	 * products are counted up to SEARCH_SHORT_LIST. */
	int32_t short_place;
};

typedef void search_gram_sink(void *context, struct search_gram gram);

/* Every gram of a key and of a code; some may come more than once. */
void search_key_grams(const struct search_key *key, search_gram_sink *sink, void *context);
void search_code_grams(const char *code, search_gram_sink *sink, void *context);

/* The grams every product has that matches the query; with `begins` every one
 * whose name begins with it. Writes at most SEARCH_QUERY_GRAMS_MAX with whole
 * lists; when there are none, those with short lists. Returns their number. */
size_t search_query_grams(const struct search_query *query, bool begins,
			  struct search_gram ret[SEARCH_QUERY_GRAMS_MAX]);

/* The same for part of a code (at least SEARCH_CODE_PART bytes, else 0). */
size_t search_part_grams(const char *part, struct search_gram ret[SEARCH_QUERY_GRAMS_MAX]);

/* Whether code holds part, letters in either case. */
bool search_code_holds(const char *code, const char *part);

#endif
