/* One who works at a terminal: the till, or a floor program doing the same job
 * as barely as it can be done. The measuring asks both for the same steps, in
 * turn. */
#ifndef BENCH_ACTOR_H
#define BENCH_ACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "pty_screen.h"

struct actor {
	const char *name;
	const char *argv[8];    /* the program and its arguments, ended by NULL */
	const char *first_text; /* on its first screen */
	const char *open_text;  /* on it when a cashier is still logged in; or NULL */
	const char *end_keys;   /* end the program */

	/* The steps; NULL where the actor has no such step. *ret_ns: from the
	 * last key to the answer on the screen. Each returns false, with a
	 * sentence on stderr, when the answer does not come. */
	bool (*enter)(struct actor *actor, int64_t *ret_ns);  /* PIN → register */
	bool (*scan)(struct actor *actor, int64_t *ret_ns);   /* the next product */
	bool (*digit)(struct actor *actor, int64_t *ret_ns);  /* one more digit */
	bool (*cash)(struct actor *actor, int64_t *ret_ns);   /* exact cash closes the order */
	bool (*clear_line)(struct actor *actor);  /* empties the input line, or leaves the search */
	bool (*search)(struct actor *actor);      /* opens the search */

	struct pty_screen screen;
	unsigned scans;         /* so far */
	unsigned order_scans;   /* in the open order */
	unsigned sales;
	unsigned digits;        /* on the input line */
	long long order_minor;  /* total of the open order */
};

/* Products that floor_fill() makes. */
#define BENCH_PRODUCTS_AT_FLOOR 100000u

/* Starts the program and waits for its first screen. */
bool actor_start(struct actor *actor, int64_t *ret_ns);
void actor_end(struct actor *actor);

/* The floors; `dir` is the build folder of the floor programs, `database` a
 * file filled with floor_fill(). They keep the texts. */
struct actor floor_start_actor(const char *program, const char *database);
struct actor floor_derive_actor(const char *program);
struct actor floor_digit_actor(const char *program);
struct actor floor_sale_actor(const char *program, const char *database);

/* The register of the till in `dir`, made by bench_make_till(). */
struct actor till_actor(const char *program, const char *dir);

#endif
