/* Payments by a channel at the counter: what the hub said, and what follows
 * for the order. */
#define _GNU_SOURCE
#include "suite.h"

#include <string.h>

#include "base/utf8.h"
#include "desk.h"

static void enrol(struct desk *d)
{
	struct counter_event ev = { .kind = EVENT_ENROLLED };

	utf8_copy(ev.of.enrolled.store, sizeof ev.of.enrolled.store, "012");
	utf8_copy(ev.of.enrolled.number, sizeof ev.of.enrolled.number, "03");
	utf8_copy(ev.of.enrolled.hub, sizeof ev.of.enrolled.hub, "https://127.0.0.1:8443");
	ev.of.enrolled.till.bytes[0] = 1;
	ev.of.enrolled.merchant.bytes[0] = 2;
	ev.of.enrolled.next_order_number = 1;
	CU_ASSERT_FATAL(desk_do(d, &ev) == FAULT_NONE);
}

static enum fault_code pay(struct desk *d, enum payment_kind kind, int64_t amount)
{
	struct counter_event ev = { .kind = EVENT_PAY, .amount_minor = amount };

	ev.of.pay.kind = kind;
	ev.of.pay.channel = PAYMENT_BY_SANDBOX;
	ev.of.pay.code = kind == PAYMENT_CODE ? "134567890123456700" : NULL;
	ev.key.bytes[3] = 9;
	return desk_do(d, &ev);
}

static const struct counter_payment *last(const struct desk *d)
{
	CU_ASSERT_FATAL(d->counter.n_payments > 0);
	return &d->counter.payments[d->counter.n_payments - 1];
}

static enum fault_code tell(struct desk *d, const struct ident *payment, enum payment_event_kind kind)
{
	const struct counter_payment *p = counter_find_payment(&d->counter, payment);
	struct counter_event ev = { .kind = EVENT_PAYMENT };
	ident_text merchant;

	ev.of.payment.payment = *payment;
	ev.of.payment.event.kind = kind;
	if (kind == PAYMENT_EVENT_ANSWER_PAID) {
		ident_format(&d->counter.merchant, merchant);
		ev.of.payment.wallet = "wechat";
		ev.of.payment.event.proof = (struct payment_proof){
			.payment = *payment, .order = p->attempt.order, .amount = p->attempt.amount,
			.merchant = merchant, .channel_no = "420001", .paid_ms = d->now_ms,
			.statement = "statement", .statement_bytes = 9, .signature = "signature",
			.signature_bytes = 9,
		};
	}
	return desk_do(d, &ev);
}

static void ready(struct desk *d)
{
	desk_open(d);
	enrol(d);
	desk_item(d, "a", 1000, 1566);
}

static void a_qr_payment_closes_its_order(void)
{
	struct ident payment;
	struct desk d;

	ready(&d);
	ASSERT_NUMBER(pay(&d, PAYMENT_QR, 0), FAULT_NONE);
	ASSERT_NUMBER(d.step.n_effects, 1);
	ASSERT_NUMBER(d.step.effects[0].pay, PAYMENT_DO_PAY);
	CU_ASSERT(d.step.effects[0].row == d.counter.seq);
	ASSERT_NUMBER(last(&d)->attempt.state, PAYMENT_SENT);
	payment = last(&d)->attempt.id;
	ASSERT_NUMBER(tell(&d, &payment, PAYMENT_EVENT_ANSWER_PENDING), FAULT_NONE);
	ASSERT_NUMBER(tell(&d, &payment, PAYMENT_EVENT_ANSWER_PAID), FAULT_NONE);
	CU_ASSERT(d.step.closes_row != 0);
	CU_ASSERT(counter_order(&d.counter) == NULL);
	ASSERT_NUMBER(d.counter.last_closed->state, ORDER_CLOSED);
	ASSERT_TEXT(d.counter.last_closed->tenders[0].name, "wechat");
	ASSERT_TEXT(d.counter.last_closed->tenders[0].ref, "420001");
	ASSERT_NUMBER(shift_expected_cash(&d.counter.shift), 10000);
	/* said again, it changes nothing */
	ASSERT_NUMBER(tell(&d, &payment, PAYMENT_EVENT_ANSWER_PAID), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed->n_tenders, 1);
	desk_assert_replays(&d);
	desk_assert_snapshots(&d);
	desk_release(&d);
}

static void the_code_is_passed_on_and_never_kept(void)
{
	struct desk d;

	ready(&d);
	ASSERT_NUMBER(pay(&d, PAYMENT_CODE, 0), FAULT_NONE);
	ASSERT_TEXT(d.step.effects[0].code, "134567890123456700");
	CU_ASSERT(memmem(d.journal.data, d.journal.len, "134567890123456700", 18) == NULL);
	desk_release(&d);
}

