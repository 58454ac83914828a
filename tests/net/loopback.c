/* The server and the clients that the tests of net share. */
#include "loopback.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "net/fault_proxy.h"

#define DAY_S INT64_C(86400)

enum { HELD_MAX = 64 };

static struct {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct server_call *calls[HELD_MAX];
	size_t n;
} held = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, { NULL }, 0 };

static struct fault_proxy *through;

/* ---- certificates ---- */

static struct certificate_time around_now(void)
{
	int64_t now_s = time(NULL);

	return (struct certificate_time){ now_s - DAY_S, now_s + 365 * DAY_S };
}

const struct certificate *loopback_ca(void)
{
	static struct certificate ca;

	if (!ca.text[0])
		CU_ASSERT_FATAL(certificate_make_ca("Loopback CA", around_now(), &ca, NULL) == FAULT_NONE);
	return &ca;
}

struct certificate loopback_certificate_in(struct certificate_time time)
{
	const char *const names[] = { "127.0.0.1", "localhost" };
	struct certificate made = { .key = "" };

	CU_ASSERT_FATAL(certificate_make_server(loopback_ca(), names, 2, time, &made, NULL) ==
			FAULT_NONE);
	return made;
}

const struct certificate *loopback_certificate(void)
{
	static struct certificate certificate;

	if (!certificate.text[0])
		certificate = loopback_certificate_in(around_now());
	return &certificate;
}

/* ---- the server ---- */

static void answer(struct server_call *call, int status, const char *body)
{
	const struct server_reply reply = {
		.status = status, .content_type = "text/plain", .body = body, .body_n = strlen(body),
	};

	server_answer(call, &reply);
}

static void echo(struct server_call *call)
{
	const struct server_request *r = server_call_request(call);
	const char *key = server_call_header(call, "Idempotency-Key");
	char text[2048];

	snprintf(text, sizeof text, "%s %s?%s %s %s %.*s", r->method, r->path, r->query,
		 key ? key : "-", r->peer, r->body_n > 1000 ? 1000 : (int)r->body_n,
		 (const char *)r->body);
	answer(call, 200, text);
}

static void wait_for_topic(struct server_call *call, enum server_why why)
{
	long timeout_ms = strtol(server_call_request(call)->query, NULL, 10);
	size_t *runs = server_call_kept(call);
	char text[32];

	if (!runs) {
		runs = calloc(1, sizeof *runs);
		server_call_keep(call, runs, free);
	}
	(*runs)++;
	if (!server_watch(call, "t"))
		answer(call, 500, "cannot watch");
	snprintf(text, sizeof text, "woken %zu", *runs);
	if (why == SERVER_WOKEN)
		answer(call, 200, text);
	else if (why == SERVER_STOPPING)
		answer(call, 200, "stopping");
	else if (!server_wait(call, (int)timeout_ms))
		answer(call, 200, "nothing");
}

static void hold(struct server_call *call)
{
	pthread_mutex_lock(&held.lock);
	held.calls[held.n++ % HELD_MAX] = call;
	pthread_cond_broadcast(&held.more);
	pthread_mutex_unlock(&held.lock);
}

static void answer_big(struct server_call *call)
{
	size_t n = strtoul(server_call_request(call)->query, NULL, 10);
	char *body = malloc(n + 1);

	memset(body, 'x', n);
	body[n] = '\0';
	answer(call, 200, body);
	free(body);
}

static void handle(void *ctx, struct server_call *call, enum server_why why)
{
	const char *path = server_call_request(call)->path;

	(void)ctx;
	if (strcmp(path, "/echo") == 0)
		echo(call);
	else if (strcmp(path, "/wait") == 0)
		wait_for_topic(call, why);
	else if (strcmp(path, "/held") == 0)
		hold(call);
	else if (strcmp(path, "/big") == 0)
		answer_big(call);
	else
		answer(call, 404, "no such page");
}

