/* What all rows of the benchmark share: where things are, and the ledger. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "ledger.h"
#include "measure.h"

typedef char bench_path[512];

struct bench {
	bench_path dir;        /* a new folder on the disk to measure */
	bench_path json;
	bench_path guitai;
	bench_path floor_start, floor_digit, floor_sale, floor_batch, floor_import;
	bench_path floor_db;   /* 100,000 products */
	const char *data;      /* DATA, or NULL */
	const char *rows;      /* ROWS, or NULL for all */
	struct ledger ledger;
};

/* Whether the row is to be run. */
bool bench_wants(const struct bench *bench, const char *row);

/* The floors against themselves. */
bool bench_floors(struct bench *bench);

#endif
