/* The fault proxy's loop: who connects, what is ready, what ends. */
#include <config.h>

#include "net/fault_proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "net/fault_proxy_own.h"

enum { EVENTS_AT_ONCE = 64 };

int64_t proxy_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool proxy_parse_address(const char *text, struct sockaddr_in *ret_addr)
{
	struct sockaddr_in addr = { .sin_family = AF_INET };
	const char *colon = strchr(text, ':');
	char host[INET_ADDRSTRLEN], *end = NULL;
	long port = colon ? strtol(colon + 1, &end, 10) : -1;

	if (!colon || colon - text >= (ptrdiff_t)sizeof host || end == colon + 1 || *end ||
	    port < 0 || port > UINT16_MAX)
		return false;
	snprintf(host, sizeof host, "%.*s", (int)(colon - text), text);
	addr.sin_port = htons((uint16_t)port);
	if (inet_pton(AF_INET, host, &addr.sin_addr) != 1)
		return false;
	*ret_addr = addr;
	return true;
}

/* ---- listening ---- */

static void watch(struct fault_proxy *proxy, int fd, uint32_t events, void *what)
{
	struct epoll_event event = { .events = events, .data.ptr = what };

	epoll_ctl(proxy->epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

bool proxy_listen(struct fault_proxy *proxy)
{
	socklen_t n = sizeof proxy->listen;
	char host[INET_ADDRSTRLEN];
	int yes = 1;

	if (proxy->listen_fd >= 0)
		return true;
	proxy->listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (proxy->listen_fd < 0)
		return false;
	setsockopt(proxy->listen_fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(proxy->listen_fd, (struct sockaddr *)&proxy->listen, n) != 0 ||
	    listen(proxy->listen_fd, SOMAXCONN) != 0 ||
	    getsockname(proxy->listen_fd, (struct sockaddr *)&proxy->listen, &n) != 0) {
		proxy_stop_listening(proxy);
		return false;
	}
	inet_ntop(AF_INET, &proxy->listen.sin_addr, host, sizeof host);
	snprintf(proxy->address, sizeof proxy->address, "%s:%d", host, ntohs(proxy->listen.sin_port));
	watch(proxy, proxy->listen_fd, EPOLLIN, NULL);
	return true;
}

void proxy_stop_listening(struct fault_proxy *proxy)
{
	if (proxy->listen_fd >= 0)
		close(proxy->listen_fd);
	proxy->listen_fd = -1;
}

enum fault_code fault_proxy_new(const char *listen, const char *target,
				struct fault_proxy **ret_proxy, struct fault *fault)
{
	struct fault_proxy *proxy = calloc(1, sizeof *proxy);

	if (!proxy)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	proxy->listen_fd = -1;
	proxy->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	proxy->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (!proxy_parse_address(listen, &proxy->listen) ||
	    !proxy_parse_address(target, &proxy->target)) {
		fault_set(fault, FAULT_NET_NOT_LISTENING, listen, "it is not ADDRESS:PORT");
	} else if (proxy->epoll_fd < 0 || proxy->timer_fd < 0 || !proxy_listen(proxy)) {
		fault_set(fault, FAULT_NET_NOT_LISTENING, listen, strerror(errno));
	} else {
		watch(proxy, proxy->timer_fd, EPOLLIN, proxy);
		*ret_proxy = proxy;
		return FAULT_NONE;
	}
	fault_proxy_free(proxy);
	return FAULT_NET_NOT_LISTENING;
}

/* ---- connections ---- */

static void close_socket(int fd, bool reset)
{
	const struct linger now = { .l_onoff = 1, .l_linger = 0 };

	if (fd < 0)
		return;
	if (reset)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
	close(fd);
}

static void end_link(struct fault_proxy *proxy, struct proxy_link *link)
{
	close_socket(link->client, link->doomed);
	close_socket(link->server, link->doomed);
	proxy_flow_release(&link->flows[PROXY_UP]);
	proxy_flow_release(&link->flows[PROXY_DOWN]);
	if (link->next)
		link->next->prev = link->prev;
	if (link->prev)
		link->prev->next = link->next;
	else
		proxy->links = link->next;
	proxy->n_open--;
	free(link);
}

static void begin_link(struct fault_proxy *proxy, int client)
{
	struct proxy_link *link = calloc(1, sizeof *link);
	int yes = 1;

	if (!link) {
		close_socket(client, true);
		return;
	}
	link->client = client;
	link->server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	link->flows[PROXY_UP] = (struct proxy_flow){ .from = client, .to = link->server };
	link->flows[PROXY_DOWN] = (struct proxy_flow){ .from = link->server, .to = client };
	link->next = proxy->links;
	if (link->next)
		link->next->prev = link;
	proxy->links = link;
	proxy->n_open++;
	proxy->n_ever++;
	setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	setsockopt(link->server, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	if (connect(link->server, (struct sockaddr *)&proxy->target, sizeof proxy->target) != 0 &&
	    errno != EINPROGRESS)
		link->doomed = true;
	watch(proxy, client, EPOLLIN | EPOLLOUT | EPOLLET, link);
	watch(proxy, link->server, EPOLLIN | EPOLLOUT | EPOLLET, link);
}

static void accept_all(struct fault_proxy *proxy)
{
	int fd;

	while (proxy->listen_fd >= 0 &&
	       (fd = accept4(proxy->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0)
		begin_link(proxy, fd);
}

/* Whether the target has answered; dooms the link when it refused. */
static bool is_connected(struct proxy_link *link)
{
	struct sockaddr_in peer;
	socklen_t n = sizeof peer, error_n = sizeof(int);
	int error = 0;

	if (link->connected)
		return true;
	if (getsockopt(link->server, SOL_SOCKET, SO_ERROR, &error, &error_n) == 0 && error)
		link->doomed = true;
	link->connected = !error && getpeername(link->server, (struct sockaddr *)&peer, &n) == 0;
	return link->connected;
}

static bool is_written(const struct proxy_link *link)
{
	return !link->flows[PROXY_UP].first && !link->flows[PROXY_DOWN].first;
}

/* Moves what the link can move; ends it when it is over. */
static void work_link(struct fault_proxy *proxy, struct proxy_link *link)
{
	int64_t now_ms = proxy_now_ms();

	if (!link->doomed && is_connected(link)) {
		for (int d = PROXY_UP; d <= PROXY_DOWN; d++) {
			proxy_flow_read(proxy, link, d);
			proxy_flow_write(link, d, now_ms);
			/* what the queue had no room for */
			proxy_flow_read(proxy, link, d);
		}
	}
	if (link->flows[PROXY_UP].closed && link->flows[PROXY_DOWN].closed)
		link->over = true;
	if ((link->doomed || link->over) && (is_written(link) || !link->connected || link->doomed))
		end_link(proxy, link);
}

/* ---- the loop ---- */

static void arm_timer(struct fault_proxy *proxy)
{
	struct itimerspec when = { .it_value = { 0, 0 } };
	int64_t first_ms = INT64_MAX, left_ms;

	for (struct proxy_link *link = proxy->links; link; link = link->next)
		for (int d = PROXY_UP; d <= PROXY_DOWN; d++)
			if (link->flows[d].first && link->flows[d].first->due_ms < first_ms)
				first_ms = link->flows[d].first->due_ms;
	left_ms = first_ms - proxy_now_ms();
	if (first_ms != INT64_MAX && left_ms > 0)
		when.it_value = (struct timespec){ left_ms / 1000, left_ms % 1000 * 1000000 };
	else if (first_ms != INT64_MAX)
		when.it_value.tv_nsec = 1000000; /* the receiver takes nothing more just now */
	timerfd_settime(proxy->timer_fd, 0, &when, NULL);
}

void fault_proxy_work(struct fault_proxy *proxy)
{
	struct epoll_event events[EVENTS_AT_ONCE];
	struct proxy_link *next;
	uint64_t times;

	/* which ones are ready is not looked at: they are few, and all are tried */
	while (epoll_wait(proxy->epoll_fd, events, EVENTS_AT_ONCE, 0) == EVENTS_AT_ONCE)
		;
	if (read(proxy->timer_fd, &times, sizeof times) < 0)
		times = 0;
	accept_all(proxy);
	for (struct proxy_link *link = proxy->links; link; link = next) {
		next = link->next;
		work_link(proxy, link);
	}
	arm_timer(proxy);
}

int fault_proxy_fd(const struct fault_proxy *proxy)
{
	return proxy->epoll_fd;
}

const char *fault_proxy_address(const struct fault_proxy *proxy)
{
	return proxy->address;
}

void fault_proxy_free(struct fault_proxy *proxy)
{
	if (!proxy)
		return;
	while (proxy->links) {
		proxy->links->doomed = true;
		end_link(proxy, proxy->links);
	}
	proxy_stop_listening(proxy);
	if (proxy->timer_fd >= 0)
		close(proxy->timer_fd);
	if (proxy->epoll_fd >= 0)
		close(proxy->epoll_fd);
	free(proxy);
}
