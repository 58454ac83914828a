/* An HTTPS server whose requests are answered at once or later, and may wait
 * for something to happen in the meantime (a long poll).
 *
 * Threads: the handler runs on one of the server's threads, several at once;
 * while it runs, the other connections of that thread wait, so it must not wait
 * for long itself. Functions that take a call may be used by any thread.
 *
 * TLS 1.2 or newer. What breaks a limit is refused before the handler sees it:
 * a body (413), a header (431), too many requests from one address (429). */
#ifndef NET_SERVER_H
#define NET_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"

struct server;
struct server_call; /* one request and what becomes of it */

enum {
	SERVER_TOPICS_MAX = 4, /* topics one call may watch */
};

/* A request; its texts are good until it is answered. */
struct server_request {
	const char *method;
	const char *path;      /* as sent, escapes and all; begins with / */
	const char *query;     /* behind the ?; "" when there is none */
	const void *body;      /* never NULL */
	size_t body_n;
	const char *peer;      /* "192.0.2.7" or "2001:db8::7" */
};

/* Why a handler runs. */
enum server_why {
	SERVER_NEW,       /* the request has come, whole */
	SERVER_WOKEN,     /* a topic it watches was woken */
	SERVER_TIMED_OUT, /* it has waited long enough: answer now */
	SERVER_STOPPING,  /* the server is going away: answer now */
};

/* Runs for each request, and again after each wait. Before it returns it has
 * called server_answer, or server_wait, or has handed the call to another
 * thread that will call server_answer. */
typedef void server_handler(void *ctx, struct server_call *call, enum server_why why);

/* Writes the body with which the server refuses a request by itself; returns
 * its content type. */
typedef const char *server_refusal(void *ctx, const struct fault *fault, struct buffer *body);

/* A request that has ended. Masking what must not be logged is up to the log. */
struct server_access {
	const struct server_request *request;
	int status;         /* 0: it was not answered */
	size_t reply_n;     /* bytes of the reply's body */
	int64_t took_us;
	bool broken;        /* the connection broke before all was sent */
	const void *kept;   /* what the handler kept (server_call_keep), or NULL */
};
typedef void server_log(void *ctx, const struct server_access *access);

struct server_options {
	const char *listen;               /* "127.0.0.1:8443", "[::1]:0", "*:443"; port 0: any */
	const char *key_pem, *cert_pem;   /* P-256; the certificate and what leads to its authority */
	size_t threads;                   /* 0: one a processor, 2 to 8 */
	size_t connections_max;           /* 0: 12,000 */
	size_t connections_per_address;   /* 0: any number */
	size_t body_max;                  /* 0: 1 MiB */
	size_t memory_per_connection;     /* header of request and reply; 0: 4,096 */
	unsigned idle_s;                  /* after which a silent connection is closed; 0: 75 */
	unsigned handshake_s;             /* for TLS and a connection's first request line; 0: 10 */
	unsigned requests_per_minute;     /* from one address; 0: any number */
	unsigned burst;                   /* of them at once; 0: a tenth of a minute's */
	server_handler *handle;
	server_refusal *refuse;           /* NULL: the sentence as plain text */
	server_log *log;                  /* NULL: none */
	void *ctx;                        /* for all three */
};

/* Listens and serves. FAULT_NET_NOT_LISTENING (the address, key or certificate
 * cannot be used), FAULT_OUT_OF_MEMORY. */
enum fault_code server_start(const struct server_options *options, struct server **ret_server,
			     struct fault *fault);

/* The address it listens on, with its real port: "127.0.0.1:41873". */
const char *server_address(const struct server *server);

/* Stops listening at once, so that another server may take the port, runs the
 * handler of each waiting call once more (SERVER_STOPPING), waits for calls
 * that are handed to other threads, gives replies `drain_ms` to reach their
 * readers, then closes all connections and frees the server. Accepts NULL. */
void server_stop(struct server *server, int drain_ms);

/* Runs the handlers of all calls that watch the topic; returns how many there
 * are. Any thread. */
size_t server_wake(struct server *server, const char *topic);

struct server_counts {
	size_t connections;        /* open now */
	size_t calls;              /* begun and not ended */
	size_t waiting;            /* of them in server_wait */
	uint64_t connections_ever;
	uint64_t calls_ever;
	uint64_t refused_ever;     /* by a limit of the server */
};
void server_count(struct server *server, struct server_counts *ret_counts);

/* ---- a call ---- */

const struct server_request *server_call_request(const struct server_call *call);

/* A header field's value by name (any case); NULL when it was not sent. Fields
 * that may stand there only once do. */
const char *server_call_header(const struct server_call *call, const char *name);

/* Something of the handler's that lives as long as the call; `release` (may be
 * NULL) frees it then. */
void server_call_keep(struct server_call *call, void *data, void (*release)(void *data));
void *server_call_kept(const struct server_call *call);

struct server_header {
	const char *name, *value;
};

/* All is copied. */
struct server_reply {
	int status;
	const char *content_type;            /* NULL: none */
	const struct server_header *headers;
	size_t n_headers;
	const void *body;
	size_t body_n;
};

/* Answers; the call must not be used afterwards. */
void server_answer(struct server_call *call, const struct server_reply *reply);

/* From now on server_wake(topic) runs the handler again. Watch first, then look
 * whether there is something to tell, then wait: so no event falls between.
 * False when the call watches too many topics. Watching twice is watching once. */
bool server_watch(struct server_call *call, const char *topic);

/* Waits until a watched topic is woken, or until timeout_ms after the request
 * came. False, when the handler has to answer now: its time is up, or the
 * server is stopping. After true the handler returns at once. */
bool server_wait(struct server_call *call, int timeout_ms);

#endif
