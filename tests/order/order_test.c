/* Tests of room order: numbers of lines, sums, discounts and how they are
 * spread. */
#include "order_test.h"

#include <string.h>

#include "base/utf8.h"
#include "suite.h"

struct order_line *add_line(struct order *order, quantity q, int64_t price_minor)
{
	struct order_line *line = order_add_line(order);

	CU_ASSERT_FATAL(line != NULL);
	line->quantity = q;
	line->price_minor = price_minor;
	CU_ASSERT_FATAL(order_price_line(line, CURRENCY_CNY) == FAULT_NONE);
	return line;
}

static void lines_and_tenders_are_numbered_from_one(void)
{
	struct order order = { .currency = CURRENCY_CNY };

	for (uint32_t n = 1; n <= ORDER_LINES_MAX; n++)
		CU_ASSERT_FATAL(order_add_line(&order)->n == n);
	CU_ASSERT(order_add_line(&order) == NULL);
	for (uint32_t n = 1; n <= ORDER_TENDERS_MAX; n++)
		CU_ASSERT_FATAL(order_add_tender(&order)->n == n);
	CU_ASSERT(order_add_tender(&order) == NULL);
	order.lines[1].voided = true;
	order.tenders[1].cancelled = true;
	CU_ASSERT(order_line(&order, 0, true) == NULL);
	CU_ASSERT(order_line(&order, 1, false) == &order.lines[0]);
	CU_ASSERT(order_line(&order, 2, false) == NULL);
	CU_ASSERT(order_line(&order, 2, true) == &order.lines[1]);
	CU_ASSERT(order_line_const(&order, ORDER_LINES_MAX + 1, true) == NULL);
	CU_ASSERT(order_tender(&order, 0) == NULL);
	CU_ASSERT(order_tender(&order, 1) == &order.tenders[0]);
	CU_ASSERT(order_tender(&order, 2) == NULL);
	CU_ASSERT(order_tender(&order, ORDER_TENDERS_MAX + 1) == NULL);
	order_release(&order);
	CU_ASSERT(order.lines == NULL && order.n_lines == 0);
	order_release(&order);
	order_release(NULL);
	order_free(NULL);
}

static void the_oldest_step_gives_way(void)
{
	struct order order = { .currency = CURRENCY_CNY };

	for (uint32_t i = 1; i <= ORDER_UNDO_MAX + 3; i++)
		order_push_undo(&order)->line = i;
	ASSERT_NUMBER(order.n_undo, ORDER_UNDO_MAX);
	ASSERT_NUMBER(order.undo[0].line, 4);
	ASSERT_NUMBER(order.undo[ORDER_UNDO_MAX - 1].line, ORDER_UNDO_MAX + 3);
	order_release(&order);
}

static void states_have_words(void)
{
	ASSERT_TEXT(order_state_word(ORDER_OPEN), "open");
	ASSERT_TEXT(order_state_word(ORDER_HELD), "held");
	ASSERT_TEXT(order_state_word(ORDER_CLOSED), "closed");
	ASSERT_TEXT(order_state_word(ORDER_CLEARED), "cleared");
	ASSERT_TEXT(order_state_word(ORDER_PART_REFUNDED), "part_refunded");
	ASSERT_TEXT(order_state_word(ORDER_REFUNDED), "refunded");
}

