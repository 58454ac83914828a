/* A program at a terminal of 80 columns and 24 lines that only a test sees:
 * keys go in, and what it paints is read from a virtual screen. All waiting is
 * for bytes of the program. */
#ifndef BENCH_PTY_SCREEN_H
#define BENCH_PTY_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <vterm.h>

#define PTY_COLS 80
#define PTY_LINES 24

struct pty_screen {
	int fd;
	pid_t pid;
	VTerm *vterm;
	VTermScreen *screen;
	uint64_t bytes;        /* the program wrote since the start */
	int64_t sent_ns;       /* when the last keys went out, or the program began */
	int64_t painted_ns;    /* when the last bytes came in */
	bool ended;            /* the program closed the terminal */
	bool quiet;            /* waits that fail say nothing: the caller expects it */
};

/* Starts argv[0] at a new terminal; TERM is xterm-256color, the locale
 * C.UTF-8. The clock of the first wait starts here. */
bool pty_screen_start(struct pty_screen *s, const char *const *argv);

/* Ends the program (signal 0: it was told to end by keys; else by the signal;
 * with SIGKILL when it does not within seconds), waits for it, releases all. Accepts a screen that never started. Returns
 * its wait status, or -1. */
int pty_screen_end(struct pty_screen *s, int signal);

/* Types. What the program still had to paint is read first. */
bool pty_screen_type(struct pty_screen *s, const char *keys, size_t n);
bool pty_screen_type_text(struct pty_screen *s, const char *keys);

/* Waits until every text of the row (ended by NULL) is on the screen.
 * *ret_ns: from the last keys to the bytes that completed it. False after
 * timeout_ms, or when the program ended; a sentence goes to stderr. */
bool pty_screen_wait(struct pty_screen *s, const char *const *texts, int timeout_ms,
		     int64_t *ret_ns);
bool pty_screen_wait_text(struct pty_screen *s, const char *text, int timeout_ms, int64_t *ret_ns);

/* The same for one of two texts. */
bool pty_screen_wait_either(struct pty_screen *s, const char *text, const char *other,
			    int timeout_ms, int64_t *ret_ns);

/* Waits until the program paints anything at all; false after timeout_ms. */
bool pty_screen_wait_bytes(struct pty_screen *s, int timeout_ms);

/* Reads until the program has been quiet for quiet_ms. */
void pty_screen_settle(struct pty_screen *s, int quiet_ms);

/* Whether the text is on the screen, within one line. */
bool pty_screen_shows(const struct pty_screen *s, const char *text);

/* The screen as lines, for people. */
void pty_screen_print(const struct pty_screen *s);

int64_t now_ns(void);

#endif
