/* Whether a request is a till's: signature, clock, replay, how often it asks. */
#ifndef SERVER_PROOF_H
#define SERVER_PROOF_H

#include "net/nonce.h"
#include "net/rate_limit.h"
#include "server/ask.h"

struct proof {
	struct nonce_cache *nonces;
	struct rate_limit *rate;   /* NULL: tills may ask any number of times */
};

/* `per_minute` 0 is any number. FAULT_OUT_OF_MEMORY. */
enum fault_code proof_init(struct proof *proof, unsigned per_minute, int64_t now_s,
			   struct fault *fault);
void proof_release(struct proof *proof);

/* Checks what the ask claims once; ask->request is a till's afterwards. A
 * refusal stands in ask->fault. */
void proof_check(struct proof *proof, struct hub *hub, struct ask *ask, int64_t now_ms,
		 int64_t monotonic_ms);

#endif
