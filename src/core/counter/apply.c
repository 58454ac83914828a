/* Entries into state: the till, people, shifts, prints. */
#include "counter/apply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum fault_code apply_broken(const struct entry *e, const char *why, struct fault *fault)
{
	char seq[24];

	snprintf(seq, sizeof seq, "%llu", (unsigned long long)e->seq);
	return fault_set(fault, FAULT_JOURNAL_BROKEN, seq, why);
}

static enum fault_code initialised(struct counter *c, const struct entry *e, struct fault *fault)
{
	(void)fault;
	c->initialised = true;
	utf8_copy(c->shop, sizeof c->shop, e->of.till_initialised.shop);
	c->currency = (enum currency)e->of.till_initialised.currency;
	memcpy(c->store, e->store, sizeof c->store);
	memcpy(c->till, e->till, sizeof c->till);
	c->device_key = e->device_key;
	return FAULT_NONE;
}

static enum fault_code started(struct counter *c, const struct entry *e, struct fault *fault)
{
	(void)fault;
	c->boot = e->boot;
	c->training = e->of.till_started.training != 0;
	c->operator_id[0] = '\0';  /* whoever was logged in shows the PIN again */
	return FAULT_NONE;
}

static enum fault_code settings_changed(struct counter *c, const struct entry *e, struct fault *fault)
{
	if (e->of.settings_changed.rounding_mode < ROUND_HALF_UP ||
	    e->of.settings_changed.rounding_mode > ROUND_UP)
		return apply_broken(e, "rounding", fault);
	c->rules.rounding_step_minor = e->of.settings_changed.rounding_step;
	c->rules.rounding_mode = (enum rounding)e->of.settings_changed.rounding_mode;
	c->rules.print_receipts = e->of.settings_changed.print_receipts != 0;
	memcpy(c->rules.tenders, e->of.settings_changed.tenders, sizeof c->rules.tenders);
	return FAULT_NONE;
}

static enum fault_code cashier_added(struct counter *c, const struct entry *e, struct fault *fault)
{
	void *cashiers = c->cashiers;
	struct cashier *cashier;

	if (c->n_cashiers == COUNTER_CASHIERS_MAX)
		return apply_broken(e, "cashiers", fault);
	if (!vector_reserve(&cashiers, &c->cap_cashiers, c->n_cashiers + 1, sizeof *cashier,
			    COUNTER_CASHIERS_MAX))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	c->cashiers = cashiers;
	cashier = &c->cashiers[c->n_cashiers++];
	memset(cashier, 0, sizeof *cashier);
	memcpy(cashier->id, e->of.cashier_added.id, sizeof cashier->id);
	memcpy(cashier->name, e->of.cashier_added.name, sizeof cashier->name);
	cashier->role = e->of.cashier_added.role == ROLE_SUPERVISOR ? ROLE_SUPERVISOR : ROLE_CASHIER;
	return FAULT_NONE;
}

/* The time is taken as it is now: the entry itself says what it was before. */
static enum fault_code clock_changed(struct counter *c, const struct entry *e, struct fault *fault)
{
	(void)fault;
	c->latest_ms = e->at.utc_ms;
	return FAULT_NONE;
}

static enum fault_code catalog_changed(struct counter *c, const struct entry *e, struct fault *fault)
{
	(void)fault;
	c->catalog_generation = e->of.catalog_changed.generation;
	return FAULT_NONE;
}

static enum fault_code logged_in(struct counter *c, const struct entry *e, struct fault *fault)
{
	(void)fault;
	memcpy(c->operator_id, e->of.logged_in.cashier, sizeof c->operator_id);
	c->login_failures = 0;
	c->locked_until_ms = 0;
	return FAULT_NONE;
}

static enum fault_code login_failed(struct counter *c, const struct entry *e, struct fault *fault)
{
	(void)fault;
	c->login_failures = (uint64_t)e->of.login_failed.failures;
	c->locked_until_ms = e->of.login_failed.locked_until;
	return FAULT_NONE;
}

static enum fault_code logged_out(struct counter *c, const struct entry *e, struct fault *fault)
{
	(void)e;
	(void)fault;
	c->operator_id[0] = '\0';
	return FAULT_NONE;
}

static enum fault_code shift_opened(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct shift *s = &c->shift;

	if (s->open)
		return apply_broken(e, "shift", fault);
	memset(s, 0, sizeof *s);
	s->number = c->shift_numbers = (uint64_t)e->of.shift_opened.shift;
	s->open = true;
	s->opened_at = e->at;
	s->float_minor = e->of.shift_opened.opening_float;
	s->perpetual_minor = c->perpetual_minor;
	s->perpetual_sales = c->perpetual_sales;
	memcpy(s->opened_by, e->operator_id, sizeof s->opened_by);
	return FAULT_NONE;
}

static enum fault_code shift_closed(struct counter *c, const struct entry *e, struct fault *fault)
{
	struct shift *s = &c->shift;

	if (!s->open || shift_expected_cash(s) != e->of.shift_closed.expected)
		return apply_broken(e, "expected cash", fault);
	s->open = false;
	s->z_number = c->z_numbers = (uint64_t)e->of.shift_closed.z;
	s->closed_at = e->at;
	s->counted_minor = e->of.shift_closed.counted;
	s->held = (uint64_t)e->of.shift_closed.held;
	memcpy(s->closed_by, e->operator_id, sizeof s->closed_by);
	c->last_z = *s;
	memset(s, 0, sizeof *s);
	/* What this shift counted cannot be undone in the next one's counts. */
	apply_forget_cleared(c, 0);
	for (size_t i = 0; i < c->n_orders; i++)
		c->orders[i]->n_undo = 0;
	return FAULT_NONE;
}

