/* What does not fit the state is refused: entries no decision made, and
 * snapshots with a flipped byte. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/pack.h"
#include "desk.h"
#include "edges_test.h"

enum { STATE_MAX = 1024 * 1024 };

/* Shift open; order 1 on hold, order 2 cleared with something in it, order 3
 * open with a line, a void one, a discount and a part paid. */
static void busy_desk(struct desk *d)
{
	struct counter_event rules = { .kind = EVENT_RULES };

	desk_open(d);
	rules.of.rules.print_receipts = true;
	memcpy(rules.of.rules.tenders, "card", sizeof "card");
	desk_do(d, &rules);
	desk_item(d, "z", 1000, 500);
	desk_plain(d, EVENT_PAY_CASH, 500);
	desk_item(d, "a", 1000, 100);
	desk_plain(d, EVENT_HOLD, 0);
	desk_item(d, "b", 1000, 200);
	desk_plain(d, EVENT_CLEAR, 0);
	desk_item(d, "c", 1000, 300);
	desk_item(d, "d", 1000, 400);
	desk_line(d, EVENT_VOID, 2, 0);
	desk_discount(d, 0, DISCOUNT_PERCENT, 1000);
	desk_pay_other(d, "card", 20);
}

static struct ident order_of(const struct desk *d, uint64_t number)
{
	return counter_find_number(&d->counter, number)->id;
}

/* Applies the entry to a copy of the desk's state. */
static enum fault_code apply_to_copy(struct desk *d, const struct entry *e)
{
	struct buffer state = BUFFER_INIT(STATE_MAX);
	struct counter copy;
	enum fault_code code;

	counter_init(&copy);
	CU_ASSERT_FATAL(counter_pack(&d->counter, &state));
	CU_ASSERT_FATAL(counter_unpack(&copy, state.data, state.len));
	code = counter_apply(&copy, e, &d->fault);
	counter_release(&copy);
	buffer_release(&state);
	return code;
}

static struct entry entry_about(const struct desk *d, enum entry_kind kind, uint64_t order)
{
	struct entry e = { .seq = d->counter.seq + 1, .kind = kind, .at = { d->now_ms, 480 } };

	if (order)
		e.order = order_of(d, order);
	return e;
}

static void assert_refused(struct desk *d, const struct entry *e, const char *why)
{
	ASSERT_NUMBER(apply_to_copy(d, e), FAULT_JOURNAL_BROKEN);
	ASSERT_TEXT(d->fault.arg[1], why);
}

void entries_of_another_state_are_refused(void)
{
	static const struct { enum entry_kind kind; uint64_t order; const char *why; } cases[] = {
		{ ENTRY_NONE, 0, "kind" },
		{ ENTRY_SHIFT_OPENED, 0, "shift" },
		{ ENTRY_SHIFT_CLOSED, 0, "expected cash" },
		{ ENTRY_X_REPORTED, 0, "expected cash" },
		{ ENTRY_ORDER_OPENED, 0, "order" },
		{ ENTRY_ORDER_OPENED, 2, "order" },
		{ ENTRY_LINE_ADDED, 2, "line" },
		{ ENTRY_LINE_ADDED, 4, "line" },
		{ ENTRY_QUANTITY_CHANGED, 0, "line" },
		{ ENTRY_PRICE_CHANGED, 4, "line" },
		{ ENTRY_ORDER_DISCOUNTED, 2, "discount" },
		{ ENTRY_ORDER_DISCOUNTED, 4, "total" },
		{ ENTRY_ORDER_HELD, 2, "order" },
		{ ENTRY_ORDER_RECALLED, 0, "order" },
		{ ENTRY_ORDER_RECALLED, 2, "order" },
		{ ENTRY_ORDER_RECALLED, 3, "order" },
		{ ENTRY_CLEAR_UNDONE, 2, "order" },
		{ ENTRY_CLEAR_UNDONE, 3, "order" },
		{ ENTRY_ORDER_CLEARED, 0, "order" },
		{ ENTRY_ORDER_CLEARED, 2, "order" },
		{ ENTRY_TENDERED, 2, "tender" },
		{ ENTRY_TENDERED, 4, "tender" },
		{ ENTRY_TENDER_CANCELLED, 2, "tender" },
		{ ENTRY_TENDER_CANCELLED, 4, "tender" },
		{ ENTRY_ORDER_CLOSED, 0, "order" },
		{ ENTRY_ORDER_CLOSED, 2, "order" },
		{ ENTRY_ORDER_CLOSED, 4, "order" },
		{ ENTRY_PRINT_ENDED, 0, "print" },
	};
	struct desk d;

	busy_desk(&d);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct entry e = entry_about(&d, cases[i].kind, cases[i].order);

		assert_refused(&d, &e, cases[i].why);
	}
	desk_release(&d);
}

