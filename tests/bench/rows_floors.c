/* The floors against themselves: what the harness adds or favours would show
 * as a ratio away from 1. */
#include "bench.h"

#include <stdio.h>

static bool both_start(struct actor *a, struct actor *b)
{
	return actor_start(a, NULL) && actor_start(b, NULL);
}

static bool measure_digit(struct bench *bench)
{
	struct actor a = floor_digit_actor(bench->floor_digit), b = a;
	struct pair digits = { &a, &b, a.digit, b.digit, 600, 1, NULL };
	bool good = both_start(&a, &b) &&
		    measure_steps(&bench->ledger, "floor/floor: digit", &digits, 1.5, 2);

	actor_end(&a);
	actor_end(&b);
	return good;
}

static bool both_cash(struct actor *a, struct actor *b)
{
	return a->cash(a, NULL) && b->cash(b, NULL);
}

static bool measure_sale(struct bench *bench)
{
	struct actor a = floor_sale_actor(bench->floor_sale, bench->floor_db);
	struct actor b = a;
	struct pair scans = { &a, &b, a.scan, b.scan, 300, 5, both_cash };
	bool good = both_start(&a, &b) &&
		    measure_steps(&bench->ledger, "floor/floor: scan", &scans, 1.5, 3) &&
		    measure_sales(&bench->ledger, "floor/floor: five scans and cash", &a, &b, 100, 0.67);

	actor_end(&a);
	actor_end(&b);
	return good;
}

bool bench_floors(struct bench *bench)
{
	struct actor a = floor_start_actor(bench->floor_start, bench->floor_db), b = a;

	if (!bench_wants(bench, "floor/floor"))
		return true;
	return measure_starts(&bench->ledger, "floor/floor: start", &a, &b, 30, 1.5) && measure_digit(bench) &&
	       measure_sale(bench);
}
