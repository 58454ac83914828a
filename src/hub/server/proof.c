/* A request's claim against the till's keys, the clock and what came before. */
#include "server/proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "crypt/crypt.h"

enum { RATE_KEYS = 16384 };

enum fault_code proof_init(struct proof *proof, unsigned per_minute, int64_t now_s,
			   struct fault *fault)
{
	uint8_t secret[NONCE_SECRET_SIZE];
	uint64_t seed;
	enum fault_code code = random_bytes(secret, sizeof secret);

	if (!code)
		code = random_bytes(&seed, sizeof seed);
	if (code)
		return fault_set(fault, code, "getrandom", NULL);
	/* Nonces of before are remembered by the ledger, for all that changes
	 * something: so a signature made before the start is taken. */
	proof->nonces = nonce_cache_new(NONCE_LIMIT, now_s - NONCE_WINDOW_S, secret);
	proof->rate = per_minute ? rate_limit_new(RATE_KEYS, per_minute, per_minute / 6 + 1, seed) : NULL;
	if (proof->nonces && (proof->rate || !per_minute))
		return FAULT_NONE;
	proof_release(proof);
	return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
}

void proof_release(struct proof *proof)
{
	nonce_cache_free(proof->nonces);
	rate_limit_free(proof->rate);
	*proof = (struct proof){ NULL, NULL };
}

/* Which of the till's keys fits. */
static enum fault_code find_key(struct hub *hub, struct ask *ask, struct fault *fault)
{
	const struct hub_request *r = &ask->request;
	const struct signature_request signed_request = {
		.method = r->method, .path = r->path, .query = r->query,
		.idempotency_key = r->key[0] ? r->key : NULL, .body = r->body, .body_n = r->n_body,
	};
	uint8_t keys[HUB_KEYS_MAX][HUB_KEY_SIZE];
	bool revoked = false;
	enum fault_code code = FAULT_TILL_UNKNOWN;
	size_t n = 0;

	if (ident_parse(ask->claim->key_id, false, &ask->request.till))
		n = hub_till_keys(hub, &ask->request.till, keys, &revoked);
	if (n == 0)
		return fault_set(fault, revoked ? FAULT_TILL_REVOKED : FAULT_TILL_UNKNOWN, NULL, NULL);
	for (size_t i = 0; i < n && code; i++) {
		code = signature_check(ask->claim, &signed_request, keys[i], fault);
		if (!code)
			memcpy(ask->public_key, keys[i], sizeof ask->public_key);
		else if (code != FAULT_SIGNATURE_WRONG)
			break;
	}
	if (!code)
		fault->code = FAULT_NONE;
	return code;
}

static enum fault_code check_rate(struct proof *proof, struct ask *ask, int64_t monotonic_ms,
				  struct fault *fault)
{
	int64_t wait_ms = proof->rate ? rate_limit_take(proof->rate, ask->request.till.bytes, IDENT_BYTES,
							monotonic_ms) : 0;
	char seconds[16];

	if (wait_ms <= 0)
		return FAULT_NONE;
	ask->retry_after_s = (int)((wait_ms + 999) / 1000);
	snprintf(seconds, sizeof seconds, "%d", ask->retry_after_s);
	return fault_set(fault, FAULT_HTTP_TOO_MANY_REQUESTS, ask->claim->key_id, seconds);
}

void proof_check(struct proof *proof, struct hub *hub, struct ask *ask, int64_t now_ms,
		 int64_t monotonic_ms)
{
	enum fault_code code;

	if (!ask->claim || ask->fault.code != FAULT_NONE)
		return;
	code = find_key(hub, ask, &ask->fault);
	if (!code)
		code = check_rate(proof, ask, monotonic_ms, &ask->fault);
	if (!code)
		code = nonce_cache_take(proof->nonces, ask->claim->key_id, ask->claim->nonce,
					ask->claim->created_s, now_ms / 1000, &ask->fault);
	if (!code) {
		utf8_copy(ask->nonce, sizeof ask->nonce, ask->claim->nonce);
		ask->request.created_ms = ask->claim->created_s * 1000;
		ask->request.is_signed = true;
	}
	free(ask->claim);
	ask->claim = NULL;
}