void entries_with_wrong_contents_are_refused(void)
{
	struct entry e;
	struct desk d;

	busy_desk(&d);
	e = entry_about(&d, ENTRY_LOGGED_OUT, 0);
	e.seq++;
	assert_refused(&d, &e, "sequence");
	e = entry_about(&d, ENTRY_SETTINGS_CHANGED, 0);
	e.of.settings_changed.rounding_mode = ROUND_UP + 1;
	assert_refused(&d, &e, "rounding");
	e.of.settings_changed.rounding_mode = -1;
	assert_refused(&d, &e, "rounding");
	e = entry_about(&d, ENTRY_LINE_ADDED, 4);
	e.of.line_added.line = 3;
	e.of.line_added.discount_kind = DISCOUNT_AMOUNT + 1;
	assert_refused(&d, &e, "discount");
	e.of.line_added.discount_kind = -1;
	assert_refused(&d, &e, "discount");
	e.of.line_added.discount_kind = DISCOUNT_NONE;
	assert_refused(&d, &e, "total");
	e.of.line_added.gross = MONEY_MAX_MINOR + 1;
	assert_refused(&d, &e, "total");
	e.of.line_added.shares = (struct entry_counts){ (const uint8_t *)"\1", 1 };
	assert_refused(&d, &e, "shares");
	e = entry_about(&d, ENTRY_QUANTITY_CHANGED, 4);
	e.of.quantity_changed.line = 1;
	e.of.quantity_changed.total = 1;
	assert_refused(&d, &e, "total");
	e = entry_about(&d, ENTRY_ORDER_DISCOUNTED, 4);
	e.of.order_discounted.discount_kind = DISCOUNT_AMOUNT + 1;
	assert_refused(&d, &e, "discount");
	e.of.order_discounted.discount_kind = -1;
	assert_refused(&d, &e, "discount");
	e.of.order_discounted.discount_kind = DISCOUNT_NONE;
	e.of.order_discounted.shares = (struct entry_counts){ (const uint8_t *)"\1", 1 };
	assert_refused(&d, &e, "shares");
	e = entry_about(&d, ENTRY_TENDERED, 4);
	e.of.tendered.tender = 2;
	e.of.tendered.given = 1;
	assert_refused(&d, &e, "tender");
	e.of.tendered.amount = e.of.tendered.given = MONEY_MAX_MINOR;
	assert_refused(&d, &e, "total");
	e = entry_about(&d, ENTRY_TENDER_CANCELLED, 4);
	e.of.tender_cancelled.tender = 2;
	assert_refused(&d, &e, "tender");
	desk_release(&d);
}

