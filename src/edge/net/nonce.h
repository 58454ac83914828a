/* No signed request is taken twice: the nonces seen within a window of time.
 *
 * Pure: time and the secret are handed in; one thread at a time. Looking and
 * keeping cost the same whatever the cache holds; memory grows with the
 * requests of the last two windows, some 16 bytes each, up to a limit. */
#ifndef NET_NONCE_H
#define NET_NONCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

enum {
	NONCE_WINDOW_S = 300,        /* how far a signer's clock may be off */
	NONCE_LIMIT = 1 << 21,       /* nonces kept at most, unless said otherwise */
	NONCE_SECRET_SIZE = 16,
};

struct nonce_cache;

/* An empty cache, born at now_s (UTC seconds): requests signed before that are
 * refused as too old, since nobody remembers whether they were taken. `secret`
 * is random and keeps signers from choosing nonces that collide. NULL when
 * memory is short. */
struct nonce_cache *nonce_cache_new(size_t limit, int64_t now_s,
				    const uint8_t secret[NONCE_SECRET_SIZE]);
void nonce_cache_free(struct nonce_cache *cache);

/* Takes a nonce of a key, signed at created_s. FAULT_NONE: it is fresh, and is
 * remembered until created_s is out of the window. FAULT_SIGNATURE_CLOCK: too
 * old or too far in the future (the arguments are both times, RFC 3339);
 * FAULT_SIGNATURE_REPLAYED; FAULT_SIGNATURE_BUSY: the limit is reached. */
enum fault_code nonce_cache_take(struct nonce_cache *cache, const char *key_id,
				 const char *nonce, int64_t created_s, int64_t now_s,
				 struct fault *fault);

/* How many nonces are remembered, for metrics. */
size_t nonce_cache_count(const struct nonce_cache *cache);

#endif
