/* The link to the hub over real TLS on loopback: what is signed, what is sent
 * again and what never is. */
#include "suite.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/hub_link.h"
#include "loopback.h"
#include "net/signature.h"

enum { SKEW_S = 300, BEHIND_S = 7200, CALLS_MAX = 8, PATIENCE_MS = 30000 };

enum mood { JUDGES, ALWAYS_CLOCK, NEVER_ANSWERS };

/* What the hub of this test was asked, written by the server's thread and read
 * when a request has ended. */
static struct hub {
	pthread_mutex_t lock;
	enum mood mood;
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	size_t calls;
	char nonces[CALLS_MAX][SIGNATURE_NONCE_MAX + 1];
	char keys[CALLS_MAX][80];
	enum fault_code judged[CALLS_MAX];
	struct server_call *kept;
} hub = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void answer(struct server_call *call, int status, const char *body)
{
	const struct server_reply reply = { .status = status, .content_type = "application/json",
					    .body = body, .body_n = strlen(body) };

	server_answer(call, &reply);
}

static enum fault_code judge(struct server_call *call, struct signature_claim *claim)
{
	const struct server_request *r = server_call_request(call);
	const struct signature_request request = {
		.method = r->method, .path = r->path, .query = r->query, .body = r->body,
		.body_n = r->body_n, .idempotency_key = server_call_header(call, "Idempotency-Key"),
	};
	enum fault_code code = signature_parse(server_call_header(call, "Content-Digest"),
					       server_call_header(call, "Signature-Input"),
					       server_call_header(call, "Signature"), claim, NULL);

	return code ? code : signature_check(claim, &request, hub.public_key, NULL);
}

static void handle(void *ctx, struct server_call *call, enum server_why why)
{
	const char *key = server_call_header(call, "Idempotency-Key");
	struct signature_claim claim;
	size_t n;
	bool off;

	(void)ctx;
	(void)why;
	pthread_mutex_lock(&hub.lock);
	n = hub.calls++ % CALLS_MAX;
	hub.judged[n] = judge(call, &claim);
	snprintf(hub.nonces[n], sizeof hub.nonces[n], "%s", claim.nonce);
	snprintf(hub.keys[n], sizeof hub.keys[n], "%s", key ? key : "");
	off = claim.created_s < time(NULL) - SKEW_S || claim.created_s > time(NULL) + SKEW_S;
	if (hub.mood == NEVER_ANSWERS)
		hub.kept = call;
	else if (off || hub.mood == ALWAYS_CLOCK)
		answer(call, 401, "{\"error\":{\"code\":2308,\"name\":\"SIGNATURE_CLOCK\"}}");
	else
		answer(call, 200, "{\"fine\":true}");
	pthread_mutex_unlock(&hub.lock);
}

/* ---- the till's side ---- */

struct ended {
	size_t times;
	uint64_t tag;
	enum agent_end end;
	int status;
	char body[128];
};

static void on_ended(void *ctx, uint64_t tag, enum agent_end end, int status, const char *body,
		     size_t body_n)
{
	struct ended *e = ctx;

	e->times++;
	e->tag = tag;
	e->end = end;
	e->status = status;
	snprintf(e->body, sizeof e->body, "%.*s", (int)body_n, body);
}

static int64_t slow_clock(void)
{
	return (int64_t)time(NULL) - BEHIND_S;
}

struct world {
	struct server *server;
	struct hub_link *link;
	struct ended ended;
};

static void link_to(struct world *w, const char *address, const char *pin, int64_t (*now_s)(void))
{
	struct hub_link_options options = { .pin = pin, .key_id = "0S97N9KYYSJNB7QS2N0VW7V0NC",
					    .now_s = now_s, .ended = on_ended, .ctx = &w->ended };
	char url[128];

	snprintf(url, sizeof url, "https://%s", address);
	options.url = url;
	CU_ASSERT_FATAL(sign_key_make(&options.key) == FAULT_NONE);
	memcpy(hub.public_key, sign_key_public(options.key), SIGN_PUBLIC_SIZE);
	CU_ASSERT_FATAL(hub_link_new(&options, &w->link, NULL) == FAULT_NONE);
}

static void world_make(struct world *w, enum mood mood, int64_t (*now_s)(void))
{
	const struct server_options options = { .handle = handle };
	certificate_pin pin;

	memset(w, 0, sizeof *w);
	hub.mood = mood;
	hub.calls = 0;
	hub.kept = NULL;
	w->server = loopback_server(&options);
	CU_ASSERT_FATAL(certificate_pin_of(loopback_certificate()->text, pin, NULL) == FAULT_NONE);
	link_to(w, server_address(w->server), pin, now_s);
}