void an_undo_without_a_step_is_refused(void)
{
	struct entry e;
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 100);
	desk_plain(&d, EVENT_UNDO, 0);
	e = entry_about(&d, ENTRY_LINE_UNDONE, 1);
	e.of.line_undone.line = 1;
	assert_refused(&d, &e, "line");
	e = entry_about(&d, ENTRY_ORDER_DISCOUNTED, 1);
	e.of.order_discounted.undo = 1;
	assert_refused(&d, &e, "discount");
	/* an empty order cleared and brought back changes no count */
	desk_plain(&d, EVENT_CLEAR, 0);
	e = entry_about(&d, ENTRY_CLEAR_UNDONE, 1);
	ASSERT_NUMBER(apply_to_copy(&d, &e), FAULT_NONE);
	desk_release(&d);
}

void a_close_must_add_up(void)
{
	static const struct { int64_t subtotal, discount, rounding, total, change, perpetual; bool ok; }
	cases[] = {
		{ 300, 0, 0, 300, 0, 800, true }, { 301, 0, 0, 300, 0, 800, false },
		{ 300, 1, 0, 300, 0, 800, false }, { 300, 0, 1, 300, 0, 800, false },
		{ 300, 0, 0, 301, 0, 800, false }, { 300, 0, 0, 300, 1, 800, false },
		{ 300, 0, 0, 300, 0, 799, false },
	};
	struct entry e;
	struct desk d;

	desk_open(&d);
	desk_item(&d, "z", 1000, 500);
	desk_plain(&d, EVENT_PAY_CASH, 500);
	desk_item(&d, "a", 1000, 300);
	e = entry_about(&d, ENTRY_ORDER_CLOSED, 2);
	e.of.order_closed.subtotal = e.of.order_closed.total = 300;
	e.perpetual_minor = 800;
	assert_refused(&d, &e, "order");
	e = entry_about(&d, ENTRY_TENDERED, 2);
	e.of.tendered.tender = 1;
	e.of.tendered.kind = TENDER_OTHER;
	memcpy(e.of.tendered.name, "card", sizeof "card");
	e.of.tendered.amount = e.of.tendered.given = 300;
	ASSERT_NUMBER(counter_apply(&d.counter, &e, &d.fault), FAULT_NONE);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		e = entry_about(&d, ENTRY_ORDER_CLOSED, 2);
		e.of.order_closed.subtotal = cases[i].subtotal;
		e.of.order_closed.discount = cases[i].discount;
		e.of.order_closed.rounding = cases[i].rounding;
		e.of.order_closed.total = cases[i].total;
		e.of.order_closed.change = cases[i].change;
		e.perpetual_minor = cases[i].perpetual;
		ASSERT_NUMBER(apply_to_copy(&d, &e),
			      cases[i].ok ? FAULT_NONE : FAULT_JOURNAL_BROKEN);
	}
	desk_release(&d);
}

void the_first_entry_sets_the_till_up(void)
{
	struct entry e = { .seq = 1, .kind = ENTRY_TILL_STARTED };
	struct counter c;

	counter_init(&c);
	ASSERT_NUMBER(counter_apply(&c, &e, NULL), FAULT_JOURNAL_BROKEN);
	counter_release(&c);
	counter_release(NULL);
}

void flipped_bytes_of_a_snapshot_are_refused_or_differ(void)
{
	struct buffer state = BUFFER_INIT(STATE_MAX), again = BUFFER_INIT(STATE_MAX);
	struct desk d;

	busy_desk(&d);
	CU_ASSERT_FATAL(counter_pack(&d.counter, &state));
	for (size_t i = 0; i < state.len * 8; i++) {
		struct counter c;

		counter_init(&c);
		state.data[i / 8] = (char)(state.data[i / 8] ^ 1 << i % 8);
		if (counter_unpack(&c, state.data, state.len)) {
			buffer_reset(&again);
			CU_ASSERT_FATAL(counter_pack(&c, &again));
			CU_ASSERT(again.len == state.len &&
				  memcmp(again.data, state.data, state.len) == 0);
		}
		state.data[i / 8] = (char)(state.data[i / 8] ^ 1 << i % 8);
		counter_release(&c);
	}
	buffer_release(&state);
	buffer_release(&again);
	desk_release(&d);
}
