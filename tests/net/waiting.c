/* The server as a process of its own, so that its memory is its own; it is told
 * what to do by lines on a pipe. */
#include "waiting.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "crypt/certificate.h"
#include "net/client.h"
#include "net/server.h"

enum { TIMEOUT_MS = 600000, LINE_MAX_BYTES = 128 };

static long now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- the server's process ---- */

static void answer(struct server_call *call, const char *body)
{
	const struct server_reply reply = { .status = 200, .body = body, .body_n = strlen(body) };

	server_answer(call, &reply);
}

/* Waits for the topic that its query names. */
static void handle(void *ctx, struct server_call *call, enum server_why why)
{
	(void)ctx;
	if (!server_watch(call, server_call_request(call)->query))
		answer(call, "cannot watch");
	else if (why == SERVER_WOKEN)
		answer(call, "woken");
	else if (!server_wait(call, TIMEOUT_MS))
		answer(call, "nothing");
}

static long resident_bytes(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long pages = 0;

	if (!file || fscanf(file, "%*d %ld", &pages) != 1)
		pages = 0;
	if (file)
		fclose(file);
	return pages * sysconf(_SC_PAGESIZE);
}

static void obey(struct server *server, const char *line)
{
	struct server_counts counts;

	if (strncmp(line, "wake ", 5) == 0) {
		printf("%zu\n", server_wake(server, line + 5));
	} else if (strcmp(line, "memory") == 0) {
		printf("%ld\n", resident_bytes());
	} else {
		server_count(server, &counts);
		printf("%zu\n", counts.waiting);
	}
}

/* Serves until its input ends. */
static int serve(const struct certificate *certificate)
{
	const struct server_options options = {
		.listen = "127.0.0.1:0", .key_pem = certificate->key, .cert_pem = certificate->text,
		.handle = handle,
	};
	struct server *server = NULL;
	struct fault fault = { .arg = { "" } };
	char line[LINE_MAX_BYTES];

	if (server_start(&options, &server, &fault) != FAULT_NONE) {
		fprintf(stderr, "%s: %s\n", fault.arg[0], fault.arg[1]);
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("%s\n", server_address(server));
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		obey(server, line);
	}
	server_stop(server, 5000);
	return 0;
}

/* ---- the tills ---- */

struct tills {
	pid_t pid;
	FILE *to, *from;
	struct net_client *client;
	size_t n_ended;
	bool failed;
};

static void start_server(struct tills *tills, const struct certificate *certificate)
{
	int to[2], from[2];

	if (pipe(to) != 0 || pipe(from) != 0)
		abort();
	fflush(NULL); /* or the child would write it again */
	tills->pid = fork();
	if (tills->pid == 0) {
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		close(to[0]);
		close(to[1]);
		close(from[0]);
		close(from[1]);
		exit(serve(certificate));
	}
	close(to[0]);
	close(from[1]);
	tills->to = fdopen(to[1], "w");
	tills->from = fdopen(from[0], "r");
}

static void read_line(struct tills *tills, char line[LINE_MAX_BYTES])
{
	if (!fgets(line, LINE_MAX_BYTES, tills->from))
		line[0] = '\0';
	line[strcspn(line, "\n")] = '\0';
}

static long tell(struct tills *tills, const char *what, const char *topic)
{
	char line[LINE_MAX_BYTES];

	fprintf(tills->to, "%s%s\n", what, topic);
	fflush(tills->to);
	read_line(tills, line);
	return strtol(line, NULL, 10);
}

static void on_end(void *ctx, const struct net_event *event)
{
	struct tills *tills = ctx;

	tills->n_ended++;
	if (event->end != NET_REPLY || strcmp(event->body, "woken") != 0)
		tills->failed = true;
}

static void begin_one(struct tills *tills, size_t number)
{
	char topic[16];
	const struct net_request get = {
		.method = "GET", .path = "/", .query = topic, .timeout_ms = TIMEOUT_MS,
	};
	uint64_t id;

	snprintf(topic, sizeof topic, "t%zu", number);
	if (net_client_send(tills->client, &get, on_end, tills, &id, NULL) != FAULT_NONE)
		tills->failed = true;
}

