/* What the test files of room scan share. */
#ifndef TESTS_SCAN_TEST_H
#define TESTS_SCAN_TEST_H

#include "suite.h"

#include <string.h>

#include "scan/scan.h"

/* Rules of a Chinese shop in 2026 with the scale patterns of the manual. */
struct scan_rules scan_test_rules(void);

/* Reads a terminated text as a device sends it. */
enum fault_code scan_test_read(const char *text, struct scan *ret);

void gs1_elements_give_product_dates_and_amounts(void);
void gs1_faults_name_the_place(void);
void gs1_reading_stays_in_its_bounds(void);
void gs1_years_are_the_nearest(void);
void gs1_is_believed_without_claim_only_with_a_gtin(void);
void gs1_separators_may_be_typed_by_a_wedge(void);
void label_patterns_mean_what_scale_makers_mean(void);
void label_patterns_are_refused_with_a_reason(void);
void label_fields_become_quantity_and_price(void);
void label_price_check_digit_follows_gs1(void);
void label_price_check_digit_holds_for_all_digits(void);
void label_patterns_are_tried_in_turn(void);
void label_price_must_fit_its_weight(void);

#endif
