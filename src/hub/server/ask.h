/* A request on its way through the hub: read on one of the HTTP server's
 * threads, queued, handled by the worker, answered after the commit. */
#ifndef SERVER_ASK_H
#define SERVER_ASK_H

#include "net/server.h"
#include "net/signature.h"
#include "service/service.h"
#include "wire/wire.h"

/* Who handles it. */
enum ask_kind { ASK_API, ASK_PAGE, ASK_NOTICE, ASK_HEALTH, ASK_METRICS };

struct ask {
	struct ask *next;
	struct server_call *call;
	enum ask_kind kind;
	const struct wire_route_row *route;  /* of ASK_API; NULL when there is none */
	struct hub_request request;          /* its texts are the call's and those below */
	struct signature_claim *claim;       /* until it is checked; NULL when nothing is signed */
	struct fault fault;                  /* a refusal met while it was read */
	char nonce[SIGNATURE_NONCE_MAX + 1];
	uint8_t public_key[HUB_KEY_SIZE];
	int retry_after_s;                   /* of a refusal; 0 not told */
	struct hub_reply reply;
};

/* What it is called in logs and metrics: the route's id, "pay_page", … */
const char *ask_name(const struct ask *ask);

/* Reads a call; it keeps the ask. NULL when memory is short. */
struct ask *ask_new(struct server_call *call);

/* Sends ask->reply. The ask must not be used afterwards. */
void ask_answer(struct ask *ask);

#endif
