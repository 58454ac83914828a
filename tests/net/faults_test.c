/* Tests through the fault proxy: whatever befalls a connection, a request that
 * may have arrived is unknown, one that cannot have is not sent, and none
 * arrives twice. */
#include "loopback.h"

#include <stdio.h>
#include <string.h>

#include "net/fault_proxy.h"

/* A server behind a proxy, and a client before it that is soon impatient. */
struct road {
	struct server *server;
	struct fault_proxy *proxy;
	struct net_client *client;
};

static struct road new_road(void)
{
	const struct net_client_options hasty = { .connect_timeout_ms = 300, .timeout_ms = 300 };
	struct road road = { .server = loopback_server(NULL) };

	CU_ASSERT_FATAL(fault_proxy_new("127.0.0.1:0", server_address(road.server), &road.proxy, NULL) ==
			FAULT_NONE);
	road.client = loopback_client(fault_proxy_address(road.proxy), &hasty);
	loopback_through(road.proxy);
	return road;
}

static void free_road(struct road *road)
{
	loopback_through(NULL);
	net_client_free(road->client);
	fault_proxy_free(road->proxy);
	server_stop(road->server, 1000);
}

static void command(struct road *road, const char *line, const char *wanted)
{
	struct buffer reply = BUFFER_INIT(256);

	fault_proxy_command(road->proxy, line, &reply);
	if (wanted)
		ASSERT_TEXT(buffer_text(&reply), wanted);
	buffer_release(&reply);
}

static uint64_t calls_ever(struct road *road)
{
	struct server_counts counts;

	server_count(road->server, &counts);
	return counts.calls_ever;
}

struct fault_case {
	const char *order;        /* for the proxy */
	const char *path, *query;
	enum net_end end;
	enum fault_code code;
	int calls;                /* that the server saw; -1: one or none */
};

static void run_case(struct road *road, const struct fault_case *c)
{
	uint64_t before = calls_ever(road), calls;
	struct outcome out;

	command(road, c->order, "ok\n");
	out = loopback_ask(road->client, "POST", c->path, c->query, "body");
	calls = calls_ever(road) - before;
	if (out.end != c->end || out.code != c->code || calls > 1)
		fprintf(stderr, "\"%s\" %s?%s, %d calls: ", c->order, c->path, c->query, (int)calls);
	ASSERT_NUMBER(out.end, c->end);
	ASSERT_NUMBER(out.code, c->code);
	if (c->calls >= 0)
		ASSERT_NUMBER(calls, c->calls);
	CU_ASSERT(calls <= 1);
}

