/* Posting lists: coding, reading by chunk, joining by leaps. */
#include "store/catalog_posting.h"

#include "store/catalog_reader.h"

size_t posting_encode(uint32_t difference, unsigned char out[5])
{
	size_t n = 0;

	while (difference >= 0x80) {
		out[n++] = (unsigned char)(difference | 0x80);
		difference >>= 7;
	}
	out[n++] = (unsigned char)difference;
	return n;
}

size_t posting_decode(const unsigned char *bytes, size_t n, uint32_t ids[POSTING_CHUNK])
{
	uint32_t id = 0, difference = 0;
	unsigned shift = 0;
	size_t count = 0;

	for (size_t i = 0; i < n && count < POSTING_CHUNK; i++) {
		if (shift < 32)
			difference |= (uint32_t)(bytes[i] & 0x7F) << shift;
		shift += 7;
		if (bytes[i] & 0x80)
			continue;
		id += difference;
		ids[count++] = id;
		difference = 0;
		shift = 0;
	}
	return count;
}

/* Reads the chunk that holds the first id ≥ least; false when unreadable. */
static bool read_chunk(struct catalog_store *store, struct posting *p, uint32_t least)
{
	sqlite3_stmt *s = catalog_statement(store, &store->postings,
		"SELECT ids FROM gram WHERE gram = ?1 AND last >= ?2 ORDER BY last LIMIT 1");
	int rc;

	p->at = p->n = 0;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, p->gram);
	sqlite3_bind_int64(s, 2, least);
	rc = sqlite3_step(s);
	if (rc == SQLITE_ROW) {
		const unsigned char *bytes = sqlite3_column_blob(s, 0);

		p->n = posting_decode(bytes, (size_t)sqlite3_column_bytes(s, 0), p->ids);
	}
	sqlite3_reset(s);
	if (p->n == 0)
		p->ended = true;
	return rc == SQLITE_ROW || rc == SQLITE_DONE;
}

/* Moves to the first id ≥ least of the chunk in hand, by doubling steps. */
static void leap(struct posting *p, uint32_t least)
{
	size_t low = p->at, step = 1, high;

	while (low + step < p->n && p->ids[low + step] < least) {
		low += step;
		step *= 2;
	}
	high = low + step < p->n ? low + step : p->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->ids[middle] < least)
			low = middle + 1;
		else
			high = middle;
	}
	p->at = low;
}

static bool seek(struct posting_join *join, struct posting *p, uint32_t least)
{
	if (p->at < p->n)
		leap(p, least);
	if (p->at == p->n && !p->ended) {
		if (!read_chunk(join->store, p, least)) {
			join->failed = true;
			return false;
		}
		leap(p, least);
	}
	return p->at < p->n;
}

/* Of short lists those that are whole are kept; when none is, the first. */
static void keep_whole_lists(struct posting_join *join)
{
	size_t kept = 0;

	for (size_t i = 0; i < join->n; i++) {
		seek(join, &join->list[i], 0);
		if (join->list[i].n < POSTING_CHUNK)
			join->list[kept++] = join->list[i];
	}
	join->cut = kept == 0;
	join->n = kept ? kept : 1;
}

void posting_join_begin(struct posting_join *join, struct catalog_store *store,
			const struct search_gram *grams, size_t n)
{
	join->store = store;
	join->n = n;
	join->cut = false;
	join->failed = false;
	for (size_t i = 0; i < n; i++) {
		struct posting *p = &join->list[i];

		p->gram = grams[i].number;
		p->ended = false;
		p->at = p->n = 0;
	}
	if (n && grams[0].short_place >= 0)
		keep_whole_lists(join);
}

bool posting_join_next(struct posting_join *join, uint32_t least, uint32_t *ret_id)
{
	size_t agreed = 0;

	if (join->n == 0)
		return false;
	for (size_t i = 0; agreed < join->n; i = (i + 1) % join->n) {
		struct posting *p = &join->list[i];

		if (!seek(join, p, least))
			return false;
		if (p->ids[p->at] == least && agreed) {
			agreed++;
		} else {
			least = p->ids[p->at];
			agreed = 1;
		}
	}
	*ret_id = least;
	return true;
}
