/* The effects, schedules and refusals of the payment machine. */
#include "payment/action.h"

#include <string.h>

#include "base/utf8.h"

enum fault_code act_stay(struct move *m)
{
	(void)m;
	return FAULT_NONE;
}

enum fault_code act_move(struct move *m)
{
	struct payment_attempt *a = &m->step->after;
	enum payment_ending ending = payment_ending_of(m->event->kind);

	if (ending != PAYMENT_ENDING_NONE)
		a->ending = ending;
	if (m->event->detail)
		utf8_copy_plain(a->detail, sizeof a->detail, m->event->detail);
	return FAULT_NONE;
}

enum fault_code act_send(struct move *m)
{
	struct payment_attempt *a = &m->step->after;

	a->sent_ms = m->event->now_ms;
	a->schedule.next_ms = payment_after(m->event->now_ms, m->timings->answer_ms);
	m->step->effect = PAYMENT_DO_PAY;
	return FAULT_NONE;
}

/* The next query, or the deadline when that is sooner. */
static void schedule_query(struct move *m, int64_t wait_ms)
{
	struct payment_attempt *a = &m->step->after;
	int64_t deadline = payment_deadline(a, m->timings);
	int64_t next = payment_after(m->event->now_ms, wait_ms);

	a->schedule.next_ms = next < deadline ? next : deadline;
}

/* Whether the event shows that the other side knows of the payment. */
static bool shows_seen(const struct move *m)
{
	enum payment_event_kind kind = m->event->kind;

	return kind == PAYMENT_EVENT_ANSWER_PENDING || kind == PAYMENT_EVENT_REVERSING ||
	       kind == PAYMENT_EVENT_NEEDS_PERSON;
}

enum fault_code act_wait(struct move *m)
{
	schedule_query(m, m->timings->first_wait_ms);
	return act_hear(m);
}

enum fault_code act_hear(struct move *m)
{
	struct payment_attempt *a = &m->step->after;
	const char *qr = m->event->qr;

	if (qr && strlen(qr) > PAYMENT_QR_MAX)
		return fault_set_number(m->fault, FAULT_LIMIT_REACHED, PAYMENT_QR_MAX, "bytes of QR code");
	if (qr)
		utf8_copy(a->qr, sizeof a->qr, qr);
	a->seen |= shows_seen(m);
	return FAULT_NONE;
}

static void query(struct move *m)
{
	m->step->after.schedule.queries++;
	m->step->effect = PAYMENT_DO_QUERY;
}

enum fault_code act_ask(struct move *m)
{
	schedule_query(m, payment_query_wait(&m->step->after, m->timings, m->event->now_ms));
	query(m);
	return FAULT_NONE;
}

enum fault_code act_ask_last(struct move *m)
{
	struct payment_attempt *a = &m->step->after;

	if (a->ending == PAYMENT_ENDING_NONE)
		a->ending = PAYMENT_ENDING_TIME_UP;
	a->schedule.next_ms = payment_after(m->event->now_ms, m->timings->answer_ms);
	query(m);
	return FAULT_NONE;
}

enum fault_code act_reverse(struct move *m)
{
	struct payment_attempt *a = &m->step->after;
	int64_t earliest = payment_earliest_reverse(a, m->timings);

	if (m->event->now_ms < earliest) {
		a->schedule.next_ms = earliest;
		return FAULT_NONE;
	}
	a->schedule.reverses++;
	a->schedule.next_ms = payment_after(m->event->now_ms, payment_reverse_wait(a, m->timings));
	m->step->effect = a->kind == PAYMENT_QR ? PAYMENT_DO_CLOSE : PAYMENT_DO_REVERSE;
	return FAULT_NONE;
}

enum fault_code act_reverse_anew(struct move *m)
{
	struct payment_attempt *a = &m->step->after;

	a->schedule.reverses = 0;
	if (a->ending == PAYMENT_ENDING_NONE)
		a->ending = payment_ending_of(m->event->kind);
	return act_reverse(m);
}

enum fault_code act_reverse_later(struct move *m)
{
	struct payment_attempt *a = &m->step->after;

	a->schedule.next_ms = payment_after(m->event->now_ms, payment_reverse_wait(a, m->timings));
	return act_hear(m);
}

static void schedule_watch(struct move *m)
{
	struct payment_attempt *a = &m->step->after;
	int64_t next = payment_after(m->event->now_ms, payment_watch_wait(a, m->timings));
	int64_t last = payment_after(a->begun_ms, m->timings->watch_ms);

	a->schedule.next_ms = next <= last ? next : PAYMENT_NEVER;
}

enum fault_code act_watch(struct move *m)
{
	struct payment_attempt *a = &m->step->after;

	if (m->event->detail)
		utf8_copy_plain(a->detail, sizeof a->detail, m->event->detail);
	schedule_watch(m);
	return act_hear(m);
}

