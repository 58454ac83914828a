/* Live search: look-ups by code and by gram, each bounded, best first. */
#include "store/catalog_reader.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "catalog/search_gram.h"
#include "catalog/search_key.h"
#include "store/catalog_posting.h"
#include "store/catalog_sql.h"

enum {
	TYPED_MAX = 256,          /* bytes of a query that count */
	PREFIX_ROWS_MAX = 1000,   /* keys looked at for one code prefix */
	CANDIDATES_MAX = 1500,    /* products compared in one pass over names */
};

struct search {
	struct catalog_store *store;
	char typed[TYPED_MAX + 1];  /* without blanks at its ends */
	struct search_query query;
	size_t limit;
	bool more, failed;
	size_t n, n_inside;
	uint32_t found[CATALOG_SEARCH_MAX];
	uint32_t inside[CATALOG_SEARCH_MAX];
};

static bool already(const struct search *s, uint32_t id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i] == id)
			return true;
	return false;
}

/* Adds a product unless it is there; false when there is no room for it. */
static bool add(struct search *s, uint32_t id)
{
	if (already(s, id))
		return true;
	if (s->n == s->limit) {
		s->more = true;
		return false;
	}
	s->found[s->n++] = id;
	return true;
}

static void trim(const char *typed, char out[TYPED_MAX + 1])
{
	size_t n;

	while (isspace((unsigned char)*typed))
		typed++;
	n = strnlen(typed, TYPED_MAX);
	while (n && isspace((unsigned char)typed[n - 1]))
		n--;
	memcpy(out, typed, n);
	out[n] = '\0';
}

/* Whether the code in a row of by_prefix begins with what was typed, or its
 * key is `exact`. */
static bool code_fits(sqlite3_stmt *row, const char *typed, const char *exact)
{
	const char *key = (const char *)sqlite3_column_text(row, 1);
	size_t n = strlen(key), digits = (size_t)sqlite3_column_int(row, 2);

	if (exact)
		return strcmp(key, exact) == 0;
	if (digits && digits <= n)
		key += n - digits;
	return strncasecmp(key, typed, strlen(typed)) == 0;
}

/* Of the products whose key begins with a prefix those whose code begins with
 * what was typed; or only the one with that key. */
static void search_prefix(struct search *s, const char *prefix, bool exact)
{
	sqlite3_stmt *row = catalog_statement(s->store, &s->store->by_prefix,
		"SELECT id, key, digits FROM product WHERE key >= ?1 AND key < ?2 ORDER BY key");
	char above[TYPED_MAX + 16];
	size_t n = strlen(prefix), rows = 0;
	int rc;

	if (!row) {
		s->failed = true;
		return;
	}
	/* No key has the byte FF, which UTF-8 does not. */
	memcpy(above, prefix, n);
	memcpy(above + n, "\xFF", 2);
	sqlite3_bind_text(row, 1, prefix, -1, SQLITE_STATIC);
	sqlite3_bind_text(row, 2, above, -1, SQLITE_STATIC);
	while ((rc = sqlite3_step(row)) == SQLITE_ROW) {
		if (rows++ == PREFIX_ROWS_MAX) {
			s->more = true;
			break;
		}
		if (code_fits(row, s->typed, exact ? prefix : NULL) &&
		    !add(s, (uint32_t)sqlite3_column_int64(row, 0)))
			break;
		if (exact)
			break;
	}
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		s->failed = true;
	sqlite3_reset(row);
}

/* The product with exactly this code, then those whose codes begin with it:
 * GTINs of 13, 12 and 8 digits have zeros before them in their keys. */
static void search_codes(struct search *s)
{
	static const char *const zeros[] = { "", "0", "00", "000000" };
	char prefix[TYPED_MAX + 8] = "";
	bool digits = strspn(s->typed, "0123456789") == strlen(s->typed);
	product_key key;

	if (strlen(s->typed) > PRODUCT_CODE_MAX)
		return;
	product_key_of(s->typed, key);
	search_prefix(s, key, true);
	for (size_t i = 0; i < (digits ? 4 : 1) && s->n < s->limit; i++) {
		snprintf(prefix, sizeof prefix, "%s%s", zeros[i], s->typed);
		search_prefix(s, prefix, false);
	}
	if (!digits) {
		for (size_t i = 0; prefix[i]; i++)
			prefix[i] = (char)toupper((unsigned char)prefix[i]);
		search_prefix(s, prefix, false);
		for (size_t i = 0; prefix[i]; i++)
			prefix[i] = (char)tolower((unsigned char)prefix[i]);
		search_prefix(s, prefix, false);
	}
}

