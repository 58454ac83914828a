/* From event to step: the dispatch, and what all decisions share. */
#include "counter/decide.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* A clock that goes back by more than this is recorded. */
enum { CLOCK_BACK_MS = 60000 };

enum { SHARES_MAX = ORDER_LINES_MAX * 10, TAXES_MAX = 1024, ATTEMPT_MAX = 4096 };

void step_init(struct counter_step *step)
{
	memset(step, 0, sizeof *step);
	buffer_init(&step->shares, SHARES_MAX);
	buffer_init(&step->taxes, TAXES_MAX);
	buffer_init(&step->attempt, ATTEMPT_MAX);
}

void step_release(struct counter_step *step)
{
	if (!step)
		return;
	buffer_release(&step->shares);
	buffer_release(&step->taxes);
	buffer_release(&step->attempt);
}

static void step_reset(struct counter_step *step)
{
	step->n_entries = 0;
	step->n_effects = 0;
	step->closes_row = 0;
	step->answer.code = FAULT_NONE;
	buffer_reset(&step->shares);
	buffer_reset(&step->taxes);
	buffer_reset(&step->attempt);
	step->has_schedule = false;
}

static const struct {
	enum event_kind kind;
	enum fault_code (*decide)(struct decision *d);
} rules[] = {
	{ EVENT_INITIALISE, decide_initialise },
	{ EVENT_START, decide_start },
	{ EVENT_RULES, decide_rules },
	{ EVENT_ADD_CASHIER, decide_add_cashier },
	{ EVENT_CATALOG, decide_catalog },
	{ EVENT_LOGIN, decide_login },
	{ EVENT_LOGOUT, decide_logout },
	{ EVENT_OPEN_SHIFT, decide_open_shift },
	{ EVENT_CLOSE_SHIFT, decide_close_shift },
	{ EVENT_REPORT_X, decide_report_x },
	{ EVENT_ITEM, decide_item },
	{ EVENT_QUANTITY, decide_quantity },
	{ EVENT_PRICE, decide_price },
	{ EVENT_VOID, decide_void },
	{ EVENT_DISCOUNT, decide_discount },
	{ EVENT_HOLD, decide_hold },
	{ EVENT_RECALL, decide_recall },
	{ EVENT_CLEAR, decide_clear },
	{ EVENT_UNDO, decide_undo },
	{ EVENT_PAY_CASH, decide_pay_cash },
	{ EVENT_PAY_OTHER, decide_pay_other },
	{ EVENT_CANCEL_TENDER, decide_cancel_tender },
	{ EVENT_PRINT, decide_print },
	{ EVENT_PRINT_ENDED, decide_print_ended },
	{ EVENT_ENROLLED, decide_enrolled },
	{ EVENT_HUB_EVENTS, decide_hub_events },
	{ EVENT_PAY, decide_pay },
	{ EVENT_PAYMENT, decide_payment },
};

enum fault_code counter_decide(const struct counter *c, const struct counter_event *event,
			       struct counter_step *step, struct fault *fault)
{
	struct decision d = { c, event, step, fault };
	enum fault_code code;

	assert((size_t)event->kind < sizeof rules / sizeof rules[0]);
	assert(rules[event->kind].kind == event->kind);
	step_reset(step);
	if (c->initialised && event->now.utc_ms < c->latest_ms - CLOCK_BACK_MS)
		decide_entry(&d, ENTRY_CLOCK_CHANGED)->of.clock_changed.before = c->latest_ms;
	code = rules[event->kind].decide(&d);
	if (!code && step->taxes.failed)
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (code)
		step_reset(step);
	return code;
}

struct entry *decide_entry(struct decision *d, enum entry_kind kind)
{
	const struct counter *c = d->c;
	struct entry *e;

	assert(d->step->n_entries < STEP_ENTRIES_MAX);
	e = &d->step->entries[d->step->n_entries++];
	memset(e, 0, sizeof *e);
	e->kind = kind;
	e->seq = c->seq + d->step->n_entries;
	e->at = d->event->now;
	e->boot = c->boot;
	memcpy(e->store, c->store, sizeof e->store);
	memcpy(e->till, c->till, sizeof e->till);
	e->device_key = c->device_key;
	memcpy(e->operator_id, c->operator_id, sizeof e->operator_id);
	e->perpetual_minor = c->perpetual_minor;
	return e;
}

struct entry *decide_order_entry(struct decision *d, enum entry_kind kind, const struct order *order)
{
	struct entry *e = decide_entry(d, kind);

	e->order = order->id;
	return e;
}

enum fault_code decide_needs_operator(struct decision *d)
{
	if (!d->c->operator_id[0])
		return fault_set(d->fault, FAULT_CASHIER_NOT_LOGGED_IN, NULL, NULL);
	return FAULT_NONE;
}

enum fault_code decide_needs_shift(struct decision *d)
{
	enum fault_code code = decide_needs_operator(d);