static void sums_leave_out_what_is_void_or_cancelled(void)
{
	struct order order = { .currency = CURRENCY_CNY, .rounding_minor = -4 };
	struct order_line *line = add_line(&order, 2000, 350);
	struct order_tender *tender;

	line->discount = (struct discount){ DISCOUNT_AMOUNT, 50 };
	order_discount_line(line);
	add_line(&order, 1000, 9999)->voided = true;
	add_line(&order, -1000, 100);
	order.lines[0].share_minor = 10;
	tender = order_add_tender(&order);
	tender->amount_minor = 500;
	tender->change_minor = 20;
	order_add_tender(&order)->amount_minor = 7777;
	order.tenders[1].cancelled = true;
	ASSERT_NUMBER(order_sum(&order), FAULT_NONE);
	ASSERT_NUMBER(order.subtotal_minor, 600);
	ASSERT_NUMBER(order.discount_minor, 60);
	ASSERT_NUMBER(order.total_minor, 536);
	ASSERT_NUMBER(order.paid_minor, 500);
	ASSERT_NUMBER(order.change_minor, 20);
	ASSERT_NUMBER(order.live_lines, 2);
	ASSERT_NUMBER(order_due(&order), 36);
	ASSERT_NUMBER(order_line_net(&order.lines[0]), 640);
	ASSERT_NUMBER(order_discount_base(&order, 0), 650);
	ASSERT_NUMBER(order_discount_base(&order, 1), 700);
	ASSERT_NUMBER(order_discount_base(&order, 9), 0);
	order_release(&order);
}

