/* The till that is measured: a million products, a journal of a million
 * entries, a shift open. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "floor.h"

/* Five scans and a cash payment make eight entries. */
#define ENTRIES 1000000u
#define ENTRIES_A_SALE 8u

static bool write_file(const char *path, void (*write)(FILE *out))
{
	FILE *out = fopen(path, "w");
	bool good;

	if (!out) {
		fprintf(stderr, "bench: %s: %s\n", path, strerror(errno));
		return false;
	}
	write(out);
	good = !ferror(out);
	return fclose(out) == 0 && good;
}

static void write_pin(FILE *out)
{
	fprintf(out, "%s\n", BENCH_PIN);
}

static void write_history(FILE *out)
{
	fprintf(out, "login %s %s\nshift open 100\n", BENCH_CASHIER, BENCH_PIN);
	for (unsigned sale = 0; sale < ENTRIES / ENTRIES_A_SALE; sale++) {
		long long total = 0;

		for (unsigned i = 0; i < 5; i++) {
			unsigned product = (sale * 5 + i) % BENCH_PRODUCTS_AT_FLOOR;

			fprintf(out, "scan %lld\n", floor_code(product));
			total += floor_price_minor(product);
		}
		fprintf(out, "pay cash %lld.%02lld\n", total / 100, total % 100);
	}
}

/* Runs guitai with words behind it and a file as its input. */
static bool run_guitai(const struct bench *bench, const char *input, const char *const *words)
{
	const char *argv[8] = { bench->guitai };
	int64_t ns;

	for (size_t i = 0; words[i] && i < 6; i++)
		argv[i + 1] = words[i];
	return measure_run(argv, input, 0, &ns, NULL);
}

static bool move_folder(const char *from, const char *to)
{
	char command[2 * sizeof(bench_path) + 64];

	snprintf(command, sizeof command, "cp -a '%s' '%s' && rm -rf '%s'", from, to, from);
	return strcmp(from, to) == 0 || system(command) == 0;
}

/* A million commits take minutes on a disk and seconds in memory, where there
 * is some; the folder is then copied to the disk that is measured. */
static void choose_workshop(const struct bench *bench, bench_path out)
{
	snprintf(out, sizeof(bench_path), "/dev/shm/guitai-bench.XXXXXX");
	if (!mkdtemp(out))
		snprintf(out, sizeof(bench_path), "%s", bench->till_dir);
}

static bool make_products(const struct bench *bench)
{
	bench_path command;

	if (snprintf(command, sizeof command, "'%s' 1000000 > '%s'", bench->generate_million,
		     bench->million_csv) >= (int)sizeof command)
		return false;
	return system(command) == 0;
}

bool bench_make_till(struct bench *bench)
{
	bench_path pin, history, workshop;

	if (bench->till_made)
		return true;
	choose_workshop(bench, workshop);
	bench_path_in(pin, bench->dir, "pin");
	bench_path_in(history, bench->dir, "history.batch");
	const char *const init[] = { "init", "--name", "Bench", "--dir", workshop, NULL };
	const char *const million[] = { "catalog", "import", bench->million_csv, "--dir", workshop,
					NULL };
	const char *const floors[] = { "catalog", "import", bench->floor_csv, "--dir", workshop,
				       NULL };
	const char *const batch[] = { "batch", "--dir", workshop, NULL };

	bench->till_made = bench_make_million(bench) && write_file(pin, write_pin) &&
			   write_file(history, write_history) &&
			   run_guitai(bench, pin, init) &&
			   run_guitai(bench, "/dev/null", million) &&
			   run_guitai(bench, "/dev/null", floors) &&
			   run_guitai(bench, history, batch) &&
			   move_folder(workshop, bench->till_dir);
	unlink(history);
	return bench->till_made;
}

bool bench_make_million(struct bench *bench)
{
	return access(bench->million_csv, R_OK) == 0 || make_products(bench);
}
