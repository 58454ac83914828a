/* What the server's files share. Inside the room only. */
#ifndef NET_SERVER_OWN_H
#define NET_SERVER_OWN_H

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

#include "net/rate_limit.h"
#include "net/server.h"

enum {
	SHELVES = 4096,              /* lists of watches, by topic */
	DISCARD_MAX = 16 << 20,      /* a body too large is read to its end up to here */
};

/* A call's interest in a topic, on the shelf of that topic. */
struct watch {
	struct watch *next, *prev;
	uint64_t topic;
	struct server_call *call;
};

enum call_state {
	CALL_NEW,       /* the header is being read */
	CALL_READING,   /* the body is */
	CALL_RUNNING,   /* the handler is at work, or libmicrohttpd is about to call */
	CALL_PARKED,    /* suspended */
};

struct server_call {
	struct server *server;
	struct MHD_Connection *connection;
	char *target;                /* path and query, a NUL between */
	struct server_request request;
	char peer[INET6_ADDRSTRLEN];
	struct buffer body;
	struct fault refusal;
	int retry_after_s;
	int64_t came_us;
	void *kept;
	void (*release)(void *data);
	/* under the server's lock from CALL_RUNNING on */
	enum call_state state;
	bool waits;                  /* server_wait was called since the handler began */
	bool woken, timed_out;
	bool answered;
	int status;
	size_t reply_n;
	struct MHD_Response *response;
	int64_t due_ms;
	size_t due_at;               /* place in the server's heap, from 1; 0: none */
	struct watch watches[SERVER_TOPICS_MAX];
	size_t n_watches;
};

struct server {
	struct server_options options;
	struct MHD_Daemon *daemon;
	int listen_fd, wake_fd;
	char address[INET6_ADDRSTRLEN + 16];
	pthread_t porter;            /* accepts, and ends waits whose time is up */
	atomic_size_t connections;
	atomic_uint_least64_t connections_ever, calls_ever, refused_ever;

	pthread_mutex_t lock;        /* of all below, and of calls */
	pthread_cond_t ended;        /* a call has */
	bool stopping;
	size_t n_calls, n_parked, n_waiting;
	struct rate_limit *rate;
	uint64_t topic_seed;
	struct watch *shelves[SHELVES];
	struct server_call **due;    /* a heap, earliest first, from index 1 */
	size_t n_due, due_cap;
};

/* Monotonic time. */
int64_t server_now_us(void);

/* ---- server_greeting.c ---- */

struct greeting;

/* Slows libmicrohttpd down until a connection's first request; NULL (and
 * nothing slower) when memory is short. */
struct greeting *server_greeting_new(struct MHD_Connection *connection);
void server_greeting_end(struct greeting *greeting);
void server_greeting_free(struct greeting *greeting);

/* ---- server_call.c: what libmicrohttpd calls ---- */

void *server_on_target(void *ctx, const char *target, struct MHD_Connection *connection);
enum MHD_Result server_on_access(void *ctx, struct MHD_Connection *connection, const char *url,
				 const char *method, const char *version, const char *upload,
				 size_t *upload_n, void **call);
void server_on_completed(void *ctx, struct MHD_Connection *connection, void **call,
			 enum MHD_RequestTerminationCode how);

/* ---- server_wait.c: under the lock ---- */

/* Suspends a call whose handler has returned without an answer. */
void server_park(struct server_call *call);

/* Lets libmicrohttpd call again for a parked call. */
void server_unpark(struct server_call *call);

/* Takes the call off its shelves. */
void server_unwatch(struct server_call *call);

/* Unparks the calls whose time is up; the milliseconds until the next, -1: none. */
int server_end_waits(struct server *server);

/* Unparks every call that waits, since the server stops. */
void server_end_all_waits(struct server *server);

/* ---- server_porter.c ---- */

enum fault_code server_listen(struct server *server, struct fault *fault);
void *server_porter(void *server);
void server_wake_porter(struct server *server);

#endif