/* How a candidate's name matches; SEARCH_MISSED also when it is unreadable. */
static enum search_match match(struct search *s, uint32_t id)
{
	sqlite3_stmt *row = catalog_statement(s->store, &s->store->key_by_id,
		"SELECT folded, initials, key, digits FROM product WHERE id = ?1");
	enum search_match result = SEARCH_MISSED;

	if (row) {
		sqlite3_bind_int64(row, 1, id);
		if (sqlite3_step(row) == SQLITE_ROW) {
			struct search_key key;

			search_key_read((const char *)sqlite3_column_text(row, 0),
					(const char *)sqlite3_column_text(row, 1), &key);
			result = search_key_match(&key, &s->query);
		}
	}
	if (!row || sqlite3_reset(row) != SQLITE_OK)
		s->failed = true;
	return result;
}

/* Keeps a match inside a word for when better ones leave room. */
static void keep_inside(struct search *s, uint32_t id)
{
	if (s->n_inside < s->limit)
		s->inside[s->n_inside++] = id;
	else
		s->more = true;
}

static void search_names(struct search *s, bool begins)
{
	struct search_gram grams[SEARCH_QUERY_GRAMS_MAX];
	struct posting_join join;
	uint32_t id, next = 0;
	size_t candidates = 0;

	posting_join_begin(&join, s->store, grams, search_query_grams(&s->query, begins, grams));
	while (posting_join_next(&join, next, &id)) {
		enum search_match m;

		if (candidates++ == CANDIDATES_MAX) {
			s->more = true;
			break;
		}
		next = id + 1;
		m = match(s, id);
		if (m == SEARCH_MISSED || (begins && m != SEARCH_BEGINS))
			continue;
		if (m == SEARCH_INSIDE)
			keep_inside(s, id);
		else if (!add(s, id))
			break;
	}
	s->more |= join.cut;
	s->failed |= join.failed;
}

static void add_inside(struct search *s)
{
	for (size_t i = 0; i < s->n_inside; i++)
		if (!add(s, s->inside[i]))
			return;
}

/* Products whose code has what was typed anywhere. */
static void search_parts(struct search *s)
{
	sqlite3_stmt *row;
	struct search_gram grams[SEARCH_QUERY_GRAMS_MAX];
	struct posting_join join;
	uint32_t id, next = 0;
	size_t candidates = 0;

	posting_join_begin(&join, s->store, grams, search_part_grams(s->typed, grams));
	row = catalog_statement(s->store, &s->store->by_id,
				"SELECT " CATALOG_COLUMNS " FROM product WHERE id = ?1");
	while (row && posting_join_next(&join, next, &id)) {
		struct product product = { .code = "" };
		bool holds;

		if (candidates++ == CANDIDATES_MAX) {
			s->more = true;
			break;
		}
		next = id + 1;
		sqlite3_bind_int64(row, 1, id);
		if (sqlite3_step(row) == SQLITE_ROW)
			catalog_sql_product(row, &product);
		holds = search_code_holds(product.code, s->typed);
		if (sqlite3_reset(row) != SQLITE_OK)
			s->failed = true;
		if (holds && !add(s, id))
			break;
	}
	s->failed |= !row || join.failed;
}

/* Fills out[] with the products found; false when the file is unreadable. */
static bool fetch(struct search *s, struct product *out)
{
	sqlite3_stmt *row = catalog_statement(s->store, &s->store->by_id,
		"SELECT " CATALOG_COLUMNS " FROM product WHERE id = ?1");

	for (size_t i = 0; row && i < s->n; i++) {
		int rc;

		sqlite3_bind_int64(row, 1, s->found[i]);
		rc = sqlite3_step(row);
		if (rc == SQLITE_ROW)
			catalog_sql_product(row, &out[i]);
		sqlite3_reset(row);
		if (rc != SQLITE_ROW)
			return false;
	}
	return row != NULL;
}

enum fault_code catalog_store_search(struct catalog_store *store, const char *typed,
				     struct product *out, size_t limit, size_t *ret_n,
				     bool *ret_more, struct fault *fault)
{
	struct search s = { .store = store };

	trim(typed, s.typed);
	s.limit = limit < CATALOG_SEARCH_MAX ? limit : CATALOG_SEARCH_MAX;
	if (store->db && s.typed[0]) {
		search_query_read(s.typed, &s.query);
		search_codes(&s);
		if (s.n < s.limit)
			search_names(&s, true);
		if (s.n < s.limit)
			search_names(&s, false);
		add_inside(&s);
		if (s.n < s.limit)
			search_parts(&s);
		if (s.n == s.limit)
			s.more = true;
		if (s.failed || !fetch(&s, out))
			return catalog_unreadable(store, fault);
	}
	*ret_n = s.n;
	*ret_more = s.more;
	return FAULT_NONE;
}