enum fault_code act_watch_and_ask(struct move *m)
{
	schedule_watch(m);
	query(m);
	return FAULT_NONE;
}

/* What of the proof is not this payment's; NULL when it fits. */
static const char *proof_misfit(const struct payment_attempt *a, const struct payment_proof *p)
{
	if (!p->statement || p->statement_bytes == 0)
		return "statement";
	if (!ident_equal(&p->payment, &a->id))
		return "payment";
	if (!ident_equal(&p->order, &a->order))
		return "order";
	if (p->amount.currency != a->amount.currency)
		return "currency";
	if (p->amount.minor != a->amount.minor)
		return "amount";
	if (!p->merchant || strcmp(p->merchant, a->merchant) != 0)
		return "merchant";
	if (!p->channel_no || !p->channel_no[0] || strlen(p->channel_no) > PAYMENT_CHANNEL_NO_MAX)
		return "channel_no";
	return NULL;
}

/* An order that is still due takes the money; one that is paid gives it back;
 * for one that is gone the shop says which. What cannot be remembered must not
 * be refunded twice: a person looks. */
static enum payment_disposition dispose(const struct move *m)
{
	const struct payment_standing *order = &m->event->standing;

	if (m->before->n_captures == PAYMENT_CAPTURES_MAX)
		return PAYMENT_HOLD;
	if (!order->gone && order->due_minor >= m->before->amount.minor)
		return PAYMENT_ATTACH;
	return order->gone && order->hold_late ? PAYMENT_HOLD : PAYMENT_REFUND;
}

static enum payment_exception_kind misfit_kind(const struct move *m, enum payment_disposition disposition)
{
	enum payment_state state = m->before->state;

	if (state == PAYMENT_PAID || (disposition == PAYMENT_REFUND && !m->event->standing.gone))
		return PAYMENT_SURPLUS;
	if (disposition == PAYMENT_ATTACH &&
	    (state == PAYMENT_SENT || state == PAYMENT_PENDING || state == PAYMENT_UNKNOWN))
		return PAYMENT_FITS;
	return PAYMENT_LATE;
}

static void except(struct move *m, enum payment_exception_kind kind,
		   enum payment_disposition disposition, const char *channel_no)
{
	struct payment_exception *x = &m->step->exception;

	x->kind = kind;
	x->disposition = disposition;
	x->amount = m->before->amount;
	utf8_copy(x->channel_no, sizeof x->channel_no, channel_no);
}

enum fault_code act_capture(struct move *m)
{
	struct payment_attempt *a = &m->step->after;
	const struct payment_proof *proof = &m->event->proof;
	const char *misfit = proof_misfit(a, proof);
	enum payment_disposition disposition = dispose(m);

	if (misfit)
		return fault_set(m->fault, FAULT_PAYMENT_BAD_PROOF, a->number, misfit);
	if (a->n_captures < PAYMENT_CAPTURES_MAX) {
		struct payment_capture *c = &a->captures[a->n_captures++];

		utf8_copy(c->channel_no, sizeof c->channel_no, proof->channel_no);
		c->paid_ms = proof->paid_ms;
		c->disposition = disposition;
	}
	if (a->state == PAYMENT_PAID)
		a->ending = PAYMENT_ENDING_NONE;
	if (misfit_kind(m, disposition) != PAYMENT_FITS)
		except(m, misfit_kind(m, disposition), disposition, proof->channel_no);
	return FAULT_NONE;
}

enum fault_code act_give_back(struct move *m)
{
	struct payment_attempt *a = &m->step->after;

	a->given_back = true;
	except(m, PAYMENT_GIVEN_BACK, PAYMENT_HOLD, a->n_captures ? a->captures[0].channel_no : "");
	return FAULT_NONE;
}

enum fault_code act_refuse_kind(struct move *m)
{
	const struct payment_channel_row *row = payment_channel_row(m->before->channel);

	return fault_set(m->fault, FAULT_PAYMENT_WRONG_KIND, row->word, NULL);
}

enum fault_code act_refuse_not_sent(struct move *m)
{
	return fault_set(m->fault, FAULT_PAYMENT_NOT_SENT, m->before->number, NULL);
}

enum fault_code act_refuse_sent(struct move *m)
{
	return fault_set(m->fault, FAULT_PAYMENT_ALREADY_SENT, m->before->number, NULL);
}

enum fault_code act_refuse_paid(struct move *m)
{
	return fault_set(m->fault, FAULT_PAYMENT_ALREADY_PAID, m->before->number, NULL);
}

enum fault_code act_refuse_ended(struct move *m)
{
	return fault_set(m->fault, FAULT_PAYMENT_ENDED, m->before->number,
			 payment_state_word(m->before->state));
}
