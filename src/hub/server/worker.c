/* The worker's loop: collect, one transaction, answer, send. */
#include "server/worker.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "crypt/crypt.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/parked.h"
#include "server/proof.h"
#include "server/queue.h"

enum {
	JOBS_MAX = 1 << 16, ANSWERS_MAX = 1 << 16, WOKEN_MAX = 64,
	RETRY_MS = 1000,     /* after a transaction that failed */
	OUTSIDE_MS = 2000,   /* how often it looks whether another program wrote */
	WAIT_MOST_MS = 60000,
};

struct worker {
	struct queue queue;
	struct worker_options options;
	struct hub *hub;
	struct proof proof;
	struct provider *provider;
	struct parked parked;
	struct ask *ready;                  /* polls to look at again */
	struct hub_job *jobs;               /* owed once the transaction is done */
	size_t n_jobs, jobs_cap;
	struct hub_answer *answers;         /* heard and not yet kept */
	size_t n_answers, answers_cap;
	struct ident woken[WOKEN_MAX];
	size_t n_woken;
	bool wake_all, tick_failed;
	int64_t next_ms, retry_ms, outside_ms;
	atomic_bool hurry, ending, running;
	pthread_t thread;
};

/* ---- the service's ports ---- */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t monotonic_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static struct instant port_now(void *ctx)
{
	(void)ctx;
	return (struct instant){ now_ms(), 0 };
}

static enum fault_code port_random(void *ctx, void *bytes, size_t n)
{
	(void)ctx;
	return random_bytes(bytes, n);
}

/* Without memory the job is lost, and the payment is asked for in its time. */
static void port_job(void *ctx, const struct hub_job *job)
{
	struct worker *w = ctx;

	if (vector_reserve((void **)&w->jobs, &w->jobs_cap, w->n_jobs + 1, sizeof *job, JOBS_MAX))
		w->jobs[w->n_jobs++] = *job;
}

static void port_wake(void *ctx, const struct ident *merchant)
{
	struct worker *w = ctx;

	for (size_t i = 0; i < w->n_woken; i++)
		if (ident_equal(&w->woken[i], merchant))
			return;
	if (w->n_woken < WOKEN_MAX)
		w->woken[w->n_woken++] = *merchant;
	else
		w->wake_all = true;
}

static void port_log(void *ctx, const char *json)
{
	(void)ctx;
	log_line(json);
}

static void heard(void *ctx, const struct hub_answer *answer)
{
	struct worker *w = ctx;

	if (vector_reserve((void **)&w->answers, &w->answers_cap, w->n_answers + 1, sizeof *answer,
			   ANSWERS_MAX))
		w->answers[w->n_answers++] = *answer;
}

/* ---- one transaction ---- */

static void drop_jobs(struct worker *w, size_t down_to)
{
	if (w->n_jobs > down_to)
		secret_wipe(w->jobs + down_to, (w->n_jobs - down_to) * sizeof *w->jobs);
	w->n_jobs = down_to;
}

static bool header_of(const void *ctx, const char *name, char *out, size_t size)
{
	const char *value = server_call_header(ctx, name);

	if (!value || strlen(value) >= size)
		return false;
	utf8_copy(out, size, value);
	return true;
}

static void handle_notice(struct worker *w, struct ask *ask)
{
	const struct channel_message message = {
		.header = header_of, .ctx = ask->call, .body = ask->request.body,
		.n_body = ask->request.n_body, .now_ms = now_ms(),
	};
	struct fault fault = { .code = FAULT_NONE };
	struct channel_notice notice;
	struct hub_answer answer = { .detail = "" };
	enum fault_code code = provider_notice(w->provider, &message, &notice, &fault);

	if (!code) {
		provider_answer(&notice.answer, &answer);
		code = hub_notice(w->hub, "sandbox", notice.id, notice.number, &answer, &fault);
	}
	if (code)
		hub_refuse(w->hub, &fault, &ask->reply);
	else
		ask->reply.status = 204;
}

