/* The program guitai-sandbox: the practice provider over HTTPS.
 *
 * usage: guitai-sandbox --data DIR [--listen ADDR:PORT] [option ...]
 *
 * stdout, once it listens: "listen URL", "ca FILE", "key FILE", a line each.
 * Exit status 0 stopped by a signal, 1 refused or failed, 2 wrong usage.
 */
#include <config.h>
#include <errno.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "net/client.h"
#include "net/server.h"
#include "sandbox/identity.h"
#include "sandbox/options.h"
#include "sandbox/sandbox.h"
#include "store/dir_lock.h"

#define _(text) gettext(text)

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_WRONG_USAGE = 2 };
enum { RECEIVERS_MAX = 8, ERRANDS_MAX = 64, CA_MAX = 65536, SILENCE_MS = 60000, NOTICE_TIMEOUT_MS = 5000, DRAIN_MS = 500 };

/* Who takes notices: one client for each host. */
struct receiver {
	char base_url[256];
	struct net_client *client;
};

/* A notice on its way; free when id is 0. */
struct errand {
	struct house *house;
	int64_t id;
};

struct house {
	struct options options;
	struct identity identity;
	struct sandbox *sandbox;
	pthread_mutex_t lock;  /* over sandbox */
	struct server *server;
	struct receiver receivers[RECEIVERS_MAX];
	size_t n_receivers;
	struct errand errands[ERRANDS_MAX];
	char notify_ca[CA_MAX];
};

static volatile sig_atomic_t asked_to_stop;
static int wake_fd = -1;

/* Wakes the main loop; also from a signal. */
static void wake(void)
{
	uint64_t one = 1;
	ssize_t n = write(wake_fd, &one, sizeof one);

	(void)n;
}

static void on_signal(int number)
{
	int was = errno;

	(void)number;
	asked_to_stop = 1;
	wake();
	errno = was;
}

