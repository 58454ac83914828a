/* What the files of this test share. */
#ifndef TESTS_ORDER_TEST_H
#define TESTS_ORDER_TEST_H

#include "order/order.h"

/* Appends a line, priced. */
struct order_line *add_line(struct order *order, quantity q, int64_t price_minor);

/* tax_test.c */
void tax_is_contained_by_rate(void);
void rates_past_the_limit_are_left_out(void);

/* snapshot_test.c */
void orders_pack_and_unpack(void);
void packed_orders_have_one_form(void);
void packed_lists_past_their_limit_are_refused(void);
void copies_share_nothing(void);

#endif
