/* Tests of the HTTPS server: its limits, calls that wait, and its end. */
#include "loopback.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/rate_limit.h"

/* Bytes of a body, all alike; the caller frees it. */
static char *long_text(size_t n)
{
	char *text = malloc(n + 1);

	CU_ASSERT_PTR_NOT_NULL_FATAL(text);
	memset(text, 'x', n);
	text[n] = '\0';
	return text;
}

static void a_body_has_a_limit(void)
{
	static const struct { size_t n; int status; } cases[] = {
		{ 0, 200 }, { 1, 200 }, { 5000, 200 }, { 100000, 200 }, { 100001, 413 },
		{ 10 << 20, 413 },
	};
	const struct server_options limits = { .body_max = 100000 };
	struct server *server = loopback_server(&limits);
	struct net_client *client = loopback_client(server_address(server), NULL);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char *text = long_text(cases[i].n);
		struct outcome out = loopback_ask(client, "POST", "/echo", NULL, text);

		ASSERT_NUMBER(out.end, NET_REPLY);
		ASSERT_NUMBER(out.status, cases[i].status);
		free(text);
	}
	net_client_free(client);
	server_stop(server, 1000);
}

static void a_refusal_is_a_sentence(void)
{
	const struct server_options limits = { .body_max = 10 };
	struct server *server = loopback_server(&limits);
	struct net_client *client = loopback_client(server_address(server), NULL);
	struct outcome out = loopback_ask(client, "POST", "/echo", NULL, "12345678901");

	ASSERT_TEXT(out.body, "The body is larger than 10 bytes and was not read. Send less at once.\n");
	net_client_free(client);
	server_stop(server, 1000);
}

/* Asks with headers of the test's own. */
static struct outcome ask_with(struct net_client *client, const struct net_header *headers, size_t n)
{
	const struct net_request request = {
		.method = "POST", .path = "/echo", .body = "x", .body_n = 1,
		.headers = headers, .n_headers = n,
	};
	struct outcome out;

	loopback_begin(client, &request, &out);
	loopback_finish(client, &out, 1);
	return out;
}

static void a_header_has_limits(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	char *text = long_text(4000);
	const struct net_header big = { "X-Long", text };
	const struct net_header twice[] = { { "Signature", "a" }, { "signature", "b" } };
	const struct net_header harmless[] = { { "X-A", "a" }, { "X-A", "b" } };
	struct outcome out = ask_with(client, &big, 1);

	ASSERT_NUMBER(out.end, NET_REPLY);
	ASSERT_NUMBER(out.status, 431);
	out = ask_with(client, twice, 2);
	ASSERT_NUMBER(out.status, 400);
	ASSERT_TEXT(out.body, "The header Signature was sent twice. Send it once.\n");
	out = ask_with(client, harmless, 2);
	ASSERT_NUMBER(out.status, 200);
	free(text);
	net_client_free(client);
	server_stop(server, 1000);
}

static void an_address_may_ask_only_so_often(void)
{
	const struct server_options limits = { .requests_per_minute = 60, .burst = 3 };
	struct server *server = loopback_server(&limits);
	struct net_client *client = loopback_client(server_address(server), NULL);
	struct server_counts counts;
	struct outcome out;

	for (int i = 0; i < 3; i++)
		ASSERT_NUMBER(loopback_ask(client, "GET", "/echo", NULL, NULL).status, 200);
	out = loopback_ask(client, "GET", "/echo", NULL, NULL);
	ASSERT_NUMBER(out.end, NET_REPLY);
	ASSERT_NUMBER(out.status, 429);
	ASSERT_TEXT(out.retry_after, "1");
	server_count(server, &counts);
	ASSERT_NUMBER(counts.refused_ever, 1);
	net_client_free(client);
	server_stop(server, 1000);
}

static void connections_have_a_limit(void)
{
	const struct server_options limits = { .connections_max = 2 };
	struct server *server = loopback_server(&limits);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request get = { .method = "GET", .path = "/wait", .query = "30000" };
	struct outcome waiting[2], out;

	loopback_begin(client, &get, &waiting[0]);
	loopback_begin(client, &get, &waiting[1]);
	for (struct server_counts counts = { .waiting = 0 }; counts.waiting < 2;) {
		struct pollfd fd = { .fd = net_client_fd(client), .events = POLLIN };

		poll(&fd, 1, 10);
		net_client_work(client);
		server_count(server, &counts);
	}
	out = loopback_ask(client, "POST", "/echo", NULL, "x");
	ASSERT_NUMBER(out.end, NET_NOT_SENT);
	server_wake(server, "t");
	loopback_finish(client, waiting, 2);
	ASSERT_NUMBER(waiting[1].status, 200);
	net_client_free(client);
	server_stop(server, 1000);
}

