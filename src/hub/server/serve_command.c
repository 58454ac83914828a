/* guitai-hub serve: the worker, the HTTP server before it, and their end. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "command/speech.h"
#include "server/command.h"
#include "server/desk.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/serve.h"
#include "server/worker.h"

enum {
	BODY_MAX_BYTES = 2 << 20,  /* an order of 5,000 lines */
	CONNECTION_BYTES = 8192,   /* the headers of a signed request, and of its answer */
	DRAIN_MS = 5000,
	URL_MAX = 512,
};

/* All that lives as long as the server. */
struct serving {
	const struct invocation *in;
	struct serve_file file;
	struct identity identity;
	struct metrics *metrics;
	struct worker *worker;
	struct server *server;
	struct worker_options options;
	char db_url[DESK_URL_MAX], public_url[URL_MAX], notify_url[URL_MAX];
	certificate_pem sandbox_ca;
};

/* ---- what the HTTP server calls ---- */

static void on_request(void *ctx, struct server_call *call, enum server_why why)
{
	struct serving *s = ctx;
	struct ask *ask = ask_new(call);

	(void)why;
	if (ask)
		worker_put(s->worker, ask);
	else
		server_answer(call, &(struct server_reply){ .status = 503 });
}

static const char *on_refusal(void *ctx, const struct fault *fault, struct buffer *body)
{
	struct hub_reply reply;

	(void)ctx;
	hub_reply_init(&reply);
	hub_refuse(NULL, fault, &reply);
	buffer_add(body, buffer_text(&reply.body), reply.body.len);
	hub_reply_release(&reply);
	return "application/json";
}

static void on_end(void *ctx, const struct server_access *access)
{
	struct serving *s = ctx;
	const struct ask *ask = access->kept;
	ident_text till = "";

	if (ask && ask->request.is_signed)
		ident_format(&ask->request.till, till);
	metrics_request(s->metrics, ask ? ask_name(ask) : "refused", access->status, access->took_us);
	log_request(access, ask ? ask_name(ask) : "refused", till);
}

/* ---- options ---- */

static const char *option(struct serving *s, const char *name, const char *standard)
{
	return serve_option(s->in, &s->file, name, standard);
}

static enum fault_code read_count(struct serving *s, const char *name, const char *standard,
				  unsigned *ret, struct fault *fault)
{
	const char *text = option(s, name, standard);
	char *end;
	unsigned long n;

	errno = 0;
	n = strtoul(text, &end, 10);
	if (!*text || *end || errno || text[0] == '-' || n > 100000000)
		return fault_set(fault, FAULT_INPUT_BAD_NUMBER, text, NULL);
	*ret = (unsigned)n;
	return FAULT_NONE;
}

static enum fault_code set_timing(struct payment_timings *timings, char *item, struct fault *fault)
{
	char *equals = strchr(item, '='), *end;
	long long value;

	if (!equals)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "--timings", "name=value");
	*equals = '\0';
	value = strtoll(equals + 1, &end, 10);
	if (*end || !equals[1] || !payment_timing_set(timings, item, value))
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "--timings", item);
	return FAULT_NONE;
}

static enum fault_code read_timings(struct serving *s, struct fault *fault)
{
	struct payment_timings *timings = s->options.hub.timings;
	char list[1024], *item = list;
	enum fault_code code = FAULT_NONE;

	desk_timings(timings);
	utf8_copy(list, sizeof list, option(s, "timings", ""));
	while (item && *item && !code) {
		char *next = strchr(item, ',');

		if (next)
			*next++ = '\0';
		code = set_timing(&timings[PAYMENT_BY_SANDBOX], item, fault);
		item = next;
	}
	return code;
}

static enum fault_code read_file(const char *path, char *out, size_t size, struct fault *fault)
{
	FILE *in = fopen(path, "r");
	size_t n;

	if (!in)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
	n = fread(out, 1, size - 1, in);
	out[n] = '\0';
	fclose(in);
	return FAULT_NONE;
}

static enum fault_code read_provider_key(struct serving *s, struct fault *fault)
{
	const char *path = option(s, "sandbox-key", "");
	char letters[BASE64_SIZE(SIGN_PUBLIC_SIZE) + 8];
	size_t n;
	enum fault_code code = read_file(path, letters, sizeof letters, fault);

