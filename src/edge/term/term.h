/* The door to a terminal: keys in, pictures out, one descriptor to poll.
 *
 *	while (poll(fds, n, term_wait_ms(term)) ...) {
 *		while (term_next_key(term, &key))
 *			...;
 *		... draw into a grid of term_rows() x term_cols() ...
 *		term_paint(term, &grid);
 *	}
 *
 * Nothing here blocks: keys are read as far as they have come, and a terminal
 * that is slow to take its bytes gets the newest picture once it has. */
#ifndef TERM_TERM_H
#define TERM_TERM_H

#include "term/grid.h"
#include "term/keys.h"

struct term;

enum term_charset {
	TERM_CHARSET_AUTO,  /* by the locale's variables; see term_charset_of() */
	TERM_CHARSET_UTF8,
	TERM_CHARSET_ASCII
};

struct term_options {
	int fd;                    /* a terminal; usually 0 */
	const char *type;          /* the terminfo name; NULL: $TERM */
	enum term_charset charset;
	bool monochrome;
	bool flow_control;         /* obey XON and XOFF: old hardware on a serial line */
};

#define TERM_OPTIONS_INIT { 0, NULL, TERM_CHARSET_AUTO, false, false }

/* Takes over the terminal: no echo, no line discipline, no signals from keys;
 * at most one at a time. FAULT_TERMINAL_MISSING when it is no terminal or its
 * type cannot show a screen. */
enum fault_code term_open(const struct term_options *options, struct term **ret_term,
			  struct fault *fault);

/* Gives the terminal back as it was, and frees. Accepts NULL. */
void term_free(struct term *term);

/* The descriptor to poll for POLLIN (it stands for the terminal's input, its
 * changes of size, and its readiness to take more bytes); -1: nothing to poll. */
int term_fd(const struct term *term);

/* How long a poll may wait, in ms, before term_next_key can tell more (whether
 * an ESC was the Esc key); -1: for ever. */
int term_wait_ms(const struct term *term);

/* The next key or message; false when there is none yet. After KEY_RESIZE the
 * size is the new one; after KEY_HANGUP nothing more comes. */
bool term_next_key(struct term *term, struct key *ret_key);

int term_rows(const struct term *term);
int term_cols(const struct term *term);
bool term_is_utf8(const struct term *term);
bool term_has_color(const struct term *term);

/* Shows the picture; only what differs from the last one is sent. Call it
 * after every turn of the loop: a picture equal to the last costs no byte. */
void term_paint(struct term *term, const struct grid *grid);

/* Sends the next picture whole (Ctrl-L, after a wall(1) message). */
void term_redraw(struct term *term);

void term_bell(struct term *term);

/* Gives the terminal back for a while (a shell, a SIGTSTP) and takes it again. */
void term_suspend(struct term *term);
enum fault_code term_resume(struct term *term, struct fault *fault);

/* Bytes sent to the terminal since it was opened. */
uint64_t term_bytes_sent(const struct term *term);

/* For atexit() and handlers of fatal signals: gives the open terminal back;
 * safe in a signal handler; does nothing when none is open. */
void term_restore_now(void);

/* Whether a terminal of this type under this locale (the value of LC_ALL,
 * LC_CTYPE or LANG) takes UTF-8. A locale that names another character set
 * says no; none, "C" and "POSIX" say yes but for the VT100 family. */
bool term_charset_of(const char *locale, const char *type);

#endif
