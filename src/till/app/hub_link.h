/* The way to the hub: each request signed by the till's key, sent over HTTPS
 * to the owner of one TLS key and nobody else, ended exactly once.
 *
 * A hub whose clock differs says so (401 SIGNATURE_CLOCK): the link learns how
 * far the clocks are apart and sends that request once more, with the same
 * Idempotency-Key and a new nonce. Nothing else is ever sent twice. */
#ifndef APP_HUB_LINK_H
#define APP_HUB_LINK_H

#include "agent/agent.h"
#include "crypt/crypt.h"

struct hub_link;

/* How a request ended; the body is good during the call. */
typedef void hub_link_ended(void *ctx, uint64_t tag, enum agent_end end, int status,
			    const char *body, size_t body_n);

/* All is copied but the key, which the link takes over when it was made. */
struct hub_link_options {
	const char *url;            /* "https://HOST[:PORT]" */
	const char *pin;            /* "sha256//…" of the hub's TLS key */
	const char *key_id;         /* the till's id at the hub, 26 letters */
	struct sign_key *key;
	int64_t (*now_s)(void);     /* UTC; NULL: the system's clock */
	hub_link_ended *ended;
	void *ctx;
};

/* FAULT_NET_BAD_REQUEST for an address that is none, FAULT_OUT_OF_MEMORY. */
enum fault_code hub_link_new(const struct hub_link_options *options, struct hub_link **ret,
			     struct fault *fault);

/* Open requests end without being told. Accepts NULL. */
void hub_link_free(struct hub_link *link);

/* Begins a request: agent_ports.send with the link as its ctx. */
bool hub_link_send(void *link, const struct agent_request *request);

/* Poll for POLLIN, then work; it calls back for what has ended. */
int hub_link_fd(const struct hub_link *link);
void hub_link_work(struct hub_link *link);

#endif