static void handle(struct worker *w, struct ask *ask)
{
	int64_t deadline_ms = ask->reply.deadline_ms;  /* of a poll that was asked before */
	size_t jobs = w->n_jobs;

	buffer_reset(&ask->reply.body);
	ask->reply.wait = false;
	proof_check(&w->proof, w->hub, ask, now_ms(), monotonic_us() / 1000);
	if (ask->fault.code != FAULT_NONE)
		hub_refuse(w->hub, &ask->fault, &ask->reply);
	else if (ask->kind == ASK_NOTICE)
		handle_notice(w, ask);
	else if (ask->kind == ASK_HEALTH)
		metrics_health(&ask->reply);
	else if (ask->kind == ASK_METRICS)
		metrics_page(w->options.metrics, &(struct metrics_now){
			.hub = w->hub, .provider = w->provider, .nonces = w->proof.nonces,
			.queue = queue_length(&w->queue), .polls = w->parked.n }, &ask->reply);
	else
		hub_handle(w->hub, &ask->request, atomic_load(&w->hurry) ||
			   (deadline_ms && deadline_ms <= now_ms()), &ask->reply);
	if (deadline_ms)
		ask->reply.deadline_ms = deadline_ms;
	if (ask->reply.status >= 400)
		drop_jobs(w, jobs);
}

/* Keeps what channels have said; what cannot be kept is told, and asked for in
 * its time. */
static void take_answers(struct worker *w)
{
	for (size_t i = 0; i < w->n_answers; i++) {
		struct fault fault = { .code = FAULT_NONE };
		size_t jobs = w->n_jobs;

		if (!hub_channel_answer(w->hub, &w->answers[i], &fault))
			continue;
		log_fault("answer_lost", &fault);
		drop_jobs(w, jobs);
	}
}

static enum fault_code transact(struct worker *w, struct ask *asks, struct fault *fault)
{
	enum fault_code code = hub_begin(w->hub, fault);

	if (code)
		return code;
	take_answers(w);
	for (struct ask *ask = asks; ask; ask = ask->next)
		handle(w, ask);
	w->tick_failed = w->next_ms <= now_ms() && hub_tick(w->hub, fault);
	if (w->tick_failed)
		log_fault("tick", fault);
	return hub_commit(w->hub, fault);
}

/* Answers those that are done, and puts the others where they wait. */
static void give_back(struct worker *w, struct ask *asks)
{
	struct ask *next;

	for (struct ask *ask = asks; ask; ask = next) {
		next = ask->next;
		if (ask->reply.wait)
			parked_add(&w->parked, ask);
		else
			ask_answer(ask);
	}
}

static void refuse_all(struct worker *w, struct ask *asks, const struct fault *fault)
{
	for (struct ask *ask = asks; ask; ask = ask->next)
		hub_refuse(w->hub, fault, &ask->reply);
	give_back(w, asks);
}

static void start_jobs(struct worker *w)
{
	for (size_t i = 0; i < w->n_jobs; i++)
		provider_start(w->provider, &w->jobs[i], now_ms());
	drop_jobs(w, 0);
}

static void add_ready(struct worker *w, struct ask *list)
{
	while (list) {
		struct ask *next = list->next;

		list->next = w->ready;
		w->ready = list;
		list = next;
	}
}

static void wake(struct worker *w)
{
	if (w->wake_all || atomic_load(&w->hurry))
		add_ready(w, parked_take(&w->parked, NULL));
	for (size_t i = 0; i < w->n_woken; i++)
		add_ready(w, parked_take(&w->parked, &w->woken[i]));
	w->n_woken = 0;
	w->wake_all = false;
}

/* All that is there to do now, in one transaction. */
static void run_batch(struct worker *w, struct ask *asks, size_t n)
{
	struct fault fault = { .code = FAULT_NONE };
	int64_t began_us = monotonic_us();

	if (transact(w, asks, &fault)) {
		hub_rollback(w->hub);
		log_fault("transaction", &fault);
		drop_jobs(w, 0);
		w->retry_ms = now_ms() + RETRY_MS;
		refuse_all(w, asks, &fault);
	} else {
		w->retry_ms = 0;
		w->n_answers = 0;
		give_back(w, asks);
		start_jobs(w);
	}
	wake(w);
	w->next_ms = hub_next_ms(w->hub);
	if (w->tick_failed && w->next_ms < now_ms() + RETRY_MS)
		w->next_ms = now_ms() + RETRY_MS;
	metrics_batch(w->options.metrics, n, monotonic_us() - began_us);
}

/* ---- the loop ---- */

