/* Requests over HTTPS that never block the caller, each with exactly one end.
 *
 * A client talks to one host over few kept connections. It is driven by the
 * program's own loop: poll net_client_fd() for reading and, when it is ready,
 * call net_client_work(), which calls back for what has ended. One thread at a
 * time; nothing of libcurl starts before the first request (it costs 4 ms).
 *
 * TLS 1.2 or newer, always verified: by a private authority, by the pinned key
 * of the server, or by both. No other protocol, no proxy, no redirect, no
 * second try of what may have been sent. */
#ifndef NET_CLIENT_H
#define NET_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

struct net_client;

struct net_client_options {
	const char *base_url;     /* "https://HOST[:PORT]", nothing behind it */
	const char *ca_pem;       /* the authorities, as PEM text; NULL: the pin alone decides */
	const char *pin;          /* "sha256//…" (certificate_pin_of), or NULL */
	int connect_timeout_ms;   /* name, TCP and TLS together; 0: 5,000 */
	int timeout_ms;           /* of a request that says none; 0: 15,000 */
	int idle_s;               /* an idle connection older is not used again; 0: 50 */
	size_t connections_max;   /* at once, others queue; 0: 8 */
	size_t body_max;          /* bytes of a reply's body; 0: 1 MiB */
	size_t head_max;          /* bytes of a reply's header; 0: 16 KiB */
};

/* Copies the options. FAULT_NET_BAD_REQUEST: no https URL, neither authority
 * nor pin; FAULT_OUT_OF_MEMORY. */
enum fault_code net_client_new(const struct net_client_options *options,
			       struct net_client **ret_client, struct fault *fault);

/* Ends open requests without calling back. Accepts NULL. */
void net_client_free(struct net_client *client);

struct net_header {
	const char *name, *value;
};

/* Nothing of it is needed once net_client_send has returned. */
struct net_request {
	const char *method;              /* "GET" "POST" "PUT" "DELETE" */
	const char *path;                /* "/v1/orders", sent as it stands */
	const char *query;               /* behind the ?; NULL or "": none */
	const struct net_header *headers;
	size_t n_headers;
	const char *content_type;        /* of the body; NULL: application/json */
	const char *idempotency_key;     /* its header, when not NULL */
	const void *body;
	size_t body_n;                   /* 0: no body */
	int timeout_ms;                  /* from now to the whole reply; 0: the client's */
};

enum net_end {
	NET_REPLY,     /* the server answered; whatever it said is in status and body */
	NET_NOT_SENT,  /* not one byte of the request left this machine */
	NET_UNKNOWN,   /* it may have been sent and carried out, or not */
};

/* How a request ended. Pointers are good during the call back. */
struct net_event {
	uint64_t id;
	enum net_end end;
	struct fault fault;       /* why; FAULT_NONE for a reply */
	int status;               /* 200; 0 unless it is a reply */
	const char *body;         /* terminated by a NUL that body_n does not count */
	size_t body_n;
	const char *head;         /* the header, for net_event_header */
	int64_t date_s;           /* the server's clock (its Date), UTC; 0: not told */
	int64_t took_us;
	bool new_connection;      /* made for this request */
};

typedef void net_callback(void *ctx, const struct net_event *event);

/* Begins a request; *ret_id is never 0. From FAULT_NONE on there will be one
 * call back, never from within this function. FAULT_NET_BAD_REQUEST: a method,
 * path or header that cannot be sent; FAULT_OUT_OF_MEMORY: nothing was begun. */
enum fault_code net_client_send(struct net_client *client, const struct net_request *request,
				net_callback *callback, void *ctx, uint64_t *ret_id,
				struct fault *fault);

/* Gives a request up: it ends with FAULT_NET_CANCELLED at the next
 * net_client_work, as not sent or unknown. Ids that have ended are ignored. */
void net_client_cancel(struct net_client *client, uint64_t id);

/* The one descriptor to poll for POLLIN; stays the same. Timers are in it. */
int net_client_fd(const struct net_client *client);

/* Does what can be done without waiting and calls back for each request that
 * has ended. Call backs may send and cancel. Returns how many ended. */
int net_client_work(struct net_client *client);

/* Requests on their way: begun and not yet ended. */
size_t net_client_open(const struct net_client *client);

/* Copies the value of a reply's header field (any case) into out[size]; false
 * when it is not there, stands there twice or does not fit. */
bool net_event_header(const struct net_event *event, const char *name, char *out, size_t size);

#endif
