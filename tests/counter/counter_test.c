/* What the counter does and refuses, one story a test. */
#include "suite.h"

#include <string.h>

#include "desk.h"
#include "edges_test.h"

static const struct order *open_order(struct desk *d)
{
	const struct order *order = counter_order(&d->counter);

	CU_ASSERT_FATAL(order != NULL);
	return order;
}

static void a_sale_is_paid_in_cash_with_change(void)
{
	struct desk d;

	desk_open(&d);
	ASSERT_NUMBER(desk_item(&d, "6901", 2000, 350), FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "banana", 734, 798), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 700 + 586);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 2000), FAULT_NONE);
	CU_ASSERT(counter_order(&d.counter) == NULL);
	ASSERT_NUMBER(d.counter.last_closed->change_minor, 714);
	ASSERT_NUMBER(d.counter.last_closed->state, ORDER_CLOSED);
	ASSERT_NUMBER(shift_expected_cash(&d.counter.shift), 10000 + 1286);
	ASSERT_NUMBER(d.counter.perpetual_minor, 1286);
	desk_assert_replays(&d);
	desk_assert_snapshots(&d);
	desk_release(&d);
}

static void nothing_is_sold_without_log_in_and_shift(void)
{
	struct desk d;

	desk_open(&d);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 10000), FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "a", 1000, 100), FAULT_SHIFT_NOT_OPEN);
	ASSERT_NUMBER(desk_plain(&d, EVENT_LOGOUT, 0), FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "a", 1000, 100), FAULT_CASHIER_NOT_LOGGED_IN);
	ASSERT_NUMBER(desk_plain(&d, EVENT_OPEN_SHIFT, 0), FAULT_CASHIER_NOT_LOGGED_IN);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 0), FAULT_CASHIER_NOT_LOGGED_IN);
	desk_release(&d);
}

