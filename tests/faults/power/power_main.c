/* The program power-cut: runs each workload on the disk in memory, enumerates
 * what a power cut at any step could leave, and checks each state; the
 * workloads with a broken promise must be caught.
 *
 * usage: power-cut [--states N] [--workload NAME] [--sector BYTES] [--list]
 *        power-cut --workload NAME --seed S --cut N --subset SUBSET
 *
 * Exit 0 when no promise was broken and each control was caught. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "power_vfs.h"
#include "workload.h"

#define CONTROL_STATES 2000

struct request {
	uint64_t states;
	const char *workload;
	size_t sector;
	uint64_t seed;
	size_t cut;
	const char *subset;
	bool list;
};

static const struct power_workload *const all_workloads[] = {
	journal_workloads, catalog_workloads, table_workloads,
};

static int usage(void)
{
	fprintf(stderr, "usage: power-cut [--states N] [--workload NAME] [--sector BYTES] [--list]\n"
			"       power-cut --workload NAME --seed S --cut N --subset SUBSET\n");
	return 2;
}

static bool parse(int argc, char **argv, struct request *ret)
{
	for (int i = 1; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;

		if (strcmp(argv[i], "--list") == 0) {
			ret->list = true;
			continue;
		}
		if (!value)
			return false;
		if (strcmp(argv[i], "--states") == 0)
			ret->states = strtoull(value, NULL, 10);
		else if (strcmp(argv[i], "--workload") == 0)
			ret->workload = value;
		else if (strcmp(argv[i], "--sector") == 0)
			ret->sector = strtoul(value, NULL, 10);
		else if (strcmp(argv[i], "--seed") == 0)
			ret->seed = strtoull(value, NULL, 10);
		else if (strcmp(argv[i], "--cut") == 0)
			ret->cut = strtoul(value, NULL, 10);
		else if (strcmp(argv[i], "--subset") == 0)
			ret->subset = value;
		else
			return false;
		i++;
	}
	return ret->sector > 0 && (!ret->subset || ret->workload);
}

/* One day of the workload on an empty disk, recorded. */
static bool record_day(const struct power_workload *workload, uint64_t seed, struct power_log *log)
{
	struct power_disk disk;
	bool good;

	power_disk_init(&disk);
	disk.random = seed;
	disk.log = log;
	power_vfs_use(&disk);
	good = workload->run(&disk, seed, workload->variant);
	power_disk_release(&disk);
	return good;
}

static void print_violation(const struct power_workload *workload, uint64_t seed, size_t sector,
			    const struct power_report *report)
{
	char subset[40];

	power_subset_format(report->subset, subset, sizeof subset);
	printf("  %s\n  again: power-cut --workload %s --seed %llu --sector %zu --cut %zu --subset %s\n",
	       report->reason, workload->name, (unsigned long long)seed, sector, report->cut,
	       subset);
}

/* Days with one seed after another until `states` are explored. */
static bool explore(const struct power_workload *workload, uint64_t states, size_t sector)
{
	struct power_report total = { 0 };
	struct timespec from, to;
	uint64_t seed;

	clock_gettime(CLOCK_MONOTONIC, &from);
	for (seed = 1; total.states < states && total.violations == 0; seed++) {
		struct power_disk empty;
		struct power_log log = { 0 };
		struct power_day day = { workload, seed };
		struct power_options options = {
			.sector = sector, .random = 6, .window = 40, .states_max = states,
			.nested_every = 3000, .check = workload->check, .context = &day,
		};

		power_disk_init(&empty);
		if (!record_day(workload, seed, &log)) {
			power_log_release(&log);
			return false;
		}
		power_enumerate(&empty, &log, &options, &total);
		power_log_release(&log);
	}
	clock_gettime(CLOCK_MONOTONIC, &to);
	printf("%-16s %8llu states (%llu of them cut again in the repair), %llu days, "
	       "%llu violations%s, %ld s\n",
	       workload->name, (unsigned long long)total.states, (unsigned long long)total.nested,
	       (unsigned long long)seed - 1, (unsigned long long)total.violations,
	       workload->control ? " (must find some)" : "", (long)(to.tv_sec - from.tv_sec));
	fflush(stdout);
	if (total.violations && !workload->control)
		print_violation(workload, seed - 1, sector, &total);
	return workload->control ? total.violations > 0 : total.violations == 0;
}

static bool replay(const struct power_workload *workload, const struct request *request)
{
	struct power_disk empty;
	struct power_log log = { 0 };
	struct power_day day = { workload, request->seed };
	struct power_options options = {
		.sector = request->sector, .check = workload->check, .context = &day,
	};
	struct power_subset subset;
	char reason[256] = "";
	bool good;

	power_disk_init(&empty);
	if (!power_subset_parse(request->subset, &subset)) {
		fprintf(stderr, "power-cut: no subset %s\n", request->subset);
		return false;
	}
	if (!record_day(workload, request->seed, &log))
		return false;
	good = power_replay(&empty, &log, &options, request->cut, subset, reason, sizeof reason);
	printf("%s: %s\n", workload->name, good ? "stands" : reason);
	power_log_release(&log);
	return good;
}

static bool is_asked(const struct request *request, const struct power_workload *workload)
{
	return !request->workload || strcmp(request->workload, workload->name) == 0;
}

static unsigned asked_weight(const struct request *request)
{
	unsigned weight = 0;

	for (size_t i = 0; i < sizeof all_workloads / sizeof all_workloads[0]; i++)
		for (const struct power_workload *w = all_workloads[i]; w->name; w++)
			weight += is_asked(request, w) ? w->weight : 0;
	return weight;
}

static bool run_one(const struct power_workload *workload, const struct request *request,
		    unsigned weight)
{
	uint64_t states = CONTROL_STATES;

	if (request->list) {
		printf("%-16s %s\n", workload->name, workload->about);
		return true;
	}
	if (request->subset)
		return replay(workload, request);
	if (!workload->control)
		states = request->states * workload->weight / weight;
	return explore(workload, states, request->sector);
}

int main(int argc, char **argv)
{
	struct request request = { .states = 100000, .sector = 512, .seed = 1 };
	unsigned weight;
	size_t found = 0;
	bool good = true;

	if (!parse(argc, argv, &request))
		return usage();
	power_vfs_register();
	weight = asked_weight(&request);
	for (size_t i = 0; i < sizeof all_workloads / sizeof all_workloads[0]; i++)
		for (const struct power_workload *w = all_workloads[i]; w->name; w++) {
			if (!is_asked(&request, w))
				continue;
			found++;
			good = run_one(w, &request, weight) && good;
		}
	if (!found)
		fprintf(stderr, "power-cut: no workload %s; --list shows them\n", request.workload);
	return good && found ? 0 : 1;
}
