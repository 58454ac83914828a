/* Print jobs. A receipt is printed at least once and every print after the
 * first is marked DUPLICATE n: what may have reached the paper counts as a
 * print, so a doubtful job is followed by a marked one, never by silence. */
#ifndef SPOOL_SPOOL_H
#define SPOOL_SPOOL_H

#include <stdint.h>

#include "base/ident.h"

enum print_outcome {
	PRINT_PENDING,   /* queued; its bytes may not have been sent */
	PRINT_DONE,
	PRINT_FAILED,    /* failed before the first byte: nothing is on the paper */
	PRINT_DOUBTFUL,  /* failed after it, or the program stopped in between */
};

struct print_job {
	uint64_t job;           /* of this till, gapless from 1 */
	struct ident order;
	uint64_t order_number;
	uint64_t copy;          /* 0 the first print, n: DUPLICATE n */
	uint64_t row;           /* its outbox row: the sequence of the entry that queued it */
};

#endif
