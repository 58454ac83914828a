/* What the proxy's files share. Inside the room only. */
#ifndef NET_FAULT_PROXY_OWN_H
#define NET_FAULT_PROXY_OWN_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "net/fault_proxy.h"

enum {
	PROXY_CHUNK = 16 << 10,
	PROXY_QUEUE = 256 << 10, /* bytes on their way; reading stops above */
};

enum proxy_direction { PROXY_UP, PROXY_DOWN };

enum proxy_kind { PROXY_NONE, PROXY_CUT, PROXY_RESET, PROXY_DROP, PROXY_HALF, PROXY_DUPLICATE };

/* What is to happen in one direction. `number` tells orders apart, so that each
 * connection counts its bytes anew. */
struct proxy_order {
	enum proxy_kind kind;
	int64_t after_bytes;
	bool once;
	uint64_t number;
};

/* Bytes that wait for their time. */
struct proxy_chunk {
	struct proxy_chunk *next;
	int64_t due_ms;
	size_t n, sent;
	char bytes[];
};

/* One direction of one connection. */
struct proxy_flow {
	int from, to;            /* descriptors of the link's */
	struct proxy_chunk *first, *last;
	size_t queued;
	uint64_t order;          /* for which passed counts */
	int64_t passed;
	bool struck;             /* by that order */
	bool dropping;           /* all that comes is lost */
	bool ended;              /* nothing more comes */
	bool closed;             /* and the receiver knows */
};

/* A client's connection and the one made for it to the target. */
struct proxy_link {
	struct proxy_link *next, *prev;
	int client, server;
	bool connected;
	bool doomed;             /* to be closed, with a reset */
	bool over;               /* to be closed in order */
	struct proxy_flow flows[2];
};

struct fault_proxy {
	int listen_fd, epoll_fd, timer_fd;
	struct sockaddr_in listen, target;
	char address[32];
	struct proxy_order orders[2];
	int64_t delay_ms[2];
	uint64_t last_order;
	struct proxy_link *links;
	size_t n_open;
	uint64_t n_ever, n_fired;
};

/* ---- fault_proxy.c ---- */

int64_t proxy_now_ms(void);
bool proxy_listen(struct fault_proxy *proxy);
void proxy_stop_listening(struct fault_proxy *proxy);

/* "127.0.0.1:8443" */
bool proxy_parse_address(const char *text, struct sockaddr_in *ret_addr);

/* ---- fault_flow.c ---- */

/* Reads what there is and applies the order to it. */
void proxy_flow_read(struct fault_proxy *proxy, struct proxy_link *link,
		     enum proxy_direction direction);

/* Writes what is due. */
void proxy_flow_write(struct proxy_link *link, enum proxy_direction direction, int64_t now_ms);

/* Frees what has not been written. */
void proxy_flow_release(struct proxy_flow *flow);

#endif
