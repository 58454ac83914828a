/* Keeps the agent's requests, their replies and its timer in one descriptor. */
#include "app/till_hub.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "app/hub_link.h"
#include "crypt/certificate.h"

struct till_hub {
	struct agent *agent;
	struct hub_link *link;    /* NULL until the first request */
	char key_path[PATH_MAX];
	certificate_pin pin;
	int poll_fd, timer_fd;
};

static const char pin_name[] = "hub.pin";

/* Goes off after that many milliseconds; -1 never. */
static void arm(struct till_hub *hub, int64_t ms)
{
	struct itimerspec at = { .it_value = { ms / 1000, ms % 1000 * 1000000 + 1 } };

	if (ms < 0)
		at = (struct itimerspec){ .it_value = { 0, 0 } };
	timerfd_settime(hub->timer_fd, 0, &at, NULL);
}

static bool watch(struct till_hub *hub, int fd)
{
	struct epoll_event ev = { .events = EPOLLIN };

	return epoll_ctl(hub->poll_fd, EPOLL_CTL_ADD, fd, &ev) == 0;
}

static void on_ended(void *ctx, uint64_t tag, enum agent_end end, int status, const char *body,
		     size_t body_n)
{
	agent_reply(((struct till_hub *)ctx)->agent, tag, end, status, body, body_n);
}

static bool make_link(struct till_hub *hub)
{
	const struct counter *c = agent_counter(hub->agent);
	struct hub_link_options options = {
		.url = c->hub, .pin = hub->pin, .ended = on_ended, .ctx = hub,
	};
	ident_text key_id;

	ident_format(&c->hub_till, key_id);
	options.key_id = key_id;
	if (sign_key_load(hub->key_path, &options.key, NULL))
		return false;
	if (hub_link_new(&options, &hub->link, NULL)) {
		sign_key_free(options.key);
		return false;
	}
	if (watch(hub, hub_link_fd(hub->link)))
		return true;
	hub_link_free(hub->link);
	hub->link = NULL;
	return false;
}

/* What is asked for here may have changed when the next thing is due. */
static bool send(void *ctx, const struct agent_request *request)
{
	struct till_hub *hub = ctx;

	arm(hub, 0);
	return (hub->link || make_link(hub)) && hub_link_send(hub->link, request);
}

void till_hub_work(struct till_hub *hub)
{
	uint64_t times;

	while (read(hub->timer_fd, &times, sizeof times) < 0 && errno == EINTR)
		;
	if (hub->link)
		hub_link_work(hub->link);
	agent_hub_work(hub->agent);
	arm(hub, agent_hub_wait_ms(hub->agent));
}

int till_hub_fd(const struct till_hub *hub)
{
	return hub ? hub->poll_fd : -1;
}

/* ---- files ---- */

static enum fault_code name_file(const char *dir, const char *name, char out[PATH_MAX],
				 struct fault *fault)
{
	if (snprintf(out, PATH_MAX, "%s/%s", dir, name) >= PATH_MAX)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, name, strerror(ENAMETOOLONG));
	return FAULT_NONE;
}

static enum fault_code read_pin(const char *dir, certificate_pin ret, struct fault *fault)
{
	char path[PATH_MAX];
	size_t n = 0;
	enum fault_code code = name_file(dir, pin_name, path, fault);

	memset(ret, 0, sizeof(certificate_pin));
	return code ? code : secret_file_read(path, ret, sizeof(certificate_pin) - 1, &n, fault);
}

enum fault_code till_hub_keep_pin(const char *dir, const char *pin, struct fault *fault)
{
	char path[PATH_MAX];
	enum fault_code code = name_file(dir, pin_name, path, fault);

	return code ? code : secret_file_write(path, pin, strlen(pin), fault);
}

/* ---- life ---- */

enum fault_code till_hub_open(const char *dir, struct agent *agent, struct till_hub **ret,
			      struct fault *fault)
{
	struct till_hub *hub;
	enum fault_code code;

	*ret = NULL;
	if (!agent_counter(agent)->enrolled)
		return FAULT_NONE;
	hub = calloc(1, sizeof *hub);
	if (!hub)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	hub->agent = agent;
	hub->poll_fd = epoll_create1(EPOLL_CLOEXEC);
	hub->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	code = read_pin(dir, hub->pin, fault);
	if (!code)
		code = name_file(dir, "till.key", hub->key_path, fault);
	if (!code && (hub->poll_fd < 0 || hub->timer_fd < 0 || !watch(hub, hub->timer_fd)))
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (code) {
		till_hub_close(hub);
		return code;
	}
	agent_set_hub(agent, send, hub);
	arm(hub, 0);  /* the first turn of the loop comes before: the picture is there */
	*ret = hub;
	return FAULT_NONE;
}

void till_hub_close(struct till_hub *hub)
{
	if (!hub)
		return;
	agent_set_hub(hub->agent, NULL, NULL);
	hub_link_free(hub->link);
	if (hub->timer_fd >= 0)
		close(hub->timer_fd);
	if (hub->poll_fd >= 0)
		close(hub->poll_fd);
	free(hub);
}
