/* Edges of the counter: amounts no till can hold, counts that a step back or
 * another shift must not spoil, cash that rounds, copies that are marked. Each
 * ends with the journal applied again, for what is decided must also apply. */
#include "suite.h"

#include <stdio.h>
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

void what_is_decided_also_applies_at_the_limit(void)
{
	struct desk d;

	desk_open(&d);
	/* nets of zero, but a subtotal that would not fit */
	ASSERT_NUMBER(desk_item(&d, "a", 60000, MONEY_TYPED_MAX_MINOR), FAULT_NONE);
	ASSERT_NUMBER(desk_discount(&d, 1, DISCOUNT_PERCENT, 10000), FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "b", 60000, MONEY_TYPED_MAX_MINOR), FAULT_MONEY_OVERFLOW);
	/* a return makes room, and takes it away when it goes */
	ASSERT_NUMBER(desk_return(&d, "c", 60000, MONEY_TYPED_MAX_MINOR), FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "d", 60000, MONEY_TYPED_MAX_MINOR), FAULT_NONE);
	ASSERT_NUMBER(desk_line(&d, EVENT_VOID, 2, 0), FAULT_MONEY_OVERFLOW);
	ASSERT_NUMBER(desk_discount(&d, 3, DISCOUNT_PERCENT, 10000), FAULT_MONEY_OVERFLOW);
	ASSERT_NUMBER(desk_discount(&d, 1, DISCOUNT_PERCENT, 0), FAULT_NONE);
	/* the base of a discount on the order would not fit */
	ASSERT_NUMBER(desk_discount(&d, 0, DISCOUNT_PERCENT, 100), FAULT_MONEY_OVERFLOW);
	ASSERT_NUMBER(desk_line(&d, EVENT_QUANTITY, 1, QUANTITY_MAX - 999), FAULT_MONEY_OVERFLOW);
	ASSERT_NUMBER(open_order(&d)->live_lines, 3);
	end(&d);
}

void negative_and_huge_amounts_are_refused(void)
{
	static const int64_t bad[] = { -1, INT64_MIN, MONEY_MAX_MINOR + 1, INT64_MAX };
	static const enum fault_code why[] = {
		FAULT_MONEY_NEGATIVE, FAULT_MONEY_NEGATIVE, FAULT_MONEY_TOO_LARGE, FAULT_MONEY_TOO_LARGE,
	};
	struct desk d;

	desk_open(&d);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ASSERT_NUMBER(desk_item(&d, "a", 1000, bad[i]), why[i]);
		ASSERT_NUMBER(desk_item(&d, "a", 1000, 1000), FAULT_NONE);
		ASSERT_NUMBER(desk_line(&d, EVENT_PRICE, 1, bad[i]), why[i]);
		ASSERT_NUMBER(desk_discount(&d, 0, DISCOUNT_AMOUNT, bad[i]), why[i]);
		ASSERT_NUMBER(desk_discount(&d, 1, DISCOUNT_AMOUNT, bad[i]), why[i]);
		ASSERT_NUMBER(desk_discount(&d, 0, DISCOUNT_PERCENT, bad[i]), FAULT_PERCENT_BAD);
		ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, bad[i]), why[i]);
		ASSERT_NUMBER(desk_pay_other(&d, "card", bad[i]), why[i]);
		ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 1000), FAULT_NONE);
		ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, bad[i]), why[i]);
		ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 0), FAULT_NONE);
		ASSERT_NUMBER(desk_plain(&d, EVENT_OPEN_SHIFT, bad[i]), why[i]);
		ASSERT_NUMBER(desk_plain(&d, EVENT_OPEN_SHIFT, 0), FAULT_NONE);
	}
	desk_item(&d, "a", 1000, 1000);
	ASSERT_NUMBER(desk_discount(&d, 1, DISCOUNT_PERCENT, 10001), FAULT_PERCENT_BAD);
	ASSERT_NUMBER(desk_discount(&d, 0, DISCOUNT_NONE, 7), FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "a", 0, 1), FAULT_QUANTITY_NOT_POSITIVE);
	ASSERT_NUMBER(desk_return(&d, "a", -1000, 1), FAULT_QUANTITY_NOT_POSITIVE);
	ASSERT_NUMBER(desk_item(&d, "a", QUANTITY_MAX + 1, 1), FAULT_QUANTITY_TOO_LARGE);
	ASSERT_NUMBER(desk_line(&d, EVENT_QUANTITY, 1, -1000), FAULT_QUANTITY_NOT_POSITIVE);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, MONEY_MAX_MINOR), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed->change_minor, MONEY_MAX_MINOR - 1000);
	end(&d);
}

static enum fault_code label(struct desk *d, quantity q, int64_t gross_minor, bool is_return)
{
	struct counter_event ev = { .kind = EVENT_ITEM };

