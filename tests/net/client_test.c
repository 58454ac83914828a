/* Tests of the HTTPS client against the real server: each request ends once,
 * and "not sent" is said only of what was not. */
#include "loopback.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ASSERT_END(outcome, wanted_end, wanted_code) \
	do { \
		ASSERT_NUMBER((outcome).end, wanted_end); \
		ASSERT_NUMBER((outcome).code, wanted_code); \
	} while (0)

static void a_request_is_answered(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request put = {
		.method = "PUT", .path = "/echo", .query = "a=%2F&b=", .body = "body", .body_n = 4,
		.idempotency_key = "K1",
	};
	struct outcome out;

	loopback_begin(client, &put, &out);
	ASSERT_NUMBER(net_client_open(client), 1);
	loopback_finish(client, &out, 1);
	ASSERT_NUMBER(net_client_open(client), 0);
	ASSERT_END(out, NET_REPLY, FAULT_NONE);
	ASSERT_NUMBER(out.status, 200);
	ASSERT_TEXT(out.body, "PUT /echo?a=%2F&b= K1 127.0.0.1 body");
	CU_ASSERT(out.date_s >= time(NULL) - 5 && out.date_s <= time(NULL) + 5);
	out = loopback_ask(client, "DELETE", "/nothing", NULL, NULL);
	ASSERT_END(out, NET_REPLY, FAULT_NONE);
	ASSERT_NUMBER(out.status, 404);
	ASSERT_TEXT(out.body, "no such page");
	out = loopback_ask(client, "POST", "/echo", "", "");
	ASSERT_TEXT(out.body, "POST /echo? - 127.0.0.1 ");
	net_client_free(client);
	server_stop(server, 1000);
}

static void the_target_is_sent_as_it_stands(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	struct outcome out = loopback_ask(client, "GET", "/a/../echo", NULL, NULL);

	ASSERT_NUMBER(out.status, 404);
	out = loopback_ask(client, "GET", "/%65cho", NULL, NULL);
	ASSERT_NUMBER(out.status, 404);
	out = loopback_ask(client, "GET", "/echo", "q=%c3%A4&q=+", NULL);
	ASSERT_TEXT(out.body, "GET /echo?q=%c3%A4&q=+ - 127.0.0.1 ");
	net_client_free(client);
	server_stop(server, 1000);
}

static void connections_are_kept(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	struct server_counts counts;

	for (int i = 0; i < 20; i++) {
		struct outcome out = loopback_ask(client, "POST", "/echo", NULL, "x");

		ASSERT_END(out, NET_REPLY, FAULT_NONE);
		ASSERT_NUMBER(out.new_connection, i == 0);
	}
	server_count(server, &counts);
	ASSERT_NUMBER(counts.connections_ever, 1);
	ASSERT_NUMBER(counts.calls_ever, 20);
	net_client_free(client);
	server_stop(server, 1000);
}

static void fifty_requests_go_side_by_side(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request get = { .method = "GET", .path = "/echo" };
	struct server_counts counts;
	struct outcome out[50];

	for (size_t i = 0; i < 50; i++)
		loopback_begin(client, &get, &out[i]);
	loopback_finish(client, out, 50);
	for (size_t i = 0; i < 50; i++)
		ASSERT_END(out[i], NET_REPLY, FAULT_NONE);
	server_count(server, &counts);
	CU_ASSERT(counts.connections_ever <= 8);
	net_client_free(client);
	server_stop(server, 1000);
}

/* A port on which nobody listens. */
static int closed_port(void)
{
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof addr;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	CU_ASSERT_FATAL(bind(fd, (struct sockaddr *)&addr, n) == 0);
	CU_ASSERT_FATAL(getsockname(fd, (struct sockaddr *)&addr, &n) == 0);
	close(fd);
	return ntohs(addr.sin_port);
}

