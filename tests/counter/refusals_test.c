/* Refusals and states that a normal day does not meet: nobody logged in, no
 * shift, totals near what 64 bits hold, lists that are full. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "desk.h"
#include "edges_test.h"

static struct entry entry_about(const struct desk *d, enum entry_kind kind, const struct ident *order)
{
	struct entry e = { .seq = d->counter.seq + 1, .kind = kind, .at = { d->now_ms, 480 } };

	if (order)
		e.order = *order;
	return e;
}

static enum fault_code apply(struct desk *d, const struct entry *e)
{
	return counter_apply(&d->counter, e, &d->fault);
}

void nothing_is_done_without_log_in_or_shift(void)
{
	static const enum event_kind kinds[] = {
		EVENT_CLOSE_SHIFT, EVENT_REPORT_X, EVENT_RECALL, EVENT_CLEAR, EVENT_UNDO, EVENT_HOLD,
		EVENT_QUANTITY, EVENT_PRICE, EVENT_VOID, EVENT_DISCOUNT, EVENT_PAY_CASH,
		EVENT_PAY_OTHER, EVENT_CANCEL_TENDER,
	};
	struct shift report = { .number = 77 };
	struct desk d;

	desk_open(&d);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (kinds[i] > EVENT_RECALL && kinds[i] != EVENT_UNDO)
			ASSERT_NUMBER(desk_plain(&d, kinds[i], 1), FAULT_ORDER_NOT_OPEN);
	CU_ASSERT(counter_report_x(&d.counter, &report));
	ASSERT_NUMBER(report.number, 1);
	desk_plain(&d, EVENT_CLOSE_SHIFT, 0);
	CU_ASSERT_FALSE(counter_report_x(&d.counter, &report));
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		ASSERT_NUMBER(desk_plain(&d, kinds[i], 1), FAULT_SHIFT_NOT_OPEN);
	desk_plain(&d, EVENT_LOGOUT, 0);
	CU_ASSERT(counter_operator(&d.counter) == NULL);
	ASSERT_NUMBER(desk_plain(&d, EVENT_LOGOUT, 0), FAULT_CASHIER_NOT_LOGGED_IN);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		ASSERT_NUMBER(desk_plain(&d, kinds[i], 1), FAULT_CASHIER_NOT_LOGGED_IN);
	desk_assert_replays(&d);
	desk_release(&d);
	step_release(NULL);
}

static enum fault_code set_tenders(struct desk *d, const char *names)
{
	struct counter_event ev = { .kind = EVENT_RULES };

	utf8_copy(ev.of.rules.tenders, sizeof ev.of.rules.tenders, names);
	return desk_do(d, &ev);
}

void a_shift_counts_so_many_ways_to_pay(void)
{
	struct entry e;
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < SHIFT_TENDERS_MAX; i++) {
		char name[8];

		snprintf(name, sizeof name, "t%d", i);
		set_tenders(&d, name);
		desk_item(&d, "a", 1000, 100);
		ASSERT_NUMBER(desk_pay_other(&d, name, 100), FAULT_NONE);
	}
	set_tenders(&d, "");
	desk_item(&d, "a", 1000, 100);
	ASSERT_NUMBER(desk_pay_other(&d, "card", 100), FAULT_TENDER_UNKNOWN);
	ASSERT_TEXT(d.fault.arg[1], "cash");
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 100), FAULT_LIMIT_REACHED);
	desk_assert_replays(&d);
	e = entry_about(&d, ENTRY_TENDERED, &d.counter.current);
	e.of.tendered.tender = 1;
	e.of.tendered.amount = e.of.tendered.given = 100;
	memcpy(e.of.tendered.name, "cash", sizeof "cash");
	ASSERT_NUMBER(apply(&d, &e), FAULT_NONE);
	e = entry_about(&d, ENTRY_ORDER_CLOSED, &d.counter.current);
	e.of.order_closed.subtotal = e.of.order_closed.total = 100;
	e.perpetual_minor = d.counter.perpetual_minor + 100;
	ASSERT_NUMBER(apply(&d, &e), FAULT_JOURNAL_BROKEN);
	ASSERT_TEXT(d.fault.arg[1], "shift");
	desk_release(&d);
}

void totals_of_all_time_do_not_wrap(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 100);
	d.counter.shift.perpetual_minor = INT64_MAX - 99;
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 100), FAULT_MONEY_OVERFLOW);
	d.counter.shift.perpetual_minor = INT64_MAX - 100;
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 100), FAULT_NONE);
	desk_release(&d);
}

void cash_near_the_largest_amount_is_not_rounded(void)
{
	struct order order = { .total_minor = MONEY_MAX_MINOR, .currency = CURRENCY_CNY };
	struct counter c;

	counter_init(&c);
	c.rules.rounding_mode = ROUND_UP;
	ASSERT_NUMBER(counter_cash_due(&c, &order), MONEY_MAX_MINOR);
	c.rules.rounding_step_minor = 10;
	ASSERT_NUMBER(counter_cash_due(&c, &order), MONEY_MAX_MINOR);
	order.total_minor = 11;
	ASSERT_NUMBER(counter_cash_due(&c, &order), 20);
	counter_release(&c);
}

/* Orders and shifts as only a journal of another make would have them. */
void lists_that_are_full_take_no_more(void)
{
	struct ident id = { { 9 } };
	struct entry e;
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < COUNTER_ORDERS_MAX; i++) {
		id.bytes[1] = (uint8_t)i;
		id.bytes[2] = (uint8_t)(i >> 8);
		e = entry_about(&d, ENTRY_ORDER_OPENED, &id);
		e.of.order_opened.number = i + 1;
		CU_ASSERT_FATAL(apply(&d, &e) == FAULT_NONE);
		e = entry_about(&d, ENTRY_ORDER_HELD, &id);
		CU_ASSERT_FATAL(apply(&d, &e) == FAULT_NONE);
	}
	ASSERT_NUMBER(desk_item(&d, "a", 1000, 100), FAULT_LIMIT_REACHED);
	id.bytes[3] = 1;
	e = entry_about(&d, ENTRY_ORDER_OPENED, &id);
	ASSERT_NUMBER(apply(&d, &e), FAULT_JOURNAL_BROKEN);
	desk_release(&d);
	desk_open(&d);
	for (int i = 1; i < COUNTER_CASHIERS_MAX; i++) {
		e = entry_about(&d, ENTRY_CASHIER_ADDED, NULL);
		CU_ASSERT_FATAL(apply(&d, &e) == FAULT_NONE);
	}
	e = entry_about(&d, ENTRY_CASHIER_ADDED, NULL);
	ASSERT_NUMBER(apply(&d, &e), FAULT_JOURNAL_BROKEN);
	desk_release(&d);
	desk_open(&d);
	for (int i = 1; i <= COUNTER_JOBS_MAX; i++) {
		e = entry_about(&d, ENTRY_PRINT_QUEUED, NULL);
		CU_ASSERT_FATAL(apply(&d, &e) == FAULT_NONE);
	}
	e = entry_about(&d, ENTRY_PRINT_QUEUED, NULL);
	ASSERT_NUMBER(apply(&d, &e), FAULT_JOURNAL_BROKEN);
	desk_release(&d);
}

