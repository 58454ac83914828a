/* What stands beside the chain, held against it: the table of closed orders and
 * the pages and tables it lies in. Inside this room only. */
#ifndef STORE_JOURNAL_CHECK_H
#define STORE_JOURNAL_CHECK_H

#include "store/journal_db.h"

struct journal_check {
	struct journal_store *s;
	sqlite3_stmt *row;
	uint32_t *prints;   /* of order n, at n; so many receipts were printed */
	size_t cap_prints;
	uint64_t closed;    /* orders so far */
};

/* Looks at the tables themselves: FAULT_JOURNAL_DAMAGED when they are not as
 * they were made. Release it in any case; a zeroed one may be released too. */
enum fault_code journal_check_begin(struct journal_check *check, struct journal_store *s,
				    struct fault *fault);

/* Takes the next entry, before it is applied to the state `before`:
 * FAULT_JOURNAL_BROKEN when the order it closes is not found as it says. */
enum fault_code journal_check_entry(struct journal_check *check, const struct counter *before,
				    const struct entry *e, struct fault *fault);

/* After the last entry: no other orders, the prints as counted, every page
 * sound. */
enum fault_code journal_check_end(struct journal_check *check, struct fault *fault);

void journal_check_release(struct journal_check *check);

#endif
