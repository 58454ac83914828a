/* One direction of a connection through the proxy, and what may befall it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "net/fault_proxy_own.h"

void proxy_flow_release(struct proxy_flow *flow)
{
	while (flow->first) {
		struct proxy_chunk *next = flow->first->next;

		free(flow->first);
		flow->first = next;
	}
	flow->last = NULL;
	flow->queued = 0;
}

static void queue(struct proxy_flow *flow, const char *bytes, size_t n, int64_t due_ms)
{
	struct proxy_chunk *chunk = n ? malloc(sizeof *chunk + n) : NULL;

	if (!chunk)
		return;
	*chunk = (struct proxy_chunk){ .due_ms = due_ms, .n = n };
	memcpy(chunk->bytes, bytes, n);
	if (flow->last)
		flow->last->next = chunk;
	else
		flow->first = chunk;
	flow->last = chunk;
	flow->queued += n;
}

/* The order strikes in the middle of a chunk: `before` bytes of it still pass. */
static void strike(struct fault_proxy *proxy, struct proxy_link *link,
		   enum proxy_direction direction, const char *bytes, size_t n, size_t before)
{
	const int64_t due_ms = proxy_now_ms() + proxy->delay_ms[direction];
	struct proxy_order *order = &proxy->orders[direction];
	struct proxy_flow *flow = &link->flows[direction];

	flow->struck = true;
	proxy->n_fired++;
	queue(flow, bytes, order->kind == PROXY_DUPLICATE ? n : before, due_ms);
	switch (order->kind) {
	case PROXY_NONE:
		break;
	case PROXY_CUT:
		link->over = true;
		break;
	case PROXY_RESET:
		link->doomed = true;
		break;
	case PROXY_DROP:
		flow->dropping = true;
		break;
	case PROXY_HALF:
		flow->dropping = flow->ended = true;
		break;
	case PROXY_DUPLICATE:
		queue(flow, bytes, n, due_ms);
		break;
	}
	if (order->once)
		order->kind = PROXY_NONE;
}

static void take(struct fault_proxy *proxy, struct proxy_link *link,
		 enum proxy_direction direction, const char *bytes, size_t n)
{
	const struct proxy_order *order = &proxy->orders[direction];
	struct proxy_flow *flow = &link->flows[direction];

	if (flow->order != order->number) {
		flow->order = order->number;
		flow->passed = 0;
		flow->struck = false;
		flow->dropping = flow->dropping && flow->ended;
	}
	if (flow->dropping)
		return;
	if (order->kind != PROXY_NONE && !flow->struck &&
	    flow->passed + (int64_t)n > order->after_bytes)
		strike(proxy, link, direction, bytes, n, (size_t)(order->after_bytes - flow->passed));
	else
		queue(flow, bytes, n, proxy_now_ms() + proxy->delay_ms[direction]);
	flow->passed += (int64_t)n;
}

void proxy_flow_read(struct fault_proxy *proxy, struct proxy_link *link,
		     enum proxy_direction direction)
{
	struct proxy_flow *flow = &link->flows[direction];
	char bytes[PROXY_CHUNK];

	while (flow->queued < PROXY_QUEUE && !link->doomed && !link->over) {
		ssize_t n = recv(flow->from, bytes, sizeof bytes, MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n < 0)
			link->doomed = true;
		if (n <= 0) {
			flow->ended = true;
			return;
		}
		take(proxy, link, direction, bytes, (size_t)n);
	}
}

/* Takes a chunk that is written off the queue. */
static void drop_first(struct proxy_flow *flow)
{
	struct proxy_chunk *chunk = flow->first;

	flow->queued -= chunk->n;
	flow->first = chunk->next;
	if (!flow->first)
		flow->last = NULL;
	free(chunk);
}

void proxy_flow_write(struct proxy_link *link, enum proxy_direction direction, int64_t now_ms)
{
	struct proxy_flow *flow = &link->flows[direction];

	while (flow->first && flow->first->due_ms <= now_ms) {
		struct proxy_chunk *chunk = flow->first;
		ssize_t n = send(flow->to, chunk->bytes + chunk->sent, chunk->n - chunk->sent,
				 MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return;
		if (n < 0) {
			link->doomed = true;
			return;
		}
		chunk->sent += (size_t)n;
		if (chunk->sent == chunk->n)
			drop_first(flow);
	}
	if (flow->ended && !flow->first && !flow->closed) {
		flow->closed = true;
		shutdown(flow->to, SHUT_WR);
	}
}