static void nothing_else_is_taken_while_a_payment_is_open(void)
{
	struct ident payment;
	struct desk d;

	ready(&d);
	ASSERT_NUMBER(pay(&d, PAYMENT_QR, 0), FAULT_NONE);
	payment = last(&d)->attempt.id;
	ASSERT_NUMBER(pay(&d, PAYMENT_CODE, 0), FAULT_PAYMENT_STILL_OPEN);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 1566), FAULT_PAYMENT_STILL_OPEN);
	ASSERT_NUMBER(desk_item(&d, "b", 1000, 100), FAULT_PAYMENT_STILL_OPEN);
	ASSERT_NUMBER(desk_line(&d, EVENT_VOID, 1, 0), FAULT_PAYMENT_STILL_OPEN);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLEAR, 0), FAULT_PAYMENT_STILL_OPEN);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 0), FAULT_PAYMENT_STILL_OPEN);
	ASSERT_NUMBER(tell(&d, &payment, PAYMENT_EVENT_ANSWER_FAILED), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 1566), FAULT_NONE);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void a_parked_order_is_paid_while_the_next_is_served(void)
{
	struct ident payment;
	struct desk d;

	ready(&d);
	ASSERT_NUMBER(pay(&d, PAYMENT_QR, 0), FAULT_NONE);
	payment = last(&d)->attempt.id;
	ASSERT_NUMBER(desk_plain(&d, EVENT_HOLD, 0), FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "b", 1000, 500), FAULT_NONE);
	ASSERT_NUMBER(tell(&d, &payment, PAYMENT_EVENT_ANSWER_PAID), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed->number, 1);
	ASSERT_NUMBER(counter_order(&d.counter)->number, 2);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 500), FAULT_NONE);
	desk_assert_replays(&d);
	desk_assert_snapshots(&d);
	desk_release(&d);
}

static void parts_by_channel_and_cash_add_up(void)
{
	struct ident payment;
	struct desk d;

	ready(&d);
	ASSERT_NUMBER(pay(&d, PAYMENT_QR, 1567), FAULT_TENDER_TOO_MUCH);
	ASSERT_NUMBER(pay(&d, PAYMENT_QR, 1000), FAULT_NONE);
	payment = last(&d)->attempt.id;
	ASSERT_NUMBER(tell(&d, &payment, PAYMENT_EVENT_ANSWER_PAID), FAULT_NONE);
	ASSERT_NUMBER(order_due(counter_order(&d.counter)), 566);
	ASSERT_NUMBER(desk_line(&d, EVENT_CANCEL_TENDER, 1, 0), FAULT_TENDER_BY_REFUND);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 600), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed->change_minor, 34);
	ASSERT_NUMBER(shift_expected_cash(&d.counter.shift), 10566);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void a_till_without_a_hub_takes_no_wallets(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 100);
	ASSERT_NUMBER(pay(&d, PAYMENT_QR, 0), FAULT_TILL_NOT_ENROLLED);
	desk_release(&d);
}

static void a_proof_of_another_payment_is_none(void)
{
	struct counter_event ev = { .kind = EVENT_PAYMENT };
	struct ident payment;
	ident_text merchant;
	struct desk d;

	ready(&d);
	pay(&d, PAYMENT_QR, 0);
	payment = last(&d)->attempt.id;
	ident_format(&d.counter.merchant, merchant);
	ev.of.payment.payment = payment;
	ev.of.payment.event.kind = PAYMENT_EVENT_ANSWER_PAID;
	ev.of.payment.event.proof = (struct payment_proof){
		.payment = payment, .order = last(&d)->attempt.order, .amount = { 1, CURRENCY_CNY },
		.merchant = merchant, .channel_no = "1", .statement = "s", .statement_bytes = 1,
		.signature = "s", .signature_bytes = 1,
	};
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_PAYMENT_BAD_PROOF);
	ASSERT_NUMBER(last(&d)->attempt.state, PAYMENT_SENT);
	desk_release(&d);
}

static const struct test tests[] = {
	{ "a QR payment closes its order", a_qr_payment_closes_its_order },
	{ "the code is passed on and never kept", the_code_is_passed_on_and_never_kept },
	{ "nothing else is taken while a payment is open", nothing_else_is_taken_while_a_payment_is_open },
	{ "a parked order is paid while the next is served", a_parked_order_is_paid_while_the_next_is_served },
	{ "parts by channel and cash add up", parts_by_channel_and_cash_add_up },
	{ "a till without a hub takes no wallets", a_till_without_a_hub_takes_no_wallets },
	{ "a proof of another payment is none", a_proof_of_another_payment_is_none },
};

SUITE_MAIN("payments at the counter", tests)