static void world_end(struct world *w)
{
	hub_link_free(w->link);
	if (hub.kept)
		answer(hub.kept, 200, "{}");
	hub.kept = NULL;
	server_stop(w->server, 0);
}

static void ask(struct world *w, int timeout_ms)
{
	static const char body[] = "{\"amount\":\"3.50\"}";
	const struct agent_request request = {
		.tag = 7, .method = "POST", .path = "/v1/orders", .query = "", .key = "order-1",
		.body = body, .body_n = sizeof body - 1, .timeout_ms = timeout_ms,
	};
	struct pollfd fd = { .fd = hub_link_fd(w->link), .events = POLLIN };

	memset(&w->ended, 0, sizeof w->ended);
	CU_ASSERT_FATAL(hub_link_send(w->link, &request));
	ASSERT_NUMBER(w->ended.times, 0);
	while (w->ended.times == 0) {
		if (poll(&fd, 1, PATIENCE_MS) == 0)
			CU_FAIL_FATAL("the request never ended");
		hub_link_work(w->link);
	}
	ASSERT_NUMBER(w->ended.times, 1);
	ASSERT_NUMBER(w->ended.tag, 7);
}

static void a_request_is_signed_and_answered(void)
{
	struct world w;

	world_make(&w, JUDGES, NULL);
	ask(&w, 0);
	ASSERT_NUMBER(w.ended.end, AGENT_ANSWERED);
	ASSERT_NUMBER(w.ended.status, 200);
	ASSERT_TEXT(w.ended.body, "{\"fine\":true}");
	ASSERT_NUMBER(hub.calls, 1);
	ASSERT_NUMBER(hub.judged[0], FAULT_NONE);
	ASSERT_TEXT(hub.keys[0], "order-1");
	world_end(&w);
}

static void a_clock_refusal_is_learned_from_once(void)
{
	struct world w;

	world_make(&w, JUDGES, slow_clock);
	ask(&w, 0);
	ASSERT_NUMBER(w.ended.status, 200);
	ASSERT_NUMBER(hub.calls, 2);
	ASSERT_NUMBER(hub.judged[1], FAULT_NONE);
	ASSERT_TEXT(hub.keys[1], hub.keys[0]);
	CU_ASSERT(strcmp(hub.nonces[0], hub.nonces[1]) != 0);
	ask(&w, 0);
	ASSERT_NUMBER(w.ended.status, 200);
	ASSERT_NUMBER(hub.calls, 3);
	world_end(&w);
}

static void a_hub_that_insists_is_not_asked_a_third_time(void)
{
	struct world w;

	world_make(&w, ALWAYS_CLOCK, NULL);
	ask(&w, 0);
	ASSERT_NUMBER(w.ended.end, AGENT_ANSWERED);
	ASSERT_NUMBER(w.ended.status, 401);
	ASSERT_NUMBER(hub.calls, 2);
	world_end(&w);
}

static void a_reply_that_never_comes_is_unknown(void)
{
	struct world w;

	world_make(&w, NEVER_ANSWERS, NULL);
	ask(&w, 300);
	ASSERT_NUMBER(w.ended.end, AGENT_UNKNOWN);
	ASSERT_NUMBER(w.ended.status, 0);
	ASSERT_NUMBER(hub.calls, 1);
	world_end(&w);
}

static void a_refused_connection_sent_nothing(void)
{
	struct world w;
	char address[64];

	world_make(&w, JUDGES, NULL);
	hub_link_free(w.link);
	snprintf(address, sizeof address, "%s", server_address(w.server));
	server_stop(w.server, 0);
	w.server = NULL;
	link_to(&w, address, "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", NULL);
	ask(&w, 0);
	ASSERT_NUMBER(w.ended.end, AGENT_NOT_SENT);
	world_end(&w);
}

static void another_key_than_the_pin_is_told_nothing(void)
{
	struct world w;

	world_make(&w, JUDGES, NULL);
	hub_link_free(w.link);
	link_to(&w, server_address(w.server), "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
		NULL);
	ask(&w, 0);
	ASSERT_NUMBER(w.ended.end, AGENT_NOT_SENT);
	ASSERT_NUMBER(hub.calls, 0);
	world_end(&w);
}

static const struct test tests[] = {
	{ "a request is signed and answered", a_request_is_signed_and_answered },
	{ "a clock refusal is learned from once", a_clock_refusal_is_learned_from_once },
	{ "a hub that insists is not asked a third time", a_hub_that_insists_is_not_asked_a_third_time },
	{ "a reply that never comes is unknown", a_reply_that_never_comes_is_unknown },
	{ "a refused connection sent nothing", a_refused_connection_sent_nothing },
	{ "another key than the pin is told nothing", another_key_than_the_pin_is_told_nothing },
};

SUITE_MAIN("hub link", tests)
