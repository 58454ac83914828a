/* Token buckets, each kept as one number: the time at which it is full again. */
#include "net/rate_limit.h"

#include <stdlib.h>

enum { WAYS = 8 }; /* places in which a key may stand */

struct bucket {
	uint64_t mark;
	int64_t full_us;
};

struct rate_limit {
	uint64_t seed;
	int64_t one_us;     /* after which one more token is there */
	int64_t most_us;    /* how far an empty bucket is from full */
	size_t n_sets;      /* a power of two */
	struct bucket buckets[];
};

struct rate_limit *rate_limit_new(size_t keys, unsigned per_minute, unsigned burst, uint64_t seed)
{
	struct rate_limit *limit;
	size_t n_sets = 1;

	while (n_sets * WAYS < keys)
		n_sets *= 2;
	limit = calloc(1, sizeof *limit + n_sets * WAYS * sizeof limit->buckets[0]);
	if (!limit)
		return NULL;
	limit->seed = seed;
	limit->n_sets = n_sets;
	limit->one_us = INT64_C(60000000) / (per_minute ? per_minute : 1);
	limit->most_us = limit->one_us * (burst ? burst : 1);
	for (size_t i = 0; i < n_sets * WAYS; i++)
		limit->buckets[i].full_us = INT64_MIN;
	return limit;
}

void rate_limit_free(struct rate_limit *limit)
{
	free(limit);
}

/* FNV-1a, begun with the seed and stirred at the end. */
static uint64_t mark_of(const struct rate_limit *limit, const void *key, size_t n)
{
	const uint8_t *bytes = key;
	uint64_t h = UINT64_C(0xcbf29ce484222325) ^ limit->seed;

	for (size_t i = 0; i < n; i++)
		h = (h ^ bytes[i]) * UINT64_C(0x100000001b3);
	h = (h ^ h >> 33) * UINT64_C(0xff51afd7ed558ccd);
	return h ^ h >> 33;
}

/* The key's bucket, or the one in its set that was full first. */
static struct bucket *find(struct rate_limit *limit, uint64_t mark)
{
	struct bucket *set = &limit->buckets[(mark & (limit->n_sets - 1)) * WAYS], *oldest = set;

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].mark == mark && set[i].full_us != INT64_MIN)
			return &set[i];
		if (set[i].full_us < oldest->full_us)
			oldest = &set[i];
	}
	*oldest = (struct bucket){ mark, INT64_MIN };
	return oldest;
}

int64_t rate_limit_take(struct rate_limit *limit, const void *key, size_t n, int64_t now_ms)
{
	const int64_t now_us = now_ms * 1000;
	struct bucket *bucket = find(limit, mark_of(limit, key, n));
	int64_t full_us = bucket->full_us > now_us ? bucket->full_us : now_us;

	full_us += limit->one_us;
	if (full_us - now_us > limit->most_us)
		return (full_us - now_us - limit->most_us + 999) / 1000;
	bucket->full_us = full_us;
	return 0;
}
