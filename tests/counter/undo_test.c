/* Steps back: what they restore, what they take out of the shift's counts, and
 * where they end. */
#include "suite.h"

#include <string.h>

#include "base/utf8.h"
#include "desk.h"
#include "edges_test.h"

static const struct order *open_order(struct desk *d)
{
	const struct order *order = counter_order(&d->counter);

	CU_ASSERT_FATAL(order != NULL);
	return order;
}

static void end(struct desk *d)
{
	desk_assert_replays(d);
	desk_assert_snapshots(d);
	desk_release(d);
}

static enum fault_code typed_price(struct desk *d, int64_t list_minor, int64_t price_minor)
{
	struct counter_event ev = { .kind = EVENT_ITEM };

	utf8_copy(ev.of.item.product.code, sizeof ev.of.item.product.code, "6901");
	ev.of.item.product.has_price = list_minor >= 0;
	ev.of.item.product.price = money_make(list_minor, CURRENCY_CNY);
	ev.of.item.quantity = QUANTITY_ONE;
	ev.of.item.has_price = price_minor >= 0;
	ev.of.item.price_minor = price_minor;
	return desk_do(d, &ev);
}

void a_price_typed_and_undone_is_not_counted(void)
{
	struct desk d;

	desk_open(&d);
	ASSERT_NUMBER(typed_price(&d, -1, -1), FAULT_CATALOG_NO_PRICE);
	ASSERT_NUMBER(typed_price(&d, -1, 500), FAULT_NONE);
	ASSERT_NUMBER(d.counter.shift.overrides, 0);
	ASSERT_TEXT(open_order(&d)->lines[0].name, "6901");
	typed_price(&d, 300, 300);
	ASSERT_NUMBER(d.counter.shift.overrides, 0);
	typed_price(&d, 300, 250);
	ASSERT_NUMBER(d.counter.shift.overrides, 1);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(d.counter.shift.overrides, 0);
	/* changed, voided, the void and the change undone */
	desk_line(&d, EVENT_PRICE, 2, 100);
	desk_line(&d, EVENT_VOID, 2, 0);
	ASSERT_NUMBER(d.counter.shift.overrides, 1);
	ASSERT_NUMBER(d.counter.shift.voids_minor, 100);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(d.counter.shift.voids_minor, 0);
	desk_line(&d, EVENT_PRICE, 2, 300);
	ASSERT_NUMBER(d.counter.shift.overrides, 0);
	desk_plain(&d, EVENT_UNDO, 0);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(d.counter.shift.overrides, 0);
	end(&d);
}

void counts_of_a_closed_shift_stay_as_they_are(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 500);
	desk_item(&d, "b", 1000, 300);
	desk_line(&d, EVENT_VOID, 2, 0);
	desk_plain(&d, EVENT_HOLD, 0);
	desk_item(&d, "c", 1000, 900);
	desk_plain(&d, EVENT_CLEAR, 0);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 10000), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_z.voids, 1);
	ASSERT_NUMBER(d.counter.last_z.cleared_minor, 900);
	desk_plain(&d, EVENT_OPEN_SHIFT, 0);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_ORDER_NOTHING_TO_UNDO);
	ASSERT_NUMBER(desk_recall(&d, 1), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_ORDER_NOTHING_TO_UNDO);
	ASSERT_NUMBER(open_order(&d)->total_minor, 500);
	ASSERT_NUMBER(d.counter.shift.voids, 0);
	ASSERT_NUMBER(d.counter.shift.voids_minor, 0);
	ASSERT_NUMBER(d.counter.shift.cleared, 0);
	end(&d);
}

/* Opens an order and takes its only line back. */
static void open_empty(struct desk *d)
{
	desk_item(d, "x", 1000, 100);
	desk_plain(d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(d)->live_lines, 0);
}

void empty_orders_push_no_cleared_one_out(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 500);
	desk_plain(&d, EVENT_CLEAR, 0);
	for (int i = 0; i < COUNTER_CLEARED_MAX + 5; i++) {
		open_empty(&d);
		ASSERT_NUMBER(desk_plain(&d, EVENT_CLEAR, 0), FAULT_NONE);
		CU_ASSERT(d.counter.n_orders <= 2);
	}
	ASSERT_NUMBER(d.counter.shift.cleared, 1);
	open_empty(&d);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->number, 1);
	ASSERT_NUMBER(open_order(&d)->total_minor, 500);
	ASSERT_NUMBER(d.counter.shift.cleared, 0);
	end(&d);
}