static void wrong_pins_are_recorded_and_wait_longer(void)
{
	struct desk d;
	uint64_t before;

	desk_open(&d);
	desk_plain(&d, EVENT_LOGOUT, 0);
	for (int i = 0; i < 3; i++) {
		before = d.counter.seq;
		ASSERT_NUMBER(desk_login(&d, "1", false), FAULT_CASHIER_WRONG_PIN);
		ASSERT_NUMBER(d.counter.seq, before + 1);
	}
	ASSERT_NUMBER(desk_login(&d, "1", true), FAULT_CASHIER_LOCKED);
	d.now_ms += 5000;
	ASSERT_NUMBER(desk_login(&d, "9", true), FAULT_CASHIER_WRONG_PIN);
	d.now_ms += 8000;
	ASSERT_NUMBER(desk_login(&d, "1", true), FAULT_CASHIER_LOCKED);
	d.now_ms += 1000;
	ASSERT_NUMBER(desk_login(&d, "1", true), FAULT_NONE);
	ASSERT_NUMBER(d.counter.login_failures, 0);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void lines_are_changed_voided_and_come_back(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 1000);
	desk_item(&d, "b", 2000, 250);
	ASSERT_NUMBER(desk_line(&d, EVENT_QUANTITY, 1, 3000), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 3500);
	ASSERT_NUMBER(desk_line(&d, EVENT_PRICE, 2, 200), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 3400);
	ASSERT_NUMBER(d.counter.shift.overrides, 1);
	ASSERT_NUMBER(desk_line(&d, EVENT_VOID, 1, 0), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 400);
	ASSERT_NUMBER(desk_line(&d, EVENT_VOID, 1, 0), FAULT_ORDER_NO_SUCH_LINE);
	ASSERT_NUMBER(desk_line(&d, EVENT_VOID, 3, 0), FAULT_ORDER_NO_SUCH_LINE);
	ASSERT_NUMBER(d.counter.shift.voids, 1);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 3400);
	ASSERT_NUMBER(d.counter.shift.voids, 0);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 3500);
	ASSERT_NUMBER(d.counter.shift.overrides, 0);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1500);
	desk_plain(&d, EVENT_UNDO, 0);
	desk_plain(&d, EVENT_UNDO, 0);
	ASSERT_NUMBER(open_order(&d)->live_lines, 0);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_ORDER_NOTHING_TO_UNDO);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 0), FAULT_ORDER_EMPTY);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void a_cleared_order_comes_back_until_the_next_is_paid(void)
{
	struct desk d;
	uint64_t number;

	desk_open(&d);
	desk_item(&d, "a", 1000, 1000);
	number = open_order(&d)->number;
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLEAR, 0), FAULT_NONE);
	CU_ASSERT(counter_order(&d.counter) == NULL);
	ASSERT_NUMBER(d.counter.shift.cleared, 1);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->number, number);
	ASSERT_NUMBER(d.counter.shift.cleared, 0);
	desk_plain(&d, EVENT_CLEAR, 0);
	desk_item(&d, "b", 1000, 500);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 500), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(&d, EVENT_UNDO, 0), FAULT_ORDER_NOTHING_TO_UNDO);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void orders_are_held_and_recalled(void)
{
	struct desk d;

	desk_open(&d);
	ASSERT_NUMBER(desk_plain(&d, EVENT_HOLD, 0), FAULT_ORDER_NOT_OPEN);
	desk_item(&d, "a", 1000, 1000);
	ASSERT_NUMBER(desk_plain(&d, EVENT_HOLD, 0), FAULT_NONE);
	desk_item(&d, "b", 1000, 2000);
	ASSERT_NUMBER(desk_recall(&d, 1), FAULT_ORDER_STILL_OPEN);
	ASSERT_NUMBER(desk_recall(&d, 99), FAULT_ORDER_NO_SUCH_ORDER);
	ASSERT_NUMBER(desk_recall(&d, 2), FAULT_ORDER_NOT_HELD);
	desk_plain(&d, EVENT_PAY_CASH, 2000);
	ASSERT_NUMBER(desk_recall(&d, 1), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1000);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void discounts_are_spread_and_never_pass_their_base(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "cola", 2000, 350);
	desk_item(&d, "noodles", 1000, 480);
	desk_item(&d, "banana", 734, 798);
	ASSERT_NUMBER(desk_discount(&d, 0, DISCOUNT_AMOUNT, 200), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->lines[0].share_minor, 79);
	ASSERT_NUMBER(open_order(&d)->lines[1].share_minor, 54);
	ASSERT_NUMBER(open_order(&d)->lines[2].share_minor, 67);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1566);
	ASSERT_NUMBER(desk_discount(&d, 0, DISCOUNT_AMOUNT, 1767), FAULT_ORDER_DISCOUNT_TOO_LARGE);
	ASSERT_NUMBER(desk_discount(&d, 1, DISCOUNT_PERCENT, 5000), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->lines[0].discount_minor, 350);
	ASSERT_NUMBER(open_order(&d)->total_minor, 1766 - 350 - 200);
	desk_line(&d, EVENT_VOID, 1, 0);
	desk_line(&d, EVENT_VOID, 2, 0);
	ASSERT_NUMBER(desk_line(&d, EVENT_QUANTITY, 3, 100), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, 0);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 0), FAULT_NONE);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void returns_pay_out_and_have_no_discount(void)
{
	struct desk d;

	desk_open(&d);
	ASSERT_NUMBER(desk_return(&d, "a", 2000, 1000), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, -2000);
	ASSERT_NUMBER(desk_discount(&d, 1, DISCOUNT_PERCENT, 1000), FAULT_ORDER_RETURN_LINE);
	ASSERT_NUMBER(desk_line(&d, EVENT_QUANTITY, 1, 3000), FAULT_NONE);
	ASSERT_NUMBER(open_order(&d)->total_minor, -3000);
	ASSERT_NUMBER(desk_pay_other(&d, "card", 100), FAULT_TENDER_CASH_ONLY);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 3001), FAULT_TENDER_PAY_OUT_TOO_MUCH);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 0), FAULT_TENDER_ZERO);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 1000), FAULT_NONE);
	ASSERT_NUMBER(order_due(open_order(&d)), -2000);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 2000), FAULT_NONE);
	ASSERT_NUMBER(shift_expected_cash(&d.counter.shift), 10000 - 3000);
	ASSERT_NUMBER(d.counter.shift.returns, 1);
	desk_item(&d, "a", 1000, 700);
	desk_return(&d, "b", 1000, 700);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 5), FAULT_TENDER_NOTHING_DUE);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 0), FAULT_NONE);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void parts_may_be_paid_in_other_ways(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 1000);
	ASSERT_NUMBER(desk_pay_other(&d, "gold", 100), FAULT_TENDER_UNKNOWN);
	ASSERT_NUMBER(desk_pay_other(&d, "car", 100), FAULT_TENDER_UNKNOWN);
	ASSERT_NUMBER(desk_pay_other(&d, "card", 1001), FAULT_TENDER_TOO_MUCH);
	ASSERT_NUMBER(desk_pay_other(&d, "mall_card", 400), FAULT_NONE);
	ASSERT_NUMBER(desk_line(&d, EVENT_VOID, 1, 0), FAULT_ORDER_HAS_TENDERS);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLEAR, 0), FAULT_ORDER_HAS_TENDERS);
	ASSERT_NUMBER(desk_line(&d, EVENT_CANCEL_TENDER, 2, 0), FAULT_TENDER_NO_SUCH);
	ASSERT_NUMBER(desk_line(&d, EVENT_CANCEL_TENDER, 1, 0), FAULT_NONE);
	ASSERT_NUMBER(order_due(open_order(&d)), 1000);
	desk_pay_other(&d, "card", 300);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 1000), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed->change_minor, 300);
	ASSERT_NUMBER(shift_expected_cash(&d.counter.shift), 10000 + 700);
	ASSERT_NUMBER(d.counter.shift.n_tenders, 2);
	desk_assert_replays(&d);
	desk_release(&d);
}