struct server *loopback_server_with(const struct certificate *certificate,
				    const struct server_options *more)
{
	struct server_options options = more ? *more : (struct server_options){ .listen = NULL };
	struct server *server = NULL;
	struct fault fault = { .arg = { "" } };

	options.listen = options.listen ? options.listen : "127.0.0.1:0";
	options.handle = options.handle ? options.handle : handle;
	options.key_pem = certificate->key;
	options.cert_pem = certificate->text;
	if (server_start(&options, &server, &fault) != FAULT_NONE)
		fprintf(stderr, "%s: %s\n", fault.arg[0], fault.arg[1]);
	CU_ASSERT_PTR_NOT_NULL_FATAL(server);
	return server;
}

struct server *loopback_server(const struct server_options *more)
{
	return loopback_server_with(loopback_certificate(), more);
}

void loopback_wait_held(size_t n)
{
	pthread_mutex_lock(&held.lock);
	while (held.n < n)
		pthread_cond_wait(&held.more, &held.lock);
	pthread_mutex_unlock(&held.lock);
}

void loopback_answer_held(int status, const char *body)
{
	pthread_mutex_lock(&held.lock);
	for (size_t i = 0; i < held.n; i++)
		answer(held.calls[i], status, body);
	held.n = 0;
	pthread_mutex_unlock(&held.lock);
}

void loopback_wait_waiting(struct server *server, size_t n)
{
	struct server_counts counts;

	for (;;) {
		server_count(server, &counts);
		if (counts.waiting == n)
			return;
		poll(NULL, 0, 1);
	}
}

/* ---- clients ---- */

struct net_client *loopback_client(const char *address, const struct net_client_options *more)
{
	struct net_client_options options = more ? *more : (struct net_client_options){ .pin = NULL };
	struct net_client *client = NULL;
	char url[128];

	snprintf(url, sizeof url, "https://%s", address);
	options.base_url = url;
	if (!options.ca_pem && !options.pin)
		options.ca_pem = loopback_ca()->text;
	CU_ASSERT_FATAL(net_client_new(&options, &client, NULL) == FAULT_NONE);
	return client;
}

static void keep_outcome(void *ctx, const struct net_event *event)
{
	struct outcome *outcome = ctx;

	CU_ASSERT_FALSE(outcome->ended);
	*outcome = (struct outcome){
		.ended = true, .end = event->end, .code = event->fault.code, .status = event->status,
		.body_n = event->body_n, .date_s = event->date_s, .new_connection = event->new_connection,
	};
	snprintf(outcome->body, sizeof outcome->body, "%s", event->body ? event->body : "");
	net_event_header(event, "retry-after", outcome->retry_after, sizeof outcome->retry_after);
}

uint64_t loopback_begin(struct net_client *client, const struct net_request *request,
			struct outcome *outcome)
{
	uint64_t id = 0;

	*outcome = (struct outcome){ .ended = false };
	ASSERT_NUMBER(net_client_send(client, request, keep_outcome, outcome, &id, NULL), FAULT_NONE);
	return id;
}

void loopback_through(struct fault_proxy *proxy)
{
	through = proxy;
}

void loopback_finish(struct net_client *client, struct outcome *outcomes, size_t n)
{
	struct pollfd fds[2] = {
		{ .fd = net_client_fd(client), .events = POLLIN },
		{ .fd = through ? fault_proxy_fd(through) : -1, .events = POLLIN },
	};

	for (size_t i = 0; i < n; i++) {
		while (!outcomes[i].ended) {
			if (poll(fds, 2, 30000) == 0)
				CU_FAIL_FATAL("a request never ended");
			if (through)
				fault_proxy_work(through);
			net_client_work(client);
		}
	}
}

struct outcome loopback_ask(struct net_client *client, const char *method, const char *path,
			    const char *query, const char *body)
{
	const struct net_request request = {
		.method = method, .path = path, .query = query, .body = body,
		.body_n = body ? strlen(body) : 0,
	};
	struct outcome outcome;

	loopback_begin(client, &request, &outcome);
	loopback_finish(client, &outcome, 1);
	return outcome;
}