void only_the_last_cleared_orders_come_back(void)
{
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < COUNTER_CLEARED_MAX + 5; i++) {
		desk_item(&d, "a", 1000, 100 + i);
		desk_plain(&d, EVENT_CLEAR, 0);
	}
	ASSERT_NUMBER(d.counter.n_orders, COUNTER_CLEARED_MAX);
	ASSERT_NUMBER(d.counter.shift.cleared, COUNTER_CLEARED_MAX + 5);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 100 + COUNTER_CLEARED_MAX + 4);
	/* what was done on it before it was cleared can be undone too */
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->live_lines, 0);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 100 + COUNTER_CLEARED_MAX + 3);
	end(&d);
}

void discounts_survive_hold_clear_and_come_off_by_undo(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 1000);
	desk_item(&d, "b", 1000, 500);
	desk_discount(&d, 0, DISCOUNT_PERCENT, 1000);
	desk_discount(&d, 2, DISCOUNT_AMOUNT, 100);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1500 - 100 - 140);
	ASSERT_NUMBER(desk_plain(&d, EVENT_HOLD, 0), FAULT_NONE);
	ASSERT_NUMBER(desk_recall(&d, 1), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1260);
	desk_plain(&d, EVENT_CLEAR, 0);
	desk_plain(&d, EVENT_UNDO, 0);
	desk_item(&d, "c", 1000, 100);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1260 + 90);
	desk_plain(&d, EVENT_UNDO, 0);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1350);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1500);
	ASSERT_NUMBER(open_order(&d)->discount.kind, DISCOUNT_NONE);
	/* a discount taken back by hand is a step of its own */
	desk_discount(&d, 0, DISCOUNT_AMOUNT, 100);
	desk_discount(&d, 0, DISCOUNT_AMOUNT, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1500);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1400);
	end(&d);
}

void more_steps_than_the_limit_leave_the_oldest(void)
{
	struct desk d;
	int undone = 0;

	desk_open(&d);
	desk_item(&d, "a", 1000, 100);
	for (int i = 1; i <= ORDER_UNDO_MAX + 10; i++)
		desk_line(&d, EVENT_QUANTITY, 1, (i + 1) * QUANTITY_ONE);
	while (desk_plain(&d, EVENT_UNDO, 0) == FAULT_NONE)
		undone++;
	ASSERT_NUMBER(undone, ORDER_UNDO_MAX);
	ASSERT_NUMBER(open_order(&d)->lines[0].quantity, 11 * QUANTITY_ONE);
	end(&d);
}

void a_recall_drops_an_empty_order_and_keeps_a_full_one(void)
{
	struct counter_event ev = { .kind = EVENT_HOLD };
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 500);
	utf8_copy(ev.text, sizeof ev.text, "阿姨\033 red bag");
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_TEXT(counter_find_number(&d.counter, 1)->note, "阿姨\xEF\xBF\xBD red bag");
	open_empty(&d);
	ASSERT_NUMBER(desk_plain(&d, EVENT_HOLD, 0), FAULT_ORDER_EMPTY);
	ASSERT_NUMBER(desk_recall(&d, 1), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->number, 1);
	ASSERT_NUMBER(d.counter.shift.cleared, 0);
	desk_plain(&d, EVENT_HOLD, 0);
	open_empty(&d);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 0), FAULT_NONE);
	CU_ASSERT(counter_order(&d.counter) == NULL);
	ASSERT_NUMBER(d.counter.last_z.cleared, 0);
	end(&d);
}

void orders_on_hold_have_a_limit(void)
{
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < COUNTER_HELD_MAX; i++) {
		desk_item(&d, "a", 1000, 1);
		CU_ASSERT_FATAL(desk_plain(&d, EVENT_HOLD, 0) == FAULT_NONE);
	}
	desk_item(&d, "a", 1000, 1);
	ASSERT_NUMBER(desk_plain(&d, EVENT_HOLD, 0), FAULT_ORDER_TOO_MANY_HELD);
	ASSERT_NUMBER(desk_plain(&d, EVENT_REPORT_X, 0), FAULT_NONE);
	end(&d);
}
