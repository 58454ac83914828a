/* guitai batch: the till without a screen, a command a line. */
#include <config.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/batch.h"
#include "app/load_process.h"
#include "app/sample_till.h"
#include "app/throw_away.h"
#include "app/till_hub.h"
#include "app/till_open.h"
#include "app/till_socket.h"
#include "command/speech.h"

enum { READ_CHUNK = 64 * 1024 };

/* Input as it comes, handed on line by line. A line longer than a command may
 * be is handed on cut, once, so that it is refused and not run in pieces. */
struct input {
	char bytes[READ_CHUNK];
	size_t begin, end;
	bool ended;
	bool skipping;
	struct till_socket *socket;  /* served while there is no input; may be NULL */
	struct till_hub *hub;        /* the same */
	struct agent *agent;         /* idle meanwhile */
};

static enum fault_code write_all(const char *bytes, size_t n, struct fault *fault)
{
	while (n > 0) {
		ssize_t done = write(STDOUT_FILENO, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return fault_set(fault, FAULT_FILE_NOT_WRITABLE, "stdout", strerror(errno));
		bytes += done;
		n -= (size_t)done;
	}
	return FAULT_NONE;
}

/* Waits for input, and does meanwhile what others ask of the till. A pause is
 * used for what can wait, and the catalogue may have been swapped in it. */
static void wait_for_input(struct input *in)
{
	enum { PAUSE_MS = 50 };
	struct pollfd fds[] = {
		{ .fd = STDIN_FILENO, .events = POLLIN },
		{ .fd = in->socket ? till_socket_fd(in->socket) : -1, .events = POLLIN },
		{ .fd = till_hub_fd(in->hub), .events = POLLIN },
	};
	int timeout_ms = PAUSE_MS, ready;

	while ((ready = poll(fds, 3, timeout_ms)) >= 0 || errno == EINTR) {
		if (ready == 0 || timeout_ms < 0)
			agent_idle(in->agent);
		if (ready == 0)
			timeout_ms = -1;
		if (fds[1].revents)
			till_socket_serve(in->socket);
		if (fds[2].revents)
			till_hub_work(in->hub);
		if (fds[0].revents)
			return;
		fds[0].revents = fds[1].revents = fds[2].revents = 0;
	}
}

static enum fault_code read_more(struct input *in, struct fault *fault)
{
	ssize_t n;

	memmove(in->bytes, in->bytes + in->begin, in->end - in->begin);
	in->end -= in->begin;
	in->begin = 0;
	wait_for_input(in);
	do
		n = read(STDIN_FILENO, in->bytes + in->end, sizeof in->bytes - in->end);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, "stdin", strerror(errno));
	in->ended = n == 0;
	in->end += (size_t)n;
	return FAULT_NONE;
}

/* The next line, NULL at the end of input. */
static const char *next_line(struct input *in, size_t *ret_n, struct fault *fault)
{
	for (;;) {
		char *begin = in->bytes + in->begin;
		size_t have = in->end - in->begin;
		char *newline = memchr(begin, '\n', have);
		bool skip = in->skipping;

		if (newline) {
			*ret_n = (size_t)(newline - begin);
			in->begin += *ret_n + 1;
			in->skipping = false;
			if (!skip)
				return begin;
			continue;
		}
		if (have > BATCH_LINE_MAX + 2) {
			*ret_n = BATCH_LINE_MAX + 2;
			in->begin = in->end;
			in->skipping = true;
			if (!skip)
				return begin;
			continue;
		}
		if (in->ended) {
			*ret_n = have;
			in->begin = in->end;
			return have && !skip ? begin : NULL;
		}
		if (read_more(in, fault))
			return NULL;
	}
}

/* What the word wait does meanwhile: the hub's replies, others' errands. */
static void turn(void *ctx, int ms)
{
	struct input *in = ctx;
	struct pollfd fds[] = {
		{ .fd = in->socket ? till_socket_fd(in->socket) : -1, .events = POLLIN },
		{ .fd = till_hub_fd(in->hub), .events = POLLIN },
	};

	if (poll(fds, 2, ms) <= 0)
		return;
	if (fds[0].revents)
		till_socket_serve(in->socket);
	if (fds[1].revents)
		till_hub_work(in->hub);
}

/* A till whose folder takes no socket, or whose hub's pin is gone, sells all
 * the same. */
static void open_beside(const struct invocation *invocation, const char *dir, struct input *in)
{
	struct fault why;

	if (till_socket_open(dir, in->agent, invocation->settings, &in->socket, &why))
		speech_refusal(&why);
	if (till_hub_open(dir, in->agent, &in->hub, &why))
		speech_refusal(&why);
}

static int run_lines(const struct invocation *invocation, const char *dir, struct agent *agent,
		     struct fault *fault)
{
	struct input *in = calloc(1, sizeof *in);
	struct batch *b = malloc(sizeof *b);
	int status = EXIT_DONE;
	const char *line;
	size_t n;

	if (!in || !b) {
		fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
		goto done;
	}
	batch_init(b, agent, invocation->settings);
	in->agent = agent;
	open_beside(invocation, dir, in);
	b->turn = turn;
	b->turn_ctx = in;
	while ((line = next_line(in, &n, fault))) {
		if (batch_run(b, line, n))
			status = EXIT_REFUSED;
		if (b->out.failed || write_all(buffer_text(&b->out), b->out.len, fault))
			break;
		agent_print_queued(agent);
	}
	if (b->out.failed)
		fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	till_hub_close(in->hub);
	till_socket_close(in->socket);
	batch_release(b);
done:
	free(b);
	free(in);
	return fault->code ? EXIT_REFUSED : status;
}

static enum fault_code import(const struct invocation *in, const char *dir, struct agent *agent,
			      struct fault *fault)
{
	const char *file = invocation_option(in, "catalog");
	const char *words[] = { "import", "--dir", dir, file, NULL };
	int status = 0;

	if (!file)
		return FAULT_NONE;
	/* What the loader reports goes to stderr: stdout is for replies. */
	if (load_process_run(in->paths, words, LOAD_QUIET, &status, fault))
		return fault->code;
	if (status != EXIT_DONE)
		return fault_set(fault, FAULT_CATALOG_FILE_REFUSED, file, "guitai-load");
	if (agent_begin(agent, fault))
		return fault->code;
	agent_idle(agent);
	return FAULT_NONE;
}

int batch_command(const struct invocation *in, struct fault *fault)
{
	bool train = invocation_has(in, "train");
	bool throw_away = train && !invocation_has(in, "dir");
	char temporary[THROW_AWAY_MAX];
	const char *dir = in->dir;
	struct agent *agent = NULL;
	int status = EXIT_REFUSED;

	if (throw_away) {
		if (throw_away_make(temporary, fault))
			return EXIT_REFUSED;
		dir = temporary;
	}
	if (train ? sample_till_open(in, dir, &agent, fault)
		  : till_open(in, dir, &agent, fault))
		goto done;
	/* Products come in once it is sure that this is a till to sell them in. */
	if (import(in, dir, agent, fault))
		goto done;
	status = run_lines(in, dir, agent, fault);
done:
	agent_close(agent);
	if (throw_away)
		throw_away_remove(dir);
	return status;
}
