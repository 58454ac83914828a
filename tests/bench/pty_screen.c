/* The virtual terminal: a pty on one side, libvterm on the other. */
#include "pty_screen.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How long a program may take to end. */
#define END_MS 5000

/* A line of 80 cells of up to 6 characters each. */
#define LINE_BYTES (PTY_COLS * 6 * 4 + 1)

int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void open_vterm(struct pty_screen *s)
{
	s->vterm = vterm_new(PTY_LINES, PTY_COLS);
	vterm_set_utf8(s->vterm, 1);
	s->screen = vterm_obtain_screen(s->vterm);
	vterm_screen_enable_altscreen(s->screen, 1);
	vterm_screen_reset(s->screen, 1);
}

static void become(const char *const *argv)
{
	setenv("TERM", "xterm-256color", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LINES");
	unsetenv("COLUMNS");
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

bool pty_screen_start(struct pty_screen *s, const char *const *argv)
{
	struct winsize size = { .ws_row = PTY_LINES, .ws_col = PTY_COLS };

	memset(s, 0, sizeof *s);
	s->fd = -1;
	open_vterm(s);
	fflush(NULL);
	s->sent_ns = now_ns();
	s->pid = forkpty(&s->fd, NULL, NULL, &size);
	if (s->pid == 0)
		become(argv);
	if (s->pid > 0)
		return true;
	fprintf(stderr, "%s could not be started at a terminal: %s\n", argv[0], strerror(errno));
	vterm_free(s->vterm);
	s->vterm = NULL;
	return false;
}

/* Answers of the terminal to the program's questions. */
static void send_answers(struct pty_screen *s)
{
	char answer[256];
	size_t n = vterm_output_read(s->vterm, answer, sizeof answer);

	if (n && write(s->fd, answer, n) < 0)
		s->ended = true;
}

/* Waits at most timeout_ms for bytes and feeds them to the screen. Returns
 * whether any came. */
static bool feed(struct pty_screen *s, int timeout_ms)
{
	struct pollfd waiting = { .fd = s->fd, .events = POLLIN };
	char bytes[16384];
	ssize_t n;

	if (s->ended || poll(&waiting, 1, timeout_ms) <= 0)
		return false;
	n = read(s->fd, bytes, sizeof bytes);
	if (n <= 0) {
		s->ended = n == 0 || errno != EINTR;
		return false;
	}
	s->painted_ns = now_ns();
	s->bytes += (uint64_t)n;
	vterm_input_write(s->vterm, bytes, (size_t)n);
	send_answers(s);
	return true;
}

bool pty_screen_type(struct pty_screen *s, const char *keys, size_t n)
{
	while (feed(s, 0))
		;
	s->sent_ns = now_ns();
	while (n > 0 && !s->ended) {
		ssize_t written = write(s->fd, keys, n);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0) {
			fprintf(stderr, "the terminal takes no keys: %s\n", strerror(errno));
			return false;
		}
		keys += written;
		n -= (size_t)written;
	}
	return true;
}

bool pty_screen_type_text(struct pty_screen *s, const char *keys)
{
	return pty_screen_type(s, keys, strlen(keys));
}

static void read_line(const struct pty_screen *s, int line, char out[LINE_BYTES])
{
	VTermRect rect = { .start_row = line, .end_row = line + 1, .end_col = PTY_COLS };
	size_t n = vterm_screen_get_text(s->screen, out, LINE_BYTES - 1, rect);

	out[n] = '\0';
}

bool pty_screen_shows(const struct pty_screen *s, const char *text)
{
	char line[LINE_BYTES];

	for (int i = 0; i < PTY_LINES; i++) {
		read_line(s, i, line);
		if (strstr(line, text))
			return true;
	}
	return false;
}

static const char *missing(const struct pty_screen *s, const char *const *texts)
{
	for (; *texts; texts++)
		if (!pty_screen_shows(s, *texts))
			return *texts;
	return NULL;
}

static bool give_up(const struct pty_screen *s, const char *text)
{
	if (s->quiet)
		return false;
	fprintf(stderr, "the screen does not show \"%s\"%s:\n", text,
		s->ended ? " (the program ended)" : "");
	pty_screen_print(s);
	return false;
}

bool pty_screen_wait(struct pty_screen *s, const char *const *texts, int timeout_ms,
		     int64_t *ret_ns)
{
	int64_t until = now_ns() + (int64_t)timeout_ms * 1000000;
	const char *text;

	while ((text = missing(s, texts)) != NULL) {
		int64_t left_ms = (until - now_ns()) / 1000000;

		if (s->ended || left_ms <= 0)
			return give_up(s, text);
		feed(s, (int)left_ms);
	}
	if (ret_ns)
		*ret_ns = s->painted_ns - s->sent_ns;
	return true;
}

bool pty_screen_wait_text(struct pty_screen *s, const char *text, int timeout_ms, int64_t *ret_ns)
{
	const char *const texts[] = { text, NULL };

	return pty_screen_wait(s, texts, timeout_ms, ret_ns);
}

bool pty_screen_wait_either(struct pty_screen *s, const char *text, const char *other,
			    int timeout_ms, int64_t *ret_ns)
{
	int64_t until = now_ns() + (int64_t)timeout_ms * 1000000;

	while (!pty_screen_shows(s, text) && !pty_screen_shows(s, other)) {
		int64_t left_ms = (until - now_ns()) / 1000000;

		if (s->ended || left_ms <= 0)
			return give_up(s, text);
		feed(s, (int)left_ms);
	}
	if (ret_ns)
		*ret_ns = s->painted_ns - s->sent_ns;
	return true;
}

bool pty_screen_wait_bytes(struct pty_screen *s, int timeout_ms)
{
	return feed(s, timeout_ms);
}

void pty_screen_settle(struct pty_screen *s, int quiet_ms)
{
	while (feed(s, quiet_ms))
		;
}

void pty_screen_print(const struct pty_screen *s)
{
	char line[LINE_BYTES];

	for (int i = 0; i < PTY_LINES; i++) {
		read_line(s, i, line);
		fprintf(stderr, "  |%s\n", line);
	}
}

int pty_screen_end(struct pty_screen *s, int signal)
{
	int status = -1;

	if (!s->vterm)
		return -1;
	if (s->pid > 0) {
		if (signal)
			kill(s->pid, signal);
		pty_screen_settle(s, END_MS);
		if (!s->ended) {
			fprintf(stderr, "the program did not end and is killed:\n");
			pty_screen_print(s);
			kill(s->pid, SIGKILL);
		}
		if (waitpid(s->pid, &status, 0) != s->pid)
			status = -1;
	}
	close(s->fd);
	vterm_free(s->vterm);
	memset(s, 0, sizeof *s);
	s->fd = -1;
	return status;
}