static int64_t now_ms(void *ctx)
{
	struct timespec t;

	(void)ctx;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum fault_code random_port(void *ctx, void *bytes, size_t n)
{
	(void)ctx;
	return random_bytes(bytes, n);
}

static int say_fault(const struct fault *fault, int status)
{
	const struct fault_row *row = fault_row(fault->code);
	char sentence[1024];

	fault_render(fault, row ? _(row->sentence) : "", sentence, sizeof sentence);
	fprintf(stderr, "guitai-sandbox: %s\n", sentence);
	return status;
}

/* ---- requests ------------------------------------------------------------------ */

static const char *call_header(const void *ctx, const char *name)
{
	return server_call_header(ctx, name);
}

static void forget_reply(void *data)
{
	sandbox_reply_release(data);
	free(data);
}

static void answer(struct server_call *call, const struct sandbox_reply *r)
{
	struct server_header headers[SANDBOX_HEADERS_MAX];
	struct server_reply reply = { .status = r->status, .content_type = r->type, .headers = headers,
				      .n_headers = r->n_headers, .body = buffer_text(&r->body),
				      .body_n = r->body.len };

	for (size_t i = 0; i < r->n_headers; i++)
		headers[i] = (struct server_header){ r->headers[i].name, r->headers[i].value };
	server_answer(call, &reply);
}

static void answer_plain(struct server_call *call, int status)
{
	struct server_reply reply = { .status = status };

	server_answer(call, &reply);
}

static void begin_call(struct house *h, struct server_call *call)
{
	const struct server_request *in = server_call_request(call);
	struct sandbox_request request = { .method = in->method, .path = in->path, .query = in->query,
					   .header = call_header, .ctx = call, .body = in->body,
					   .n_body = in->body_n };
	struct sandbox_reply *reply = malloc(sizeof *reply);
	int64_t hold_ms;

	if (!reply) {
		answer_plain(call, 503);
		return;
	}
	sandbox_reply_init(reply);
	server_call_keep(call, reply, forget_reply);
	pthread_mutex_lock(&h->lock);
	sandbox_handle(h->sandbox, &request, reply);
	pthread_mutex_unlock(&h->lock);
	wake();
	/* Silence: the other side gives up before it ends. */
	hold_ms = reply->silent ? SILENCE_MS : reply->delay_ms;
	if (hold_ms > 0 && server_wait(call, (int)hold_ms))
		return;
	if (reply->silent)
		answer_plain(call, 504);
	else
		answer(call, reply);
}

static void handle(void *ctx, struct server_call *call, enum server_why why)
{
	struct sandbox_reply *reply = server_call_kept(call);

	if (why == SERVER_NEW)
		begin_call(ctx, call);
	else if (!reply || reply->silent)
		answer_plain(call, 504);
	else
		answer(call, reply);
}

/* ---- notices ------------------------------------------------------------------- */

/* Runs within net_client_work, which the main loop calls without the lock. */
static void notice_ended(void *ctx, const struct net_event *event)
{
	struct errand *e = ctx;

	pthread_mutex_lock(&e->house->lock);
	sandbox_notice_done(e->house->sandbox, e->id, event->end == NET_REPLY ? event->status : 0);
	pthread_mutex_unlock(&e->house->lock);
	e->id = 0;
}

static struct errand *free_errand(struct house *h)
{
	for (size_t i = 0; i < ERRANDS_MAX; i++)
		if (h->errands[i].id == 0)
			return &h->errands[i];
	return NULL;
}

/* The client of "https://HOST[:PORT]"; NULL when there cannot be one. */
static struct net_client *receiver_of(struct house *h, const char *base_url)
{
	struct net_client_options options = { .base_url = base_url, .ca_pem = h->notify_ca,
					      .timeout_ms = NOTICE_TIMEOUT_MS };
	struct receiver *r;

	for (size_t i = 0; i < h->n_receivers; i++)
		if (strcmp(h->receivers[i].base_url, base_url) == 0)
			return h->receivers[i].client;
	if (!h->notify_ca[0] || h->n_receivers == RECEIVERS_MAX)
		return NULL;
	r = &h->receivers[h->n_receivers];
	if (net_client_new(&options, &r->client, NULL))
		return NULL;
	utf8_copy(r->base_url, sizeof r->base_url, base_url);
	h->n_receivers++;
	return r->client;
}

/* A notice that cannot be sent now is tried again like one that was not taken. */
static void notify(void *ctx, const struct sandbox_notice *notice)
{
	struct house *h = ctx;
	const char *path = strchr(notice->url + strlen("https://"), '/');
	char base_url[256];
	struct net_header headers[SANDBOX_HEADERS_MAX];
	struct net_request request = { .method = "POST", .headers = headers, .n_headers = notice->n_headers,
				       .body = notice->body, .body_n = notice->n_body };
	struct net_client *client;
	struct errand *e;
	uint64_t id;

	if (!path || (size_t)(path - notice->url) >= sizeof base_url)
		return;
	snprintf(base_url, sizeof base_url, "%.*s", (int)(path - notice->url), notice->url);
	client = receiver_of(h, base_url);
	e = free_errand(h);
	if (!client || !e)
		return;
	*e = (struct errand){ h, notice->id };
	for (size_t i = 0; i < notice->n_headers; i++)
		headers[i] = (struct net_header){ notice->headers[i].name, notice->headers[i].value };
	request.path = path;
	if (net_client_send(client, &request, notice_ended, e, &id, NULL))
		e->id = 0;
}

/* ---- the house ----------------------------------------------------------------- */

static enum fault_code add_merchant(struct house *h, const char *text, struct fault *fault)
{
	char number[SANDBOX_MERCHANT_MAX + 2], path[PATH_MAX];
	const char *file = strchr(text, '='), *name;
	uint8_t key[SIGN_PUBLIC_SIZE];
	size_t n;
	enum fault_code code;

	if (!file || (size_t)(file - text) >= sizeof number)
		return fault_set(fault, FAULT_USAGE_OPTION_NEEDS, "--merchant", _("NUMBER=FILE[,NAME]"));
	snprintf(number, sizeof number, "%.*s", (int)(file - text), text);
	file++;
	n = strcspn(file, ",");
	name = file[n] ? file + n + 1 : number;
	if ((size_t)snprintf(path, sizeof path, "%.*s", (int)n, file) >= sizeof path)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, file, strerror(ENAMETOOLONG));
	code = identity_read_public(path, key, fault);
	return code ? code : sandbox_set_merchant(h->sandbox, number, name, key, fault);
}

static enum fault_code open_books(struct house *h, struct fault *fault)
{
	char path[PATH_MAX], url[PATH_MAX + 8];
	struct sandbox_options options = {
		.db_url = url, .key = h->identity.key, .times = h->options.times,
		.ports = { h, now_ms, random_port, notify },
	};
	enum fault_code code;

	snprintf(url, sizeof url, "sqlite:%s", identity_path(h->options.data, "sandbox.db", path, sizeof path));
	code = sandbox_open(&options, &h->sandbox, fault);
	for (size_t i = 0; i < h->options.n_merchants && !code; i++)
		code = add_merchant(h, h->options.merchants[i], fault);
	return code;
}

static enum fault_code open_identity(struct house *h, struct fault *fault)
{
	static const char *const standard[] = { "localhost", "127.0.0.1", "::1" };
	struct options *o = &h->options;
	enum fault_code code;