static enum fault_code x_reported(struct counter *c, const struct entry *e, struct fault *fault)
{
	if (shift_expected_cash(&c->shift) != e->of.x_reported.expected)
		return apply_broken(e, "expected cash", fault);
	return FAULT_NONE;
}

static enum fault_code print_queued(struct counter *c, const struct entry *e, struct fault *fault)
{
	void *jobs = c->print_jobs;
	struct print_job *job;

	if (c->n_print_jobs == COUNTER_JOBS_MAX)
		return apply_broken(e, "prints", fault);
	if (!vector_reserve(&jobs, &c->cap_print_jobs, c->n_print_jobs + 1, sizeof *job,
			    COUNTER_JOBS_MAX))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	c->print_jobs = jobs;
	job = &c->print_jobs[c->n_print_jobs++];
	memset(job, 0, sizeof *job);
	job->job = c->jobs = (uint64_t)e->of.print_queued.job;
	job->order = e->order;
	job->order_number = (uint64_t)e->of.print_queued.number;
	job->copy = (uint64_t)e->of.print_queued.copy;
	job->row = e->seq;
	if (job->copy > 0)
		c->shift.reprints += c->shift.open;
	if (c->last_closed && ident_equal(&c->last_closed->id, &e->order))
		c->last_closed_prints = job->copy < c->last_closed_prints ? c->last_closed_prints
									 : job->copy + 1;
	return FAULT_NONE;
}

/* Nothing is on the paper: the next print is the one this would have been. */
static void uncount_print(struct counter *c, const struct print_job *job)
{
	if (c->last_closed && ident_equal(&c->last_closed->id, &job->order) &&
	    c->last_closed_prints == job->copy + 1)
		c->last_closed_prints = job->copy;
}

static enum fault_code print_ended(struct counter *c, const struct entry *e, struct fault *fault)
{
	for (size_t i = 0; i < c->n_print_jobs; i++) {
		if (c->print_jobs[i].job != (uint64_t)e->of.print_ended.job)
			continue;
		if (e->of.print_ended.outcome == PRINT_FAILED)
			uncount_print(c, &c->print_jobs[i]);
		c->n_print_jobs--;
		memmove(&c->print_jobs[i], &c->print_jobs[i + 1],
			(c->n_print_jobs - i) * sizeof c->print_jobs[0]);
		return FAULT_NONE;
	}
	return apply_broken(e, "print", fault);
}

static const struct {
	enum entry_kind kind;
	enum fault_code (*apply)(struct counter *c, const struct entry *e, struct fault *fault);
} rules[] = {
	{ ENTRY_TILL_INITIALISED, initialised },
	{ ENTRY_TILL_STARTED, started },
	{ ENTRY_SETTINGS_CHANGED, settings_changed },
	{ ENTRY_CASHIER_ADDED, cashier_added },
	{ ENTRY_CLOCK_CHANGED, clock_changed },
	{ ENTRY_CATALOG_CHANGED, catalog_changed },
	{ ENTRY_LOGGED_IN, logged_in },
	{ ENTRY_LOGIN_FAILED, login_failed },
	{ ENTRY_LOGGED_OUT, logged_out },
	{ ENTRY_SHIFT_OPENED, shift_opened },
	{ ENTRY_SHIFT_CLOSED, shift_closed },
	{ ENTRY_X_REPORTED, x_reported },
	{ ENTRY_ORDER_OPENED, apply_order_opened },
	{ ENTRY_LINE_ADDED, apply_line_added },
	{ ENTRY_QUANTITY_CHANGED, apply_line_changed },
	{ ENTRY_PRICE_CHANGED, apply_line_changed },
	{ ENTRY_LINE_VOIDED, apply_line_changed },
	{ ENTRY_LINE_DISCOUNTED, apply_line_changed },
	{ ENTRY_LINE_UNDONE, apply_line_changed },
	{ ENTRY_ORDER_DISCOUNTED, apply_order_discounted },
	{ ENTRY_ORDER_HELD, apply_order_held },
	{ ENTRY_ORDER_RECALLED, apply_order_recalled },
	{ ENTRY_ORDER_CLEARED, apply_order_cleared },
	{ ENTRY_CLEAR_UNDONE, apply_order_recalled },
	{ ENTRY_TILL_ENROLLED, apply_till_enrolled },
	{ ENTRY_HUB_EVENTS_SEEN, apply_hub_events_seen },
	{ ENTRY_PAYMENT_CHANGED, apply_payment_changed },
	{ ENTRY_TENDERED, apply_tendered },
	{ ENTRY_TENDER_CANCELLED, apply_tender_cancelled },
	{ ENTRY_ORDER_CLOSED, apply_order_closed },
	{ ENTRY_PRINT_QUEUED, print_queued },
	{ ENTRY_PRINT_ENDED, print_ended },
};

enum fault_code counter_apply(struct counter *c, const struct entry *e, struct fault *fault)
{
	enum fault_code code;

	if (e->seq != c->seq + 1)
		return apply_broken(e, "sequence", fault);
	if (!c->initialised && e->kind != ENTRY_TILL_INITIALISED)
		return apply_broken(e, "first entry", fault);
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		if (rules[i].kind != e->kind)
			continue;
		code = rules[i].apply(c, e, fault);
		if (code)
			return code;
		c->seq = e->seq;
		if (e->at.utc_ms > c->latest_ms)
			c->latest_ms = e->at.utc_ms;
		return FAULT_NONE;
	}
	return apply_broken(e, "kind", fault);
}
