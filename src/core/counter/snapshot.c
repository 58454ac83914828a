/* The whole state as bytes, and back. */
#include "counter/counter.h"

#include <stdlib.h>
#include <string.h>

/* Raised whenever the form changes; an old snapshot is then made anew from the
 * journal. */
enum { SNAPSHOT_VERSION = 2 };

static void pack_rules(const struct counter_rules *r, struct buffer *out)
{
	pack_integer(out, r->rounding_step_minor);
	pack_unsigned(out, r->rounding_mode);
	pack_text(out, r->tenders);
	pack_unsigned(out, r->print_receipts);
}

static void unpack_rules(struct unpack *in, struct counter_rules *r)
{
	r->rounding_step_minor = unpack_integer(in);
	r->rounding_mode = (enum rounding)unpack_up_to(in, ROUND_UP);
	unpack_text(in, r->tenders, sizeof r->tenders);
	r->print_receipts = unpack_up_to(in, 1) != 0;
}

static void pack_till(const struct counter *c, struct buffer *out)
{
	pack_unsigned(out, c->initialised);
	pack_unsigned(out, c->training);
	pack_text(out, c->shop);
	pack_text(out, c->store);
	pack_text(out, c->till);
	pack_ident(out, &c->device_key);
	pack_unsigned(out, c->currency);
	pack_unsigned(out, c->seq);
	pack_unsigned(out, c->boot);
	pack_integer(out, c->latest_ms);
	pack_integer(out, c->catalog_generation);
	pack_rules(&c->rules, out);
	pack_text(out, c->operator_id);
	pack_unsigned(out, c->login_failures);
	pack_integer(out, c->locked_until_ms);
	pack_unsigned(out, c->order_numbers);
	pack_unsigned(out, c->shift_numbers);
	pack_unsigned(out, c->z_numbers);
	pack_unsigned(out, c->jobs);
	pack_integer(out, c->perpetual_minor);
	pack_unsigned(out, c->perpetual_sales);
}

static void unpack_till(struct unpack *in, struct counter *c)
{
	c->initialised = unpack_up_to(in, 1) != 0;
	c->training = unpack_up_to(in, 1) != 0;
	unpack_text(in, c->shop, sizeof c->shop);
	unpack_text(in, c->store, sizeof c->store);
	unpack_text(in, c->till, sizeof c->till);
	unpack_ident(in, &c->device_key);
	c->currency = (enum currency)unpack_up_to(in, CURRENCY_NUMBER_MAX);
	c->seq = unpack_unsigned(in);
	c->boot = unpack_unsigned(in);
	c->latest_ms = unpack_integer(in);
	c->catalog_generation = unpack_integer(in);
	unpack_rules(in, &c->rules);
	unpack_text(in, c->operator_id, sizeof c->operator_id);
	c->login_failures = unpack_unsigned(in);
	c->locked_until_ms = unpack_integer(in);
	c->order_numbers = unpack_unsigned(in);
	c->shift_numbers = unpack_unsigned(in);
	c->z_numbers = unpack_unsigned(in);
	c->jobs = unpack_unsigned(in);
	c->perpetual_minor = unpack_integer(in);
	c->perpetual_sales = unpack_unsigned(in);
}

static void pack_cashiers(const struct counter *c, struct buffer *out)
{
	pack_unsigned(out, c->n_cashiers);
	for (size_t i = 0; i < c->n_cashiers; i++) {
		pack_text(out, c->cashiers[i].id);
		pack_text(out, c->cashiers[i].name);
		pack_unsigned(out, c->cashiers[i].role);
	}
}

static void unpack_cashiers(struct unpack *in, struct counter *c)
{
	uint64_t n = unpack_up_to(in, COUNTER_CASHIERS_MAX);
	void *cashiers = NULL;

	if (in->failed ||
	    !vector_reserve(&cashiers, &c->cap_cashiers, (size_t)n, sizeof *c->cashiers,
			    COUNTER_CASHIERS_MAX)) {
		in->failed = true;
		return;
	}
	c->cashiers = cashiers;
	for (uint64_t i = 0; i < n && !in->failed; i++) {
		struct cashier *cashier = &c->cashiers[c->n_cashiers++];

		memset(cashier, 0, sizeof *cashier);
		unpack_text(in, cashier->id, sizeof cashier->id);
		unpack_text(in, cashier->name, sizeof cashier->name);
		cashier->role = (enum cashier_role)unpack_up_to(in, ROLE_SUPERVISOR);
	}
}

static struct order *unpack_order(struct unpack *in)
{
	struct order *order = calloc(1, sizeof *order);

	if (!order) {
		in->failed = true;
		return NULL;
	}
	order_unpack(in, order);
	return order;
}

static void unpack_orders(struct unpack *in, struct counter *c)
{
	uint64_t n = unpack_up_to(in, COUNTER_ORDERS_MAX);
	void *orders = NULL;

	if (in->failed ||
	    !vector_reserve(&orders, &c->cap_orders, (size_t)n, sizeof c->orders[0],
			    COUNTER_ORDERS_MAX)) {
		in->failed = true;
		return;
	}
	c->orders = orders;
	for (uint64_t i = 0; i < n && !in->failed; i++) {
		struct order *order = unpack_order(in);

		if (order)
			c->orders[c->n_orders++] = order;
	}
}