/* Begins n waiting calls and sees them wait. */
static void begin_waits(struct server *server, struct net_client *client, const char *timeout_ms,
			struct outcome *outcomes, size_t n)
{
	const struct net_request get = {
		.method = "GET", .path = "/wait", .query = timeout_ms, .timeout_ms = 60000,
	};
	struct pollfd fd = { .fd = net_client_fd(client), .events = POLLIN };

	for (size_t i = 0; i < n; i++)
		loopback_begin(client, &get, &outcomes[i]);
	for (struct server_counts counts = { .waiting = 0 }; counts.waiting < n;) {
		poll(&fd, 1, 10);
		net_client_work(client);
		server_count(server, &counts);
	}
}

static void a_waiting_call_is_woken(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	struct outcome out;

	begin_waits(server, client, "30000", &out, 1);
	ASSERT_NUMBER(server_wake(server, "another"), 0);
	ASSERT_NUMBER(server_wake(server, "t"), 1);
	loopback_finish(client, &out, 1);
	ASSERT_NUMBER(out.status, 200);
	ASSERT_TEXT(out.body, "woken 2");
	ASSERT_NUMBER(server_wake(server, "t"), 0);
	net_client_free(client);
	server_stop(server, 1000);
}

static void a_waiting_call_ends_when_its_time_is_up(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request get[] = {
		{ .method = "GET", .path = "/wait", .query = "120" },
		{ .method = "GET", .path = "/wait", .query = "40" },
		{ .method = "GET", .path = "/wait", .query = "80" },
		{ .method = "GET", .path = "/wait", .query = "0" },
	};
	struct outcome out[4];

	for (size_t i = 0; i < 4; i++)
		loopback_begin(client, &get[i], &out[i]);
	loopback_finish(client, out, 4);
	for (size_t i = 0; i < 4; i++)
		ASSERT_TEXT(out[i].body, "nothing");
	net_client_free(client);
	server_stop(server, 1000);
}

/* Many deadlines and wakes together: each call ends, and once. */
static void many_calls_wait_and_all_end(void)
{
	struct server *server = loopback_server(NULL);
	const struct net_client_options wide = { .connections_max = 100 };
	struct net_client *client = loopback_client(server_address(server), &wide);
	struct outcome out[100];
	char timeouts[100][8];
	struct server_counts counts;

	for (size_t i = 0; i < 100; i++) {
		const struct net_request get = { .method = "GET", .path = "/wait", .query = timeouts[i] };

		snprintf(timeouts[i], sizeof timeouts[i], "%zu", (i * 37) % 150 + (i % 3 ? 0 : 30000));
		loopback_begin(client, &get, &out[i]);
	}
	for (size_t i = 0; i < 100; i++)
		if (i % 3)
			loopback_finish(client, &out[i], 1);
	loopback_wait_waiting(server, 34);
	ASSERT_NUMBER(server_wake(server, "t"), 34);
	loopback_finish(client, out, 100);
	for (size_t i = 0; i < 100; i++)
		ASSERT_TEXT(out[i].body, i % 3 ? "nothing" : "woken 2");
	server_count(server, &counts);
	ASSERT_NUMBER(counts.waiting, 0);
	net_client_free(client);
	server_stop(server, 1000);
}

static void a_call_may_be_answered_by_another_thread(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request get = { .method = "GET", .path = "/held" };
	struct pollfd fd = { .fd = net_client_fd(client), .events = POLLIN };
	struct outcome out;

	loopback_begin(client, &get, &out);
	for (struct server_counts counts = { .calls = 0 }; counts.calls == 0;) {
		poll(&fd, 1, 10);
		net_client_work(client);
		server_count(server, &counts);
	}
	loopback_wait_held(1);
	loopback_answer_held(201, "made");
	loopback_finish(client, &out, 1);
	ASSERT_NUMBER(out.status, 201);
	ASSERT_TEXT(out.body, "made");
	net_client_free(client);
	server_stop(server, 1000);
}

static void a_stopping_server_answers_who_waits(void)
{
	struct server *server = loopback_server(NULL), *follower;
	struct net_client *client = loopback_client(server_address(server), NULL);
	char address[64];
	const struct server_options same = { .listen = address };
	struct outcome out[5];

	snprintf(address, sizeof address, "%s", server_address(server));
	begin_waits(server, client, "30000", out, 5);
	server_stop(server, 5000);
	loopback_finish(client, out, 5);
	for (size_t i = 0; i < 5; i++) {
		ASSERT_NUMBER(out[i].end, NET_REPLY);
		ASSERT_TEXT(out[i].body, "stopping");
	}
	/* nobody is there now; then another takes the port at once */
	out[0] = loopback_ask(client, "POST", "/echo", NULL, "x");
	ASSERT_NUMBER(out[0].end, NET_NOT_SENT);
	follower = loopback_server(&same);
	ASSERT_TEXT(server_address(follower), address);
	out[0] = loopback_ask(client, "POST", "/echo", NULL, "x");
	ASSERT_NUMBER(out[0].end, NET_REPLY);
	net_client_free(client);
	server_stop(follower, 1000);
	server_stop(NULL, 0);
}

