/* The HTTPS client's loop: libcurl's sockets and timer behind one descriptor. */
#include "net/client.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/mark.h"
#include "crypt/crypt.h"
#include "net/client_own.h"

enum { EVENTS_AT_ONCE = 32 };

int64_t net_client_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void net_client_arm(struct net_client *client)
{
	int64_t left_ms = client->curl_due_ms < 0 ? -1 : client->curl_due_ms - net_client_now_ms();
	struct itimerspec when = { .it_value = { 0, 0 } };

	if (client->ended || (client->curl_due_ms >= 0 && left_ms <= 0))
		when.it_value.tv_nsec = 1;
	else if (left_ms > 0)
		when.it_value = (struct timespec){ left_ms / 1000, left_ms % 1000 * 1000000 };
	timerfd_settime(client->timer_fd, 0, &when, NULL);
}

/* ---- what libcurl calls ---- */

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *of_socket)
{
	struct net_client *client = ctx;
	struct epoll_event event = { .data.fd = fd };

	(void)easy;
	(void)of_socket;
	if (what == CURL_POLL_REMOVE) {
		epoll_ctl(client->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
		return 0;
	}
	event.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
	/* a number that was closed and opened again may be in either state */
	if (epoll_ctl(client->epoll_fd, EPOLL_CTL_MOD, fd, &event) == 0)
		return 0;
	return epoll_ctl(client->epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

static int on_timer(CURLM *multi, long timeout_ms, void *ctx)
{
	struct net_client *client = ctx;

	(void)multi;
	client->curl_due_ms = timeout_ms < 0 ? -1 : net_client_now_ms() + timeout_ms;
	net_client_arm(client);
	return 0;
}

/* Starts libcurl when it is first needed. */
static bool start(struct net_client *client)
{
	struct sigaction old;

	if (client->multi)
		return true;
	crypt_start_tls();
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return false;
	/* a server that hangs up must not end the program */
	if (sigaction(SIGPIPE, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
		signal(SIGPIPE, SIG_IGN);
	client->multi = curl_multi_init();
	if (!client->multi)
		return false;
	curl_multi_setopt(client->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(client->multi, CURLMOPT_SOCKETDATA, client);
	curl_multi_setopt(client->multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(client->multi, CURLMOPT_TIMERDATA, client);
	curl_multi_setopt(client->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
	curl_multi_setopt(client->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
			  (long)client->options.connections_max);
	curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, (long)client->options.connections_max);
	return true;
}

/* ---- making and ending ---- */

/* "https://HOST[:PORT]" and nothing else: the rest comes with each request. */
static bool is_base_url(const char *url)
{
	static const char scheme[] = "https://";
	const char *host = url + sizeof scheme - 1;

	return strncmp(url, scheme, sizeof scheme - 1) == 0 && *host && strlen(host) < 256 &&
		strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]") ==
			strlen(host);
}

static bool is_pin(const char *pin)
{
	return strncmp(pin, "sha256//", 8) == 0 && strlen(pin) == 8 + 44 && !strchr(pin, ';');
}

static void set_defaults(struct net_client_options *o)
{
	o->connect_timeout_ms = o->connect_timeout_ms ? o->connect_timeout_ms : 5000;
	o->timeout_ms = o->timeout_ms ? o->timeout_ms : 15000;
	o->idle_s = o->idle_s ? o->idle_s : 50;
	o->connections_max = o->connections_max ? o->connections_max : 8;
	o->body_max = o->body_max ? o->body_max : 1 << 20;
	o->head_max = o->head_max ? o->head_max : 16 << 10;
}

static bool copy_options(struct net_client *client, const struct net_client_options *options)
{
	client->options = *options;
	set_defaults(&client->options);
	client->base_url = strdup(options->base_url);
	client->ca_pem = options->ca_pem ? strdup(options->ca_pem) : NULL;
	client->pin = options->pin ? strdup(options->pin) : NULL;
	return client->base_url && (client->ca_pem || !options->ca_pem) && (client->pin || !options->pin);
}

static bool open_loop(struct net_client *client)
{
	struct epoll_event event = { .events = EPOLLIN };

	client->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	client->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	event.data.fd = client->timer_fd;
	return client->epoll_fd >= 0 && client->timer_fd >= 0 &&
		epoll_ctl(client->epoll_fd, EPOLL_CTL_ADD, client->timer_fd, &event) == 0;
}

enum fault_code net_client_new(const struct net_client_options *options,
			       struct net_client **ret_client, struct fault *fault)
{
	struct net_client *client;

	if (!is_base_url(options->base_url))
		return fault_set(fault, FAULT_NET_BAD_REQUEST, options->base_url,
				 N_("it is not https:// with a host and at most a port"));
	if (!options->ca_pem && !options->pin)
		return fault_set(fault, FAULT_NET_BAD_REQUEST, options->base_url,
				 N_("nothing says whom to trust"));
	if (options->pin && !is_pin(options->pin))
		return fault_set(fault, FAULT_NET_BAD_REQUEST, options->base_url,
				 N_("the pinned key is not sha256// with 44 letters"));
	client = calloc(1, sizeof *client);
	if (!client)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	client->epoll_fd = client->timer_fd = -1;
	client->curl_due_ms = -1;
	if (!copy_options(client, options) || !open_loop(client)) {
		net_client_free(client);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	*ret_client = client;
	return FAULT_NONE;
}

static void free_list(struct transfer *list)
{
	while (list) {
		struct transfer *next = list->next;

		transfer_free(list);
		list = next;
	}
}

void net_client_free(struct net_client *client)
{
	if (!client)
		return;
	for (struct transfer *t = client->open; t; t = t->next)
		curl_multi_remove_handle(client->multi, t->easy);
	free_list(client->open);
	free_list(client->ended);
	curl_multi_cleanup(client->multi);
	if (client->timer_fd >= 0)
		close(client->timer_fd);
	if (client->epoll_fd >= 0)
		close(client->epoll_fd);
	free(client->base_url);
	free(client->ca_pem);
	free(client->pin);
	free(client);
}

/* ---- requests ---- */

static void link_open(struct net_client *client, struct transfer *t)
{
	t->next = client->open;
	if (t->next)
		t->next->prev = t;
	client->open = t;
	client->n_open++;
}

static void unlink_open(struct net_client *client, struct transfer *t)
{
	if (t->next)
		t->next->prev = t->prev;
	if (t->prev)
		t->prev->next = t->next;
	else
		client->open = t->next;
	client->n_open--;
}

enum fault_code net_client_send(struct net_client *client, const struct net_request *request,
				net_callback *callback, void *ctx, uint64_t *ret_id,
				struct fault *fault)
{
	struct transfer *t = NULL;
	enum fault_code code;

	if (!start(client))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	code = transfer_new(client, request, &t, fault);
	if (code != FAULT_NONE)
		return code;
	t->callback = callback;
	t->ctx = ctx;
	if (curl_multi_add_handle(client->multi, t->easy) != CURLM_OK) {
		transfer_free(t);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	t->event.id = *ret_id = ++client->last_id;
	link_open(client, t);
	return FAULT_NONE;
}

/* Takes a request off libcurl; its event waits for net_client_work. */
static void end(struct net_client *client, struct transfer *t, CURLcode result)
{
	transfer_judge(t, result);
	curl_multi_remove_handle(client->multi, t->easy);
	unlink_open(client, t);
	t->next = NULL;
	if (client->ended)
		client->last_ended->next = t;
	else
		client->ended = t;
	client->last_ended = t;
}

void net_client_cancel(struct net_client *client, uint64_t id)
{
	struct transfer *t = client->open;

	while (t && t->event.id != id)
		t = t->next;
	if (!t)
		return;
	end(client, t, CURLE_ABORTED_BY_CALLBACK);
	fault_set(&t->event.fault, FAULT_NET_CANCELLED, client->base_url, NULL);
	net_client_arm(client);
}

int net_client_fd(const struct net_client *client)
{
	return client->epoll_fd;
}

size_t net_client_open(const struct net_client *client)
{
	return client->n_open;
}

/* Lets libcurl do what its sockets and its timer are ready for. */
static void let_curl_work(struct net_client *client)
{
	struct epoll_event events[EVENTS_AT_ONCE];
	int n = epoll_wait(client->epoll_fd, events, EVENTS_AT_ONCE, 0), running;
	uint64_t times;

	for (int i = 0; i < n; i++) {
		int what = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
			(events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
			(events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);

		if (events[i].data.fd != client->timer_fd)
			curl_multi_socket_action(client->multi, events[i].data.fd, what, &running);
		else if (read(client->timer_fd, &times, sizeof times) < 0)
			continue;
	}
	if (client->curl_due_ms >= 0 && client->curl_due_ms <= net_client_now_ms()) {
		client->curl_due_ms = -1;
		curl_multi_socket_action(client->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	}
}

static void collect(struct net_client *client)
{
	struct transfer *t;
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(client->multi, &left))) {
		if (message->msg == CURLMSG_DONE &&
		    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t) == CURLE_OK)
			end(client, t, message->data.result);
	}
}

int net_client_work(struct net_client *client)
{
	struct transfer *t;
	int n = 0;

	if (!client->multi)
		return 0;
	let_curl_work(client);
	collect(client);
	while ((t = client->ended)) {
		client->ended = t->next;
		n++;
		t->callback(t->ctx, &t->event);
		transfer_free(t);
	}
	net_client_arm(client);
	return n;
}
