/* Queries: what was typed as terms, and whether a key matches them. */
#include "catalog/search_key.h"

#include <string.h>

#include "base/utf8.h"

void search_query_read(const char *typed, struct search_query *ret)
{
	size_t len = strlen(typed), chars = 0;
	bool apart = true;

	ret->n = 0;
	for (size_t i = 0; i < len && chars < SEARCH_QUERY_MAX;) {
		uint32_t cp, folded[2];
		size_t n;

		i += utf8_decode(typed + i, len - i, &cp);
		n = search_fold(cp, folded);
		if (n == 0) {
			apart = true;
			continue;
		}
		if (apart) {
			if (ret->n == SEARCH_TERMS_MAX)
				return;
			ret->term[ret->n++].n = 0;
			apart = false;
		}
		for (size_t k = 0; k < n && chars < SEARCH_QUERY_MAX; k++, chars++) {
			struct search_term *t = &ret->term[ret->n - 1];

			t->cp[t->n++] = folded[k];
		}
	}
}

static bool element_is(const struct search_element *e, uint32_t cp)
{
	return e->cp == cp || (e->letters & search_letters_of(cp)) != 0;
}

static bool term_at(const struct search_key *key, const struct search_term *term, size_t at)
{
	if (term->n > key->n - at)
		return false;
	for (size_t i = 0; i < term->n; i++)
		if (!element_is(&key->element[at + i], term->cp[i]))
			return false;
	return true;
}

static enum search_match term_match(const struct search_key *key, const struct search_term *term)
{
	enum search_match best = SEARCH_MISSED;

	if (key->n && term_at(key, term, 0))
		return SEARCH_BEGINS;
	for (size_t at = 1; at < key->n; at++) {
		bool start = key->element[at].start;

		if ((!start && (term->n < 3 || best == SEARCH_INSIDE)) || !term_at(key, term, at))
			continue;
		if (start)
			return SEARCH_STARTS;
		best = SEARCH_INSIDE;
	}
	return best;
}

enum search_match search_key_match(const struct search_key *key, const struct search_query *query)
{
	enum search_match worst = SEARCH_BEGINS;

	if (query->n == 0)
		return SEARCH_MISSED;
	for (size_t i = 0; i < query->n; i++) {
		enum search_match m = term_match(key, &query->term[i]);

		if (m == SEARCH_MISSED)
			return m;
		/* Later terms may stand anywhere without making it worse than the first. */
		if (i > 0 && m == SEARCH_STARTS)
			m = SEARCH_BEGINS;
		if (m > worst)
			worst = m;
	}
	return worst;
}