static void *stop(void *server)
{
	server_stop(server, 100);
	return NULL;
}

static void a_stopping_server_waits_for_other_threads(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request get = { .method = "GET", .path = "/held" };
	struct pollfd fd = { .fd = net_client_fd(client), .events = POLLIN };
	struct outcome out;
	pthread_t thread;

	loopback_begin(client, &get, &out);
	for (struct server_counts counts = { .calls = 0 }; counts.calls == 0;) {
		poll(&fd, 1, 10);
		net_client_work(client);
		server_count(server, &counts);
	}
	loopback_wait_held(1);
	CU_ASSERT_FATAL(pthread_create(&thread, NULL, stop, server) == 0);
	poll(NULL, 0, 150); /* longer than it gives replies to be written */
	loopback_answer_held(200, "in time");
	loopback_finish(client, &out, 1);
	ASSERT_TEXT(out.body, "in time");
	pthread_join(thread, NULL);
	net_client_free(client);
}

static void a_server_that_cannot_listen_says_why(void)
{
	static const char *const bad[] = { "", "127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "1.2.3:x:y",
					   "203.0.113.1:0", "127.0.0.1:99999" };
	struct server *taken = loopback_server(NULL), *server = NULL;
	struct server_options options = {
		.key_pem = loopback_certificate()->key, .cert_pem = loopback_certificate()->text,
	};
	struct fault fault;

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		options.listen = bad[i];
		ASSERT_NUMBER(server_start(&options, &server, &fault), FAULT_NET_NOT_LISTENING);
		ASSERT_TEXT(fault.arg[0], bad[i]);
	}
	options.listen = server_address(taken);
	ASSERT_NUMBER(server_start(&options, &server, &fault), FAULT_NET_NOT_LISTENING);
	options.listen = "127.0.0.1:0";
	options.key_pem = loopback_ca()->key;
	ASSERT_NUMBER(server_start(&options, &server, &fault), FAULT_NET_NOT_LISTENING);
	options.key_pem = "no key";
	ASSERT_NUMBER(server_start(&options, &server, &fault), FAULT_NET_NOT_LISTENING);
	CU_ASSERT_PTR_NULL(server);
	server_stop(taken, 0);
}

