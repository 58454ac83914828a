/* Remembers nonces, a table for each minute in which they were signed: a minute
 * that has left the window is dropped whole. */
#include "net/nonce.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/instant.h"
#include "crypt/crypt.h"
#include "net/signature.h"

enum {
	MINUTE_S = 60,
	/* More than the minutes in two windows, so that live ones never share a place. */
	MINUTES = 16,
	FIRST_CAPACITY = 64,
};

/* The marks of one minute's nonces: open addressing, 0 is a free place. */
struct minute {
	int64_t number;   /* since 1970 */
	uint64_t *marks;
	size_t cap, n;
};

struct nonce_cache {
	uint8_t secret[NONCE_SECRET_SIZE];
	size_t limit, n;
	int64_t floor_s;  /* nothing signed before is taken */
	int64_t latest_s; /* when it was last asked */
	struct minute minutes[MINUTES];
};

struct nonce_cache *nonce_cache_new(size_t limit, int64_t now_s,
				    const uint8_t secret[NONCE_SECRET_SIZE])
{
	struct nonce_cache *cache = calloc(1, sizeof *cache);

	if (!cache)
		return NULL;
	memcpy(cache->secret, secret, NONCE_SECRET_SIZE);
	cache->limit = limit;
	cache->floor_s = cache->latest_s = now_s;
	return cache;
}

static void drop_minute(struct nonce_cache *cache, struct minute *m)
{
	cache->n -= m->n;
	free(m->marks);
	*m = (struct minute){ .number = 0 };
}

void nonce_cache_free(struct nonce_cache *cache)
{
	if (!cache)
		return;
	for (size_t i = 0; i < MINUTES; i++)
		drop_minute(cache, &cache->minutes[i]);
	free(cache);
}

size_t nonce_cache_count(const struct nonce_cache *cache)
{
	return cache->n;
}

static bool out_of_window(int64_t minute, int64_t now_s)
{
	return (minute + 1) * MINUTE_S <= now_s - NONCE_WINDOW_S ||
		minute * MINUTE_S > now_s + NONCE_WINDOW_S;
}

/* Moves to now. A clock that was set back has forgotten what it drops here, so
 * older signatures are no longer taken. */
static void move_to(struct nonce_cache *cache, int64_t now_s)
{
	if (now_s < cache->latest_s - NONCE_WINDOW_S || now_s < cache->floor_s)
		cache->floor_s = now_s;
	cache->latest_s = now_s;
	for (size_t i = 0; i < MINUTES; i++)
		if (cache->minutes[i].marks && out_of_window(cache->minutes[i].number, now_s))
			drop_minute(cache, &cache->minutes[i]);
}

/* The place of a mark, or the free one where it belongs. */
static uint64_t *find_place(const struct minute *m, uint64_t mark)
{
	size_t at = mark & (m->cap - 1);

	while (m->marks[at] && m->marks[at] != mark)
		at = (at + 1) & (m->cap - 1);
	return &m->marks[at];
}

static bool is_known(const struct nonce_cache *cache, uint64_t mark)
{
	for (size_t i = 0; i < MINUTES; i++)
		if (cache->minutes[i].marks && *find_place(&cache->minutes[i], mark))
			return true;
	return false;
}

static bool grow(struct minute *m)
{
	struct minute wide = { .number = m->number, .n = m->n };

	wide.cap = m->cap ? 2 * m->cap : FIRST_CAPACITY;
	wide.marks = calloc(wide.cap, sizeof wide.marks[0]);
	if (!wide.marks)
		return false;
	for (size_t i = 0; i < m->cap; i++)
		if (m->marks[i])
			*find_place(&wide, m->marks[i]) = m->marks[i];
	free(m->marks);
	*m = wide;
	return true;
}

static bool keep(struct nonce_cache *cache, uint64_t mark, int64_t created_s)
{
	struct minute *m = &cache->minutes[created_s / MINUTE_S % MINUTES];

	m->number = created_s / MINUTE_S;
	if (4 * (m->n + 1) > 3 * m->cap && !grow(m))
		return false;
	*find_place(m, mark) = mark;
	m->n++;
	cache->n++;
	return true;
}

/* 64 bits of key and nonce that nobody without the secret can aim at. */
static enum fault_code mark_of(const struct nonce_cache *cache, const char *key_id,
			       const char *nonce, uint64_t *ret_mark)
{
	char bytes[NONCE_SECRET_SIZE + SIGNATURE_KEY_ID_MAX + 1 + SIGNATURE_NONCE_MAX + 1];
	size_t key_n = strnlen(key_id, SIGNATURE_KEY_ID_MAX);
	size_t nonce_n = strnlen(nonce, SIGNATURE_NONCE_MAX);
	uint8_t digest[DIGEST_SIZE];
	enum fault_code code;

	memcpy(bytes, cache->secret, NONCE_SECRET_SIZE);
	memcpy(bytes + NONCE_SECRET_SIZE, key_id, key_n);
	bytes[NONCE_SECRET_SIZE + key_n] = '\0';
	memcpy(bytes + NONCE_SECRET_SIZE + key_n + 1, nonce, nonce_n);
	code = digest_sha256(bytes, NONCE_SECRET_SIZE + key_n + 1 + nonce_n, digest);
	memcpy(ret_mark, digest, sizeof *ret_mark);
	if (*ret_mark == 0)
		*ret_mark = 1;
	return code;
}

static enum fault_code refuse_clock(int64_t created_s, int64_t now_s, struct fault *fault)
{
	const int64_t most = INT64_C(253402300799); /* the last second of the year 9999 */
	instant_text created, now;

	instant_format_rfc3339((struct instant){ (created_s > most ? most : created_s) * 1000, 0 },
			       created);
	instant_format_rfc3339((struct instant){ now_s * 1000, 0 }, now);
	return fault_set(fault, FAULT_SIGNATURE_CLOCK, created, now);
}

enum fault_code nonce_cache_take(struct nonce_cache *cache, const char *key_id,
				 const char *nonce, int64_t created_s, int64_t now_s,
				 struct fault *fault)
{
	uint64_t mark;

	move_to(cache, now_s);
	if (created_s < 0 || created_s < cache->floor_s || created_s < now_s - NONCE_WINDOW_S ||
	    created_s > now_s + NONCE_WINDOW_S)
		return refuse_clock(created_s, now_s, fault);
	if (mark_of(cache, key_id, nonce, &mark) != FAULT_NONE)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (is_known(cache, mark))
		return fault_set(fault, FAULT_SIGNATURE_REPLAYED, nonce, NULL);
	if (cache->n >= cache->limit)
		return fault_set_number(fault, FAULT_SIGNATURE_BUSY, MINUTE_S, NULL);
	if (!keep(cache, mark, created_s))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	return FAULT_NONE;
}