	if (code)
		return code;
	letters[strcspn(letters, " \r\n")] = '\0';
	if (!base64_parse(BASE64_STANDARD, letters, strlen(letters),
			  s->options.provider.account.provider_key, SIGN_PUBLIC_SIZE, &n) ||
	    n != SIGN_PUBLIC_SIZE)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "--sandbox-key", path);
	return FAULT_NONE;
}

static enum fault_code read_provider(struct serving *s, struct fault *fault)
{
	struct provider_options *p = &s->options.provider;
	enum fault_code code;

	p->url = option(s, "sandbox", NULL);
	p->answer_timeout_ms = (int)s->options.hub.timings[PAYMENT_BY_SANDBOX].answer_ms;
	if (!p->url)
		return FAULT_NONE;
	code = read_file(option(s, "sandbox-ca", ""), s->sandbox_ca, sizeof s->sandbox_ca, fault);
	if (!code)
		code = read_provider_key(s, fault);
	p->ca_pem = s->sandbox_ca;
	p->account.merchant = option(s, "sandbox-merchant", "1000");
	p->account.key = s->identity.sandbox;
	s->options.hub.wallet_url = option(s, "sandbox-wallet", p->url);
	return code;
}

/* ---- beginning ---- */

static enum fault_code start_server(struct serving *s, struct fault *fault)
{
	struct server_options options = {
		.listen = option(s, "listen", "127.0.0.1:8443"),
		.key_pem = s->identity.tls.key, .cert_pem = s->identity.tls.text,
		.body_max = BODY_MAX_BYTES, .memory_per_connection = CONNECTION_BYTES,
		.handle = on_request, .refuse = on_refusal, .log = on_end, .ctx = s,
	};
	enum fault_code code = read_count(s, "address-requests", "6000", &options.requests_per_minute, fault);

	return code ? code : server_start(&options, &s->server, fault);
}

static enum fault_code run_worker(struct serving *s, struct fault *fault)
{
	char address[URL_MAX];

	snprintf(address, sizeof address, "https://%s", server_address(s->server));
	utf8_copy(s->public_url, sizeof s->public_url, option(s, "public-url", address));
	snprintf(s->notify_url, sizeof s->notify_url, "%s/v1/notices/sandbox", s->public_url);
	s->options.provider.account.notify_url = s->notify_url;
	desk_db_url(s->in, s->db_url);
	s->options.hub.db_url = s->db_url;
	s->options.hub.public_url = s->public_url;
	s->options.hub.key = s->identity.statement;
	s->options.metrics = s->metrics;
	metrics_watch(s->metrics, s->server);
	return worker_run(s->worker, &s->options, fault);
}

static enum fault_code begin(struct serving *s, struct fault *fault)
{
	enum fault_code code = serve_file_read(s->in, &s->file, fault);

	if (!code)
		code = identity_load(s->in->dir, &s->identity, fault);
	if (!code)
		code = read_timings(s, fault);
	if (!code)
		code = read_provider(s, fault);
	if (!code)
		code = read_count(s, "till-requests", "600", &s->options.till_requests_per_minute, fault);
	s->metrics = metrics_new();
	if (!code && !s->metrics)
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (!code)
		code = worker_new(&s->worker, fault);
	if (!code)
		code = start_server(s, fault);
	return code ? code : run_worker(s, fault);
}

/* ---- end ---- */

/* What is under way is answered and kept before the database is closed. */
static void end(struct serving *s)
{
	if (s->server && s->worker)
		worker_hurry(s->worker);
	server_stop(s->server, DRAIN_MS);
	worker_free(s->worker);
	metrics_free(s->metrics);
	identity_release(&s->identity);
	serve_file_release(&s->file);
}

/* Signals that end the program are waited for; the others' threads never see them. */
static void block_signals(sigset_t *ret)
{
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(ret);
	sigaddset(ret, SIGTERM);
	sigaddset(ret, SIGINT);
	sigaddset(ret, SIGHUP);
	sigprocmask(SIG_BLOCK, ret, NULL);
}

int serve_command(const struct invocation *in, struct fault *fault)
{
	struct serving *s = calloc(1, sizeof *s);
	sigset_t signals;
	int number;

	if (!s) {
		fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
		return EXIT_REFUSED;
	}
	s->in = in;
	block_signals(&signals);
	if (!begin(s, fault)) {
		printf("%s\n", server_address(s->server));
		fflush(stdout);
		sigwait(&signals, &number);
	}
	end(s);
	free(s);
	return fault->code == FAULT_NONE ? EXIT_DONE : EXIT_REFUSED;
}
