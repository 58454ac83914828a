/* What the files of this test share: orders put together by hand, and the
 * Chinese words. */
#ifndef TESTS_RECEIPT_TEST_H
#define TESTS_RECEIPT_TEST_H

#include "receipt/receipt.h"

/* An empty order 42 of cashier 1 in yuan, open. */
void begin_order(struct order *order);

/* Appends a line, priced, with a tax rate of 13 %. */
struct order_line *sold(struct order *order, const char *name, quantity q, int64_t price_minor);

/* Gives the order a discount and spreads it over the lines. */
void discount_order(struct order *order, enum discount_kind kind, int64_t value);

/* Appends a tender. */
struct order_tender *paid(struct order *order, enum tender_kind kind, const char *name,
			  int64_t given_minor, int64_t change_minor);

/* Sums it and marks it closed. */
void close_order(struct order *order);

struct receipt_labels chinese_labels(void);

/* A shift with something in each of its totals, closed or open. */
void begin_shift(struct shift *shift, bool open);

/* pictures_test.c */
void receipts_look_like_their_pictures(void);
void an_unpaid_order_says_so(void);
void reports_look_like_their_pictures(void);

#endif
