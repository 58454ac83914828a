/* How often one may ask: a token bucket for each key, in bounded memory.
 *
 * Pure: time and the seed are handed in; one thread at a time. When the table
 * is full, the key that asked least lately is forgotten. */
#ifndef NET_RATE_LIMIT_H
#define NET_RATE_LIMIT_H

#include <stddef.h>
#include <stdint.h>

struct rate_limit;

/* At most `burst` at once and `per_minute` in the long run, for each of at
 * least `keys` keys. `seed` is random and keeps askers from choosing keys that
 * push each other out. NULL when memory is short. */
struct rate_limit *rate_limit_new(size_t keys, unsigned per_minute, unsigned burst, uint64_t seed);
void rate_limit_free(struct rate_limit *limit);

/* Takes one for key[0..n) at a monotonic time. 0: it may; otherwise the
 * milliseconds until it may ask again, and nothing was taken. */
int64_t rate_limit_take(struct rate_limit *limit, const void *key, size_t n, int64_t now_ms);

#endif
