/* Counts of what the hub does, as Prometheus reads them. */
#ifndef SERVER_METRICS_H
#define SERVER_METRICS_H

#include <stdint.h>

#include "net/nonce.h"
#include "server/provider.h"
#include "service/service.h"

struct metrics;
struct server;

/* NULL when memory is short. */
struct metrics *metrics_new(void);
void metrics_free(struct metrics *metrics);

/* Whose connections are counted; before the first page. */
void metrics_watch(struct metrics *metrics, struct server *server);

/* A request that has ended, by the name of its route. Any thread. */
void metrics_request(struct metrics *metrics, const char *name, int status, int64_t took_us);

/* A transaction with n requests. */
void metrics_batch(struct metrics *metrics, size_t n, int64_t took_us);

/* What is counted elsewhere, when the page is made. */
struct metrics_now {
	struct hub *hub;
	const struct provider *provider;
	const struct nonce_cache *nonces;
	size_t queue, polls;
};

/* The page of /metrics, and that of /healthz. */
void metrics_page(struct metrics *metrics, const struct metrics_now *now, struct hub_reply *reply);
void metrics_health(struct hub_reply *reply);

#endif