static void what_finds_no_server_is_not_sent(void)
{
	char address[32];
	struct net_client *client;
	struct outcome out;

	snprintf(address, sizeof address, "127.0.0.1:%d", closed_port());
	client = loopback_client(address, NULL);
	out = loopback_ask(client, "POST", "/echo", NULL, "x");
	ASSERT_END(out, NET_NOT_SENT, FAULT_NET_NO_CONNECTION);
	net_client_free(client);

	client = loopback_client("no-such-host.invalid:443", NULL);
	out = loopback_ask(client, "POST", "/echo", NULL, "x");
	ASSERT_END(out, NET_NOT_SENT, FAULT_NET_NO_HOST);
	net_client_free(client);
}

/* A server that accepts and says nothing keeps TLS from beginning. */
static void what_waits_for_tls_is_not_sent(void)
{
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct net_client_options hasty = { .connect_timeout_ms = 50 };
	socklen_t n = sizeof addr;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct net_client *client;
	struct outcome out;
	char address[32];

	CU_ASSERT_FATAL(bind(fd, (struct sockaddr *)&addr, n) == 0 && listen(fd, 5) == 0 &&
			getsockname(fd, (struct sockaddr *)&addr, &n) == 0);
	snprintf(address, sizeof address, "127.0.0.1:%d", ntohs(addr.sin_port));
	client = loopback_client(address, &hasty);
	out = loopback_ask(client, "POST", "/echo", NULL, "x");
	ASSERT_END(out, NET_NOT_SENT, FAULT_NET_TIMED_OUT);
	net_client_free(client);
	close(fd);
}

static void a_slow_answer_is_unknown(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request get = { .method = "GET", .path = "/held", .timeout_ms = 100 };
	struct outcome out;

	loopback_begin(client, &get, &out);
	loopback_finish(client, &out, 1);
	ASSERT_END(out, NET_UNKNOWN, FAULT_NET_TIMED_OUT);
	ASSERT_NUMBER(out.status, 0);
	loopback_wait_held(1);
	loopback_answer_held(200, "too late");
	out = loopback_ask(client, "GET", "/echo", NULL, NULL);
	ASSERT_END(out, NET_REPLY, FAULT_NONE);
	net_client_free(client);
	server_stop(server, 1000);
}

static void what_is_given_up_ends_once(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request get = { .method = "GET", .path = "/held" };
	struct pollfd fd = { .fd = net_client_fd(client), .events = POLLIN };
	struct outcome early, late;
	uint64_t id;

	/* before libcurl did anything */
	id = loopback_begin(client, &get, &early);
	net_client_cancel(client, id);
	net_client_cancel(client, id);
	CU_ASSERT_FALSE(early.ended);
	loopback_finish(client, &early, 1);
	ASSERT_END(early, NET_NOT_SENT, FAULT_NET_CANCELLED);

	/* after the server has it */
	id = loopback_begin(client, &get, &late);
	for (struct server_counts counts = { .calls = 0 }; counts.calls == 0;) {
		poll(&fd, 1, 10);
		net_client_work(client);
		server_count(server, &counts);
	}
	net_client_cancel(client, id);
	loopback_finish(client, &late, 1);
	ASSERT_END(late, NET_UNKNOWN, FAULT_NET_CANCELLED);
	net_client_cancel(client, id);
	net_client_cancel(client, 12345);
	ASSERT_NUMBER(net_client_work(client), 0);
	loopback_wait_held(1);
	loopback_answer_held(200, "too late");
	net_client_free(client);
	server_stop(server, 1000);
}

static void a_client_may_go_with_requests_open(void)
{
	struct server *server = loopback_server(NULL);
	struct net_client *client = loopback_client(server_address(server), NULL);
	const struct net_request get = { .method = "GET", .path = "/wait", .query = "10000" };
	struct outcome out[3];

	for (size_t i = 0; i < 3; i++)
		loopback_begin(client, &get, &out[i]);
	net_client_work(client);
	net_client_free(client);
	net_client_free(NULL);
	CU_ASSERT_FALSE(out[0].ended);
	server_stop(server, 1000);
}

