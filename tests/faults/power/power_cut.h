/* What a power cut could have left of a disk, state by state: at each step of
 * a log, what was synced plus a subset of what was not. */
#ifndef FAULTS_POWER_POWER_CUT_H
#define FAULTS_POWER_POWER_CUT_H

#include "power_disk.h"

/* Which of the n unsynced pieces survive. A piece is the part of a write that
 * lies in one sector, a change of size, or a name made, moved or deleted. */
enum power_subset_kind {
	POWER_KEEP_NONE,
	POWER_KEEP_ALL,
	POWER_KEEP_PREFIX,   /* the first `which` */
	POWER_LOSE_ONE,      /* all but number `which` */
	POWER_KEEP_ONE,      /* number `which` alone */
	POWER_KEEP_RANDOM,   /* each by the seed `which` */
};

struct power_subset {
	enum power_subset_kind kind;
	uint64_t which;
};

/* Looks at a disk after the cut: opens it, repairs as the program would, and
 * tells whether all that was acknowledged stands. Returns false and a reason
 * when it does not. The disk is the check's to change. */
typedef bool power_check(void *context, struct power_disk *survivor, uint64_t acknowledged,
			 char *ret_reason, size_t reason_size);

struct power_options {
	size_t sector;        /* 512, or a larger power of two */
	unsigned random;      /* random subsets at each step */
	size_t window;        /* single pieces and prefixes among the last so many */
	uint64_t states_max;  /* stop after so many; 0: no limit */
	uint64_t nested_every; /* in each so manieth state the check itself is cut; 0: never */
	power_check *check;
	void *context;
};

struct power_report {
	uint64_t states;
	uint64_t nested;      /* of these, cuts in the repair after a cut */
	uint64_t violations;
	size_t cut;           /* of the first violation: after so many events */
	struct power_subset subset;
	char reason[256];
};

/* Runs the check over every distinct state that a cut after any event of the
 * log could leave, `base` being the durable disk before the first. Adds to
 * the report. */
void power_enumerate(const struct power_disk *base, const struct power_log *log,
		     const struct power_options *options, struct power_report *report);

/* The one state after `cut` events with this subset, to look at a violation
 * again. Returns what the check says. */
bool power_replay(const struct power_disk *base, const struct power_log *log,
		  const struct power_options *options, size_t cut, struct power_subset subset,
		  char *ret_reason, size_t reason_size);

/* "none", "all", "prefix:3", "lose:3", "keep:3", "random:77". */
void power_subset_format(struct power_subset subset, char *out, size_t size);
bool power_subset_parse(const char *text, struct power_subset *ret);

#endif
