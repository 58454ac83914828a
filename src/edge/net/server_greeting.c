/* The time in which TLS begins. libmicrohttpd (to 1.0.1 at least) turns in
 * circles at full speed while it waits for the rest of a client's greeting, so
 * that a handful of half-opened connections would take the processors. Here
 * GnuTLS's reading waits a moment instead, for one such connection a thread, so
 * that the thread's other connections are hardly later. */
#include "net/server_own.h"

#include <errno.h>
#include <gnutls/gnutls.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
	MOMENT_MS = 1,
	/* after which another greeting than the last may be waited for */
	TURN_US = 5000,
};

struct greeting {
	int fd;
	bool over; /* the first request is here */
};

/* Whether this thread waits for this connection now, and not for another. */
static bool is_its_turn(const struct greeting *greeting)
{
	static _Thread_local const struct greeting *last;
	static _Thread_local int64_t last_us;
	int64_t now_us = server_now_us();

	if (greeting != last && now_us - last_us < TURN_US)
		return false;
	last = greeting;
	last_us = now_us;
	return true;
}

static ssize_t receive(gnutls_transport_ptr_t ctx, void *bytes, size_t n)
{
	const struct greeting *greeting = ctx;
	struct pollfd fd = { .fd = greeting->fd, .events = POLLIN };
	ssize_t got = recv(greeting->fd, bytes, n, 0);

	if (got >= 0 || errno != EAGAIN || greeting->over || !is_its_turn(greeting))
		return got;
	poll(&fd, 1, MOMENT_MS);
	return recv(greeting->fd, bytes, n, 0);
}

struct greeting *server_greeting_new(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	gnutls_session_t session = info ? info->tls_session : NULL;
	const union MHD_ConnectionInfo *socket =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct greeting *greeting = session && socket ? calloc(1, sizeof *greeting) : NULL;
	gnutls_transport_ptr_t in, out;

	if (!greeting)
		return NULL;
	greeting->fd = socket->connect_fd;
	gnutls_transport_get_ptr2(session, &in, &out);
	gnutls_transport_set_ptr2(session, greeting, out);
	gnutls_transport_set_pull_function(session, receive);
	return greeting;
}

void server_greeting_end(struct greeting *greeting)
{
	if (greeting)
		greeting->over = true;
}

void server_greeting_free(struct greeting *greeting)
{
	free(greeting);
}
