/* The rows of a benchmark: each figure beside its floor and its budget, as a
 * table for people and as JSON. */
#ifndef BENCH_LEDGER_H
#define BENCH_LEDGER_H

#include <stdbool.h>
#include <stddef.h>

/* What keeps a figure in its budget. */
enum bound {
	AT_MOST_RATIO,     /* figure / floor ≤ limit */
	AT_LEAST_RATIO,    /* figure / floor ≥ limit */
	AT_MOST,           /* figure ≤ limit */
	AT_MOST_PLUS_RATIO, /* figure ≤ plus + limit · floor */
};

struct ledger_row {
	char what[64];
	const char *unit;
	double figure;
	double floor;      /* 0: there is none */
	enum bound bound;
	double limit;
	double plus;       /* AT_MOST_PLUS_RATIO */
	const char *reason; /* why there is no figure; NULL when there is one */
};

#define LEDGER_MAX 64

struct ledger {
	struct ledger_row rows[LEDGER_MAX];
	size_t n;
};

void ledger_add(struct ledger *ledger, const struct ledger_row *row);

/* A row that could not be measured counts as over. */
bool ledger_row_ok(const struct ledger_row *row);

/* How many rows are over their budget. */
size_t ledger_over(const struct ledger *ledger);

void ledger_print(const struct ledger *ledger);

/* Writes the same as JSON. False, with a sentence on stderr, when it cannot. */
bool ledger_write_json(const struct ledger *ledger, const char *path);

#endif