static void a_server_nobody_vouches_for_gets_nothing(void)
{
	struct certificate other = { .key = "" };
	struct server *server = loopback_server(NULL);
	const struct certificate_time time_now = { time(NULL) - 60, time(NULL) + 60 };
	struct net_client_options options = { .ca_pem = other.text };
	struct net_client *client;
	struct server_counts counts;
	struct outcome out;

	ASSERT_NUMBER(certificate_make_ca("Another CA", time_now, &other, NULL), FAULT_NONE);
	client = loopback_client(server_address(server), &options);
	out = loopback_ask(client, "POST", "/echo", NULL, "x");
	ASSERT_END(out, NET_NOT_SENT, FAULT_NET_NOT_TRUSTED);
	net_client_free(client);
	server_count(server, &counts);
	ASSERT_NUMBER(counts.calls_ever, 0);
	server_stop(server, 1000);
}

static void a_certificate_out_of_its_time_is_refused(void)
{
	const int64_t now_s = time(NULL);
	const struct certificate_time times[] = {
		{ now_s - 7200, now_s - 3600 }, { now_s + 3600, now_s + 7200 },
	};

	for (size_t i = 0; i < 2; i++) {
		struct certificate certificate = loopback_certificate_in(times[i]);
		struct server *server = loopback_server_with(&certificate, NULL);
		struct net_client *client = loopback_client(server_address(server), NULL);
		struct outcome out = loopback_ask(client, "POST", "/echo", NULL, "x");

		ASSERT_END(out, NET_NOT_SENT, FAULT_NET_NOT_TRUSTED);
		net_client_free(client);
		server_stop(server, 1000);
	}
}

static void a_certificate_of_another_name_is_refused(void)
{
	const char *const names[] = { "127.0.0.2", "hub.example" };
	const struct certificate_time time_now = { time(NULL) - 60, time(NULL) + 60 };
	struct certificate certificate;
	struct server *server;
	struct net_client *client;
	struct outcome out;

	ASSERT_NUMBER(certificate_make_server(loopback_ca(), names, 2, time_now, &certificate, NULL),
		      FAULT_NONE);
	server = loopback_server_with(&certificate, NULL);
	client = loopback_client(server_address(server), NULL);
	out = loopback_ask(client, "POST", "/echo", NULL, "x");
	ASSERT_END(out, NET_NOT_SENT, FAULT_NET_NOT_TRUSTED);
	net_client_free(client);
	server_stop(server, 1000);
}

static void a_pinned_key_is_needed_with_and_without_an_authority(void)
{
	static const char wrong[] = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
	certificate_pin right = "";
	struct server *server = loopback_server(NULL);

	ASSERT_NUMBER(certificate_pin_of(loopback_certificate()->text, right, NULL), FAULT_NONE);
	for (int i = 0; i < 4; i++) {
		const struct net_client_options options = {
			.pin = i & 1 ? wrong : right, .ca_pem = i & 2 ? loopback_ca()->text : NULL,
		};
		struct net_client *client = loopback_client(server_address(server), &options);
		struct outcome out = loopback_ask(client, "POST", "/echo", NULL, "x");

		if (i & 1)
			ASSERT_END(out, NET_NOT_SENT, FAULT_NET_NOT_TRUSTED);
		else
			ASSERT_END(out, NET_REPLY, FAULT_NONE);
		net_client_free(client);
	}
	server_stop(server, 1000);
}

