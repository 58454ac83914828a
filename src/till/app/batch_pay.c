/* Words about money taken and given. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/batch.h"
#include "base/utf8.h"

/* The payment just taken: the last of the order answered with. */
static void answer_payment(struct batch *b)
{
	const struct order *order = counter_find_order(agent_counter(b->agent), &b->order);

	if (order && order->n_tenders > 0)
		b->tender = &order->tenders[order->n_tenders - 1];
}

enum fault_code batch_pay_cash(struct batch *b, const char *const *args, size_t n,
			       struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_PAY_CASH };
	enum fault_code code = batch_amount(b, args[0], &ev.amount_minor, fault);

	(void)n;
	if (!code)
		code = agent_do(b->agent, &ev, fault);
	if (!code)
		answer_payment(b);
	return code;
}

enum fault_code batch_pay_other(struct batch *b, const char *const *args, size_t n,
				struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_PAY_OTHER };
	enum fault_code code = batch_amount(b, args[1], &ev.amount_minor, fault);

	utf8_copy_plain(ev.of.tender.name, sizeof ev.of.tender.name, args[0]);
	if (n > 2)
		utf8_copy_plain(ev.of.tender.ref, sizeof ev.of.tender.ref, args[2]);
	if (!code)
		code = agent_do(b->agent, &ev, fault);
	if (!code)
		answer_payment(b);
	return code;
}

/* PAYMENT is what a reply called it: order number and payment number. */
static const struct order_tender *find_payment(const struct order *order, const char *word)
{
	char id[48];

	for (size_t i = 0; order && i < order->n_tenders; i++) {
		snprintf(id, sizeof id, "%" PRIu64 "-%" PRIu32, order->number, order->tenders[i].n);
		if (strcmp(id, word) == 0)
			return &order->tenders[i];
	}
	return NULL;
}

enum fault_code batch_cancel(struct batch *b, const char *const *args, size_t n,
			     struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_CANCEL_TENDER };
	const struct order_tender *tender = find_payment(counter_order(agent_counter(b->agent)), args[0]);
	const struct counter_payment *payment = batch_payment(b, args[0]);
	enum fault_code code;

	(void)n;
	if (payment)
		return batch_cancel_payment(b, payment, fault);
	if (!tender)
		return fault_set(fault, FAULT_TENDER_NO_SUCH, args[0], NULL);
	ev.of.change.line = tender->n;
	code = agent_do(b->agent, &ev, fault);
	if (!code)
		b->tender = find_payment(counter_order(agent_counter(b->agent)), args[0]);
	return code;
}

/* Cash and recorded payments have ended as soon as they are taken; one by a
 * channel when the hub says so. */
enum fault_code batch_wait(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	const struct counter *c = agent_counter(b->agent);
	const struct order *orders[] = { counter_order(c), c->last_closed };
	const struct counter_payment *payment = batch_payment(b, args[0]);

	if (payment)
		return batch_wait_payment(b, payment, n > 1 ? args[1] : NULL, fault);
	for (size_t i = 0; i < 2; i++) {
		const struct order_tender *tender = find_payment(orders[i], args[0]);

		if (!tender)
			continue;
		b->order = orders[i]->id;
		b->tender = tender;
		return FAULT_NONE;
	}
	return fault_set(fault, FAULT_TENDER_NO_SUCH, args[0], NULL);
}
