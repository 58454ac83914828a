/* The door to the screens: the register and all that opens from it, run by one
 * loop over a terminal and an open till.
 *
 * The loop waits for keys, hands each to the screen in front, paints once when
 * all that came is done, and only then does the till's own work (prints; when
 * nobody types, tidying). Nothing on the way of a key waits for anything but
 * the journal's commit. */
#ifndef SCREEN_SCREEN_H
#define SCREEN_SCREEN_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "agent/agent.h"
#include "base/fault.h"
#include "settings/settings.h"
#include "term/term.h"

struct screen_loop;

/* What the screens work with; everything stays the caller's and must outlive
 * the loop. */
struct screen_context {
	struct agent *agent;
	struct term *term;
	const struct settings *settings;
	const char *version;               /* of the program, for the status page */
	int64_t (*clock_us)(void);         /* monotonic, as keys are stamped; NULL: the system's */
	const sigset_t *wait_mask;         /* signals let in while waiting; NULL: as they are */
	const volatile sig_atomic_t *stop; /* set by a signal handler; NULL: none */
};

/* Whether every key of the settings means something, before a terminal is
 * opened: FAULT_SETTING_REFUSED. */
enum fault_code screen_check_settings(const struct settings *settings, struct fault *fault);

/* The same, and FAULT_OUT_OF_MEMORY. */
enum fault_code screen_loop_new(const struct screen_context *context, struct screen_loop **ret,
				struct fault *fault);

/* Accepts NULL; the agent and the terminal stay open. */
void screen_loop_free(struct screen_loop *loop);

/* Watches another descriptor: `ready` is called when it can be read, between
 * keys, and must not block. False when SCREEN_LOOP_FDS are watched already. */
enum { SCREEN_LOOP_FDS = 8 };
typedef void screen_loop_ready_fn(void *ctx, int fd);
bool screen_loop_add_fd(struct screen_loop *loop, int fd, screen_loop_ready_fn *ready, void *ctx);
void screen_loop_remove_fd(struct screen_loop *loop, int fd);

/* Runs until the cashier quits, the terminal goes away or `stop` is set. */
void screen_loop_run(struct screen_loop *loop);

/* One turn without waiting: every key that has come, one picture. False once
 * the loop has ended. What screen_loop_run repeats, and what tests call. */
bool screen_loop_turn(struct screen_loop *loop);

/* The work between keys: prints that are queued; when nobody has typed for a
 * while what agent_idle does, and in the end the lock. */
void screen_loop_idle(struct screen_loop *loop);

#endif