static enum fault_code set_rounding(struct desk *d, int64_t step, enum rounding mode)
{
	struct counter_event ev = { .kind = EVENT_RULES };

	ev.of.rules.rounding_step_minor = step;
	ev.of.rules.rounding_mode = mode;
	memcpy(ev.of.rules.tenders, "card", sizeof "card");
	return desk_do(d, &ev);
}

static void cash_is_rounded_when_the_shop_says_so(void)
{
	static const struct { int64_t total, step; enum rounding mode; int64_t pay, rounding, change; } cases[] = {
		{ 1566, 10, ROUND_DOWN, 2000, -6, 440 },
		{ 1566, 10, ROUND_HALF_UP, 2000, 4, 430 },
		{ 1566, 100, ROUND_DOWN, 1500, -66, 0 },
		{ 3, 10, ROUND_DOWN, 0, -3, 0 },
	};
	struct desk d;

	desk_open(&d);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		set_rounding(&d, cases[i].step, cases[i].mode);
		desk_item(&d, "a", 1000, cases[i].total);
		ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, cases[i].pay), FAULT_NONE);
		CU_ASSERT_FATAL(counter_order(&d.counter) == NULL);
		ASSERT_NUMBER(d.counter.last_closed->rounding_minor, cases[i].rounding);
		ASSERT_NUMBER(d.counter.last_closed->change_minor, cases[i].change);
	}
	set_rounding(&d, 10, ROUND_DOWN);
	desk_return(&d, "a", 1000, 1566);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 1566), FAULT_TENDER_PAY_OUT_TOO_MUCH);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 1560), FAULT_NONE);
	desk_item(&d, "a", 1000, 1566);
	desk_pay_other(&d, "card", 1566);
	ASSERT_NUMBER(d.counter.last_closed->rounding_minor, 0);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void a_shift_closes_into_a_z_report(void)
{
	struct desk d;

	desk_open(&d);
	desk_item(&d, "a", 1000, 1000);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 10000), FAULT_SHIFT_ORDER_OPEN);
	ASSERT_NUMBER(desk_plain(&d, EVENT_OPEN_SHIFT, 0), FAULT_SHIFT_ALREADY_OPEN);
	desk_plain(&d, EVENT_HOLD, 0);
	desk_item(&d, "b", 1000, 500);
	desk_plain(&d, EVENT_PAY_CASH, 1000);
	ASSERT_NUMBER(desk_plain(&d, EVENT_REPORT_X, 0), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 10400), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_z.z_number, 1);
	ASSERT_NUMBER(d.counter.last_z.sales_minor, 500);
	ASSERT_NUMBER(d.counter.last_z.counted_minor - shift_expected_cash(&d.counter.last_z), -100);
	ASSERT_NUMBER(d.counter.last_z.held, 1);
	ASSERT_NUMBER(desk_plain(&d, EVENT_OPEN_SHIFT, 5000), FAULT_NONE);
	ASSERT_NUMBER(d.counter.shift.number, 2);
	ASSERT_NUMBER(desk_recall(&d, 1), FAULT_NONE);
	desk_plain(&d, EVENT_PAY_CASH, 1000);
	ASSERT_NUMBER(d.counter.shift.perpetual_minor, 1500);
	desk_assert_replays(&d);
	desk_assert_snapshots(&d);
	desk_release(&d);
}