	if (!code && !d->c->shift.open)
		code = fault_set(d->fault, FAULT_SHIFT_NOT_OPEN, NULL, NULL);
	return code;
}

enum fault_code decide_needs_order(struct decision *d, const struct order **ret_order)
{
	enum fault_code code = decide_needs_shift(d);
	const struct order *order = counter_order(d->c);

	if (!code && !order)
		code = fault_set(d->fault, FAULT_ORDER_NOT_OPEN, NULL, NULL);
	if (!code)
		*ret_order = order;
	return code;
}

enum fault_code decide_needs_amount(struct decision *d, int64_t minor)
{
	money_text text, most;

	money_format(money_make(minor, d->c->currency), text);
	money_format(money_make(MONEY_MAX_MINOR, d->c->currency), most);
	if (minor < 0)
		return fault_set(d->fault, FAULT_MONEY_NEGATIVE, text, NULL);
	if (minor > MONEY_MAX_MINOR)
		return fault_set(d->fault, FAULT_MONEY_TOO_LARGE, text, most);
	return FAULT_NONE;
}

enum fault_code decide_needs_untouched(struct decision *d, const struct order *order)
{
	money_text paid;

	for (size_t i = 0; i < order->n_tenders; i++) {
		if (order->tenders[i].cancelled)
			continue;
		money_format(money_make(order->paid_minor, order->currency), paid);
		return fault_set(d->fault, FAULT_ORDER_HAS_TENDERS, paid, NULL);
	}
	return decide_needs_settled(d, order);
}

enum fault_code decide_needs_settled(struct decision *d, const struct order *order)
{
	const struct counter_payment *open = counter_open_payment(d->c, &order->id);
	ident_text id;

	if (!open)
		return FAULT_NONE;
	ident_format(&open->attempt.id, id);
	return fault_set(d->fault, FAULT_PAYMENT_STILL_OPEN, id, NULL);
}

enum fault_code decide_needs_print(struct decision *d)
{
	if (d->c->n_print_jobs >= COUNTER_JOBS_MAX)
		return fault_set_number(d->fault, FAULT_LIMIT_REACHED, COUNTER_JOBS_MAX, "prints");
	return FAULT_NONE;
}

void decide_queue_print(struct decision *d, const struct ident *order, uint64_t number,
			uint64_t copy)
{
	struct counter_step *step = d->step;
	struct entry *e;

	e = decide_entry(d, ENTRY_PRINT_QUEUED);
	e->order = *order;
	e->key = d->event->key;
	e->of.print_queued.job = (int64_t)d->c->jobs + 1;
	e->of.print_queued.number = (int64_t)number;
	e->of.print_queued.copy = (int64_t)copy;
	step->effects[step->n_effects++] = (struct effect){
		.kind = EFFECT_PRINT, .row = e->seq,
		.print = { d->c->jobs + 1, *order, number, copy, e->seq },
	};
}

/* Nobody need be logged in: receipts are printed from outside the screen too;
 * the entry and the mark on the paper keep account of them. */
enum fault_code decide_print(struct decision *d)
{
	const struct counter_event *ev = d->event;
	enum fault_code code = decide_needs_print(d);

	if (!code)
		decide_queue_print(d, &ev->of.print.order, ev->of.print.number,
				   ev->of.print.printed);
	return code;
}

/* The number of a copy no print of this order had so far, as far as is known
 * here. */
static uint64_t next_copy(const struct counter *c, const struct print_job *after)
{
	uint64_t copy = after->copy + 1;

	for (size_t i = 0; i < c->n_print_jobs; i++)
		if (ident_equal(&c->print_jobs[i].order, &after->order) &&
		    c->print_jobs[i].copy >= copy)
			copy = c->print_jobs[i].copy + 1;
	if (c->last_closed && ident_equal(&c->last_closed->id, &after->order) &&
	    c->last_closed_prints > copy)
		copy = c->last_closed_prints;
	return copy;
}

static const struct print_job *find_job(const struct counter *c, uint64_t job)
{
	for (size_t i = 0; i < c->n_print_jobs; i++)
		if (c->print_jobs[i].job == job)
			return &c->print_jobs[i];
	return NULL;
}

enum fault_code decide_print_ended(struct decision *d)
{
	const struct print_job *job = find_job(d->c, d->event->of.print_ended.job);
	struct entry *e;

	if (!job)
		return fault_set(d->fault, FAULT_PRINT_NOTHING, NULL, NULL);
	e = decide_entry(d, ENTRY_PRINT_ENDED);
	e->order = job->order;
	e->of.print_ended.job = (int64_t)job->job;
	e->of.print_ended.outcome = d->event->of.print_ended.outcome;
	d->step->closes_row = job->row;
	/* At least one whole receipt: what may be torn is printed again, marked. It
	 * takes the place of the job that ends, so there is always room for it. */
	if (d->event->of.print_ended.outcome == PRINT_DOUBTFUL)
		decide_queue_print(d, &job->order, job->order_number, next_copy(d->c, job));
	return FAULT_NONE;
}
