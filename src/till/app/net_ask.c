/* Drives a client until its one request has ended. */
#include "app/net_ask.h"

#include <poll.h>
#include <string.h>

void net_answer_init(struct net_answer *answer)
{
	memset(answer, 0, sizeof *answer);
	buffer_init(&answer->body, NET_ASK_MAX);
}

void net_answer_release(struct net_answer *answer)
{
	buffer_release(&answer->body);
}

static void on_end(void *ctx, const struct net_event *event)
{
	struct net_answer *a = ctx;

	a->ended = true;
	a->fault = event->fault;
	a->status = event->status;
	if (event->end != NET_REPLY)
		return;
	buffer_add(&a->body, event->body, event->body_n);
	if (!net_event_header(event, "Location", a->location, sizeof a->location))
		a->location[0] = '\0';
}

enum fault_code net_ask(struct net_client *client, const struct net_request *request,
			struct net_answer *ret, struct fault *fault)
{
	struct pollfd fd = { .fd = net_client_fd(client), .events = POLLIN };
	uint64_t id;
	enum fault_code code;

	buffer_reset(&ret->body);
	ret->ended = false;
	ret->location[0] = '\0';
	code = net_client_send(client, request, on_end, ret, &id, fault);
	while (!code && !ret->ended) {
		poll(&fd, 1, -1);
		net_client_work(client);
	}
	if (!code && ret->fault.code) {
		code = ret->fault.code;
		*fault = ret->fault;
	}
	return code;
}