void lines_and_tenders_past_the_limit_do_not_apply(void)
{
	struct entry e;
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < ORDER_LINES_MAX; i++)
		desk_item(&d, "a", 1000, 0);
	e = entry_about(&d, ENTRY_LINE_ADDED, &d.counter.current);
	e.of.line_added.line = ORDER_LINES_MAX + 1;
	ASSERT_NUMBER(apply(&d, &e), FAULT_JOURNAL_BROKEN);
	for (int i = 1; i <= ORDER_TENDERS_MAX + 1; i++) {
		e = entry_about(&d, ENTRY_TENDERED, &d.counter.current);
		e.of.tendered.tender = i;
		ASSERT_NUMBER(apply(&d, &e),
			      i > ORDER_TENDERS_MAX ? FAULT_JOURNAL_BROKEN : FAULT_NONE);
	}
	desk_release(&d);
}

void sums_of_tenders_may_break_when_one_goes(void)
{
	static const int64_t amounts[] = { MONEY_MAX_MINOR, -MONEY_MAX_MINOR, -MONEY_MAX_MINOR };
	struct entry e;
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 100);
	for (int i = 0; i < 3; i++) {
		e = entry_about(&d, ENTRY_TENDERED, &d.counter.current);
		e.of.tendered.tender = i + 1;
		e.of.tendered.amount = e.of.tendered.given = amounts[i];
		ASSERT_NUMBER(apply(&d, &e), FAULT_NONE);
	}
	e = entry_about(&d, ENTRY_TENDER_CANCELLED, &d.counter.current);
	e.of.tender_cancelled.tender = 1;
	ASSERT_NUMBER(apply(&d, &e), FAULT_JOURNAL_BROKEN);
	desk_release(&d);
}

