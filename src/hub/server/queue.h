/* What has come in and waits for the worker: put by any thread, taken by one. */
#ifndef SERVER_QUEUE_H
#define SERVER_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct ask;

struct queue {
	pthread_mutex_t lock;
	struct ask *first, *last;
	size_t n;
	int fd;          /* readable when something is in it */
};

/* False when the system has no descriptor left. */
bool queue_init(struct queue *queue);
void queue_release(struct queue *queue);

void queue_put(struct queue *queue, struct ask *ask);

/* Makes the worker look, though nothing was put. */
void queue_nudge(struct queue *queue);

/* Takes all, linked by next, oldest first; NULL when it is empty. */
struct ask *queue_take(struct queue *queue, size_t *ret_n);

size_t queue_length(struct queue *queue);

#endif