static void pack_jobs(const struct counter *c, struct buffer *out)
{
	pack_unsigned(out, c->n_print_jobs);
	for (size_t i = 0; i < c->n_print_jobs; i++) {
		const struct print_job *job = &c->print_jobs[i];

		pack_unsigned(out, job->job);
		pack_ident(out, &job->order);
		pack_unsigned(out, job->order_number);
		pack_unsigned(out, job->copy);
		pack_unsigned(out, job->row);
	}
}

static void unpack_jobs(struct unpack *in, struct counter *c)
{
	uint64_t n = unpack_up_to(in, COUNTER_JOBS_MAX);
	void *jobs = NULL;

	if (in->failed ||
	    !vector_reserve(&jobs, &c->cap_print_jobs, (size_t)n, sizeof *c->print_jobs,
			    COUNTER_JOBS_MAX)) {
		in->failed = true;
		return;
	}
	c->print_jobs = jobs;
	for (uint64_t i = 0; i < n && !in->failed; i++) {
		struct print_job *job = &c->print_jobs[c->n_print_jobs++];

		memset(job, 0, sizeof *job);
		job->job = unpack_unsigned(in);
		unpack_ident(in, &job->order);
		job->order_number = unpack_unsigned(in);
		job->copy = unpack_unsigned(in);
		job->row = unpack_unsigned(in);
	}
}

static void pack_hub(const struct counter *c, struct buffer *out)
{
	pack_unsigned(out, c->enrolled);
	pack_ident(out, &c->hub_till);
	pack_ident(out, &c->merchant);
	pack_text(out, c->hub);
	pack_bytes(out, c->hub_key, sizeof c->hub_key);
	pack_integer(out, c->hub_events);
	pack_unsigned(out, c->n_payments);
	for (size_t i = 0; i < c->n_payments; i++) {
		const struct counter_payment *p = &c->payments[i];

		payment_pack(&p->attempt, out);
		pack_unsigned(out, p->row);
		pack_text(out, p->wallet);
		pack_text(out, p->reason);
	}
}

static void unpack_payments(struct unpack *in, struct counter *c)
{
	uint64_t n = unpack_unsigned(in);
	void *payments = NULL;

	if (in->failed || n > COUNTER_PAYMENTS_MAX + COUNTER_ENDED_KEPT ||
	    !vector_reserve(&payments, &c->cap_payments, (size_t)n, sizeof *c->payments,
			    COUNTER_PAYMENTS_MAX + COUNTER_ENDED_KEPT)) {
		in->failed = true;
		return;
	}
	c->payments = payments;
	for (uint64_t i = 0; i < n && !in->failed; i++) {
		struct counter_payment *p = &c->payments[c->n_payments++];

		memset(p, 0, sizeof *p);
		payment_unpack(in, &p->attempt);
		p->row = unpack_unsigned(in);
		unpack_text(in, p->wallet, sizeof p->wallet);
		unpack_text(in, p->reason, sizeof p->reason);
	}
}

static void unpack_hub(struct unpack *in, struct counter *c)
{
	const uint8_t *key;
	size_t n;

	c->enrolled = unpack_up_to(in, 1) != 0;
	unpack_ident(in, &c->hub_till);
	unpack_ident(in, &c->merchant);
	unpack_text(in, c->hub, sizeof c->hub);
	key = unpack_bytes(in, &n);
	if (!key || n != sizeof c->hub_key)
		in->failed = true;
	else
		memcpy(c->hub_key, key, n);
	c->hub_events = unpack_integer(in);
	unpack_payments(in, c);
}

bool counter_pack(const struct counter *c, struct buffer *out)
{
	pack_unsigned(out, SNAPSHOT_VERSION);
	pack_till(c, out);
	pack_cashiers(c, out);
	shift_pack(&c->shift, out);
	shift_pack(&c->last_z, out);
	pack_unsigned(out, c->n_orders);
	for (size_t i = 0; i < c->n_orders; i++)
		order_pack(c->orders[i], out);
	pack_ident(out, &c->current);
	pack_unsigned(out, c->last_closed != NULL);
	if (c->last_closed)
		order_pack(c->last_closed, out);
	pack_unsigned(out, c->last_closed_prints);
	pack_jobs(c, out);
	pack_hub(c, out);
	return !out->failed;
}

bool counter_unpack(struct counter *c, const void *bytes, size_t n)
{
	struct unpack in;

	unpack_init(&in, bytes, n);
	if (unpack_unsigned(&in) != SNAPSHOT_VERSION)
		return false;
	unpack_till(&in, c);
	unpack_cashiers(&in, c);
	shift_unpack(&in, &c->shift);
	shift_unpack(&in, &c->last_z);
	unpack_orders(&in, c);
	unpack_ident(&in, &c->current);
	if (unpack_up_to(&in, 1))
		c->last_closed = unpack_order(&in);
	c->last_closed_prints = unpack_unsigned(&in);
	unpack_jobs(&in, c);
	unpack_hub(&in, c);
	return unpack_done(&in);
}
