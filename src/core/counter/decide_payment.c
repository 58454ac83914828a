/* Decisions about payments that a channel moves: the payment machine's, with
 * what follows from them for the order. The hub owns a payment; the till
 * follows it and believes nothing but its signed statement. */
#include "counter/decide.h"

#include <string.h>

#include "base/utf8.h"

enum fault_code decide_enrolled(struct decision *d)
{
	const struct counter_event *ev = d->event;
	struct entry *e = decide_entry(d, ENTRY_TILL_ENROLLED);

	memcpy(e->store, ev->of.enrolled.store, sizeof e->store);
	memcpy(e->till, ev->of.enrolled.number, sizeof e->till);
	e->of.till_enrolled.till = ev->of.enrolled.till;
	e->of.till_enrolled.merchant = ev->of.enrolled.merchant;
	memcpy(e->of.till_enrolled.hub, ev->of.enrolled.hub, sizeof ev->of.enrolled.hub);
	memcpy(e->of.till_enrolled.hub_key, ev->of.enrolled.hub_key, sizeof ev->of.enrolled.hub_key);
	utf8_copy_plain(e->of.till_enrolled.store_name, sizeof e->of.till_enrolled.store_name,
			ev->of.enrolled.store_name);
	e->of.till_enrolled.next_order_number = ev->of.enrolled.next_order_number;
	return FAULT_NONE;
}

enum fault_code decide_hub_events(struct decision *d)
{
	if (d->event->amount_minor > d->c->hub_events)
		decide_entry(d, ENTRY_HUB_EVENTS_SEEN)->of.hub_events_seen.last = d->event->amount_minor;
	return FAULT_NONE;
}

static struct payment_timings timings_of(const struct payment_attempt *attempt)
{
	return payment_timings_following(&payment_channel_row(attempt->channel)->timings);
}

/* What a payment is after a step, as its entry. */
struct told {
	const struct payment_attempt *attempt;
	const char *wallet, *reason;
	const struct payment_proof *proof;  /* NULL: none */
};

static struct entry *enter_payment(struct decision *d, const struct told *t)
{
	struct entry *e = decide_entry(d, ENTRY_PAYMENT_CHANGED);
	struct buffer *packed = &d->step->attempt;

	buffer_reset(packed);
	payment_pack(t->attempt, packed);
	e->order = t->attempt->order;
	e->key = t->attempt->key;
	e->of.payment_changed.payment = t->attempt->id;
	e->of.payment_changed.state = t->attempt->state;
	e->of.payment_changed.amount = t->attempt->amount.minor;
	utf8_copy_plain(e->of.payment_changed.channel, sizeof e->of.payment_changed.channel, t->wallet);
	utf8_copy_plain(e->of.payment_changed.reason, sizeof e->of.payment_changed.reason, t->reason);
	e->of.payment_changed.attempt = (struct entry_counts){ (const uint8_t *)packed->data, packed->len };
	if (t->proof) {
		e->of.payment_changed.statement = (struct entry_counts){
			t->proof->statement, t->proof->statement_bytes };
		e->of.payment_changed.signature = (struct entry_counts){
			t->proof->signature, t->proof->signature_bytes };
	}
	return e;
}

static void ask(struct decision *d, const struct payment_attempt *attempt,
		enum payment_effect effect, const char *code, uint64_t row)
{
	if (effect == PAYMENT_DO_NOTHING)
		return;
	d->step->effects[d->step->n_effects++] = (struct effect){
		.kind = EFFECT_PAYMENT, .row = row, .payment = attempt->id, .pay = effect, .code = code,
	};
}

static void schedule(struct decision *d, const struct payment_attempt *attempt)
{
	d->step->has_schedule = true;
	d->step->scheduled = attempt->id;
	d->step->schedule = attempt->schedule;
}

/* The payment as it begins: in the journal as SENT before a byte goes out. */
static enum fault_code begin(struct decision *d, const struct order *order, int64_t amount_minor,
			     struct payment_attempt *ret)
{
	const struct counter_event *ev = d->event;
	ident_text merchant;
	const struct payment_wish wish = {
		.id = ev->draw, .order = order->id, .intent = order->id, .key = ev->key,
		.channel = ev->of.pay.channel, .kind = ev->of.pay.kind,
		.amount = money_make(amount_minor, order->currency), .merchant = merchant,
		.now_ms = ev->now.utc_ms,
	};
	struct payment_event send = { .kind = PAYMENT_EVENT_SEND, .now_ms = ev->now.utc_ms };
	struct payment_attempt created;
	struct payment_timings timings;
	struct payment_step step;
	enum fault_code code;

