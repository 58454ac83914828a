/* Entries into state: the hub this till belongs to, and its payments. */
#include "counter/apply.h"

#include <string.h>

enum fault_code apply_till_enrolled(struct counter *c, const struct entry *e, struct fault *fault)
{
	(void)fault;
	c->enrolled = true;
	memcpy(c->store, e->store, sizeof c->store);
	memcpy(c->till, e->till, sizeof c->till);
	c->hub_till = e->of.till_enrolled.till;
	c->merchant = e->of.till_enrolled.merchant;
	memcpy(c->hub, e->of.till_enrolled.hub, sizeof c->hub);
	memcpy(c->hub_key, e->of.till_enrolled.hub_key, sizeof c->hub_key);
	if (e->of.till_enrolled.store_name[0])
		memcpy(c->shop, e->of.till_enrolled.store_name, sizeof c->shop);
	/* A new machine under an old till's number goes on with its numbering. */
	if ((uint64_t)e->of.till_enrolled.next_order_number > c->order_numbers + 1)
		c->order_numbers = (uint64_t)e->of.till_enrolled.next_order_number - 1;
	c->hub_events = 0;
	return FAULT_NONE;
}

enum fault_code apply_hub_events_seen(struct counter *c, const struct entry *e, struct fault *fault)
{
	if (e->of.hub_events_seen.last <= c->hub_events)
		return apply_broken(e, "events", fault);
	c->hub_events = e->of.hub_events_seen.last;
	return FAULT_NONE;
}

static struct counter_payment *find(struct counter *c, const struct ident *id)
{
	for (size_t i = c->n_payments; i-- > 0;)
		if (ident_equal(&c->payments[i].attempt.id, id))
			return &c->payments[i];
	return NULL;
}

/* Ended payments stay for a while, so that their end can be shown. */
static void forget_ended(struct counter *c)
{
	size_t ended = 0;

	for (size_t i = c->n_payments; i-- > 0;) {
		if (!payment_is_terminal(c->payments[i].attempt.state) || ++ended <= COUNTER_ENDED_KEPT)
			continue;
		c->n_payments--;
		memmove(&c->payments[i], &c->payments[i + 1],
			(c->n_payments - i) * sizeof c->payments[0]);
	}
}

static struct counter_payment *add(struct counter *c, uint64_t row)
{
	void *payments = c->payments;
	struct counter_payment *p;

	if (!vector_reserve(&payments, &c->cap_payments, c->n_payments + 1, sizeof *p,
			    COUNTER_PAYMENTS_MAX + COUNTER_ENDED_KEPT))
		return NULL;
	c->payments = payments;
	p = &c->payments[c->n_payments++];
	memset(p, 0, sizeof *p);
	p->row = row;
	return p;
}

enum fault_code apply_payment_changed(struct counter *c, const struct entry *e, struct fault *fault)
{
	const struct entry_payment_changed *changed = &e->of.payment_changed;
	struct counter_payment *p = find(c, &changed->payment);
	struct payment_schedule kept;
	struct payment_attempt attempt;
	struct unpack in;

	unpack_init(&in, changed->attempt.packed, changed->attempt.n_bytes);
	payment_unpack(&in, &attempt);
	if (!unpack_done(&in) || !ident_equal(&attempt.id, &changed->payment) ||
	    (int64_t)attempt.state != changed->state || attempt.amount.minor != changed->amount)
		return apply_broken(e, "payment", fault);
	if (!p)
		p = add(c, e->seq);
	if (!p)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	kept = p->attempt.version ? p->attempt.schedule : attempt.schedule;
	p->attempt = attempt;
	p->attempt.schedule = kept;
	memcpy(p->wallet, changed->channel, sizeof p->wallet);
	memcpy(p->reason, changed->reason, sizeof p->reason);
	forget_ended(c);
	return FAULT_NONE;
}
