/* The parts of the register's screen; inside this room only. */
#ifndef SCREEN_REGISTER_H
#define SCREEN_REGISTER_H

#include "screen/loop.h"
#include "term/list.h"

struct register_state {
	struct field input;
	struct list lines; /* of the open order, voided ones left out */
	struct ident order;
	size_t n_lines;    /* of `order`, when `lines` was last brought up to date */
};

/* Brings the list up to date with the order. */
void register_sync(struct screen_loop *loop, struct register_state *s);

/* The line at a place of the list; NULL when there is none. */
const struct order_line *register_line(const struct order *order, size_t index);

void register_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body);

/* Fills the event of a change from what was typed for it; false with the
 * refusal said. */
bool register_read_change(struct screen_loop *loop, enum question question, uint32_t line,
			  const char *typed, struct counter_event *ret);

/* Recalls an order on hold; false with the refusal said, about what was typed. */
bool register_recall(struct screen_loop *loop, uint64_t number, const char *typed);

/* register_pay.c */
struct reaction register_cash(struct screen_loop *loop, struct register_state *s);
struct reaction register_qr(struct screen_loop *loop, struct register_state *s);
struct reaction register_receipt(struct screen_loop *loop, struct register_state *s);
struct reaction register_reprint(struct screen_loop *loop, struct register_state *s);

#endif
