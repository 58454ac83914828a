/* Joins the agent's requests with the HTTPS client: signs, sends, tells how it
 * ended. */
#include "app/hub_link.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "json/json.h"
#include "net/client.h"
#include "net/signature.h"

enum { KEY_ID_SIZE = SIGNATURE_KEY_ID_MAX + 1, PATH_SIZE = 256, KEY_SIZE = 80 };

struct hub_link {
	struct net_client *client;
	struct sign_key *key;
	char key_id[KEY_ID_SIZE];
	int64_t ahead_s;          /* the hub's clock before ours, as far as it was told */
	int64_t (*now_s)(void);
	hub_link_ended *ended;
	void *ctx;
	struct flight *flights;
};

/* A request on its way, kept to be signed again. */
struct flight {
	struct hub_link *link;
	struct flight *next;
	uint64_t tag;
	char method[8], path[PATH_SIZE], query[PATH_SIZE], key[KEY_SIZE];
	char *body;               /* may hold a customer's code: wiped */
	size_t body_n;
	int timeout_ms;
	bool again;               /* it was sent a second time */
};

static int64_t system_now_s(void)
{
	return (int64_t)time(NULL);
}

static void flight_free(struct flight *f)
{
	if (!f)
		return;
	if (f->body)
		secret_wipe(f->body, f->body_n);
	free(f->body);
	free(f);
}

static struct flight *flight_new(struct hub_link *link, const struct agent_request *r)
{
	struct flight *f = calloc(1, sizeof *f);

	if (!f || strlen(r->path) >= sizeof f->path || strlen(r->query) >= sizeof f->query ||
	    strlen(r->method) >= sizeof f->method || (r->key && strlen(r->key) >= sizeof f->key)) {
		free(f);
		return NULL;
	}
	f->link = link;
	f->tag = r->tag;
	f->timeout_ms = r->timeout_ms;
	utf8_copy(f->method, sizeof f->method, r->method);
	utf8_copy(f->path, sizeof f->path, r->path);
	utf8_copy(f->query, sizeof f->query, r->query);
	utf8_copy(f->key, sizeof f->key, r->key ? r->key : "");
	f->body_n = r->body_n;
	f->body = malloc(r->body_n + 1);
	if (!f->body) {
		free(f);
		return NULL;
	}
	memcpy(f->body, r->body, r->body_n);
	f->body[r->body_n] = '\0';
	return f;
}

/* Takes the flight off the list and frees it. */
static void land(struct flight *f)
{
	struct flight **at = &f->link->flights;

	while (*at && *at != f)
		at = &(*at)->next;
	if (*at)
		*at = f->next;
	flight_free(f);
}

/* ---- signing and sending ---- */

static bool sign(const struct flight *f, struct signature_fields *ret)
{
	const struct hub_link *link = f->link;
	const struct signature_request request = {
		.method = f->method, .path = f->path, .query = f->query,
		.idempotency_key = f->key[0] ? f->key : NULL, .body = f->body, .body_n = f->body_n,
	};
	uint8_t bytes[SIGNATURE_NONCE_BYTES];
	signature_nonce_text nonce;
	struct signature_params params = {
		.key_id = link->key_id, .nonce = nonce, .created_s = link->now_s() + link->ahead_s,
	};

	if (random_bytes(bytes, sizeof bytes))
		return false;
	signature_nonce(bytes, nonce);
	return signature_make(&request, &params, link->key, ret, NULL) == FAULT_NONE;
}

static net_callback on_end;

static bool take_off(struct flight *f)
{
	struct signature_fields fields;
	const struct net_header headers[] = {
		{ "Content-Digest", fields.content_digest },
		{ "Signature-Input", fields.signature_input },
		{ "Signature", fields.signature },
	};
	const struct net_request request = {
		.method = f->method, .path = f->path, .query = f->query, .headers = headers,
		.n_headers = sizeof headers / sizeof headers[0],
		.idempotency_key = f->key[0] ? f->key : NULL,
		.body = f->body, .body_n = f->body_n, .timeout_ms = f->timeout_ms,
	};
	uint64_t id;

	return sign(f, &fields) &&
	       net_client_send(f->link->client, &request, on_end, f, &id, NULL) == FAULT_NONE;
}

/* ---- the end of a request ---- */

static bool is_clock_refusal(const struct net_event *event)
{
	struct json_value *value = NULL;
	const char *name = NULL;
	bool is;

	if (event->end != NET_REPLY || event->status != 401 || !event->date_s)
		return false;
	if (json_parse(event->body, event->body_n, &value, NULL) == FAULT_NONE)
		name = json_text_of(json_member(json_member(value, "error"), "name"));
	is = name && strcmp(name, fault_name(FAULT_SIGNATURE_CLOCK)) == 0;
	json_value_free(value);
	return is;
}

static void on_end(void *ctx, const struct net_event *event)
{
	static const enum agent_end ends[] = {
		[NET_REPLY] = AGENT_ANSWERED, [NET_NOT_SENT] = AGENT_NOT_SENT,
		[NET_UNKNOWN] = AGENT_UNKNOWN,
	};
	struct flight *f = ctx;
	struct hub_link *link = f->link;
	uint64_t tag = f->tag;

	if (!f->again && is_clock_refusal(event)) {
		link->ahead_s = event->date_s - link->now_s();
		f->again = true;
		if (take_off(f))
			return;
	}
	land(f);
	link->ended(link->ctx, tag, ends[event->end], event->status, event->body ? event->body : "",
		    event->body_n);
}

bool hub_link_send(void *ctx, const struct agent_request *request)
{
	struct hub_link *link = ctx;
	struct flight *f = flight_new(link, request);

	if (!f)
		return false;
	f->next = link->flights;
	link->flights = f;
	if (take_off(f))
		return true;
	land(f);
	return false;
}

/* ---- life ---- */

enum fault_code hub_link_new(const struct hub_link_options *options, struct hub_link **ret,
			     struct fault *fault)
{
	const struct net_client_options net = { .base_url = options->url, .pin = options->pin };
	struct hub_link *link = calloc(1, sizeof *link);
	enum fault_code code;

	if (!link)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	code = net_client_new(&net, &link->client, fault);
	if (code) {
		free(link);
		return code;
	}
	link->key = options->key;
	utf8_copy(link->key_id, sizeof link->key_id, options->key_id);
	link->now_s = options->now_s ? options->now_s : system_now_s;
	link->ended = options->ended;
	link->ctx = options->ctx;
	*ret = link;
	return FAULT_NONE;
}

void hub_link_free(struct hub_link *link)
{
	if (!link)
		return;
	net_client_free(link->client);
	while (link->flights)
		land(link->flights);
	sign_key_free(link->key);
	free(link);
}

int hub_link_fd(const struct hub_link *link)
{
	return net_client_fd(link->client);
}

void hub_link_work(struct hub_link *link)
{
	net_client_work(link->client);
}
