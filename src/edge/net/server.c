/* Starts and stops the HTTPS server: libmicrohttpd's threads and our porter. */
#include "net/server_own.h"

#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/mark.h"
#include "crypt/crypt.h"

enum {
	CONNECTIONS = 12000,
	BODY_MAX = 1 << 20,
	MEMORY_PER_CONNECTION = 4096,
	IDLE_S = 75,
	HANDSHAKE_S = 10,
	SPARE_DESCRIPTORS = 128, /* of the process, beside the connections */
	RATE_KEYS = 16384,
};

/* Only what gives forward secrecy, authenticates what it encrypts, and is no
 * older than TLS 1.2. */
static const char tls_priorities[] =
	"SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:"
	"-CIPHER-ALL:+AES-128-GCM:+AES-256-GCM:+CHACHA20-POLY1305:-MAC-ALL:+AEAD:%SERVER_PRECEDENCE";

int64_t server_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- starting ---- */

static void set_defaults(struct server_options *o)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (!o->threads)
		o->threads = processors < 2 ? 2 : processors > 8 ? 8 : (size_t)processors;
	if (!o->connections_max)
		o->connections_max = CONNECTIONS;
	if (!o->body_max)
		o->body_max = BODY_MAX;
	if (!o->memory_per_connection)
		o->memory_per_connection = MEMORY_PER_CONNECTION;
	if (!o->idle_s)
		o->idle_s = IDLE_S;
	if (!o->handshake_s)
		o->handshake_s = HANDSHAKE_S;
	if (!o->burst)
		o->burst = o->requests_per_minute / 10 + 1;
}

/* Each connection needs a descriptor, of which a process has 1,024 at first. */
static void raise_descriptors(size_t connections)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
	    limit.rlim_cur >= connections + SPARE_DESCRIPTORS)
		return;
	limit.rlim_cur = connections + SPARE_DESCRIPTORS;
	if (limit.rlim_cur > limit.rlim_max)
		limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void on_connection(void *ctx, struct MHD_Connection *connection, void **ret_own,
			  enum MHD_ConnectionNotificationCode what)
{
	struct server *server = ctx;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*ret_own = server_greeting_new(connection);
		MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT,
					  server->options.handshake_s);
		atomic_fetch_add(&server->connections, 1);
		atomic_fetch_add(&server->connections_ever, 1);
	} else {
		server_greeting_free(*ret_own);
		atomic_fetch_sub(&server->connections, 1);
	}
}

/* Escapes stay as they were sent: signatures cover them. */
static size_t leave_escapes(void *ctx, struct MHD_Connection *connection, char *text)
{
	(void)ctx;
	(void)connection;
	return strlen(text);
}

static bool start_daemon(struct server *server)
{
	const struct server_options *o = &server->options;
	/* divided by the threads, rounded down */
	const unsigned most = (unsigned)(o->connections_max + o->threads);

	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS | MHD_USE_ITC |
			MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET,
		0, NULL, NULL, server_on_access, server,
		MHD_OPTION_HTTPS_MEM_KEY, o->key_pem,
		MHD_OPTION_HTTPS_MEM_CERT, o->cert_pem,
		MHD_OPTION_HTTPS_PRIORITIES, tls_priorities,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)o->threads,
		MHD_OPTION_CONNECTION_LIMIT, most,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)o->connections_per_address,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, o->memory_per_connection,
		MHD_OPTION_CONNECTION_TIMEOUT, o->idle_s,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_URI_LOG_CALLBACK, server_on_target, server,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL,
		MHD_OPTION_NOTIFY_COMPLETED, server_on_completed, server,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
		MHD_OPTION_END);
	return server->daemon != NULL;
}

/* Frees what server_start has made so far. */
static void release(struct server *server)
{
	if (server->daemon)
		MHD_stop_daemon(server->daemon);
	if (server->listen_fd >= 0)
		close(server->listen_fd);
	if (server->wake_fd >= 0)
		close(server->wake_fd);
	rate_limit_free(server->rate);
	free(server->due);
	pthread_cond_destroy(&server->ended);
	pthread_mutex_destroy(&server->lock);
	free(server);
}

static struct server *make(const struct server_options *options)
{
	struct server *server = calloc(1, sizeof *server);
	pthread_condattr_t monotonic;
	uint64_t seeds[2] = { 0, 0 };

	if (!server)
		return NULL;
	pthread_mutex_init(&server->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&server->ended, &monotonic);
	pthread_condattr_destroy(&monotonic);
	server->options = *options;
	set_defaults(&server->options);
	server->listen_fd = -1;
	server->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (random_bytes(seeds, sizeof seeds) != FAULT_NONE)
		seeds[0] = 1;
	server->topic_seed = seeds[0];
	if (options->requests_per_minute)
		server->rate = rate_limit_new(RATE_KEYS, options->requests_per_minute,
					      server->options.burst, seeds[1]);
	if (server->wake_fd >= 0 && (server->rate || !options->requests_per_minute))
		return server;
	release(server);
	return NULL;
}

enum fault_code server_start(const struct server_options *options, struct server **ret_server,
			     struct fault *fault)
{
	struct server *server = make(options);
	enum fault_code code;

	if (!server)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	raise_descriptors(server->options.connections_max);
	code = server_listen(server, fault);
	if (code == FAULT_NONE && !start_daemon(server))
		code = fault_set(fault, FAULT_NET_NOT_LISTENING, server->address,
				 N_("its key and certificate are not a pair that can be used"));
	if (code == FAULT_NONE && pthread_create(&server->porter, NULL, server_porter, server) != 0)
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (code == FAULT_NONE)
		*ret_server = server;
	else
		release(server);
	return code;
}

const char *server_address(const struct server *server)
{
	return server->address;
}

void server_count(struct server *server, struct server_counts *ret_counts)
{
	pthread_mutex_lock(&server->lock);
	ret_counts->calls = server->n_calls;
	ret_counts->waiting = server->n_waiting;
	pthread_mutex_unlock(&server->lock);
	ret_counts->connections = atomic_load(&server->connections);
	ret_counts->connections_ever = atomic_load(&server->connections_ever);
	ret_counts->calls_ever = atomic_load(&server->calls_ever);
	ret_counts->refused_ever = atomic_load(&server->refused_ever);
}

/* ---- stopping ---- */

/* Waits until every call has ended; those that only have to be written, for
 * drain_ms at most. */
static void drain(struct server *server, int drain_ms)
{
	int64_t end_us = server_now_us() + (int64_t)drain_ms * 1000;
	struct timespec end = { end_us / 1000000, end_us % 1000000 * 1000 };

	pthread_mutex_lock(&server->lock);
	while (server->n_calls && (server->n_parked || server_now_us() < end_us)) {
		if (server_now_us() < end_us)
			pthread_cond_timedwait(&server->ended, &server->lock, &end);
		else
			pthread_cond_wait(&server->ended, &server->lock);
	}
	pthread_mutex_unlock(&server->lock);
}

void server_stop(struct server *server, int drain_ms)
{
	if (!server)
		return;
	pthread_mutex_lock(&server->lock);
	server->stopping = true;
	server_end_all_waits(server);
	pthread_mutex_unlock(&server->lock);
	server_wake_porter(server);
	pthread_join(server->porter, NULL);
	close(server->listen_fd);
	server->listen_fd = -1;
	drain(server, drain_ms);
	release(server);
}
