/* A hub on a database in memory with a clock of its own, one merchant, one
 * store and one enrolled till: for tests of the service without a socket. */
#ifndef TESTS_SERVICE_DESK_HUB_H
#define TESTS_SERVICE_DESK_HUB_H

#include "crypt/crypt.h"
#include "service/service.h"
#include "wire/wire.h"

struct desk_hub {
	struct hub *hub;
	struct sign_key *key;
	int64_t now_ms;
	uint64_t draws, nonces, keys;
	struct hub_job jobs[64];
	size_t n_jobs, wakes;
	struct ident merchant, till;
	uint8_t till_key[32];
	struct hub_reply reply;    /* the last */
};

void desk_hub_open(struct desk_hub *d);
void desk_hub_close(struct desk_hub *d);

/* A request of the till, with a fresh nonce and idempotency key; the reply is
 * in d->reply. Returns its status. */
int desk_hub_ask(struct desk_hub *d, const char *method, const char *path, const char *body);

/* The same with a key of the caller's. */
int desk_hub_ask_key(struct desk_hub *d, const char *method, const char *path, const char *body,
		     const char *key);

/* Whether the last reply's body holds the text. */
bool desk_hub_says(const struct desk_hub *d, const char *text);

/* Spoils the ledgers: an order's sum, a statement's signature, an event's number. */
void desk_hub_spoil(struct desk_hub *d);

/* A channel's answer to the last job. */
void desk_hub_answer(struct desk_hub *d, enum payment_event_kind says);

#endif
