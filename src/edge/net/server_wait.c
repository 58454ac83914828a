/* Calls that wait: who is woken by what, and when their time is up. */
#include "net/server_own.h"

#include <string.h>

/* ---- topics ---- */

static uint64_t topic_of(const struct server *server, const char *text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325) ^ server->topic_seed;

	for (; *text; text++)
		h = (h ^ (uint8_t)*text) * UINT64_C(0x100000001b3);
	return h ^ h >> 33;
}

bool server_watch(struct server_call *call, const char *topic)
{
	struct server *server = call->server;
	uint64_t number = topic_of(server, topic);
	struct watch **shelf = &server->shelves[number % SHELVES], *watch;
	bool good = true;

	pthread_mutex_lock(&server->lock);
	for (size_t i = 0; i < call->n_watches; i++)
		if (call->watches[i].topic == number)
			goto done;
	good = call->n_watches < SERVER_TOPICS_MAX;
	if (!good)
		goto done;
	watch = &call->watches[call->n_watches++];
	*watch = (struct watch){ .topic = number, .call = call, .next = *shelf };
	if (watch->next)
		watch->next->prev = watch;
	*shelf = watch;
done:
	pthread_mutex_unlock(&server->lock);
	return good;
}

void server_unwatch(struct server_call *call)
{
	for (size_t i = 0; i < call->n_watches; i++) {
		struct watch *watch = &call->watches[i];

		if (watch->next)
			watch->next->prev = watch->prev;
		if (watch->prev)
			watch->prev->next = watch->next;
		else
			call->server->shelves[watch->topic % SHELVES] = watch->next;
	}
	call->n_watches = 0;
}

size_t server_wake(struct server *server, const char *topic)
{
	uint64_t number = topic_of(server, topic);
	size_t n = 0;

	pthread_mutex_lock(&server->lock);
	for (struct watch *w = server->shelves[number % SHELVES]; w; w = w->next) {
		if (w->topic != number)
			continue;
		n++;
		w->call->woken = true;
		if (w->call->state == CALL_PARKED && w->call->waits)
			server_unpark(w->call);
	}
	pthread_mutex_unlock(&server->lock);
	return n;
}

/* ---- the heap of deadlines ---- */

static void put(struct server *server, struct server_call *call, size_t at)
{
	server->due[at] = call;
	call->due_at = at;
}

static void move_up(struct server *server, struct server_call *call, size_t at)
{
	for (; at > 1 && server->due[at / 2]->due_ms > call->due_ms; at /= 2)
		put(server, server->due[at / 2], at);
	put(server, call, at);
}

static void move_down(struct server *server, struct server_call *call, size_t at)
{
	for (size_t child = 2 * at; child <= server->n_due; at = child, child = 2 * at) {
		if (child < server->n_due && server->due[child + 1]->due_ms < server->due[child]->due_ms)
			child++;
		if (server->due[child]->due_ms >= call->due_ms)
			break;
		put(server, server->due[child], at);
	}
	put(server, call, at);
}

static bool add_due(struct server *server, struct server_call *call)
{
	if (!vector_reserve((void **)&server->due, &server->due_cap, server->n_due + 2,
			    sizeof server->due[0], SIZE_MAX / sizeof server->due[0]))
		return false;
	move_up(server, call, ++server->n_due);
	return true;
}

static void remove_due(struct server *server, struct server_call *call)
{
	struct server_call *last = server->due[server->n_due--];
	size_t at = call->due_at;

	call->due_at = 0;
	if (last == call)
		return;
	if (at > 1 && server->due[at / 2]->due_ms > last->due_ms)
		move_up(server, last, at);
	else
		move_down(server, last, at);
}

/* ---- waiting ---- */

bool server_wait(struct server_call *call, int timeout_ms)
{
	struct server *server = call->server;
	bool good;

	pthread_mutex_lock(&server->lock);
	call->due_ms = call->came_us / 1000 + timeout_ms;
	if (call->due_ms <= server_now_us() / 1000)
		call->timed_out = true;
	good = !server->stopping && !call->timed_out;
	call->waits = good;
	pthread_mutex_unlock(&server->lock);
	return good;
}

void server_park(struct server_call *call)
{
	struct server *server = call->server;

	MHD_suspend_connection(call->connection);
	call->state = CALL_PARKED;
	server->n_parked++;
	if (!call->waits)
		return;
	server->n_waiting++;
	if (!add_due(server, call)) {
		/* no memory for the deadline: it is now */
		call->timed_out = true;
		server_unpark(call);
	} else if (call->due_at == 1) {
		server_wake_porter(server);
	}
}

void server_unpark(struct server_call *call)
{
	struct server *server = call->server;

	if (call->due_at)
		remove_due(server, call);
	if (call->waits)
		server->n_waiting--;
	server->n_parked--;
	call->state = CALL_RUNNING;
	MHD_resume_connection(call->connection);
}

int server_end_waits(struct server *server)
{
	int64_t now_ms = server_now_us() / 1000;

	while (server->n_due && server->due[1]->due_ms <= now_ms) {
		server->due[1]->timed_out = true;
		server_unpark(server->due[1]);
	}
	if (!server->n_due)
		return -1;
	return server->due[1]->due_ms - now_ms > INT32_MAX ? INT32_MAX :
		(int)(server->due[1]->due_ms - now_ms);
}

void server_end_all_waits(struct server *server)
{
	while (server->n_due)
		server_unpark(server->due[1]);
}
