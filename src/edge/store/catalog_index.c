/* The index of a new catalogue: every product's grams, sorted, as chunks. */
#include <stdlib.h>
#include <string.h>

#include "catalog/search_gram.h"
#include "store/catalog_building.h"
#include "store/catalog_gram_sort.h"
#include "store/catalog_sql.h"

enum { TICK_ROWS = 4096 };

struct indexing {
	struct catalog_build *build;
	struct gram_sort *sort;
	uint32_t id;
	catalog_build_tick *tick;
	void *context;
	uint32_t chunks;
	int percent;
};

static void note_gram(void *context, struct search_gram gram)
{
	struct indexing *i = context;

	gram_sort_add(i->sort, gram, i->id);
}

/* Reads every product once and notes its grams. */
static enum fault_code note_products(struct indexing *in, struct fault *fault)
{
	struct catalog_build *b = in->build;
	sqlite3_stmt *row = NULL;
	enum fault_code code = FAULT_NONE;
	size_t rows = 0;
	int rc = sqlite3_prepare_v2(b->db, "SELECT id, folded, initials, key, digits FROM product"
				    " ORDER BY id", -1, &row, NULL);

	while (rc == SQLITE_OK && code == FAULT_NONE && (rc = sqlite3_step(row)) == SQLITE_ROW) {
		const char *key = (const char *)sqlite3_column_text(row, 3);
		size_t digits = (size_t)sqlite3_column_int(row, 4), n = strlen(key);
		struct search_key search;

		rc = SQLITE_OK;
		in->id = (uint32_t)sqlite3_column_int64(row, 0);
		search_key_read((const char *)sqlite3_column_text(row, 1),
				(const char *)sqlite3_column_text(row, 2), &search);
		search_key_grams(&search, note_gram, in);
		search_code_grams(digits && digits < n ? key + n - digits : key, note_gram, in);
		if (rows++ % TICK_ROWS == 0 &&
		    !in->tick(in->context, (int)(50 * (uint64_t)in->id / (b->last_id + 1))))
			code = fault_set(fault, FAULT_CATALOG_INTERRUPTED, b->path, NULL);
	}
	sqlite3_finalize(row);
	if (code == FAULT_NONE && rc != SQLITE_DONE)
		return catalog_sql_unwritable(b->db, b->path, fault);
	return code;
}

static enum fault_code write_chunk(void *context, uint32_t gram, uint32_t last,
				   const unsigned char *bytes, size_t n, struct fault *fault)
{
	struct indexing *in = context;
	sqlite3_stmt *s = in->build->gram;

	sqlite3_bind_int64(s, 1, gram);
	sqlite3_bind_int64(s, 2, last);
	sqlite3_bind_blob(s, 3, bytes, (int)n, SQLITE_STATIC);
	sqlite3_step(s);
	if (sqlite3_reset(s) != SQLITE_OK)
		return catalog_sql_unwritable(in->build->db, in->build->path, fault);
	/* Grams come in ascending order: how far they are is how far we are. */
	if (in->chunks++ % TICK_ROWS == 0 && !in->tick(in->context, 50 + (int)(gram >> 26) * 49 / 64))
		return fault_set(fault, FAULT_CATALOG_INTERRUPTED, in->build->path, NULL);
	return FAULT_NONE;
}

enum fault_code catalog_build_index(struct catalog_build *b, catalog_build_tick *tick,
				    void *context, struct fault *fault)
{
	struct indexing in = { .build = b, .tick = tick, .context = context };
	char *spill = catalog_path_with(b->path, ".grams");
	enum fault_code code;

	if (!spill)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	code = gram_sort_new(spill, &in.sort, fault);
	if (code == FAULT_NONE)
		code = note_products(&in, fault);
	if (code == FAULT_NONE)
		code = gram_sort_merge(in.sort, write_chunk, &in, fault);
	gram_sort_free(in.sort);
	free(spill);
	return code;
}