/* Processor time of this process, the server's threads included. */
static long used_ms(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
		(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* Who connects and then says nothing, or half a greeting, is sent away; until
 * then the server rests. */
static void a_silent_connection_is_closed(void)
{
	static const char half_a_hello[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
	const struct server_options hasty = { .handshake_s = 1 };
	struct server *server = loopback_server(&hasty);
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const long used_before_ms = used_ms();
	struct pollfd fds[2];
	char byte;

	addr.sin_port = htons((uint16_t)strtol(strrchr(server_address(server), ':') + 1, NULL, 10));
	for (size_t i = 0; i < 2; i++) {
		fds[i] = (struct pollfd){ .fd = socket(AF_INET, SOCK_STREAM, 0), .events = POLLIN };
		CU_ASSERT_FATAL(connect(fds[i].fd, (struct sockaddr *)&addr, sizeof addr) == 0);
	}
	CU_ASSERT(write(fds[1].fd, half_a_hello, sizeof half_a_hello - 1) > 0);
	for (size_t i = 0; i < 2; i++) {
		do { /* perhaps a TLS alert, then the end */
			CU_ASSERT_FATAL(poll(&fds[i], 1, 10000) == 1);
		} while (read(fds[i].fd, &byte, 1) > 0);
		close(fds[i].fd);
	}
	CU_ASSERT(used_ms() - used_before_ms < 300);
	server_stop(server, 0);
}

struct seen {
	pthread_mutex_t lock;
	pthread_cond_t more;
	int n, status;
	char path[64];
	bool broken;
};

static void wait_seen(struct seen *seen, int n)
{
	pthread_mutex_lock(&seen->lock);
	while (seen->n < n)
		pthread_cond_wait(&seen->more, &seen->lock);
	pthread_mutex_unlock(&seen->lock);
}

static void answer_nothing(void *ctx, struct server_call *call, enum server_why why)
{
	(void)ctx;
	(void)why;
	server_answer(call, &(struct server_reply){ .status = 204 });
}

static void note(void *ctx, const struct server_access *access)
{
	struct seen *seen = ctx;

	pthread_mutex_lock(&seen->lock);
	seen->n++;
	seen->status = access->status;
	seen->broken = access->broken;
	snprintf(seen->path, sizeof seen->path, "%s %s %s", access->request->method,
		 access->request->path, access->request->peer);
	pthread_cond_broadcast(&seen->more);
	pthread_mutex_unlock(&seen->lock);
}

static const char *refuse_shortly(void *ctx, const struct fault *fault, struct buffer *body)
{
	(void)ctx;
	buffer_printf(body, "{%d}", fault->code);
	return "application/json";
}

static void each_request_is_logged(void)
{
	struct seen seen = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0, "", false };
	const struct server_options options = {
		.handle = answer_nothing, .log = note, .refuse = refuse_shortly, .ctx = &seen,
		.body_max = 3,
	};
	struct server *server = loopback_server(&options);
	struct net_client *client = loopback_client(server_address(server), NULL);
	struct outcome out = loopback_ask(client, "POST", "/a", "secret", "x");

	ASSERT_NUMBER(out.status, 204);
	wait_seen(&seen, 1);
	ASSERT_TEXT(seen.path, "POST /a 127.0.0.1");
	ASSERT_NUMBER(seen.status, 204);
	CU_ASSERT_FALSE(seen.broken);
	out = loopback_ask(client, "POST", "/b", NULL, "1234");
	ASSERT_TEXT(out.body, "{2342}");
	wait_seen(&seen, 2);
	ASSERT_TEXT(seen.path, "POST /b 127.0.0.1");
	ASSERT_NUMBER(seen.status, 413);
	server_stop(server, 1000);
	net_client_free(client);
}

static void a_bucket_fills_again(void)
{
	struct rate_limit *limit = rate_limit_new(100, 60, 3, 1);

	for (int i = 0; i < 3; i++)
		ASSERT_NUMBER(rate_limit_take(limit, "a", 1, 5000), 0);
	ASSERT_NUMBER(rate_limit_take(limit, "a", 1, 5000), 1000);
	ASSERT_NUMBER(rate_limit_take(limit, "b", 1, 5000), 0);
	ASSERT_NUMBER(rate_limit_take(limit, "a", 1, 5400), 600);
	ASSERT_NUMBER(rate_limit_take(limit, "a", 1, 6000), 0);
	ASSERT_NUMBER(rate_limit_take(limit, "a", 1, 6000), 1000);
	/* after a long time it is full, and not fuller */
	for (int i = 0; i < 3; i++)
		ASSERT_NUMBER(rate_limit_take(limit, "a", 1, 9000000), 0);
	CU_ASSERT(rate_limit_take(limit, "a", 1, 9000000) > 0);
	rate_limit_free(limit);
}

static void a_bucket_table_forgets_who_asked_least(void)
{
	struct rate_limit *limit = rate_limit_new(8, 60, 2, 1);
	int64_t refused = 0;
	char key[8];

	ASSERT_NUMBER(rate_limit_take(limit, "busy", 4, 0), 0);
	ASSERT_NUMBER(rate_limit_take(limit, "busy", 4, 0), 0);
	for (int i = 0; i < 1000; i++) {
		int n = snprintf(key, sizeof key, "%d", i);

		refused += rate_limit_take(limit, key, (size_t)n, 0) != 0;
	}
	ASSERT_NUMBER(refused, 0);
	CU_ASSERT(rate_limit_take(limit, "busy", 4, 0) > 0);
	rate_limit_free(limit);
}

static const struct test tests[] = {
	{ "a body has a limit", a_body_has_a_limit },
	{ "a refusal is a sentence", a_refusal_is_a_sentence },
	{ "a header has limits", a_header_has_limits },
	{ "an address may ask only so often", an_address_may_ask_only_so_often },
	{ "connections have a limit", connections_have_a_limit },
	{ "a waiting call is woken", a_waiting_call_is_woken },
	{ "a waiting call ends when its time is up", a_waiting_call_ends_when_its_time_is_up },
	{ "many calls wait and all end", many_calls_wait_and_all_end },
	{ "a call may be answered by another thread", a_call_may_be_answered_by_another_thread },
	{ "a stopping server answers who waits", a_stopping_server_answers_who_waits },
	{ "a stopping server waits for other threads", a_stopping_server_waits_for_other_threads },
	{ "a server that cannot listen says why", a_server_that_cannot_listen_says_why },
	{ "a silent connection is closed", a_silent_connection_is_closed },
	{ "each request is logged", each_request_is_logged },
	{ "a bucket fills again", a_bucket_fills_again },
	{ "a bucket table forgets who asked least", a_bucket_table_forgets_who_asked_least },
};

SUITE_MAIN("server", tests)
