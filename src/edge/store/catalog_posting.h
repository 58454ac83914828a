/* Lists of product ids by gram, as chunks of bytes, and their intersection. */
#ifndef STORE_CATALOG_POSTING_H
#define STORE_CATALOG_POSTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "catalog/search_gram.h"

struct catalog_store;

/* A list of one short gram is one chunk: a chunk that is full may be cut. */
enum { POSTING_CHUNK = SEARCH_SHORT_LIST, POSTING_CHUNK_BYTES = 5 * POSTING_CHUNK };

/* Appends an id's difference to the one before it. */
size_t posting_encode(uint32_t difference, unsigned char out[5]);

/* Decodes up to POSTING_CHUNK ids; returns how many. */
size_t posting_decode(const unsigned char *bytes, size_t n, uint32_t ids[POSTING_CHUNK]);

/* A gram's list being read, a chunk at a time. */
struct posting {
	uint32_t gram;
	bool ended;
	size_t at, n;
	uint32_t ids[POSTING_CHUNK];
};

/* Lists read together: the ids that all of them have, ascending. */
struct posting_join {
	struct catalog_store *store;
	size_t n;
	bool cut;     /* some list may go on behind what is kept of it */
	bool failed;  /* the file is unreadable */
	struct posting list[SEARCH_QUERY_GRAMS_MAX];
};

/* Begins at the smallest ids. Short lists are used only when all are short,
 * and then those that are whole, or the first. */
void posting_join_begin(struct posting_join *join, struct catalog_store *store,
			const struct search_gram *grams, size_t n);

/* The next id ≥ least in all lists; false at the end or when it failed. */
bool posting_join_next(struct posting_join *join, uint32_t least, uint32_t *ret_id);

#endif
