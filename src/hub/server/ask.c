/* Reading a request and sending its answer. */
#include "server/ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mark.h"
#include "base/utf8.h"

enum { HEADERS_MAX = 8 };

const char *ask_name(const struct ask *ask)
{
	switch (ask->kind) {
	case ASK_PAGE: return "pay_page";
	case ASK_NOTICE: return "notice";
	case ASK_HEALTH: return "healthz";
	case ASK_METRICS: return "metrics";
	case ASK_API: break;
	}
	return ask->route ? ask->route->id : "none";
}

static void ask_free(void *ask)
{
	struct ask *a = ask;

	free(a->claim);
	hub_reply_release(&a->reply);
	free(a);
}

/* For metrics: from this machine alone. */
static bool is_loopback(const char *peer)
{
	return strncmp(peer, "127.", 4) == 0 || strcmp(peer, "::1") == 0;
}

static enum ask_kind kind_of(const struct server_request *request)
{
	bool get = strcmp(request->method, "GET") == 0;

	if (strncmp(request->path, "/p/", 3) == 0)
		return ASK_PAGE;
	if (strcmp(request->path, "/v1/notices/sandbox") == 0 && strcmp(request->method, "POST") == 0)
		return ASK_NOTICE;
	if (get && strcmp(request->path, "/healthz") == 0)
		return ASK_HEALTH;
	if (get && strcmp(request->path, "/metrics") == 0 && is_loopback(request->peer))
		return ASK_METRICS;
	return ASK_API;
}

static const char *header(const struct ask *ask, const char *name)
{
	return server_call_header(ask->call, name);
}

/* What the request claims about who sent it; a key that counts must be signed. */
static void read_claim(struct ask *ask)
{
	enum fault_code code;

	ask->claim = calloc(1, sizeof *ask->claim);
	if (!ask->claim) {
		fault_set(&ask->fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
		return;
	}
	code = signature_parse(header(ask, "Content-Digest"), header(ask, "Signature-Input"),
			       header(ask, "Signature"), ask->claim, &ask->fault);
	if (!code && ask->request.key[0] && !ask->claim->covers_idempotency_key)
		fault_set(&ask->fault, FAULT_SIGNATURE_COMPONENTS, "idempotency-key", N_("is missing"));
}

struct ask *ask_new(struct server_call *call)
{
	const struct server_request *r = server_call_request(call);
	struct ask *ask = calloc(1, sizeof *ask);
	const char *key, *agent;
	char part[64];
	bool known;

	if (!ask)
		return NULL;
	ask->call = call;
	hub_reply_init(&ask->reply);
	server_call_keep(call, ask, ask_free);
	ask->kind = kind_of(r);
	if (ask->kind == ASK_API)
		ask->route = wire_route_find(r->method, r->path, part, sizeof part, &known);
	key = header(ask, "Idempotency-Key");
	agent = header(ask, "User-Agent");
	ask->request = (struct hub_request){
		.method = r->method, .path = r->path, .query = r->query, .key = key ? key : "",
		.body = r->body, .n_body = r->body_n, .nonce = ask->nonce,
		.public_key = ask->public_key, .user_agent = agent ? agent : "",
	};
	if (ask->route && ask->route->signed_by_till)
		read_claim(ask);
	return ask;
}

void ask_answer(struct ask *ask)
{
	const struct hub_reply *reply = &ask->reply;
	struct server_header headers[HEADERS_MAX] = {
		{ "Cache-Control", "no-store" }, { "X-Content-Type-Options", "nosniff" },
	};
	size_t n = 2;
	char seconds[16];

	if (reply->location[0])
		headers[n++] = (struct server_header){ "Location", reply->location };
	if (reply->policy[0]) {
		headers[n++] = (struct server_header){ "Content-Security-Policy", reply->policy };
		headers[n++] = (struct server_header){ "Referrer-Policy", "no-referrer" };
	}
	if (ask->retry_after_s) {
		snprintf(seconds, sizeof seconds, "%d", ask->retry_after_s);
		headers[n++] = (struct server_header){ "Retry-After", seconds };
	}
	server_answer(ask->call, &(struct server_reply){
		.status = reply->status, .content_type = reply->body.len ? reply->type : NULL,
		.headers = headers, .n_headers = n,
		.body = buffer_text(&reply->body), .body_n = reply->body.len,
	});
}
