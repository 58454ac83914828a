/* The porter: lets connections in, and wakes those whose wait is over. One
 * thread of ours accepts, so that the port is free the moment the server stops. */
#include <config.h>

#include "net/server_own.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mark.h"

enum {
	BACKLOG = 1024,
	ACCEPT_AT_ONCE = 64,
	FULL_MS = 50,  /* to the next look when no descriptor is left */
};

/* ---- the address ---- */

/* Divides "HOST:PORT" or "[HOST]:PORT"; false when it is neither. */
static bool divide(const char *listen, char *host, size_t host_size, char *port, size_t port_size)
{
	const char *colon = strrchr(listen, ':');
	size_t n = colon ? (size_t)(colon - listen) : 0;

	if (!colon || n >= host_size || strlen(colon + 1) >= port_size || !colon[1] ||
	    colon[1 + strspn(colon + 1, "0123456789")] || strtol(colon + 1, NULL, 10) > UINT16_MAX)
		return false;
	if (n >= 2 && listen[0] == '[' && listen[n - 1] == ']') {
		listen++;
		n -= 2;
	}
	snprintf(host, host_size, "%.*s", (int)n, listen);
	snprintf(port, port_size, "%s", colon + 1);
	return true;
}

static int open_socket(const struct addrinfo *info)
{
	int fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1;

	if (fd < 0)
		return -1;
	/* a server that has just stopped must not keep its follower out */
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
	    bind(fd, info->ai_addr, info->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	yes = errno;
	close(fd);
	errno = yes;
	return -1;
}

static void name_address(struct server *server)
{
	struct sockaddr_storage addr;
	socklen_t n = sizeof addr;
	char host[INET6_ADDRSTRLEN], port[8];

	if (getsockname(server->listen_fd, (struct sockaddr *)&addr, &n) != 0 ||
	    getnameinfo((struct sockaddr *)&addr, n, host, sizeof host, port, sizeof port,
			NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return;
	snprintf(server->address, sizeof server->address,
		 addr.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

enum fault_code server_listen(struct server *server, struct fault *fault)
{
	struct addrinfo hints = { .ai_flags = AI_PASSIVE | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	char host[256], port[8];
	int error;

	if (!divide(server->options.listen, host, sizeof host, port, sizeof port))
		return fault_set(fault, FAULT_NET_NOT_LISTENING, server->options.listen,
				 N_("it is not ADDRESS:PORT"));
	error = getaddrinfo(strcmp(host, "*") == 0 ? NULL : host, port, &hints, &found);
	if (error)
		return fault_set(fault, FAULT_NET_NOT_LISTENING, server->options.listen,
				 gai_strerror(error));
	server->listen_fd = open_socket(found);
	error = errno;
	freeaddrinfo(found);
	if (server->listen_fd < 0)
		return fault_set(fault, FAULT_NET_NOT_LISTENING, server->options.listen, strerror(error));
	name_address(server);
	return FAULT_NONE;
}

/* ---- the thread ---- */

void server_wake_porter(struct server *server)
{
	const uint64_t one = 1;

	/* full is as good: it is being woken */
	if (write(server->wake_fd, &one, sizeof one) < 0)
		return;
}

static void let_in(struct server *server, int fd, const struct sockaddr *addr, socklen_t n)
{
	int yes = 1;

	if (atomic_load(&server->connections) >= server->options.connections_max) {
		atomic_fetch_add(&server->refused_ever, 1);
		close(fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
	MHD_add_connection(server->daemon, fd, addr, n);
}

/* Accepts what is there; false when no descriptor is left for more. */
static bool accept_some(struct server *server)
{
	for (int i = 0; i < ACCEPT_AT_ONCE; i++) {
		struct sockaddr_storage addr;
		socklen_t n = sizeof addr;
		int fd = accept4(server->listen_fd, (struct sockaddr *)&addr, &n,
				 SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd >= 0)
			let_in(server, fd, (struct sockaddr *)&addr, n);
		else if (errno != EINTR && errno != ECONNABORTED)
			return errno == EAGAIN;
	}
	return true;
}

void *server_porter(void *ctx)
{
	struct server *server = ctx;
	struct pollfd fds[2] = {
		{ .fd = server->wake_fd, .events = POLLIN },
		{ .fd = server->listen_fd, .events = POLLIN },
	};
	bool may_accept = true;

	for (;;) {
		int timeout_ms;
		uint64_t times;
		bool stopping;

		pthread_mutex_lock(&server->lock);
		stopping = server->stopping;
		timeout_ms = server_end_waits(server);
		pthread_mutex_unlock(&server->lock);
		if (stopping)
			return NULL;
		if (!may_accept && (timeout_ms < 0 || timeout_ms > FULL_MS))
			timeout_ms = FULL_MS;
		fds[1].revents = 0;
		poll(fds, may_accept ? 2 : 1, timeout_ms);
		if ((fds[0].revents & POLLIN) && read(server->wake_fd, &times, sizeof times) < 0)
			continue;
		may_accept = !(fds[1].revents & POLLIN) || accept_some(server);
	}
}
