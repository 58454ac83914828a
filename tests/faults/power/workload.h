/* A program's day on the disk in memory, and the look at what is left of it
 * after a cut. */
#ifndef FAULTS_POWER_WORKLOAD_H
#define FAULTS_POWER_WORKLOAD_H

#include "power_cut.h"

struct power_workload {
	const char *name;
	const char *about;
	bool control;      /* breaks its promise: violations must be found */
	unsigned weight;   /* its share of the states; a control has its own number */
	/* Runs on the current disk, varied by the seed, and acknowledges as it
	 * goes. Returns false, with a sentence on stderr, when it cannot run. */
	bool (*run)(struct power_disk *disk, uint64_t seed, const void *variant);
	/* A power_check, its context a struct power_day. */
	power_check *check;
	const void *variant;
};

struct power_day {
	const struct power_workload *workload;
	uint64_t seed;
};

/* The rows, ended by one without a name; each file of workloads has its own. */
extern const struct power_workload table_workloads[];
extern const struct power_workload journal_workloads[];
extern const struct power_workload catalog_workloads[];

#endif
