/* What the files of the machine share; inside this room only. */
#ifndef PAYMENT_DECIDE_H
#define PAYMENT_DECIDE_H

#include "payment/payment.h"

/* One decision under way: what is there, and the step that is being made. */
struct move {
	const struct payment_attempt *before;
	const struct payment_event *event;
	const struct payment_timings *timings;
	struct payment_step *step;   /* begins with a copy of `before` */
	struct fault *fault;
};

/* ---- guards (guard.c): whether a row of the table is taken ------------------ */

typedef bool payment_guard(const struct move *m);
payment_guard guard_always, guard_sendable, guard_record, guard_overdue, guard_ending, guard_due,
	guard_due_to_end, guard_time_up, guard_spent, guard_due_and_spent, guard_qr_out_of_time,
	guard_seen, guard_known_capture, guard_given_back;

/* ---- the schedule (schedule.c) ---------------------------------------------- */

/* When the customer's time is up; PAYMENT_NEVER when another machine says so. */
int64_t payment_deadline(const struct payment_attempt *a, const struct payment_timings *t);

/* When a reversal may be sent at the earliest. */
int64_t payment_earliest_reverse(const struct payment_attempt *a, const struct payment_timings *t);

/* How long after a query sent now the next one is due; counts the slow ones. */
int64_t payment_query_wait(struct payment_attempt *a, const struct payment_timings *t, int64_t now_ms);

/* The same for the watch over a payment that waits for a person. */
int64_t payment_watch_wait(struct payment_attempt *a, const struct payment_timings *t);

/* How long after the reversals sent so far the next one is due. */
int64_t payment_reverse_wait(const struct payment_attempt *a, const struct payment_timings *t);

/* A moment that long after now, never wrapping round. */
int64_t payment_after(int64_t now_ms, int64_t wait_ms);

#endif
