/* The queue between the HTTP server's threads and the worker. */
#include "server/queue.h"

#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "server/ask.h"

bool queue_init(struct queue *queue)
{
	*queue = (struct queue){ .fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC) };
	pthread_mutex_init(&queue->lock, NULL);
	return queue->fd >= 0;
}

void queue_release(struct queue *queue)
{
	if (queue->fd >= 0)
		close(queue->fd);
	pthread_mutex_destroy(&queue->lock);
}

void queue_nudge(struct queue *queue)
{
	const uint64_t one = 1;
	/* full means that it is readable already */
	ssize_t written = write(queue->fd, &one, sizeof one);

	(void)written;
}

void queue_put(struct queue *queue, struct ask *ask)
{
	bool was_empty;

	ask->next = NULL;
	pthread_mutex_lock(&queue->lock);
	was_empty = !queue->first;
	if (was_empty)
		queue->first = ask;
	else
		queue->last->next = ask;
	queue->last = ask;
	queue->n++;
	pthread_mutex_unlock(&queue->lock);
	if (was_empty)
		queue_nudge(queue);
}

struct ask *queue_take(struct queue *queue, size_t *ret_n)
{
	struct ask *first;
	uint64_t times;
	ssize_t got = read(queue->fd, &times, sizeof times);

	(void)got;
	pthread_mutex_lock(&queue->lock);
	first = queue->first;
	*ret_n = queue->n;
	queue->first = queue->last = NULL;
	queue->n = 0;
	pthread_mutex_unlock(&queue->lock);
	return first;
}

size_t queue_length(struct queue *queue)
{
	size_t n;

	pthread_mutex_lock(&queue->lock);
	n = queue->n;
	pthread_mutex_unlock(&queue->lock);
	return n;
}
