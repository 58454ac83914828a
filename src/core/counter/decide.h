/* What the files of decide share; inside this room only. */
#ifndef COUNTER_DECIDE_H
#define COUNTER_DECIDE_H

#include "counter/counter.h"

/* One decision under way. */
struct decision {
	const struct counter *c;
	const struct counter_event *event;
	struct counter_step *step;
	struct fault *fault;
};

/* Appends an entry of `kind` with its header filled (order zero) and returns
 * it for the rest. */
struct entry *decide_entry(struct decision *d, enum entry_kind kind);

/* The same about an order. */
struct entry *decide_order_entry(struct decision *d, enum entry_kind kind, const struct order *order);

/* Refusals most decisions begin with. */
enum fault_code decide_needs_operator(struct decision *d);
enum fault_code decide_needs_shift(struct decision *d);
enum fault_code decide_needs_order(struct decision *d, const struct order **ret_order);

/* Refuses an amount below zero, or larger than an amount may be. */
enum fault_code decide_needs_amount(struct decision *d, int64_t minor);

/* Refuses while a payment of the order has not ended: nothing else is taken
 * for it, so that nobody pays twice. */
enum fault_code decide_needs_settled(struct decision *d, const struct order *order);

/* Refuses when money was already taken for the order, or is on its way. */
enum fault_code decide_needs_untouched(struct decision *d, const struct order *order);

enum fault_code decide_initialise(struct decision *d);
enum fault_code decide_start(struct decision *d);
enum fault_code decide_rules(struct decision *d);
enum fault_code decide_add_cashier(struct decision *d);
enum fault_code decide_catalog(struct decision *d);
enum fault_code decide_login(struct decision *d);
enum fault_code decide_logout(struct decision *d);
enum fault_code decide_open_shift(struct decision *d);
enum fault_code decide_close_shift(struct decision *d);
enum fault_code decide_report_x(struct decision *d);
enum fault_code decide_item(struct decision *d);
enum fault_code decide_quantity(struct decision *d);
enum fault_code decide_price(struct decision *d);
enum fault_code decide_void(struct decision *d);
enum fault_code decide_discount(struct decision *d);
enum fault_code decide_hold(struct decision *d);
enum fault_code decide_recall(struct decision *d);
enum fault_code decide_clear(struct decision *d);
enum fault_code decide_undo(struct decision *d);
enum fault_code decide_undo_line(struct decision *d, const struct order *order);
enum fault_code decide_pay_cash(struct decision *d);
enum fault_code decide_pay_other(struct decision *d);
enum fault_code decide_cancel_tender(struct decision *d);
enum fault_code decide_enrolled(struct decision *d);
enum fault_code decide_hub_events(struct decision *d);
enum fault_code decide_pay(struct decision *d);
enum fault_code decide_payment(struct decision *d);

/* Closes an order that its last tender has paid (decide_tender.c). */
enum fault_code decide_close_order(struct decision *d, const struct order *order, int64_t rounding,
				   const struct order_tender *last);
void decide_enter_tender(struct decision *d, const struct order *order,
			 const struct order_tender *tender, int64_t rounding);
enum fault_code decide_refuse_amounts(struct decision *d, enum fault_code code, int64_t first,
				      int64_t second);
enum fault_code decide_payable_order(struct decision *d, const struct order **ret_order);

enum fault_code decide_print(struct decision *d);
enum fault_code decide_print_ended(struct decision *d);

/* Refuses when as many prints are under way as can be. */
enum fault_code decide_needs_print(struct decision *d);

/* Queues a print of an order in this step. */
void decide_queue_print(struct decision *d, const struct ident *order, uint64_t number,
			uint64_t copy);

#endif
