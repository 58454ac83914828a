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

static void path_in(bench_path out, const char *dir, const char *name)
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
	path_in(bench->dir, environment("DIR", environment("TMPDIR", "/tmp")),
		"guitai-bench.XXXXXX");
	if (mkdtemp(bench->dir))
		return true;
	perror(bench->dir);
	return false;
}

static void find_programs(struct bench *bench)
{
	const char *build = environment("top_builddir", ".");

	path_in(bench->guitai, build, "guitai");
	path_in(bench->json, build, "bench.json");
	path_in(bench->floor_start, build, "tests/bench/floors/start");
	path_in(bench->floor_digit, build, "tests/bench/floors/digit");
	path_in(bench->floor_sale, build, "tests/bench/floors/sale");
	path_in(bench->floor_batch, build, "tests/bench/floors/batch");
	path_in(bench->floor_import, build, "tests/bench/floors/import");
	path_in(bench->floor_db, bench->dir, "floor.db");
}

static void fill_floor(const char *path)
{
	sqlite3 *db = floor_open(path);

	floor_fill(db, BENCH_PRODUCTS_AT_FLOOR);
	sqlite3_close(db);
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
	fill_floor(bench.floor_db);
	good = bench_floors(&bench);
	ledger_print(&bench.ledger);
	good = ledger_write_json(&bench.ledger, bench.json) && good;
	remove_folder(&bench);
	return good && ledger_over(&bench.ledger) == 0 ? 0 : 1;
}
