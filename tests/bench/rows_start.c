/* Rows of starting: to the lock screen, from the PIN to the register, after a
 * kill in the middle of an order; and what the till then holds in memory. */
#include <signal.h>

#include "bench.h"

#define STARTS 25
#define ROUNDS 11
#define MEMORY_MB 20

static bool enter_once(struct actor *actor, struct samples *samples)
{
	int64_t ns;
	bool good = actor_start(actor, NULL) && actor->enter(actor, &ns);

	if (good)
		samples_add(samples, ns);
	actor_end(actor);
	return good;
}

/* The order must stand after the kill, and is then paid. */
static bool start_after_kill(struct actor *till, struct samples *samples)
{
	int64_t ns = 0;
	long long order_minor;
	bool good = actor_start(till, NULL) && till->enter(till, NULL) && till->scan(till, NULL) &&
		    till->scan(till, NULL);

	order_minor = till->order_minor;
	pty_screen_end(&till->screen, SIGKILL);
	good = good && actor_start(till, &ns) && till->enter(till, NULL) &&
	       pty_screen_wait_text(&till->screen, " Item 1 ", 5000, NULL);
	till->order_minor = order_minor;
	good = good && till->cash(till, NULL);
	actor_end(till);
	if (good)
		samples_add(samples, ns);
	return good;
}

/* Each from the start, in turn: a process that is older has the memory for the
 * derivation at hand. */
static bool measure_enter(struct bench *bench, struct actor *till, double floor_ms)
{
	struct ledger_row row = { .what = "last key of the PIN -> register", .unit = "ms",
				  .bound = AT_MOST_PLUS_RATIO, .limit = 2, .floor = floor_ms };
	struct actor derive = floor_derive_actor(bench->floor_derive);
	struct samples of_till = { 0 }, of_floor = { 0 };
	bool good = true;

	for (int i = 0; good && i < ROUNDS; i++)
		good = enter_once(till, &of_till) && enter_once(&derive, &of_floor);
	row.figure = (double)samples_percentile(&of_till, 50) / 1e6;
	row.plus = (double)samples_percentile(&of_floor, 50) / 1e6;
	if (good)
		ledger_add(&bench->ledger, &row);
	samples_release(&of_till);
	samples_release(&of_floor);
	return good;
}

static bool start_floor(struct actor *floor, struct samples *samples)
{
	int64_t ns;
	bool good = actor_start(floor, &ns);

	actor_end(floor);
	if (good)
		samples_add(samples, ns);
	return good;
}

static bool measure_kills(struct bench *bench, struct actor *till, struct actor *floor)
{
	struct ledger_row row = { .what = "start after kill -9 in mid-order", .unit = "ms",
				  .bound = AT_MOST_RATIO, .limit = 8 };
	struct samples of_till = { 0 }, of_floor = { 0 };
	bool good = true;

	for (int i = 0; good && i < ROUNDS; i++)
		good = start_after_kill(till, &of_till) && start_floor(floor, &of_floor);
	row.figure = (double)samples_percentile(&of_till, 50) / 1e6;
	row.floor = (double)samples_percentile(&of_floor, 50) / 1e6;
	if (good)
		ledger_add(&bench->ledger, &row);
	samples_release(&of_till);
	samples_release(&of_floor);
	return good;
}

static bool measure_memory(struct bench *bench, struct actor *till)
{
	struct ledger_row row = { .what = "memory after login", .unit = "MB", .bound = AT_MOST,
				  .limit = MEMORY_MB };
	bool good = actor_start(till, NULL) && till->enter(till, NULL) && till->scan(till, NULL);

	row.figure = good ? resident_mb(till->screen.pid) : 0;
	good = good && till->cash(till, NULL);
	actor_end(till);
	if (good)
		ledger_add(&bench->ledger, &row);
	return good;
}

bool bench_start(struct bench *bench)
{
	struct actor till = till_actor(bench->guitai, bench->till_dir);
	struct actor floor = floor_start_actor(bench->floor_start, bench->floor_db);
	double floor_ms;

	if (!bench_wants(bench, "start"))
		return true;
	if (!bench_make_till(bench) ||
	    !measure_starts(&bench->ledger, "start: 1,000,000 products and entries", &till, &floor,
			    STARTS, 4))
		return false;
	floor_ms = bench->ledger.rows[bench->ledger.n - 1].floor;
	return measure_enter(bench, &till, floor_ms) && measure_kills(bench, &till, &floor) &&
	       measure_memory(bench, &till);
}
