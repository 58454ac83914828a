/* What the client's files share. Inside the room only. */
#ifndef NET_CLIENT_OWN_H
#define NET_CLIENT_OWN_H

#include <curl/curl.h>

#include "base/buffer.h"
#include "net/client.h"

/* One request on its way. */
struct transfer {
	struct transfer *next, *prev;
	struct net_client *client;
	net_callback *callback;
	void *ctx;
	CURL *easy;
	struct curl_slist *headers;
	char *body;              /* what is sent */
	struct buffer head, reply;
	bool may_be_sent;        /* set before libcurl hands over the first byte */
	struct net_event event;
	char said[CURL_ERROR_SIZE];
};

struct net_client {
	char *base_url, *ca_pem, *pin;
	struct net_client_options options; /* its texts are those above */
	CURLM *multi;            /* NULL until the first request */
	int epoll_fd, timer_fd;
	int64_t curl_due_ms;     /* when libcurl wants to be called; -1: not */
	struct transfer *open;
	struct transfer *ended, *last_ended; /* a queue: next alone */
	size_t n_open;
	uint64_t last_id;
};

/* ---- client.c ---- */

/* Monotonic milliseconds. */
int64_t net_client_now_ms(void);

/* Sets the timer to the next thing to do. */
void net_client_arm(struct net_client *client);

/* ---- transfer.c ---- */

/* A request as a handle of libcurl's, not yet started. */
enum fault_code transfer_new(struct net_client *client, const struct net_request *request,
			     struct transfer **ret_transfer, struct fault *fault);
void transfer_free(struct transfer *t);

/* Fills t->event by how libcurl ended it. */
void transfer_judge(struct transfer *t, CURLcode result);

#endif