	if (mkdir(o->data, 0700) != 0 && errno != EEXIST)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, o->data, strerror(errno));
	code = identity_open(&h->identity, o->data, o->n_names ? o->names : standard,
			     o->n_names ? o->n_names : sizeof standard / sizeof standard[0],
			     now_ms(NULL) / 1000, fault);
	if (!code && o->notify_ca)
		code = identity_read_text(o->notify_ca, h->notify_ca, sizeof h->notify_ca, fault);
	return code;
}

static enum fault_code open_server(struct house *h, struct fault *fault)
{
	struct server_options options = { .listen = h->options.listen, .key_pem = h->identity.tls.key,
					  .cert_pem = h->identity.tls.text, .threads = 2,
					  .body_max = SANDBOX_BODY_MAX, .handle = handle, .ctx = h };
	char path[PATH_MAX];
	enum fault_code code = server_start(&options, &h->server, fault);

	if (code)
		return code;
	printf("listen https://%s\n", server_address(h->server));
	printf("ca %s\n", identity_path(h->options.data, "ca.pem", path, sizeof path));
	printf("key %s\n", identity_path(h->options.data, "sandbox.pub", path, sizeof path));
	fflush(stdout);
	return FAULT_NONE;
}

/* Until something is due, at most a minute; a second when that failed. */
static int wait_ms(struct house *h, bool failed)
{
	int64_t next_ms, now = now_ms(NULL);

	if (failed)
		return 1000;
	pthread_mutex_lock(&h->lock);
	next_ms = sandbox_next_ms(h->sandbox);
	pthread_mutex_unlock(&h->lock);
	if (next_ms <= now)
		return 0;
	return next_ms - now > 60000 ? 60000 : (int)(next_ms - now);
}

static void wait_for_something(struct house *h, bool failed)
{
	struct pollfd fds[RECEIVERS_MAX + 1] = { { .fd = wake_fd, .events = POLLIN } };
	nfds_t n = 1;
	uint64_t woken;

	for (size_t i = 0; i < h->n_receivers; i++)
		fds[n++] = (struct pollfd){ .fd = net_client_fd(h->receivers[i].client), .events = POLLIN };
	poll(fds, n, wait_ms(h, failed));
	if (fds[0].revents && read(wake_fd, &woken, sizeof woken) < 0 && errno != EAGAIN)
		asked_to_stop = 1;
	for (size_t i = 0; i < h->n_receivers; i++)
		net_client_work(h->receivers[i].client);
}

/* A tick that fails is tried again with the next; it is said once. */
static void run(struct house *h)
{
	bool said = false;

	while (!asked_to_stop) {
		struct fault fault;
		enum fault_code code;

		pthread_mutex_lock(&h->lock);
		code = sandbox_tick(h->sandbox, &fault);
		pthread_mutex_unlock(&h->lock);
		if (code && !said)
			say_fault(&fault, 0);
		said = code != FAULT_NONE;
		wait_for_something(h, said);
	}
}

static enum fault_code start_signals(struct fault *fault)
{
	struct sigaction stop = { .sa_handler = on_signal }, ignore = { .sa_handler = SIG_IGN };

	wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (wake_fd < 0)
		return fault_set(fault, FAULT_PROGRAM_NOT_STARTED, "guitai-sandbox", strerror(errno));
	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	return FAULT_NONE;
}

static void close_house(struct house *h)
{
	server_stop(h->server, DRAIN_MS);
	for (size_t i = 0; i < h->n_receivers; i++)
		net_client_free(h->receivers[i].client);
	sandbox_close(h->sandbox);
	identity_release(&h->identity);
}

int main(int argc, char **argv)
{
	static struct house h = { .lock = PTHREAD_MUTEX_INITIALIZER };
	struct dir_lock lock = DIR_LOCK_INIT;
	struct fault fault = { .code = FAULT_NONE };
	enum fault_code code;

	setlocale(LC_ALL, "");
	bindtextdomain(PACKAGE, GUITAI_LOCALEDIR);
	bind_textdomain_codeset(PACKAGE, "UTF-8");
	textdomain(PACKAGE);
	if (options_read(&h.options, argc, argv, &fault))
		return say_fault(&fault, EXIT_WRONG_USAGE);
	if (h.options.help) {
		options_help();
		return EXIT_DONE;
	}
	code = dir_lock_take(&lock, h.options.data, &fault);
	if (!code)
		code = start_signals(&fault);
	if (!code)
		code = open_identity(&h, &fault);
	if (!code)
		code = open_books(&h, &fault);
	if (!code)
		code = open_server(&h, &fault);
	if (!code)
		run(&h);
	close_house(&h);
	dir_lock_release(&lock);
	return code ? say_fault(&fault, EXIT_REFUSED) : EXIT_DONE;
}