/* Each makes one of the sums too large; the order stays as it was. */
static void sums_that_do_not_fit_are_refused(void)
{
	static const int64_t most = MONEY_MAX_MINOR;
	static const struct { int64_t gross[2], discount[2], share[2], rounding, paid[2], change[2]; }
	cases[] = {
		{ .gross = { most, 1 } },
		{ .gross = { -most, -1 } },
		{ .gross = { most, most }, .discount = { most, most } },
		{ .gross = { most, 0 }, .discount = { most, 1 } },
		{ .gross = { most, 0 }, .discount = { most, 0 }, .share = { 1, 0 } },
		{ .gross = { most, 0 }, .rounding = 1 },
		{ .gross = { -most, 0 }, .discount = { 1, 0 } },
		{ .paid = { most, 1 } },
		{ .paid = { -most, -1 } },
		{ .change = { most, 1 } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct order order = { .rounding_minor = cases[i].rounding, .total_minor = 42 };
		struct buffer none = BUFFER_INIT(1);
		int64_t total = 42;

		for (int k = 0; k < 2; k++) {
			struct order_line *line = order_add_line(&order);
			struct order_tender *tender = order_add_tender(&order);

			line->gross_minor = cases[i].gross[k];
			line->discount_minor = cases[i].discount[k];
			line->share_minor = cases[i].share[k];
			tender->amount_minor = cases[i].paid[k];
			tender->change_minor = cases[i].change[k];
		}
		ASSERT_NUMBER(order_sum(&order), FAULT_MONEY_OVERFLOW);
		ASSERT_NUMBER(order.total_minor, 42);
		order.lines[0].discount_minor += order.lines[0].share_minor;
		ASSERT_NUMBER(order_total_with(&order, NULL, &none, &total),
			      i < 7 ? FAULT_MONEY_OVERFLOW : FAULT_NONE);
		order_release(&order);
	}
}

static void a_line_is_priced_once_and_rounded_once(void)
{
	static const struct { quantity q; int64_t price; enum discount_kind kind; int64_t value;
			      int64_t gross, discount; } cases[] = {
		{ 734, 798, DISCOUNT_NONE, 0, 586, 0 },
		{ 500, 1, DISCOUNT_NONE, 0, 1, 0 },        /* half away from zero */
		{ -500, 1, DISCOUNT_NONE, 0, -1, 0 },
		{ 2000, 350, DISCOUNT_PERCENT, 1250, 700, 88 },  /* 87.5 */
		{ 1000, 3, DISCOUNT_PERCENT, 10000, 3, 3 },
		{ 1000, 3, DISCOUNT_PERCENT, 20000, 3, 3 },
		{ 1000, MONEY_TYPED_MAX_MINOR, DISCOUNT_PERCENT, INT64_MAX, MONEY_TYPED_MAX_MINOR,
		  MONEY_TYPED_MAX_MINOR },
		{ 1000, 300, DISCOUNT_PERCENT, -100, 300, 0 },
		{ 1000, 300, DISCOUNT_AMOUNT, 299, 300, 299 },
		{ 1000, 300, DISCOUNT_AMOUNT, 301, 300, 300 },
		{ 1000, 300, DISCOUNT_AMOUNT, -5, 300, 0 },
		{ 1000, 300, DISCOUNT_NONE, 50, 300, 0 },
		{ -1000, 300, DISCOUNT_AMOUNT, 50, -300, 0 },
		{ 1000, 0, DISCOUNT_PERCENT, 5000, 0, 0 },
	};
	struct order_line line = { .quantity = QUANTITY_MAX, .price_minor = MONEY_MAX_MINOR };

	ASSERT_NUMBER(order_price_line(&line, CURRENCY_CNY), FAULT_MONEY_OVERFLOW);
	ASSERT_NUMBER(line.gross_minor, 0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		line = (struct order_line){ .quantity = cases[i].q, .price_minor = cases[i].price,
					    .discount = { cases[i].kind, cases[i].value } };
		ASSERT_NUMBER(order_price_line(&line, CURRENCY_CNY), FAULT_NONE);
		ASSERT_NUMBER(line.gross_minor, cases[i].gross);
		ASSERT_NUMBER(line.discount_minor, cases[i].discount);
	}
}

enum { SPREAD_LINES = 4 };

static void discounts_are_spread_by_the_largest_remainder(void)
{
	/* gross of each line, 0 for none; v: this one is void */
	static const struct {
		int64_t gross[SPREAD_LINES];
		size_t n, voided;
		struct discount discount;
		int64_t shares[SPREAD_LINES];
	} cases[] = {
		{ { 700, 480, 586 }, 3, 9, { DISCOUNT_AMOUNT, 200 }, { 79, 54, 67 } },
		{ { 1, 1, 1 }, 3, 9, { DISCOUNT_AMOUNT, 1 }, { 1, 0, 0 } },
		{ { 1, 1, 1 }, 3, 9, { DISCOUNT_AMOUNT, 2 }, { 1, 1, 0 } },
		{ { 100, 100, 100 }, 3, 9, { DISCOUNT_AMOUNT, 100 }, { 34, 33, 33 } },
		{ { 100, 100, 100 }, 3, 1, { DISCOUNT_AMOUNT, 101 }, { 51, 0, 50 } },
		{ { 100, -50, 0, 200 }, 4, 9, { DISCOUNT_PERCENT, 1000 }, { 10, 0, 0, 20 } },
		{ { 333, 333 }, 2, 9, { DISCOUNT_PERCENT, 10000 }, { 333, 333 } },
		{ { 333, 333 }, 2, 9, { DISCOUNT_AMOUNT, 9999 }, { 333, 333 } },
		{ { 5, 0 }, 2, 9, { DISCOUNT_PERCENT, 1000 }, { 1, 0 } },  /* 0.5 half up */
		{ { 4, 0 }, 2, 9, { DISCOUNT_PERCENT, 1000 }, { 0, 0 } },
		{ { -100, -200 }, 2, 9, { DISCOUNT_PERCENT, 1000 }, { 0, 0 } },
		{ { 100 }, 1, 0, { DISCOUNT_AMOUNT, 50 }, { 0 } },
		{ { 100, 300 }, 2, 9, { DISCOUNT_AMOUNT, -50 }, { 0, 0 } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buffer out = BUFFER_INIT(1000);
		struct order order = { .currency = CURRENCY_CNY };

		for (size_t k = 0; k < cases[i].n; k++)
			add_line(&order, cases[i].gross[k] < 0 ? -1000 : 1000,
				 cases[i].gross[k] < 0 ? -cases[i].gross[k] : cases[i].gross[k])
				->voided = k == cases[i].voided;
		ASSERT_NUMBER(order_spread(&order, NULL, cases[i].discount, &out), FAULT_NONE);
		CU_ASSERT(order_set_shares(&order, (const uint8_t *)out.data, out.len));
		for (size_t k = 0; k < cases[i].n; k++)
			ASSERT_NUMBER(order.lines[k].share_minor, cases[i].shares[k]);
		buffer_release(&out);
		order_release(&order);
	}
}

static void a_line_as_it_will_stand_takes_its_share(void)
{
	struct discount half = { DISCOUNT_PERCENT, 5000 };
	struct buffer out = BUFFER_INIT(1000);
	struct order order = { .currency = CURRENCY_CNY, .rounding_minor = 1 };
	struct order_line changed = { .n = 1, .gross_minor = 40 };
	int64_t total = 0;

	ASSERT_NUMBER(order_spread(&order, NULL, half, &out), FAULT_NONE);
	ASSERT_NUMBER(out.len, 0);
	ASSERT_NUMBER(order_spread(&order, &changed, half, &out), FAULT_NONE);
	ASSERT_NUMBER(order_total_with(&order, &changed, &out, &total), FAULT_NONE);
	ASSERT_NUMBER(total, 21);
	add_line(&order, 1000, 100);
	add_line(&order, 1000, 60);
	buffer_reset(&out);
	ASSERT_NUMBER(order_spread(&order, &changed, half, &out), FAULT_NONE);
	ASSERT_NUMBER(order_total_with(&order, &changed, &out, &total), FAULT_NONE);
	ASSERT_NUMBER(total, 51);
	changed.voided = true;
	buffer_reset(&out);
	ASSERT_NUMBER(order_spread(&order, &changed, half, &out), FAULT_NONE);
	ASSERT_NUMBER(order_total_with(&order, &changed, &out, &total), FAULT_NONE);
	ASSERT_NUMBER(total, 31);
	buffer_reset(&out);
	ASSERT_NUMBER(order_spread(&order, &changed, (struct discount){ DISCOUNT_NONE, 9 }, &out),
		      FAULT_NONE);
	ASSERT_NUMBER(out.len, 0);
	buffer_release(&out);
	buffer_init(&out, 1);
	ASSERT_NUMBER(order_spread(&order, NULL, half, &out), FAULT_OUT_OF_MEMORY);
	buffer_release(&out);
	order.lines[0].gross_minor = order.lines[1].gross_minor = MONEY_MAX_MINOR;
	ASSERT_NUMBER(order_spread(&order, NULL, half, &out), FAULT_MONEY_OVERFLOW);
	order_release(&order);
}

static void shares_must_fit_the_lines(void)
{
	struct order order = { .currency = CURRENCY_CNY };

	add_line(&order, 1000, 100);
	add_line(&order, 1000, 100);
	CU_ASSERT_FALSE(order_set_shares(&order, (const uint8_t *)"\2", 1));
	CU_ASSERT_FALSE(order_set_shares(&order, (const uint8_t *)"\2\2\2", 3));
	CU_ASSERT(order_set_shares(&order, (const uint8_t *)"\2\4", 2));
	ASSERT_NUMBER(order.lines[1].share_minor, 2);
	CU_ASSERT(order_set_shares(&order, NULL, 0));
	ASSERT_NUMBER(order.lines[1].share_minor, 0);
	order_release(&order);
}

static const struct test tests[] = {
	{ "lines and tenders are numbered from one", lines_and_tenders_are_numbered_from_one },
	{ "the oldest step gives way", the_oldest_step_gives_way },
	{ "states have words", states_have_words },
	{ "sums leave out what is void or cancelled", sums_leave_out_what_is_void_or_cancelled },
	{ "sums that do not fit are refused", sums_that_do_not_fit_are_refused },
	{ "a line is priced once and rounded once", a_line_is_priced_once_and_rounded_once },
	{ "discounts are spread by the largest remainder",
	  discounts_are_spread_by_the_largest_remainder },
	{ "a line as it will stand takes its share", a_line_as_it_will_stand_takes_its_share },
	{ "shares must fit the lines", shares_must_fit_the_lines },
	{ "tax is contained, by rate and rounded by line", tax_is_contained_by_rate },
	{ "rates past the limit are left out", rates_past_the_limit_are_left_out },
	{ "orders pack and unpack", orders_pack_and_unpack },
	{ "packed orders have one form", packed_orders_have_one_form },
	{ "packed lists past their limit are refused", packed_lists_past_their_limit_are_refused },
	{ "copies share nothing", copies_share_nothing },
};

SUITE_MAIN("order", tests)
