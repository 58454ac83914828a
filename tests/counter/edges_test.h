/* The tests of edges_test.c, undo_test.c, print_test.c, apply_test.c and
 * refusals_test.c. */
#ifndef TESTS_EDGES_TEST_H
#define TESTS_EDGES_TEST_H

void what_is_decided_also_applies_at_the_limit(void);
void negative_and_huge_amounts_are_refused(void);
void the_amount_of_a_scale_label_stands(void);
void cash_that_lies_between_exact_and_rounded_closes(void);
void cancelled_tenders_count_for_nothing(void);
void tenders_have_a_limit_and_a_name(void);
void a_zero_total_takes_no_other_tender(void);

void a_price_typed_and_undone_is_not_counted(void);
void counts_of_a_closed_shift_stay_as_they_are(void);
void empty_orders_push_no_cleared_one_out(void);
void only_the_last_cleared_orders_come_back(void);
void discounts_survive_hold_clear_and_come_off_by_undo(void);
void more_steps_than_the_limit_leave_the_oldest(void);
void a_recall_drops_an_empty_order_and_keeps_a_full_one(void);
void orders_on_hold_have_a_limit(void);

void each_copy_has_a_number_of_its_own(void);
void a_print_that_failed_before_its_first_byte_does_not_count(void);
void a_full_queue_still_ends_its_doubtful_prints(void);
void settings_people_and_catalogue_are_entries_once(void);
void names_of_a_new_till_are_made_plain(void);
void log_ins_wait_at_most_their_longest(void);

void entries_of_another_state_are_refused(void);
void entries_with_wrong_contents_are_refused(void);
void an_undo_without_a_step_is_refused(void);
void a_close_must_add_up(void);
void the_first_entry_sets_the_till_up(void);
void flipped_bytes_of_a_snapshot_are_refused_or_differ(void);

void nothing_is_done_without_log_in_or_shift(void);
void a_shift_counts_so_many_ways_to_pay(void);
void totals_of_all_time_do_not_wrap(void);
void cash_near_the_largest_amount_is_not_rounded(void);
void lists_that_are_full_take_no_more(void);
void lines_and_tenders_past_the_limit_do_not_apply(void);
void sums_of_tenders_may_break_when_one_goes(void);
void an_order_cannot_close_outside_a_shift(void);
void steps_and_orders_that_are_gone_are_nothing(void);
void prints_of_orders_that_are_not_here(void);
void a_step_without_room_for_its_taxes_is_refused(void);

#endif
