/* The till's end of the directory's socket. */
#include <config.h>

#include "app/till_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "app/batch.h"

/* What others may ask for. */
static const char *const allowed[] = { "print", "shift open", "shift close", "report", NULL };

enum { CLIENTS_MAX = 8, EVENTS_MAX = CLIENTS_MAX + 2 };

/* The name appears when the socket listens: made under the other and moved. */
static const char socket_name[] = "till.sock", new_name[] = "till.sock.new";

struct client {
	int fd;               /* -1: free */
	int64_t deadline_ms;
	size_t n_in;
	char in[BATCH_LINE_MAX + 2];
	struct buffer out;    /* what is left of the answer begins at `sent` */
	size_t sent;
};

struct till_socket {
	int dir_fd, poll_fd, listen_fd, timer_fd;
	struct batch batch;
	struct client clients[CLIENTS_MAX];
	bool ran;             /* a command, in this turn */
};

static void name_socket(int dir_fd, const char *name, struct sockaddr_un *ret)
{
	*ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(ret->sun_path, sizeof ret->sun_path, "/proc/self/fd/%d/%s", dir_fd, name);
}

bool till_socket_address(const char *dir, struct sockaddr_un *ret, int *ret_dir_fd)
{
	int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return false;
	name_socket(fd, socket_name, ret);
	*ret_dir_fd = fd;
	return true;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* The timer goes off when the first client's time is over. */
static void set_timer(struct till_socket *s)
{
	struct itimerspec at = { 0 };
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < CLIENTS_MAX; i++)
		if (s->clients[i].fd >= 0 && s->clients[i].deadline_ms < first)
			first = s->clients[i].deadline_ms;
	if (first != INT64_MAX) {
		at.it_value.tv_sec = first / 1000;
		at.it_value.tv_nsec = first % 1000 * 1000000 + 1;
	}
	timerfd_settime(s->timer_fd, TFD_TIMER_ABSTIME, &at, NULL);
}

static void watch(struct till_socket *s, int op, int fd, uint32_t events, void *what)
{
	struct epoll_event ev = { .events = events, .data.ptr = what };

	epoll_ctl(s->poll_fd, op, fd, &ev);
}

static void drop(struct client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	c->n_in = c->sent = 0;
	buffer_release(&c->out);
}

/* A free place; the place of the one who has been silent for longest when all
 * are taken, so that clients that hang never keep others out. */
static struct client *place(struct till_socket *s)
{
	struct client *oldest = &s->clients[0];

	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		if (s->clients[i].fd < 0)
			return &s->clients[i];
		if (s->clients[i].deadline_ms < oldest->deadline_ms)
			oldest = &s->clients[i];
	}
	drop(oldest);
	return oldest;
}