static void a_doubtful_print_is_followed_by_a_marked_one(void)
{
	struct counter_event ev = { .kind = EVENT_RULES };
	struct desk d;

	desk_open(&d);
	ev.of.rules.print_receipts = true;
	desk_do(&d, &ev);
	desk_item(&d, "a", 1000, 1000);
	desk_plain(&d, EVENT_PAY_CASH, 1000);
	ASSERT_NUMBER(d.step.n_effects, 1);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 0);
	ASSERT_NUMBER(d.counter.n_print_jobs, 1);
	ev = (struct counter_event){ .kind = EVENT_PRINT_ENDED };
	ev.of.print_ended.job = 1;
	ev.of.print_ended.outcome = PRINT_DOUBTFUL;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 1);
	CU_ASSERT(d.step.closes_row != 0);
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_PRINT_NOTHING);
	ev.of.print_ended.job = 2;
	ev.of.print_ended.outcome = PRINT_DONE;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_NUMBER(d.counter.n_print_jobs, 0);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void a_clock_that_goes_back_is_recorded_once(void)
{
	struct desk d;
	uint64_t before;

	desk_open(&d);
	d.now_ms -= 86400000;
	before = d.counter.seq;
	desk_item(&d, "a", 1000, 1000);
	ASSERT_NUMBER(d.counter.seq, before + 3);
	desk_item(&d, "a", 1000, 1000);
	ASSERT_NUMBER(d.counter.seq, before + 4);
	desk_assert_replays(&d);
	desk_release(&d);
}

static void limits_refuse_and_lose_nothing(void)
{
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < ORDER_LINES_MAX; i++)
		CU_ASSERT_FATAL(desk_item(&d, "a", 1000, 1) == FAULT_NONE);
	ASSERT_NUMBER(desk_item(&d, "a", 1000, 1), FAULT_ORDER_TOO_MANY_LINES);
	ASSERT_NUMBER(open_order(&d)->total_minor, ORDER_LINES_MAX);
	desk_plain(&d, EVENT_PAY_CASH, ORDER_LINES_MAX);
	ASSERT_NUMBER(desk_item(&d, "a", QUANTITY_MAX - 999, MONEY_TYPED_MAX_MINOR), FAULT_MONEY_OVERFLOW);
	desk_item(&d, "a", 99000, MONEY_TYPED_MAX_MINOR);
	ASSERT_NUMBER(desk_item(&d, "a", 99000, MONEY_TYPED_MAX_MINOR), FAULT_MONEY_OVERFLOW);
	ASSERT_NUMBER(open_order(&d)->n_lines, 1);
	ASSERT_NUMBER(desk_line(&d, EVENT_QUANTITY, 1, 1500), FAULT_ORDER_NOT_WHOLE);
	desk_assert_replays(&d);
	desk_release(&d);
}

extern void random_days_replay_byte_for_byte(void);
extern void flipped_bytes_of_entries_are_refused_or_differ(void);

