/* An order as bytes and back, and its copies. */
#include "order_test.h"

#include <string.h>

#include "base/utf8.h"
#include "suite.h"

enum { STATE_MAX = 1024 * 1024 };

static void full_order(struct order *order)
{
	struct order_tender *tender;
	struct order_undo *undo;
	struct order_line *line;

	*order = (struct order){
		.number = 300, .state = ORDER_PART_REFUNDED, .currency = CURRENCY_CNY,
		.opened_at = { INT64_C(1795254067123), 480 }, .closed_at = { -1, -570 },
		.cashier = "1", .note = "红包", .discount = { DISCOUNT_PERCENT, 500 },
		.rounding_minor = -3, .receipt_journal = UINT64_MAX,
	};
	memset(order->id.bytes, 0xA5, IDENT_BYTES);
	line = add_line(order, 734, 798);
	line->fractional = line->price_overridden = true;
	line->list_price_minor = 900;
	line->tax_bp = -1;
	line->discount = (struct discount){ DISCOUNT_AMOUNT, 20 };
	line->share_minor = 7;
	utf8_copy(line->name, sizeof line->name, "香蕉");
	utf8_copy(line->unit, sizeof line->unit, "kg");
	order_discount_line(line);
	line = add_line(order, -1000, 100);
	utf8_copy(line->code, sizeof line->code, "6901");
	utf8_copy(line->reason, sizeof line->reason, "broken");
	line->voided = true;
	tender = order_add_tender(order);
	tender->kind = TENDER_OTHER;
	tender->amount_minor = tender->given_minor = 500;
	utf8_copy(tender->name, sizeof tender->name, "card");
	utf8_copy(tender->ref, sizeof tender->ref, "77");
	tender = order_add_tender(order);
	tender->cancelled = true;
	tender->given_minor = 100;
	tender->change_minor = 50;
	undo = order_push_undo(order);
	undo->kind = UNDO_ORDER_DISCOUNT;
	undo->discount = (struct discount){ DISCOUNT_AMOUNT, 1 };
	undo = order_push_undo(order);
	undo->line = 2;
	undo->voided = undo->price_overridden = true;
	undo->quantity = -1000;
	undo->price_minor = 100;
	undo->gross_minor = -100;
	CU_ASSERT_FATAL(order_sum(order) == FAULT_NONE);
}

/* Unpacks into *ret_order; false, and nothing to release, when refused. */
static bool unpack(const void *bytes, size_t n, struct order *ret_order)
{
	struct unpack in;

	memset(ret_order, 0, sizeof *ret_order);
	unpack_init(&in, bytes, n);
	order_unpack(&in, ret_order);
	if (unpack_done(&in))
		return true;
	order_release(ret_order);
	return false;
}

static void assert_packs_as(const struct order *order, const struct buffer *bytes)
{
	struct buffer again = BUFFER_INIT(STATE_MAX);

	order_pack(order, &again);
	CU_ASSERT(again.len == bytes->len && memcmp(again.data, bytes->data, bytes->len) == 0);
	buffer_release(&again);
}

void orders_pack_and_unpack(void)
{
	struct buffer bytes = BUFFER_INIT(STATE_MAX);
	struct order order, back;

	full_order(&order);
	order_pack(&order, &bytes);
	CU_ASSERT_FATAL(unpack(bytes.data, bytes.len, &back));
	assert_packs_as(&back, &bytes);
	ASSERT_NUMBER(back.total_minor, order.total_minor);
	ASSERT_NUMBER(back.paid_minor, 500);
	ASSERT_NUMBER(back.lines[1].n, 2);
	ASSERT_NUMBER(back.tenders[1].n, 2);
	ASSERT_TEXT(back.lines[1].reason, "broken");
	order_release(&back);
	for (size_t n = 0; n < bytes.len; n++)
		CU_ASSERT_FALSE(unpack(bytes.data, n, &back));
	buffer_add_byte(&bytes, 0);
	CU_ASSERT_FALSE(unpack(bytes.data, bytes.len, &back));
	buffer_release(&bytes);
	order_release(&order);
}

void packed_orders_have_one_form(void)
{
	struct buffer bytes = BUFFER_INIT(STATE_MAX);
	struct order order, back;

	full_order(&order);
	order_pack(&order, &bytes);
	for (size_t i = 0; i < bytes.len * 8; i++) {
		bytes.data[i / 8] = (char)(bytes.data[i / 8] ^ 1 << i % 8);
		if (unpack(bytes.data, bytes.len, &back)) {
			assert_packs_as(&back, &bytes);
			order_release(&back);
		}
		bytes.data[i / 8] = (char)(bytes.data[i / 8] ^ 1 << i % 8);
	}
	/* sums that do not fit are no order */
	order.lines[0].gross_minor = MONEY_MAX_MINOR;
	order.rounding_minor = 100;
	buffer_reset(&bytes);
	order_pack(&order, &bytes);
	CU_ASSERT_FALSE(unpack(bytes.data, bytes.len, &back));
	buffer_release(&bytes);
	order_release(&order);
}

/* An order with `n` of what the list holds, beyond the limit of the struct. */
static void assert_count_refused(const struct order *order, size_t at, uint64_t n)
{
	struct buffer bytes = BUFFER_INIT(STATE_MAX), longer = BUFFER_INIT(STATE_MAX);
	struct order back;

	order_pack(order, &bytes);
	buffer_add(&longer, bytes.data, bytes.len - 3 + at);
	pack_unsigned(&longer, n);
	for (uint64_t i = 0; i < n * 20 && !longer.failed; i++)
		buffer_add_byte(&longer, 0);
	CU_ASSERT_FALSE(unpack(longer.data, longer.len, &back));
	buffer_release(&bytes);
	buffer_release(&longer);
}

void packed_lists_past_their_limit_are_refused(void)
{
	struct order order = { .currency = CURRENCY_CNY };

	/* an empty order ends in its three counts */
	assert_count_refused(&order, 0, ORDER_LINES_MAX + 1);
	assert_count_refused(&order, 1, ORDER_TENDERS_MAX + 1);
	assert_count_refused(&order, 2, ORDER_UNDO_MAX + 1);
	assert_count_refused(&order, 2, UINT64_MAX / 64);
}

void copies_share_nothing(void)
{
	struct buffer bytes = BUFFER_INIT(STATE_MAX);
	struct order order, copy = { .number = 1 }, empty = { .number = 2 };

	full_order(&order);
	order_pack(&order, &bytes);
	CU_ASSERT_FATAL(order_copy(&order, &copy));
	order.lines[0].price_minor++;
	order.tenders[0].amount_minor++;
	order.undo[0].line++;
	order_release(&order);
	assert_packs_as(&copy, &bytes);
	CU_ASSERT(order_add_line(&copy) != NULL);
	order_release(&copy);
	CU_ASSERT_FATAL(order_copy(&empty, &copy));
	CU_ASSERT(copy.lines == NULL && copy.number == 2);
	buffer_release(&bytes);
}
