/* Tests of room shift: what is counted in, what is refused whole, and the
 * snapshot's one form. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "shift/shift.h"

enum { STATE_MAX = 64 * 1024 };

static struct order_tender *tender(struct order *order, const char *name, int64_t amount_minor)
{
	struct order_tender *t = order_add_tender(order);

	CU_ASSERT_FATAL(t != NULL);
	utf8_copy(t->name, sizeof t->name, name);
	t->amount_minor = amount_minor;
	return t;
}

static void orders_are_counted_by_total_and_tender(void)
{
	struct shift s = { .float_minor = 10000, .perpetual_minor = 7, .perpetual_sales = 1 };
	struct order sale = { .total_minor = 1500, .discount_minor = 30, .rounding_minor = -6,
			      .live_lines = 3 };
	struct order back = { .total_minor = -200, .live_lines = 1 };
	struct order nothing = { .total_minor = 0, .live_lines = 2 };

	ASSERT_NUMBER(shift_expected_cash(&s), 10000);
	tender(&sale, "card", 500);
	tender(&sale, "cash", 900)->cancelled = true;
	tender(&sale, "cash", 600);
	tender(&sale, "cash", 400);
	tender(&back, "cash", -200);
	ASSERT_NUMBER(shift_count_order(&s, &sale), FAULT_NONE);
	ASSERT_NUMBER(shift_count_order(&s, &back), FAULT_NONE);
	ASSERT_NUMBER(shift_count_order(&s, &nothing), FAULT_NONE);
	ASSERT_NUMBER(s.sales, 2);
	ASSERT_NUMBER(s.sales_minor, 1500);
	ASSERT_NUMBER(s.returns, 1);
	ASSERT_NUMBER(s.returns_minor, -200);
	ASSERT_NUMBER(shift_net(&s), 1300);
	ASSERT_NUMBER(s.discounts_minor, 30);
	ASSERT_NUMBER(s.rounding_minor, -6);
	ASSERT_NUMBER(s.items, 6);
	ASSERT_NUMBER(s.perpetual_minor, 1307);
	ASSERT_NUMBER(s.perpetual_sales, 4);
	ASSERT_NUMBER(s.n_tenders, 2);
	ASSERT_TEXT(s.tenders[1].name, "cash");
	ASSERT_NUMBER(s.tenders[1].count, 3);
	ASSERT_NUMBER(s.tenders[1].amount_minor, 800);
	CU_ASSERT(shift_tender_is_cash(&s.tenders[1]));
	CU_ASSERT_FALSE(shift_tender_is_cash(&s.tenders[0]));
	ASSERT_NUMBER(shift_expected_cash(&s), 10800);
	order_release(&sale);
	order_release(&back);
}

static void an_order_is_counted_whole_or_not_at_all(void)
{
	static const struct { size_t offset; int64_t total, discount, rounding; } cases[] = {
		{ offsetof(struct shift, sales_minor), 1, 0, 0 },
		{ offsetof(struct shift, returns_minor), -1, 0, 0 },
		{ offsetof(struct shift, discounts_minor), 0, 1, 0 },
		{ offsetof(struct shift, rounding_minor), 0, 0, 1 },
		{ offsetof(struct shift, perpetual_minor), 1, 0, 0 },
		{ offsetof(struct shift, tenders[0].amount_minor), 0, 0, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct shift s = { .n_tenders = 1, .tenders = { { .name = "cash" } } }, before;
		struct order order = { .total_minor = cases[i].total,
				       .discount_minor = cases[i].discount,
				       .rounding_minor = cases[i].rounding };
		int64_t edge = cases[i].total < 0 ? INT64_MIN : INT64_MAX;

		tender(&order, "cash", 1);
		memcpy((char *)&s + cases[i].offset, &edge, sizeof edge);
		before = s;
		ASSERT_NUMBER(shift_count_order(&s, &order), FAULT_MONEY_OVERFLOW);
		CU_ASSERT(memcmp(&s, &before, sizeof s) == 0);
		order_release(&order);
	}
}

static void ways_to_pay_have_a_limit(void)
{
	struct shift s = { .number = 1 }, before;
	struct order order = { .total_minor = 1 };

	for (int i = 0; i < SHIFT_TENDERS_MAX + 2; i++) {
		char name[8];

		snprintf(name, sizeof name, "t%d", i);
		tender(&order, name, 1);
	}
	before = s;
	ASSERT_NUMBER(shift_count_order(&s, &order), FAULT_LIMIT_REACHED);
	CU_ASSERT(memcmp(&s, &before, sizeof s) == 0);
	order.n_tenders -= 2;
	ASSERT_NUMBER(shift_count_order(&s, &order), FAULT_NONE);
	ASSERT_NUMBER(s.n_tenders, SHIFT_TENDERS_MAX);
	ASSERT_NUMBER(shift_count_order(&s, &order), FAULT_NONE);
	ASSERT_NUMBER(s.tenders[0].count, 2);
	order_release(&order);
}

static struct shift full_shift(void)
{
	struct shift s = {
		.number = 300, .z_number = 299, .open = true, .opened_at = { 1000, 480 },
		.closed_at = { INT64_MAX, -570 }, .opened_by = "1", .closed_by = "supervisor",
		.float_minor = 1, .sales = 2, .sales_minor = 3, .returns = 4, .returns_minor = -5,
		.discounts_minor = 6, .rounding_minor = -7, .items = 8, .voids = 9,
		.voids_minor = 10, .overrides = 11, .cleared = 12, .cleared_minor = 13,
		.reprints = 14, .held = 15, .counted_minor = 16, .perpetual_sales = UINT64_MAX,
		.perpetual_minor = INT64_MIN, .n_tenders = 2,
		.tenders = { { "cash", 17, 18 }, { "mall_card", 19, -20 } },
	};

	return s;
}

static void shifts_pack_and_unpack(void)
{
	struct buffer bytes = BUFFER_INIT(STATE_MAX), again = BUFFER_INIT(STATE_MAX);
	struct shift s = full_shift(), back;
	struct unpack in;

	shift_pack(&s, &bytes);
	memset(&back, 0xFF, sizeof back);
	unpack_init(&in, bytes.data, bytes.len);
	shift_unpack(&in, &back);
	CU_ASSERT(unpack_done(&in));
	shift_pack(&back, &again);
	CU_ASSERT(again.len == bytes.len && memcmp(again.data, bytes.data, bytes.len) == 0);
	ASSERT_NUMBER(back.tenders[1].amount_minor, -20);
	ASSERT_NUMBER(back.perpetual_minor, INT64_MIN);
	for (size_t n = 0; n < bytes.len; n++) {
		unpack_init(&in, bytes.data, n);
		shift_unpack(&in, &back);
		CU_ASSERT(in.failed);
	}
	buffer_release(&bytes);
	buffer_release(&again);
}

static void flipped_bits_are_refused_or_differ(void)
{
	struct buffer bytes = BUFFER_INIT(STATE_MAX), again = BUFFER_INIT(STATE_MAX);
	struct shift s = full_shift(), back;

	shift_pack(&s, &bytes);
	for (size_t i = 0; i < bytes.len * 8; i++) {
		struct unpack in;

		bytes.data[i / 8] = (char)(bytes.data[i / 8] ^ 1 << i % 8);
		unpack_init(&in, bytes.data, bytes.len);
		shift_unpack(&in, &back);
		if (unpack_done(&in)) {
			buffer_reset(&again);
			shift_pack(&back, &again);
			CU_ASSERT(again.len == bytes.len &&
				  memcmp(again.data, bytes.data, bytes.len) == 0);
		}
		bytes.data[i / 8] = (char)(bytes.data[i / 8] ^ 1 << i % 8);
	}
	buffer_release(&bytes);
	buffer_release(&again);
}

static void roles_have_words(void)
{
	ASSERT_TEXT(cashier_role_word(ROLE_CASHIER), "cashier");
	ASSERT_TEXT(cashier_role_word(ROLE_SUPERVISOR), "supervisor");
}

static const struct test tests[] = {
	{ "orders are counted by total and tender", orders_are_counted_by_total_and_tender },
	{ "an order is counted whole or not at all", an_order_is_counted_whole_or_not_at_all },
	{ "ways to pay have a limit", ways_to_pay_have_a_limit },
	{ "shifts pack and unpack", shifts_pack_and_unpack },
	{ "flipped bits are refused or differ", flipped_bits_are_refused_or_differ },
	{ "roles have words", roles_have_words },
};

SUITE_MAIN("shift", tests)
