/* make bench: measures the till as a user would feel it, each figure beside a
 * floor program that does the least the job needs, and says which are inside
 * their budget. The floors are first measured against themselves: ratios near 1
 * show that the harness is fair.
 *
 * usage: bench
 *
 * From the environment: DIR, a folder on the disk to measure (default: TMPDIR);
 * DATA, a folder with more product files; ROWS, a word that the rows to run must
 * hold. Writes bench.json into the build folder. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "floor.h"

void bench_path_in(bench_path out, const char *dir, const char *name)
{
	if ((size_t)snprintf(out, sizeof(bench_path), "%s/%s", dir, name) >= sizeof(bench_path)) {
		fprintf(stderr, "bench: %s/%s is too long a path\n", dir, name);
		exit(1);
	}
}

static const char *environment(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value && *value ? value : otherwise;
}

static bool make_folder(struct bench *bench)
{
	bench_path_in(bench->dir, environment("DIR", environment("TMPDIR", "/tmp")),
		"guitai-bench.XXXXXX");
	if (mkdtemp(bench->dir))
		return true;
	perror(bench->dir);
	return false;
}

static void find_programs(struct bench *bench)
{
	const char *build = environment("top_builddir", ".");

	bench_path_in(bench->guitai, build, "guitai");
	bench_path_in(bench->json, build, "bench.json");
	bench_path_in(bench->floor_start, build, "tests/bench/floors/start");
	bench_path_in(bench->floor_derive, build, "tests/bench/floors/derive");
	bench_path_in(bench->floor_digit, build, "tests/bench/floors/digit");
	bench_path_in(bench->floor_sale, build, "tests/bench/floors/sale");
	bench_path_in(bench->floor_batch, build, "tests/bench/floors/batch");
	bench_path_in(bench->floor_import, build, "tests/bench/floors/import");
	bench_path_in(bench->floor_db, bench->dir, "floor.db");
	bench_path_in(bench->floor_csv, bench->dir, "floor.csv");
	bench_path_in(bench->million_csv, bench->dir, "million.csv");
	bench_path_in(bench->till_dir, bench->dir, "till");
	bench_path_in(bench->generate_million, build, "tests/bench/generate_million");
}

/* The floors' products, as their database and as a product file. */
static bool fill_floor(const struct bench *bench)
{
	sqlite3 *db = floor_open(bench->floor_db);
	FILE *out;

	floor_fill(db, BENCH_PRODUCTS_AT_FLOOR);
	sqlite3_close(db);
	out = fopen(bench->floor_csv, "w");
	if (!out) {
		perror(bench->floor_csv);
		return false;
	}
	fprintf(out, "code,name,price\n");
	for (unsigned i = 0; i < BENCH_PRODUCTS_AT_FLOOR; i++)
		fprintf(out, "%lld,Item %u,%lld.%02lld\n", floor_code(i), i,
			floor_price_minor(i) / 100, floor_price_minor(i) % 100);
	return fclose(out) == 0;
}

/* Removes the benchmark's folder; it holds files and folders of the till. */
static void remove_folder(const struct bench *bench)
{
	char command[sizeof(bench_path) + 16];

	snprintf(command, sizeof command, "rm -rf '%s'", bench->dir);
	if (system(command) != 0)
		fprintf(stderr, "bench: %s could not be removed\n", bench->dir);
}

bool bench_wants(const struct bench *bench, const char *row)
{
	return !bench->rows || strstr(row, bench->rows);
}

int main(void)
{
	struct bench bench = { .rows = environment("ROWS", NULL), .data = getenv("DATA") };
	bool good;

	if (!make_folder(&bench))
		return 1;
	find_programs(&bench);
	good = fill_floor(&bench) && bench_floors(&bench) && bench_start(&bench) &&
	       bench_keys(&bench) && bench_batch(&bench) && bench_import(&bench);
	ledger_print(&bench.ledger);
	good = ledger_write_json(&bench.ledger, bench.json) && good;
	remove_folder(&bench);
	return good && ledger_over(&bench.ledger) == 0 ? 0 : 1;
}