	utf8_copy(ev.of.item.product.code, sizeof ev.of.item.product.code, "pork");
	ev.of.item.product.has_price = true;
	ev.of.item.product.price = money_make(2990, CURRENCY_CNY);
	ev.of.item.product.fractional = true;
	ev.of.item.quantity = q;
	ev.of.item.is_return = is_return;
	ev.of.item.has_gross = true;
	ev.of.item.gross_minor = gross_minor;
	return desk_do(d, &ev);
}

void the_amount_of_a_scale_label_stands(void)
{
	struct desk d;

	desk_open(&d);
	ASSERT_NUMBER(label(&d, 333, 995, false), FAULT_NONE);  /* 9.96 by its price */
	ASSERT_NUMBER(open_order(&d)->total_minor, 995);
	ASSERT_NUMBER(desk_discount(&d, 1, DISCOUNT_PERCENT, 1000), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 995 - 100);
	desk_line(&d, EVENT_QUANTITY, 1, 1000);
	ASSERT_NUMBER(open_order(&d)->total_minor, 2990 - 299);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 995 - 100);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 995);
	ASSERT_NUMBER(label(&d, 333, 994, true), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1);
	ASSERT_NUMBER(label(&d, 333, -1, false), FAULT_MONEY_NEGATIVE);
	ASSERT_NUMBER(label(&d, 333, INT64_MAX, false), FAULT_MONEY_TOO_LARGE);
	end(&d);
}

static void set_rules(struct desk *d, int64_t step, enum rounding mode, bool print)
{
	struct counter_event ev = { .kind = EVENT_RULES };

	ev.of.rules.rounding_step_minor = step;
	ev.of.rules.rounding_mode = mode;
	ev.of.rules.print_receipts = print;
	memcpy(ev.of.rules.tenders, "card cash mall_card", sizeof "card cash mall_card");
	CU_ASSERT_FATAL(desk_do(d, &ev) == FAULT_NONE);
}

void cash_that_lies_between_exact_and_rounded_closes(void)
{
	static const struct {
		int64_t total, step;
		enum rounding mode;
		int64_t card, cash;  /* positive: also what is paid out */
		enum fault_code code;
		bool closed;
		int64_t rounding, change;
	} cases[] = {
		{ 1566, 10, ROUND_HALF_UP, 0, 1570, FAULT_NONE, true, 4, 0 },
		{ 1566, 10, ROUND_HALF_UP, 0, 1566, FAULT_NONE, true, 0, 0 },
		{ 1566, 10, ROUND_HALF_UP, 0, 1568, FAULT_NONE, true, 2, 0 },
		{ 1566, 10, ROUND_HALF_UP, 0, 1565, FAULT_NONE, false, 0, 0 },
		{ 1566, 10, ROUND_HALF_UP, 0, 1580, FAULT_NONE, true, 4, 10 },
		{ 1566, 10, ROUND_DOWN, 0, 1560, FAULT_NONE, true, -6, 0 },
		{ 1566, 10, ROUND_DOWN, 0, 1563, FAULT_NONE, true, -6, 3 },
		{ 1566, 10, ROUND_DOWN, 1000, 560, FAULT_NONE, true, -6, 0 },
		{ 1566, 10, ROUND_DOWN, 1563, 0, FAULT_NONE, true, -3, 0 },
		{ 1566, 10, ROUND_UP, 1563, 0, FAULT_TENDER_ZERO, false, 0, 0 },
		{ 1566, 10, ROUND_UP, 1563, 3, FAULT_NONE, true, 0, 0 },
		{ 1566, 0, ROUND_UP, 1563, 3, FAULT_NONE, true, 0, 0 },
		{ -1566, 10, ROUND_DOWN, 0, 1560, FAULT_NONE, true, 6, 0 },
		{ -1566, 10, ROUND_DOWN, 0, 1561, FAULT_TENDER_PAY_OUT_TOO_MUCH, false, 0, 0 },
		{ -1566, 10, ROUND_DOWN, 0, 1559, FAULT_NONE, false, 0, 0 },
		{ -1566, 10, ROUND_HALF_UP, 0, 1570, FAULT_NONE, true, -4, 0 },
		{ -1566, 10, ROUND_HALF_UP, 0, 1566, FAULT_NONE, true, 0, 0 },
		{ -1566, 10, ROUND_HALF_UP, 0, 1567, FAULT_NONE, true, -1, 0 },
		{ -1566, 10, ROUND_HALF_UP, 0, 1565, FAULT_NONE, false, 0, 0 },
		{ -3, 10, ROUND_DOWN, 0, 0, FAULT_NONE, true, 3, 0 },
		{ -3, 10, ROUND_DOWN, 0, 3, FAULT_TENDER_PAY_OUT_TOO_MUCH, false, 0, 0 },
		{ 0, 10, ROUND_HALF_UP, 0, 0, FAULT_NONE, true, 0, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct order *order;
		struct desk d;

		desk_open(&d);
		set_rules(&d, cases[i].step, cases[i].mode, false);
		if (cases[i].total < 0)
			desk_return(&d, "a", 1000, -cases[i].total);
		else
			desk_item(&d, "a", 1000, cases[i].total);
		if (cases[i].card)
			ASSERT_NUMBER(desk_pay_other(&d, "card", cases[i].card), FAULT_NONE);
		ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, cases[i].cash), cases[i].code);
		order = counter_order(&d.counter);
		ASSERT_NUMBER(order == NULL, cases[i].closed);
		if (!order)
			order = d.counter.last_closed;
		ASSERT_NUMBER(order->rounding_minor, cases[i].rounding);
		ASSERT_NUMBER(order->change_minor, cases[i].change);
		ASSERT_NUMBER(d.counter.perpetual_minor,
			      cases[i].closed ? cases[i].total + cases[i].rounding : 0);
		end(&d);
	}
}