/* The first request of a client, whose connection has still to be made. */
static void a_fault_before_tls_stands_is_not_sent(void)
{
	static const struct fault_case cases[] = {
		{ "pass", "/echo", "", NET_REPLY, FAULT_NONE, 1 },
		{ "refuse on", "/echo", "", NET_NOT_SENT, FAULT_NET_NO_CONNECTION, 0 },
		{ "reset up 0", "/echo", "", NET_NOT_SENT, FAULT_NET_NO_CONNECTION, 0 },
		{ "reset up 100", "/echo", "", NET_NOT_SENT, FAULT_NET_NO_CONNECTION, 0 },
		{ "cut up 0", "/echo", "", NET_NOT_SENT, FAULT_NET_NO_CONNECTION, 0 },
		{ "reset down 0", "/echo", "", NET_NOT_SENT, FAULT_NET_NO_CONNECTION, 0 },
		{ "cut down 50", "/echo", "", NET_NOT_SENT, FAULT_NET_NO_CONNECTION, 0 },
		{ "half down 50", "/echo", "", NET_NOT_SENT, FAULT_NET_NO_CONNECTION, 0 },
		{ "duplicate down 0", "/echo", "", NET_NOT_SENT, FAULT_NET_NO_CONNECTION, 0 },
		{ "drop down 0", "/echo", "", NET_NOT_SENT, FAULT_NET_TIMED_OUT, 0 },
		{ "drop up 0", "/echo", "", NET_NOT_SENT, FAULT_NET_TIMED_OUT, 0 },
		{ "delay up 1000", "/echo", "", NET_NOT_SENT, FAULT_NET_TIMED_OUT, 0 },
		{ "delay up 20", "/echo", "", NET_REPLY, FAULT_NONE, 1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct road road = new_road();

		run_case(&road, &cases[i]);
		free_road(&road);
	}
}

/* A request on a connection that is kept from the one before. */
static void a_fault_on_a_kept_connection_is_unknown(void)
{
	static const struct fault_case cases[] = {
		{ "pass", "/echo", "", NET_REPLY, FAULT_NONE, 1 },
		{ "delay down 20", "/echo", "", NET_REPLY, FAULT_NONE, 1 },
		{ "refuse on", "/echo", "", NET_REPLY, FAULT_NONE, 1 },
		{ "reset up 0", "/echo", "", NET_UNKNOWN, FAULT_NET_CUT, 0 },
		{ "cut up 10", "/echo", "", NET_UNKNOWN, FAULT_NET_CUT, 0 },
		{ "drop up 0", "/echo", "", NET_UNKNOWN, FAULT_NET_TIMED_OUT, 0 },
		{ "reset down 0", "/echo", "", NET_UNKNOWN, FAULT_NET_CUT, 1 },
		{ "reset down 0 once", "/echo", "", NET_UNKNOWN, FAULT_NET_CUT, 1 },
		{ "cut down 0", "/echo", "", NET_UNKNOWN, FAULT_NET_CUT, 1 },
		{ "cut down 0 once", "/echo", "", NET_UNKNOWN, FAULT_NET_CUT, 1 },
		{ "half down 0 once", "/echo", "", NET_UNKNOWN, FAULT_NET_CUT, 1 },
		{ "drop down 0", "/echo", "", NET_UNKNOWN, FAULT_NET_TIMED_OUT, 1 },
		{ "duplicate down 0", "/big", "50000", NET_UNKNOWN, FAULT_NET_CUT, 1 },
		{ "reset down 1000", "/big", "50000", NET_UNKNOWN, FAULT_NET_CUT, 1 },
		{ "cut down 20000", "/big", "50000", NET_UNKNOWN, FAULT_NET_CUT, 1 },
		{ "delay down 1000", "/echo", "", NET_UNKNOWN, FAULT_NET_TIMED_OUT, 1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct road road = new_road();

		ASSERT_NUMBER(loopback_ask(road.client, "POST", "/echo", NULL, "first").end, NET_REPLY);
		run_case(&road, &cases[i]);
		free_road(&road);
	}
}

/* After "once" the road is free again. */
static void a_fault_once_is_over(void)
{
	struct road road = new_road();

	command(&road, "reset down 0 once", "ok\n");
	ASSERT_NUMBER(loopback_ask(road.client, "POST", "/echo", NULL, "1").end, NET_NOT_SENT);
	ASSERT_NUMBER(loopback_ask(road.client, "POST", "/echo", NULL, "2").end, NET_REPLY);
	command(&road, "count", "ok 1 2 1\n");
	free_road(&road);
}

/* A kept connection that is found dead before use is no loss. */
static void a_connection_that_died_idle_is_replaced(void)
{
	struct road road = new_road();
	struct outcome out;

	ASSERT_NUMBER(loopback_ask(road.client, "POST", "/echo", NULL, "1").end, NET_REPLY);
	command(&road, "kill", "ok\n");
	out = loopback_ask(road.client, "POST", "/echo", NULL, "2");
	ASSERT_NUMBER(out.end, NET_REPLY);
	CU_ASSERT(out.new_connection);
	free_road(&road);
}

static void a_target_may_move(void)
{
	struct road road = new_road();
	struct server *other = loopback_server(NULL);
	char line[64];

	snprintf(line, sizeof line, "target %s", server_address(other));
	command(&road, line, "ok\n");
	ASSERT_NUMBER(loopback_ask(road.client, "POST", "/echo", NULL, "1").end, NET_REPLY);
	ASSERT_NUMBER(calls_ever(&road), 0);
	server_stop(other, 1000);
	ASSERT_NUMBER(loopback_ask(road.client, "POST", "/echo", NULL, "1").end, NET_NOT_SENT);
	command(&road, "refuse on", "ok\n");
	command(&road, "refuse off", "ok\n");
	free_road(&road);
}

static void a_line_that_is_no_command_is_answered(void)
{
	static const char *const bad[] = {
		"cut", "cut up", "cut up x", "cut up -1", "cut side 1", "cut up 1 twice", "cut up 1 once more",
		"delay up 1 once", "refuse", "refuse maybe", "target", "target x", "kill all", "hold up 1",
	};
	struct road road = new_road();

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct buffer reply = BUFFER_INIT(256);

		fault_proxy_command(road.proxy, bad[i], &reply);
		CU_ASSERT(strncmp(buffer_text(&reply), "error: not a command: ", 22) == 0);
		buffer_release(&reply);
	}
	command(&road, "", "error: not a command: \n");
	free_road(&road);
	fault_proxy_free(NULL);
}

static const struct test tests[] = {
	{ "a fault before TLS stands is not sent", a_fault_before_tls_stands_is_not_sent },
	{ "a fault on a kept connection is unknown", a_fault_on_a_kept_connection_is_unknown },
	{ "a fault once is over", a_fault_once_is_over },
	{ "a connection that died idle is replaced", a_connection_that_died_idle_is_replaced },
	{ "a target may move", a_target_may_move },
	{ "a line that is no command is answered", a_line_that_is_no_command_is_answered },
};

SUITE_MAIN("faults", tests)