static void accept_clients(struct till_socket *s)
{
	int fd;

	while ((fd = accept4(s->listen_fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		struct client *c = place(s);

		c->fd = fd;
		c->deadline_ms = now_ms() + TILL_SOCKET_CLIENT_MS;
		watch(s, EPOLL_CTL_ADD, fd, EPOLLIN, c);
	}
}

static void send_answer(struct till_socket *s, struct client *c)
{
	while (c->sent < c->out.len) {
		ssize_t n = send(c->fd, c->out.data + c->sent, c->out.len - c->sent, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			watch(s, EPOLL_CTL_MOD, c->fd, EPOLLOUT, c);
			return;
		}
		if (n < 0) {
			drop(c);
			return;
		}
		c->sent += (size_t)n;
		c->deadline_ms = now_ms() + TILL_SOCKET_CLIENT_MS;
	}
	buffer_reset(&c->out);
	c->sent = 0;
	watch(s, EPOLL_CTL_MOD, c->fd, EPOLLIN, c);
}

/* The client waits for one answer at a time, so nothing stands behind a line;
 * one that has gone meanwhile does not want it run. */
static bool still_there(const struct client *c)
{
	char byte;

	return recv(c->fd, &byte, 1, MSG_PEEK) < 0 && errno == EAGAIN;
}

static void run_line(struct till_socket *s, struct client *c, size_t n)
{
	if (n + 1 != c->n_in || !still_there(c)) {
		drop(c);
		return;
	}
	batch_run_only(&s->batch, allowed, c->in, n);
	s->ran = true;
	c->n_in = 0;
	buffer_add(&c->out, buffer_text(&s->batch.out), s->batch.out.len);
	if (s->batch.out.failed || c->out.failed || c->out.len == 0)
		drop(c);
	else
		send_answer(s, c);
}

static void read_line(struct till_socket *s, struct client *c)
{
	ssize_t n = recv(c->fd, c->in + c->n_in, sizeof c->in - c->n_in, 0);
	char *end;

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		drop(c);
		return;
	}
	c->n_in += (size_t)n;
	end = memchr(c->in, '\n', c->n_in);
	if (end)
		run_line(s, c, (size_t)(end - c->in));
	else if (c->n_in == sizeof c->in)
		drop(c);
}

static void drop_late(struct till_socket *s)
{
	int64_t now = now_ms();

	for (size_t i = 0; i < CLIENTS_MAX; i++)
		if (s->clients[i].fd >= 0 && s->clients[i].deadline_ms <= now)
			drop(&s->clients[i]);
}

bool till_socket_serve(struct till_socket *s)
{
	struct epoll_event events[EVENTS_MAX];
	int n = epoll_wait(s->poll_fd, events, EVENTS_MAX, 0);

	s->ran = false;
	for (int i = 0; i < n; i++) {
		struct client *c = events[i].data.ptr;

		if (!c || c->fd < 0)
			continue;
		if (c->out.len)
			send_answer(s, c);
		else
			read_line(s, c);
	}
	drop_late(s);
	/* Last, so that no event of this turn is taken for a new client's. */
	accept_clients(s);
	set_timer(s);
	return s->ran;
}

int till_socket_fd(const struct till_socket *s)
{
	return s->poll_fd;
}

static bool listen_at(struct till_socket *s, const char *dir)
{
	struct sockaddr_un address;

	s->dir_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	s->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s->dir_fd < 0 || s->listen_fd < 0)
		return false;
	if (unlinkat(s->dir_fd, new_name, 0) < 0 && errno != ENOENT)
		return false;
	name_socket(s->dir_fd, new_name, &address);
	/* The file is made with the socket's mode: others never see it open. */
	return fchmod(s->listen_fd, 0600) == 0 &&
	       bind(s->listen_fd, (struct sockaddr *)&address, sizeof address) == 0 &&
	       listen(s->listen_fd, CLIENTS_MAX) == 0 &&
	       renameat(s->dir_fd, new_name, s->dir_fd, socket_name) == 0;
}

static bool set_up(struct till_socket *s, const char *dir)
{
	s->poll_fd = epoll_create1(EPOLL_CLOEXEC);
	s->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (s->poll_fd < 0 || s->timer_fd < 0 || !listen_at(s, dir))
		return false;
	watch(s, EPOLL_CTL_ADD, s->listen_fd, EPOLLIN, NULL);
	watch(s, EPOLL_CTL_ADD, s->timer_fd, EPOLLIN, NULL);
	return true;
}

enum fault_code till_socket_open(const char *dir, struct agent *agent,
				 const struct settings *settings, struct till_socket **ret,
				 struct fault *fault)
{
	struct till_socket *s = calloc(1, sizeof *s);
	int why;

	if (!s)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	s->dir_fd = s->poll_fd = s->listen_fd = s->timer_fd = -1;
	for (size_t i = 0; i < CLIENTS_MAX; i++) {
		s->clients[i].fd = -1;
		buffer_init(&s->clients[i].out, BATCH_REPLY_MAX);
	}
	batch_init(&s->batch, agent, settings);
	if (!set_up(s, dir)) {
		why = errno;
		till_socket_close(s);
		return fault_set(fault, FAULT_STORE_NOT_READABLE, socket_name, strerror(why));
	}
	*ret = s;
	return FAULT_NONE;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

void till_socket_close(struct till_socket *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < CLIENTS_MAX; i++)
		drop(&s->clients[i]);
	if (s->dir_fd >= 0) {
		unlinkat(s->dir_fd, socket_name, 0);
		unlinkat(s->dir_fd, new_name, 0);
	}
	close_fd(s->listen_fd);
	close_fd(s->timer_fd);
	close_fd(s->poll_fd);
	close_fd(s->dir_fd);
	batch_release(&s->batch);
	free(s);
}
