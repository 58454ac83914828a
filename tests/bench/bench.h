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
	bench_path floor_start, floor_derive, floor_digit, floor_sale, floor_batch,
		floor_import;
	bench_path floor_db;   /* 100,000 products */
	bench_path floor_csv;  /* the same as a product file */
	bench_path million_csv;
	bench_path generate_million;
	bench_path till_dir;   /* see bench_make_till */
	bool till_made;
	const char *data;      /* DATA, or NULL */
	const char *rows;      /* ROWS, or NULL for all */
	struct ledger ledger;
};

/* DIR/NAME; a path too long ends the program. */
void bench_path_in(bench_path out, const char *dir, const char *name);

/* Cashier and PIN of the measured till. */
#define BENCH_CASHIER "1"
#define BENCH_PIN "135790"

/* Makes, once, a till in till_dir with the floors' products and 1,000,000 more,
 * a journal of 1,000,000 entries and a shift open; the second, the product file
 * alone. */
bool bench_make_till(struct bench *bench);
bool bench_make_million(struct bench *bench);

/* Whether the row is to be run. */
bool bench_wants(const struct bench *bench, const char *row);

/* The rows, file by file. They return false, with a sentence on stderr, when
 * something could not be measured at all. */
bool bench_floors(struct bench *bench);  /* against themselves */
bool bench_batch(struct bench *bench);
bool bench_import(struct bench *bench);
bool bench_start(struct bench *bench);
bool bench_keys(struct bench *bench);

#endif