static const struct test tests[] = {
	{ "a sale is paid in cash with change", a_sale_is_paid_in_cash_with_change },
	{ "nothing is sold without log-in and shift", nothing_is_sold_without_log_in_and_shift },
	{ "wrong PINs are recorded and wait longer", wrong_pins_are_recorded_and_wait_longer },
	{ "lines are changed, voided and come back", lines_are_changed_voided_and_come_back },
	{ "a cleared order comes back until the next is paid",
	  a_cleared_order_comes_back_until_the_next_is_paid },
	{ "orders are held and recalled", orders_are_held_and_recalled },
	{ "discounts are spread and never pass their base",
	  discounts_are_spread_and_never_pass_their_base },
	{ "returns pay out and have no discount", returns_pay_out_and_have_no_discount },
	{ "parts may be paid in other ways", parts_may_be_paid_in_other_ways },
	{ "cash is rounded when the shop says so", cash_is_rounded_when_the_shop_says_so },
	{ "a shift closes into a Z report", a_shift_closes_into_a_z_report },
	{ "a doubtful print is followed by a marked one", a_doubtful_print_is_followed_by_a_marked_one },
	{ "a clock that goes back is recorded once", a_clock_that_goes_back_is_recorded_once },
	{ "limits refuse and lose nothing", limits_refuse_and_lose_nothing },
	{ "what is decided also applies at the limit", what_is_decided_also_applies_at_the_limit },
	{ "negative and huge amounts are refused", negative_and_huge_amounts_are_refused },
	{ "the amount of a scale label stands", the_amount_of_a_scale_label_stands },
	{ "cash that lies between exact and rounded closes",
	  cash_that_lies_between_exact_and_rounded_closes },
	{ "cancelled tenders count for nothing", cancelled_tenders_count_for_nothing },
	{ "tenders have a limit and a name", tenders_have_a_limit_and_a_name },
	{ "a zero total takes no other tender", a_zero_total_takes_no_other_tender },
	{ "a price typed and undone is not counted", a_price_typed_and_undone_is_not_counted },
	{ "counts of a closed shift stay as they are", counts_of_a_closed_shift_stay_as_they_are },
	{ "empty orders push no cleared one out", empty_orders_push_no_cleared_one_out },
	{ "only the last cleared orders come back", only_the_last_cleared_orders_come_back },
	{ "discounts survive hold clear and come off by undo",
	  discounts_survive_hold_clear_and_come_off_by_undo },
	{ "more steps than the limit leave the oldest",
	  more_steps_than_the_limit_leave_the_oldest },
	{ "a recall drops an empty order and keeps a full one",
	  a_recall_drops_an_empty_order_and_keeps_a_full_one },
	{ "orders on hold have a limit", orders_on_hold_have_a_limit },
	{ "each copy has a number of its own", each_copy_has_a_number_of_its_own },
	{ "a print that failed before its first byte does not count",
	  a_print_that_failed_before_its_first_byte_does_not_count },
	{ "a full queue still ends its doubtful prints",
	  a_full_queue_still_ends_its_doubtful_prints },
	{ "settings people and catalogue are entries once",
	  settings_people_and_catalogue_are_entries_once },
	{ "names of a new till are made plain", names_of_a_new_till_are_made_plain },
	{ "log ins wait at most their longest", log_ins_wait_at_most_their_longest },
	{ "entries of another state are refused", entries_of_another_state_are_refused },
	{ "entries with wrong contents are refused", entries_with_wrong_contents_are_refused },
	{ "an undo without a step is refused", an_undo_without_a_step_is_refused },
	{ "a close must add up", a_close_must_add_up },
	{ "the first entry sets the till up", the_first_entry_sets_the_till_up },
	{ "flipped bytes of a snapshot are refused or differ",
	  flipped_bytes_of_a_snapshot_are_refused_or_differ },
	{ "nothing is done without log in or shift", nothing_is_done_without_log_in_or_shift },
	{ "a shift counts so many ways to pay", a_shift_counts_so_many_ways_to_pay },
	{ "totals of all time do not wrap", totals_of_all_time_do_not_wrap },
	{ "cash near the largest amount is not rounded",
	  cash_near_the_largest_amount_is_not_rounded },
	{ "lists that are full take no more", lists_that_are_full_take_no_more },
	{ "lines and tenders past the limit do not apply",
	  lines_and_tenders_past_the_limit_do_not_apply },
	{ "sums of tenders may break when one goes", sums_of_tenders_may_break_when_one_goes },
	{ "an order cannot close outside a shift", an_order_cannot_close_outside_a_shift },
	{ "steps and orders that are gone are nothing",
	  steps_and_orders_that_are_gone_are_nothing },
	{ "prints of orders that are not here", prints_of_orders_that_are_not_here },
	{ "a step without room for its taxes is refused",
	  a_step_without_room_for_its_taxes_is_refused },
	{ "random days replay byte for byte", random_days_replay_byte_for_byte },
	{ "flipped bytes of entries are refused or differ",
	  flipped_bytes_of_entries_are_refused_or_differ },
};

SUITE_MAIN("counter", tests)
