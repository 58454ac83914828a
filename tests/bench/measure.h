/* Measuring two actors in turn, A B A B, so that a noisy minute troubles both. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "actor.h"
#include "ledger.h"
#include "samples.h"

typedef bool actor_step(struct actor *actor, int64_t *ret_ns);

/* Starts a and b n times in turn, each time to its first screen, and adds the
 * median to the ledger: figure a, floor b. */
bool measure_starts(struct ledger *ledger, const char *what, struct actor *a, struct actor *b,
		    unsigned n, double limit);

/* Takes n steps of each in turn; both run already. Adds p50, and p99 unless
 * limit_p99 is 0. `each` n steps, `between` clears both (may be NULL). */
struct pair {
	struct actor *a, *b;
	actor_step *step_a, *step_b;
	unsigned n;
	unsigned each;
	bool (*between)(struct actor *a, struct actor *b);
};
bool measure_steps(struct ledger *ledger, const char *what, const struct pair *pair,
		   double limit_p50, double limit_p99);

/* Five scans and cash, n sales of each in turn; adds sales a second. */
bool measure_sales(struct ledger *ledger, const char *what, struct actor *a, struct actor *b,
		   unsigned n, double limit);

/* Runs argv with stdin from `input` and stdout to /dev/null, and takes the wall
 * time and the largest resident set. False when it cannot run or ends with a
 * status above ok_status. */
bool measure_run(const char *const *argv, const char *input, int ok_status, int64_t *ret_ns,
		 long *ret_rss_kb);

/* The resident set of a running process in MB; 0 when it is gone. */
double resident_mb(pid_t pid);

#endif
