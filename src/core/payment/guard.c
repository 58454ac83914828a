/* The questions a row of the table of transitions may ask. */
#include <string.h>

#include "payment/decide.h"

bool guard_always(const struct move *m)
{
	(void)m;
	return true;
}

bool guard_record(const struct move *m)
{
	return m->before->kind == PAYMENT_RECORD;
}

/* A payment that is older than it may be must not be sent any more. */
bool guard_sendable(const struct move *m)
{
	return !guard_record(m) && m->event->now_ms < m->before->expires_ms;
}

bool guard_overdue(const struct move *m)
{
	return !guard_record(m) && m->event->now_ms >= m->before->expires_ms;
}

/* Given up, or asked for the last time. */
bool guard_ending(const struct move *m)
{
	return m->before->ending != PAYMENT_ENDING_NONE;
}

bool guard_due(const struct move *m)
{
	return m->event->now_ms >= m->before->schedule.next_ms;
}

bool guard_due_to_end(const struct move *m)
{
	return guard_ending(m) && guard_due(m);
}

bool guard_time_up(const struct move *m)
{
	return !guard_ending(m) && m->event->now_ms >= payment_deadline(m->before, m->timings);
}

/* No reversal is left to try; a till asks its hub for as long as it takes. */
bool guard_spent(const struct move *m)
{
	return !m->timings->follows && m->before->schedule.reverses >= m->timings->reverse_tries;
}

bool guard_due_and_spent(const struct move *m)
{
	return guard_spent(m) && guard_due(m);
}

bool guard_qr_out_of_time(const struct move *m)
{
	return m->before->kind == PAYMENT_QR && m->before->ending == PAYMENT_ENDING_TIME_UP;
}

bool guard_seen(const struct move *m)
{
	return m->before->seen;
}

bool guard_known_capture(const struct move *m)
{
	const char *channel_no = m->event->proof.channel_no;

	for (size_t i = 0; channel_no && i < m->before->n_captures; i++)
		if (strcmp(m->before->captures[i].channel_no, channel_no) == 0)
			return true;
	return false;
}

bool guard_given_back(const struct move *m)
{
	return m->before->given_back;
}