static void work(struct tills *tills, int timeout_ms)
{
	struct pollfd fd = { .fd = net_client_fd(tills->client), .events = POLLIN };

	poll(&fd, 1, timeout_ms);
	net_client_work(tills->client);
}

/* Begins all; a few hundred at a time, as more handshakes at once would only
 * wait for each other. */
static void begin_all(struct tills *tills, size_t n)
{
	size_t begun = 0;

	while (!tills->failed && (size_t)tell(tills, "waiting", "") < n) {
		size_t waiting = (size_t)tell(tills, "waiting", "");

		for (; begun < n && begun < waiting + 200; begun++)
			begin_one(tills, begun);
		for (int i = 0; i < 50; i++)
			work(tills, 1);
	}
}

static int compare(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;

	return (x > y) - (x < y);
}

/* Wakes some of them, evenly spread, one after the other; each waits again. */
static void wake_some(struct tills *tills, size_t n, size_t wakes, struct waiting *result)
{
	long *took = calloc(wakes, sizeof *took);

	for (size_t i = 0; i < wakes && took && !tills->failed; i++) {
		size_t number = i * n / wakes, before = tills->n_ended;
		long begin = now_us();
		char topic[16];

		snprintf(topic, sizeof topic, "t%zu", number);
		if (tell(tills, "wake ", topic) != 1)
			tills->failed = true;
		while (tills->n_ended == before && !tills->failed)
			work(tills, 1000);
		took[i] = now_us() - begin;
		begin_one(tills, number);
		while ((size_t)tell(tills, "waiting", "") < n && !tills->failed)
			work(tills, 1);
	}
	if (took && wakes) {
		qsort(took, wakes, sizeof *took, compare);
		result->wake_us_p50 = took[wakes / 2];
		result->wake_us_p99 = took[wakes * 99 / 100];
	}
	free(took);
}

static void wake_all(struct tills *tills, size_t n)
{
	size_t before = tills->n_ended;
	char topic[16];

	for (size_t i = 0; i < n && !tills->failed; i++) {
		snprintf(topic, sizeof topic, "t%zu", i);
		tell(tills, "wake ", topic);
	}
	while (tills->n_ended < before + n && !tills->failed)
		work(tills, 1000);
}

static void raise_descriptors(size_t n)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	if (limit.rlim_cur < n + 64)
		limit.rlim_cur = n + 64 < limit.rlim_max ? n + 64 : limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static struct net_client *new_client(const char *address, const char *ca, size_t n)
{
	struct net_client_options options = {
		.ca_pem = ca, .connections_max = n, .connect_timeout_ms = 60000,
	};
	struct net_client *client = NULL;
	char url[LINE_MAX_BYTES + 16];

	snprintf(url, sizeof url, "https://%s", address);
	options.base_url = url;
	net_client_new(&options, &client, NULL);
	return client;
}

int waiting_measure(size_t n, size_t wakes, struct waiting *ret_result)
{
	const struct certificate_time week = { time(NULL) - 86400, time(NULL) + 6 * 86400 };
	const char *const name = "127.0.0.1";
	struct tills tills = { .client = NULL };
	struct certificate ca, certificate;
	char address[LINE_MAX_BYTES];
	long before, begin;

	if (certificate_make_ca("Waiting CA", week, &ca, NULL) != FAULT_NONE ||
	    certificate_make_server(&ca, &name, 1, week, &certificate, NULL) != FAULT_NONE)
		return -1;
	start_server(&tills, &certificate);
	raise_descriptors(n);
	read_line(&tills, address);
	tills.client = new_client(address, ca.text, n);
	tills.failed = !tills.client;
	begin_all(&tills, 1); /* what the first connection brings is not counted */
	wake_all(&tills, 1);
	before = tell(&tills, "memory", "");
	begin = now_us();
	begin_all(&tills, n);
	ret_result->n = n;
	ret_result->connect_ms = (now_us() - begin) / 1000;
	ret_result->bytes_each = (tell(&tills, "memory", "") - before) / (long)n;
	wake_some(&tills, n, wakes, ret_result);
	wake_all(&tills, n);
	net_client_free(tills.client);
	fclose(tills.to);
	fclose(tills.from);
	waitpid(tills.pid, NULL, 0);
	if (tills.failed)
		fprintf(stderr, "a till was not woken\n");
	return tills.failed ? -1 : 0;
}