static int wait_ms(const struct worker *w)
{
	int64_t now = now_ms(), until = now + WAIT_MOST_MS;

	if (w->ready)
		return 0;
	if (w->retry_ms)
		return w->retry_ms > now ? (int)(w->retry_ms - now) : 0;
	if (w->n_answers)
		return 0;
	if (w->next_ms < until)
		until = w->next_ms;
	if (w->parked.next_ms < until)
		until = w->parked.next_ms;
	if (w->parked.n && w->outside_ms < until)
		until = w->outside_ms;
	return until > now ? (int)(until - now) : 0;
}

static void wait(struct worker *w)
{
	struct pollfd fds[2] = {
		{ .fd = w->queue.fd, .events = POLLIN }, { .fd = provider_fd(w->provider), .events = POLLIN },
	};

	poll(fds, 2, wait_ms(w));
	provider_work(w->provider);
}

/* Polls whose time is up, and all of them when a command of the shell has
 * written into the database. */
static void look_at_polls(struct worker *w)
{
	int64_t now = now_ms();

	add_ready(w, parked_take_due(&w->parked, now));
	if (atomic_load(&w->hurry)) {
		add_ready(w, parked_take(&w->parked, NULL));
	} else if (w->parked.n && w->outside_ms <= now) {
		w->outside_ms = now + OUTSIDE_MS;
		if (hub_changed_outside(w->hub))
			add_ready(w, parked_take(&w->parked, NULL));
	}
}

/* What came first is first; the polls behind. */
static struct ask *collect(struct worker *w, size_t *ret_n)
{
	struct ask *first = queue_take(&w->queue, ret_n), **end = &first;

	while (*end)
		end = &(*end)->next;
	*end = w->ready;
	w->ready = NULL;
	for (struct ask *ask = *end; ask; ask = ask->next)
		++*ret_n;
	return first;
}

static void *run(void *ctx)
{
	struct worker *w = ctx;

	for (;;) {
		bool ending = atomic_load(&w->ending);
		struct ask *asks;
		size_t n;

		look_at_polls(w);
		asks = collect(w, &n);
		if (asks || (!w->retry_ms && (w->n_answers || w->next_ms <= now_ms())) ||
		    (w->retry_ms && w->retry_ms <= now_ms()))
			run_batch(w, asks, n);
		else if (ending)
			break;
		if (!ending)
			wait(w);
	}
	return NULL;
}

/* ---- beginning and end ---- */

enum fault_code worker_new(struct worker **ret, struct fault *fault)
{
	struct worker *w = calloc(1, sizeof *w);

	if (!w || !queue_init(&w->queue)) {
		free(w);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	parked_init(&w->parked);
	*ret = w;
	return FAULT_NONE;
}

enum fault_code worker_run(struct worker *w, const struct worker_options *options,
			   struct fault *fault)
{
	enum fault_code code = proof_init(&w->proof, options->till_requests_per_minute,
					  now_ms() / 1000, fault);

	w->options = *options;
	w->options.hub.ports = (struct hub_ports){ w, port_now, port_random, port_job, port_wake, port_log };
	if (!code)
		code = provider_new(&options->provider, heard, w, &w->provider, fault);
	if (!code)
		code = hub_open(&w->options.hub, &w->hub, fault);
	if (code)
		return code;
	start_jobs(w);
	w->next_ms = hub_next_ms(w->hub);
	if (pthread_create(&w->thread, NULL, run, w) != 0)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	atomic_store(&w->running, true);
	return FAULT_NONE;
}

/* Nobody is there to handle what is in the queue. */
static void refuse_queue(struct worker *w)
{
	struct fault stopping = { .code = FAULT_HTTP_STOPPING };
	size_t n;

	refuse_all(w, queue_take(&w->queue, &n), &stopping);
}

void worker_put(struct worker *w, struct ask *ask)
{
	queue_put(&w->queue, ask);
	if (atomic_load(&w->hurry) && !atomic_load(&w->running))
		refuse_queue(w);
}

void worker_hurry(struct worker *w)
{
	atomic_store(&w->hurry, true);
	if (atomic_load(&w->running))
		queue_nudge(&w->queue);
	else
		refuse_queue(w);
}

/* The HTTP server has ended: no call is left. */
void worker_free(struct worker *w)
{
	if (!w)
		return;
	atomic_store(&w->ending, true);
	queue_nudge(&w->queue);
	if (atomic_load(&w->running))
		pthread_join(w->thread, NULL);
	provider_free(w->provider);
	hub_close(w->hub);
	proof_release(&w->proof);
	drop_jobs(w, 0);
	free(w->jobs);
	free(w->answers);
	queue_release(&w->queue);
	free(w);
}
