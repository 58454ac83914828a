/* The one thread that owns the database. It takes all that has come in, runs it
 * in one transaction (group commit), and only then answers and sends requests
 * to the providers. */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "server/ask.h"
#include "server/provider.h"

struct worker;
struct metrics;

struct worker_options {
	struct hub_options hub;           /* its ports are the worker's */
	struct provider_options provider;
	unsigned till_requests_per_minute;
	struct metrics *metrics;
};

/* An empty queue; nothing runs yet. FAULT_OUT_OF_MEMORY. */
enum fault_code worker_new(struct worker **ret, struct fault *fault);

/* Opens the hub, takes up what was under way, and runs. What the options point
 * to is used until worker_free. */
enum fault_code worker_run(struct worker *worker, const struct worker_options *options,
			   struct fault *fault);

/* Hands a request over; any thread. It is answered, sooner or later. */
void worker_put(struct worker *worker, struct ask *ask);

/* From now on nothing waits for events: polls are answered at once, and all
 * that comes is refused when the worker never ran. */
void worker_hurry(struct worker *worker);

/* When no more calls can come: ends the thread, closes the hub and frees.
 * Accepts NULL. */
void worker_free(struct worker *worker);

#endif
