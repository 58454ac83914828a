/* When to ask again and when to stop: quickly while the customer may still be
 * paying, then ever more slowly, and not for ever. */
#include "payment/decide.h"

int64_t payment_after(int64_t now_ms, int64_t wait_ms)
{
	return now_ms > PAYMENT_NEVER - wait_ms ? PAYMENT_NEVER : now_ms + wait_ms;
}

/* first, twice that, four times …, at most `most`. */
static int64_t doubled(int64_t first, uint32_t times, int64_t most)
{
	int64_t wait = first;

	while (times-- > 0 && wait < most)
		wait *= 2;
	return wait < most ? wait : most;
}

/* Until then a customer may be paying, and queries are quick. */
static int64_t quick_until(const struct payment_attempt *a, const struct payment_timings *t)
{
	return a->kind == PAYMENT_QR ? a->expires_ms : payment_after(a->sent_ms, t->total_ms);
}

int64_t payment_deadline(const struct payment_attempt *a, const struct payment_timings *t)
{
	if (t->follows)
		return PAYMENT_NEVER;
	return a->kind == PAYMENT_QR ? payment_after(a->expires_ms, t->grace_ms) : quick_until(a, t);
}

int64_t payment_earliest_reverse(const struct payment_attempt *a, const struct payment_timings *t)
{
	return payment_after(a->sent_ms, t->earliest_reverse_ms);
}

int64_t payment_query_wait(struct payment_attempt *a, const struct payment_timings *t, int64_t now_ms)
{
	if (now_ms < quick_until(a, t))
		return t->interval_ms;
	return payment_watch_wait(a, t);
}

int64_t payment_watch_wait(struct payment_attempt *a, const struct payment_timings *t)
{
	return doubled(t->decay_first_ms, a->schedule.slow++, t->decay_most_ms);
}

int64_t payment_reverse_wait(const struct payment_attempt *a, const struct payment_timings *t)
{
	uint32_t again = a->schedule.reverses ? a->schedule.reverses - 1 : 0;

	return doubled(t->reverse_retry_ms, again, t->decay_most_ms);
}