void an_order_cannot_close_outside_a_shift(void)
{
	struct entry e;
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 0);
	e = entry_about(&d, ENTRY_SHIFT_CLOSED, NULL);
	e.of.shift_closed.expected = 10000;
	ASSERT_NUMBER(apply(&d, &e), FAULT_NONE);
	e = entry_about(&d, ENTRY_ORDER_CLOSED, &d.counter.current);
	ASSERT_NUMBER(apply(&d, &e), FAULT_JOURNAL_BROKEN);
	ASSERT_TEXT(d.fault.arg[1], "order");
	e = entry_about(&d, ENTRY_SHIFT_CLOSED, NULL);
	ASSERT_NUMBER(apply(&d, &e), FAULT_JOURNAL_BROKEN);
	desk_release(&d);
}

void steps_and_orders_that_are_gone_are_nothing(void)
{
	struct entry e;
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 100);
	desk_line(&d, EVENT_VOID, 1, 0);
	/* a void line undone into a void line changes no count */
	e = entry_about(&d, ENTRY_LINE_UNDONE, &d.counter.current);
	e.of.line_undone.line = 1;
	e.of.line_undone.voided = 1;
	ASSERT_NUMBER(apply(&d, &e), FAULT_NONE);
	ASSERT_NUMBER(d.counter.shift.voids, 1);
	d.counter.orders[0]->undo[0].line = 99;
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_ORDER_NOTHING_TO_UNDO);
	d.counter.orders[0]->state = ORDER_HELD;
	CU_ASSERT(counter_order(&d.counter) == NULL);
	d.counter.current.bytes[0] ^= 1;
	CU_ASSERT(counter_order(&d.counter) == NULL);
	desk_release(&d);
}

void prints_of_orders_that_are_not_here(void)
{
	struct counter_event ev = { .kind = EVENT_PRINT };
	struct desk d;

	desk_open(&d);
	ev.of.print.order.bytes[0] = 1;
	ev.of.print.number = 12;
	ev.of.print.printed = 3;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 3);
	ev = (struct counter_event){ .kind = EVENT_PRINT_ENDED };
	ev.of.print_ended.job = 1;
	ev.of.print_ended.outcome = PRINT_DOUBTFUL;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 4);
	ev.of.print_ended.job = 2;
	ev.of.print_ended.outcome = PRINT_FAILED;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	/* a late first print takes no mark from those after it */
	desk_item(&d, "a", 1000, 100);
	desk_plain(&d, EVENT_PAY_CASH, 100);
	ev = (struct counter_event){ .kind = EVENT_PRINT };
	ev.of.print.order = d.counter.last_closed->id;
	ev.of.print.printed = 2;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ev.of.print.printed = 0;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed_prints, 3);
	ev = (struct counter_event){ .kind = EVENT_PRINT_ENDED };
	ev.of.print_ended.job = 4;
	ev.of.print_ended.outcome = PRINT_FAILED;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed_prints, 3);
	desk_assert_replays(&d);
	desk_release(&d);
}

void a_step_without_room_for_its_taxes_is_refused(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 100);
	d.step.taxes.limit = 1;
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 100), FAULT_OUT_OF_MEMORY);
	d.step.taxes.limit = 1024;
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 100), FAULT_NONE);
	desk_item(&d, "a", 1000, 100);
	desk_discount(&d, 0, DISCOUNT_PERCENT, 100);
	/* the sum the discount is taken from would not fit, though the total would */
	desk_return(&d, "b", 99000, MONEY_TYPED_MAX_MINOR);
	ASSERT_NUMBER(desk_item(&d, "c", 99000, MONEY_TYPED_MAX_MINOR), FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "c", 99000, MONEY_TYPED_MAX_MINOR), FAULT_MONEY_OVERFLOW);
	desk_assert_replays(&d);
	desk_release(&d);
}
