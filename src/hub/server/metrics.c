/* Counters and the text Prometheus scrapes. */
#include "server/metrics.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/server.h"

enum { ROWS_MAX = 512 };  /* routes × statuses */

struct row {
	const char *name;  /* a literal */
	int status;
	uint64_t n, us;
};

struct metrics {
	pthread_mutex_t lock;
	struct row rows[ROWS_MAX];
	size_t n_rows;
	uint64_t batches, batched, batch_us;
	struct server *server;
};

struct metrics *metrics_new(void)
{
	struct metrics *m = calloc(1, sizeof *m);

	if (m)
		pthread_mutex_init(&m->lock, NULL);
	return m;
}

void metrics_free(struct metrics *metrics)
{
	if (!metrics)
		return;
	pthread_mutex_destroy(&metrics->lock);
	free(metrics);
}

void metrics_watch(struct metrics *metrics, struct server *server)
{
	metrics->server = server;
}

static struct row *find(struct metrics *m, const char *name, int status)
{
	for (size_t i = 0; i < m->n_rows; i++)
		if (m->rows[i].status == status && strcmp(m->rows[i].name, name) == 0)
			return &m->rows[i];
	if (m->n_rows == ROWS_MAX)
		return NULL;
	m->rows[m->n_rows] = (struct row){ name, status, 0, 0 };
	return &m->rows[m->n_rows++];
}

void metrics_request(struct metrics *m, const char *name, int status, int64_t took_us)
{
	struct row *row;

	pthread_mutex_lock(&m->lock);
	row = find(m, name, status);
	if (row) {
		row->n++;
		row->us += (uint64_t)took_us;
	}
	pthread_mutex_unlock(&m->lock);
}

void metrics_batch(struct metrics *m, size_t n, int64_t took_us)
{
	pthread_mutex_lock(&m->lock);
	m->batches++;
	m->batched += n;
	m->batch_us += (uint64_t)took_us;
	pthread_mutex_unlock(&m->lock);
}

static void head(struct buffer *out, const char *name, const char *type, const char *help)
{
	buffer_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void one(struct buffer *out, const char *name, const char *type, const char *help, uint64_t value)
{
	head(out, name, type, help);
	buffer_printf(out, "%s %" PRIu64 "\n", name, value);
}

static void seconds(struct buffer *out, const char *name, const char *labels, uint64_t us)
{
	buffer_printf(out, "%s%s %" PRIu64 ".%06" PRIu64 "\n", name, labels, us / 1000000, us % 1000000);
}

static void put_requests(struct metrics *m, struct buffer *out)
{
	char labels[96];

	pthread_mutex_lock(&m->lock);
	head(out, "guitai_hub_requests_total", "counter", "Requests that have ended.");
	for (size_t i = 0; i < m->n_rows; i++)
		buffer_printf(out, "guitai_hub_requests_total{route=\"%s\",status=\"%d\"} %" PRIu64 "\n",
			      m->rows[i].name, m->rows[i].status, m->rows[i].n);
	head(out, "guitai_hub_request_seconds_total", "counter", "Time from a request's first line to its end.");
	for (size_t i = 0; i < m->n_rows; i++) {
		snprintf(labels, sizeof labels, "{route=\"%s\",status=\"%d\"}", m->rows[i].name,
			 m->rows[i].status);
		seconds(out, "guitai_hub_request_seconds_total", labels, m->rows[i].us);
	}
	one(out, "guitai_hub_transactions_total", "counter", "Transactions of the ledger.", m->batches);
	one(out, "guitai_hub_transaction_requests_total", "counter", "Requests handled in them.", m->batched);
	head(out, "guitai_hub_transaction_seconds_total", "counter", "Time they took.");
	seconds(out, "guitai_hub_transaction_seconds_total", "", m->batch_us);
	pthread_mutex_unlock(&m->lock);
}

static void put_payments(struct hub *hub, struct buffer *out)
{
	struct hub_counts counts;

	hub_count(hub, &counts);
	head(out, "guitai_hub_payments_total", "counter", "Payments that came into a state since the start.");
	for (int i = 0; i < PAYMENT_STATES; i++)
		buffer_printf(out, "guitai_hub_payments_total{state=\"%s\"} %" PRIu64 "\n",
			      payment_state_word((enum payment_state)i), counts.entered[i]);
	one(out, "guitai_hub_payments_open", "gauge", "Payments that are watched now.", (uint64_t)counts.open);
}

static void put_provider(const struct provider *provider, struct buffer *out)
{
	struct provider_counts counts;
	static const char name[] = "guitai_hub_channel_requests_total";

	provider_count(provider, &counts);
	head(out, name, "counter", "Requests to payment providers, by how they ended.");
	buffer_printf(out, "%s{end=\"reply\"} %" PRIu64 "\n%s{end=\"not_sent\"} %" PRIu64 "\n"
		      "%s{end=\"unknown\"} %" PRIu64 "\n", name, counts.replies, name, counts.not_sent,
		      name, counts.unknown);
}

static void put_server(struct server *server, struct buffer *out)
{
	struct server_counts counts;

	if (!server)
		return;
	server_count(server, &counts);
	one(out, "guitai_hub_connections", "gauge", "Connections open now.", counts.connections);
	one(out, "guitai_hub_connections_total", "counter", "Connections that were made.",
	    counts.connections_ever);
	one(out, "guitai_hub_refused_total", "counter", "Requests refused by a limit.", counts.refused_ever);
}

void metrics_page(struct metrics *m, const struct metrics_now *now, struct hub_reply *reply)
{
	struct buffer *out = &reply->body;

	reply->status = 200;
	reply->type = "text/plain; version=0.0.4; charset=utf-8";
	put_requests(m, out);
	put_payments(now->hub, out);
	put_provider(now->provider, out);
	put_server(m->server, out);
	one(out, "guitai_hub_queue", "gauge", "Requests that wait to be handled.", now->queue);
	one(out, "guitai_hub_polls", "gauge", "Tills that wait for events.", now->polls);
	one(out, "guitai_hub_nonces", "gauge", "Nonces of signatures that are remembered.",
	    nonce_cache_count(now->nonces));
}

void metrics_health(struct hub_reply *reply)
{
	reply->status = 200;
	reply->type = "text/plain; charset=utf-8";
	buffer_add_text(&reply->body, "ok\n");
}
