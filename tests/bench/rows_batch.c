/* Rows without a terminal: sales a second through guitai batch, and an import. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "floor.h"

#define SALES 1500
#define TURNS 3

/* Five lines and a cash payment each, of the products floor_fill() makes. */
static bool write_sales(const char *path)
{
	FILE *out = fopen(path, "w");
	bool good;

	if (!out)
		return false;
	for (unsigned sale = 0; sale < SALES; sale++) {
		long long total = 0;

		for (unsigned i = 0; i < 5; i++) {
			unsigned product = sale * 5 + i;

			fprintf(out, "scan %lld\n", floor_code(product));
			total += floor_price_minor(product);
		}
		fprintf(out, "pay cash %lld.%02lld\n", total / 100, total % 100);
	}
	good = !ferror(out);
	return fclose(out) == 0 && good;
}

static void add_rate(struct bench *bench, struct samples *till, struct samples *floor)
{
	struct ledger_row row = { .what = "batch: five lines + cash, all durable",
				  .unit = "sales/s", .bound = AT_LEAST_RATIO, .limit = 0.5 };

	row.figure = SALES / ((double)samples_percentile(till, 50) / 1e9);
	row.floor = SALES / ((double)samples_percentile(floor, 50) / 1e9);
	ledger_add(&bench->ledger, &row);
}

bool bench_batch(struct bench *bench)
{
	struct samples till = { 0 }, floor = { 0 };
	bench_path commands, dir;
	int64_t ns;
	bool good;

	if (!bench_wants(bench, "batch"))
		return true;
	bench_path_in(commands, bench->dir, "sales.batch");
	bench_path_in(dir, bench->dir, "batch");
	const char *const till_argv[] = { bench->guitai, "batch", "--train", "--dir", dir,
					  "--catalog", bench->floor_csv, NULL };
	const char *const till_again[] = { bench->guitai, "batch", "--train", "--dir", dir, NULL };
	const char *const floor_argv[] = { bench->floor_batch, bench->floor_db, NULL };

	/* The first run imports; it is not counted. */
	good = write_sales(commands) && measure_run(till_argv, "/dev/null", 0, &ns, NULL);
	for (int i = 0; good && i < TURNS; i++) {
		good = measure_run(till_again, commands, 0, &ns, NULL);
		samples_add(&till, ns);
		good = good && measure_run(floor_argv, commands, 0, &ns, NULL);
		samples_add(&floor, ns);
	}
	if (good)
		add_rate(bench, &till, &floor);
	samples_release(&till);
	samples_release(&floor);
	return good;
}

/* ---- import ------------------------------------------------------------------- */

static void add_import(struct bench *bench, const char *what, int64_t till_ns, int64_t floor_ns,
		       long rss_kb)
{
	struct ledger_row time = { .unit = "s", .figure = (double)till_ns / 1e9,
				   .floor = (double)floor_ns / 1e9, .bound = AT_MOST_RATIO,
				   .limit = 6 };
	struct ledger_row memory = { .unit = "MB", .figure = (double)rss_kb / 1024,
				     .bound = AT_MOST, .limit = 64 };

	snprintf(time.what, sizeof time.what, "import of %s", what);
	snprintf(memory.what, sizeof memory.what, "import of %s: memory", what);
	ledger_add(&bench->ledger, &time);
	ledger_add(&bench->ledger, &memory);
}

/* Twice each, in turn; the better of both counts, for a file's first reading
 * comes from the disk. */
static bool measure_import(struct bench *bench, const char *file, const char *what)
{
	bench_path dir, database;
	int64_t till = INT64_MAX, floor = INT64_MAX, ns;
	long rss_kb = 0;

	bench_path_in(database, bench->dir, "import-floor.db");
	const char *const till_argv[] = { bench->guitai, "catalog", "import", file, "--dir", dir,
					  NULL };
	const char *const floor_argv[] = { bench->floor_import, database, file, NULL };

	for (int i = 0; i < 2; i++) {
		bench_path_in(dir, bench->dir, i ? "import-again" : "import");
		if (!measure_run(till_argv, "/dev/null", 0, &ns, &rss_kb))
			return false;
		till = ns < till ? ns : till;
		unlink(database);
		if (!measure_run(floor_argv, "/dev/null", 0, &ns, NULL))
			return false;
		floor = ns < floor ? ns : floor;
	}
	add_import(bench, what, till, floor, rss_kb);
	return true;
}

bool bench_import(struct bench *bench)
{
	static const char world[] = "barcode_off_world.csv.gz";
	bench_path file;

	if (!bench_wants(bench, "import"))
		return true;
	if (!bench_make_million(bench) ||
	    !measure_import(bench, bench->million_csv, "1,000,000 products"))
		return false;
	if (!bench->data)
		return true;
	bench_path_in(file, bench->data, world);
	return access(file, R_OK) != 0 || measure_import(bench, file, "808,096 products");
}