	ident_format(&d->c->merchant, merchant);
	timings = payment_timings_following(&payment_channel_row(wish.channel)->timings);
	code = payment_begin(&wish, &timings, &created, d->fault);
	if (!code)
		code = payment_decide(&created, &send, &timings, &step, d->fault);
	if (!code)
		*ret = step.after;
	return code;
}

enum fault_code decide_pay(struct decision *d)
{
	const struct counter_event *ev = d->event;
	const struct order *order;
	struct payment_attempt attempt;
	struct told told = { &attempt, "", "", NULL };
	enum fault_code code = decide_payable_order(d, &order);
	int64_t due, amount;
	struct entry *e;

	if (code)
		return code;
	if (!d->c->enrolled)
		return fault_set(d->fault, FAULT_TILL_NOT_ENROLLED, NULL, NULL);
	if (d->c->n_payments >= COUNTER_PAYMENTS_MAX)
		return fault_set_number(d->fault, FAULT_LIMIT_REACHED, COUNTER_PAYMENTS_MAX, "payments");
	due = order_due(order);
	amount = ev->amount_minor ? ev->amount_minor : due;
	if (due <= 0)
		return fault_set(d->fault, due < 0 ? FAULT_TENDER_CASH_ONLY : FAULT_TENDER_NOTHING_DUE,
				 NULL, NULL);
	if (amount > due)
		return decide_refuse_amounts(d, FAULT_TENDER_TOO_MUCH, amount, due);
	code = begin(d, order, amount, &attempt);
	if (code)
		return code;
	told.wallet = payment_channel_row(attempt.channel)->word;
	e = enter_payment(d, &told);
	ask(d, &attempt, PAYMENT_DO_PAY, ev->of.pay.code, e->seq);
	schedule(d, &attempt);
	return FAULT_NONE;
}

/* The order a payment is for, while it can still be paid. */
static const struct order *waiting_order(const struct counter *c, const struct ident *id)
{
	const struct order *order = counter_find_order(c, id);

	return order && (order->state == ORDER_OPEN || order->state == ORDER_HELD) ? order : NULL;
}

/* Money came: it is a part of its order's payment, and perhaps the last. */
static enum fault_code take_money(struct decision *d, const struct order *order,
				  const struct payment_attempt *attempt, const char *wallet)
{
	struct order_tender tender = {
		.n = (uint32_t)order->n_tenders + 1, .kind = TENDER_CHANNEL,
		.amount_minor = attempt->amount.minor, .given_minor = attempt->amount.minor,
	};

	utf8_copy_plain(tender.name, sizeof tender.name, wallet);
	if (attempt->n_captures)
		utf8_copy_plain(tender.ref, sizeof tender.ref, attempt->captures[0].channel_no);
	decide_enter_tender(d, order, &tender, order->rounding_minor);
	if (order_due(order) != tender.amount_minor || !d->c->shift.open)
		return FAULT_NONE;
	return decide_close_order(d, order, order->rounding_minor, &tender);
}

enum fault_code decide_payment(struct decision *d)
{
	const struct counter_event *ev = d->event;
	const struct counter_payment *p = counter_find_payment(d->c, &ev->of.payment.payment);
	struct payment_event event = ev->of.payment.event;
	const struct order *order;
	struct payment_timings timings;
	struct payment_step step;
	struct told told;
	ident_text id;
	enum fault_code code;

	ident_format(&ev->of.payment.payment, id);
	if (!p)
		return fault_set(d->fault, FAULT_TENDER_NO_SUCH, id, NULL);
	order = waiting_order(d->c, &p->attempt.order);
	timings = timings_of(&p->attempt);
	event.now_ms = ev->now.utc_ms;
	event.standing = (struct payment_standing){ .due_minor = order ? order_due(order) : 0, .gone = !order };
	code = payment_decide(&p->attempt, &event, &timings, &step, d->fault);
	if (code)
		return code;
	told = (struct told){
		&step.after, ev->of.payment.wallet ? ev->of.payment.wallet : p->wallet,
		ev->of.payment.reason ? ev->of.payment.reason : p->reason,
		event.kind == PAYMENT_EVENT_ANSWER_PAID ? &event.proof : NULL,
	};
	if (step.changed || strcmp(told.wallet, p->wallet) != 0)
		enter_payment(d, &told);
	if (payment_is_terminal(step.after.state) && !payment_is_terminal(p->attempt.state))
		d->step->closes_row = p->row;
	ask(d, &step.after, step.effect, NULL, 0);
	schedule(d, &step.after);
	if (step.after.state == PAYMENT_PAID && p->attempt.state != PAYMENT_PAID && order)
		return take_money(d, order, &step.after, told.wallet);
	return FAULT_NONE;
}