static void bad_options_and_requests_are_refused(void)
{
	static const char *const urls[] = {
		"http://127.0.0.1:80", "https://", "https://h/path", "https://h?x", "https://u@h",
		"ftp://h", "HTTPS://h", "", "https://h h",
	};
	static const struct net_header bad_name = { "a b", "c" }, bad_value = { "A", "c\r\nX: y" };
	const struct net_request requests[] = {
		{ .method = "G T", .path = "/" }, { .method = "", .path = "/" },
		{ .method = "GET", .path = "x" }, { .method = "GET", .path = "/ä" },
		{ .method = "GET", .path = "/a b" }, { .method = "GET", .path = "/a?b" },
		{ .method = "GET", .path = "/", .query = "a b" }, { .method = "GET", .path = "/", .query = "#" },
		{ .method = "GET", .path = "/", .body = "x", .body_n = 1 },
		{ .method = "POST", .path = "/", .idempotency_key = "a\nb" },
		{ .method = "POST", .path = "/", .content_type = "a\r\nb" },
		{ .method = "POST", .path = "/", .headers = &bad_name, .n_headers = 1 },
		{ .method = "POST", .path = "/", .headers = &bad_value, .n_headers = 1 },
	};
	struct net_client *client = NULL;
	uint64_t id = 0;

	for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
		const struct net_client_options options = { .base_url = urls[i], .ca_pem = "x" };

		ASSERT_NUMBER(net_client_new(&options, &client, NULL), FAULT_NET_BAD_REQUEST);
	}
	ASSERT_NUMBER(net_client_new(&(struct net_client_options){ .base_url = "https://h" }, &client, NULL),
		      FAULT_NET_BAD_REQUEST);
	ASSERT_NUMBER(net_client_new(&(struct net_client_options){ .base_url = "https://h", .pin = "md5" },
				     &client, NULL), FAULT_NET_BAD_REQUEST);
	client = loopback_client("127.0.0.1:9", NULL);
	for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++)
		ASSERT_NUMBER(net_client_send(client, &requests[i], NULL, NULL, &id, NULL),
			      FAULT_NET_BAD_REQUEST);
	ASSERT_NUMBER(id, 0);
	ASSERT_NUMBER(net_client_open(client), 0);
	net_client_free(client);
}

static void a_reply_too_large_is_unknown(void)
{
	struct server *server = loopback_server(NULL);
	const struct net_client_options options = { .body_max = 1000 };
	struct net_client *client = loopback_client(server_address(server), &options);
	struct outcome out = loopback_ask(client, "GET", "/big", "1000", NULL);

	ASSERT_END(out, NET_REPLY, FAULT_NONE);
	ASSERT_NUMBER(out.body_n, 1000);
	out = loopback_ask(client, "GET", "/big", "1001", NULL);
	ASSERT_END(out, NET_UNKNOWN, FAULT_NET_REPLY_TOO_LARGE);
	net_client_free(client);
	server_stop(server, 1000);
}

static void a_client_does_nothing_before_its_first_request(void)
{
	struct net_client *client = loopback_client("127.0.0.1:9", NULL);
	struct pollfd fd = { .fd = net_client_fd(client), .events = POLLIN };

	ASSERT_NUMBER(poll(&fd, 1, 0), 0);
	ASSERT_NUMBER(net_client_work(client), 0);
	net_client_free(client);
}

static const struct test tests[] = {
	{ "a request is answered", a_request_is_answered },
	{ "the target is sent as it stands", the_target_is_sent_as_it_stands },
	{ "connections are kept", connections_are_kept },
	{ "fifty requests go side by side", fifty_requests_go_side_by_side },
	{ "what finds no server is not sent", what_finds_no_server_is_not_sent },
	{ "what waits for TLS is not sent", what_waits_for_tls_is_not_sent },
	{ "a slow answer is unknown", a_slow_answer_is_unknown },
	{ "what is given up ends once", what_is_given_up_ends_once },
	{ "a client may go with requests open", a_client_may_go_with_requests_open },
	{ "a server nobody vouches for gets nothing", a_server_nobody_vouches_for_gets_nothing },
	{ "a certificate out of its time is refused", a_certificate_out_of_its_time_is_refused },
	{ "a certificate of another name is refused", a_certificate_of_another_name_is_refused },
	{ "a pinned key is needed with and without an authority",
	  a_pinned_key_is_needed_with_and_without_an_authority },
	{ "bad options and requests are refused", bad_options_and_requests_are_refused },
	{ "a reply too large is unknown", a_reply_too_large_is_unknown },
	{ "a client does nothing before its first request",
	  a_client_does_nothing_before_its_first_request },
};

SUITE_MAIN("client", tests)