void cancelled_tenders_count_for_nothing(void)
{
	struct desk d;

	desk_open(&d);
	set_rules(&d, 10, ROUND_DOWN, false);
	desk_item(&d, "a", 1000, 1003);
	desk_plain(&d, EVENT_PAY_CASH, 500);
	desk_pay_other(&d, "card", 500);
	ASSERT_NUMBER(order_due(open_order(&d)), 3);
	ASSERT_NUMBER(desk_line(&d, EVENT_CANCEL_TENDER, 1, 0), FAULT_NONE);
	ASSERT_NUMBER(desk_line(&d, EVENT_CANCEL_TENDER, 1, 0), FAULT_TENDER_NO_SUCH);
	ASSERT_NUMBER(desk_line(&d, EVENT_CANCEL_TENDER, 0, 0), FAULT_TENDER_NO_SUCH);
	ASSERT_NUMBER(order_due(open_order(&d)), 503);
	ASSERT_NUMBER(desk_plain(&d, EVENT_HOLD, 0), FAULT_ORDER_HAS_TENDERS);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_ORDER_HAS_TENDERS);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 0), FAULT_SHIFT_ORDER_OPEN);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 500), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed->rounding_minor, -3);
	ASSERT_NUMBER(d.counter.last_closed->paid_minor, 1000);
	ASSERT_NUMBER(d.counter.shift.n_tenders, 2);
	ASSERT_NUMBER(shift_expected_cash(&d.counter.shift), 10500);
	/* all given back: the order may be cleared again */
	desk_item(&d, "a", 1000, 1000);
	desk_plain(&d, EVENT_PAY_CASH, 500);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLEAR, 0), FAULT_ORDER_HAS_TENDERS);
	desk_line(&d, EVENT_CANCEL_TENDER, 1, 0);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLEAR, 0), FAULT_NONE);
	end(&d);
}

void tenders_have_a_limit_and_a_name(void)
{
	struct desk d;

	desk_open(&d);
	set_rules(&d, 0, ROUND_DOWN, false);
	desk_item(&d, "a", 1000, 1000);
	ASSERT_NUMBER(desk_pay_other(&d, "cash", 10), FAULT_TENDER_UNKNOWN);
	ASSERT_NUMBER(desk_pay_other(&d, "", 10), FAULT_TENDER_UNKNOWN);
	ASSERT_NUMBER(desk_pay_other(&d, "card cash", 10), FAULT_TENDER_UNKNOWN);
	ASSERT_NUMBER(desk_pay_other(&d, "mall", 10), FAULT_TENDER_UNKNOWN);
	ASSERT_NUMBER(desk_pay_other(&d, "ard", 10), FAULT_TENDER_UNKNOWN);
	ASSERT_NUMBER(desk_pay_other(&d, "card", 0), FAULT_TENDER_ZERO);
	for (int i = 0; i < ORDER_TENDERS_MAX; i++)
		ASSERT_NUMBER(desk_pay_other(&d, "mall_card", 1), FAULT_NONE);
	ASSERT_NUMBER(desk_pay_other(&d, "card", 1), FAULT_TENDER_TOO_MANY);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 950), FAULT_TENDER_TOO_MANY);
	for (uint32_t i = 1; i <= ORDER_TENDERS_MAX; i++)
		ASSERT_NUMBER(desk_line(&d, EVENT_CANCEL_TENDER, i, 0), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(&d, EVENT_HOLD, 0), FAULT_NONE);
	end(&d);
}

void a_zero_total_takes_no_other_tender(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 700);
	ASSERT_NUMBER(desk_pay_other(&d, "card", 200), FAULT_NONE);
	/* goods come back while a part is paid: now money goes out */
	desk_return(&d, "b", 1000, 500);
	ASSERT_NUMBER(desk_pay_other(&d, "card", 1), FAULT_TENDER_NOTHING_DUE);
	desk_return(&d, "b", 1000, 100);
	ASSERT_NUMBER(order_due(open_order(&d)), -100);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 100), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed->total_minor, 100);
	ASSERT_NUMBER(d.counter.last_closed->paid_minor, 100);
	ASSERT_NUMBER(shift_expected_cash(&d.counter.shift), 10000 - 100);
	end(&d);
}
