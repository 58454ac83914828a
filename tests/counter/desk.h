/* A desk to try the counter at: decides, keeps the canonical bytes of every
 * entry as a journal would, applies, and says which fault came out. */
#ifndef TESTS_DESK_H
#define TESTS_DESK_H

#include "counter/counter.h"

struct desk {
	struct counter counter;
	struct counter_step step;
	struct buffer journal;  /* each entry: its length (varint), its bytes */
	struct fault fault;
	int64_t now_ms;
	uint64_t draws;
	/* Called with each event before it is decided; NULL: nothing. */
	void (*before)(struct desk *desk, const struct counter_event *event);
};

/* A till set up, cashier 1 logged in, a shift open with a float of 100.00. */
void desk_open(struct desk *desk);
/* The same before anything happened. */
void desk_init(struct desk *desk);
void desk_release(struct desk *desk);

/* Decides, and when not refused journals and applies. Returns the refusal, or
 * the answer of a step that is kept and refused all the same. */
enum fault_code desk_do(struct desk *desk, struct counter_event *event);

/* Shorthands for desk_do. Prices in minor units, quantities in thousandths. */
enum fault_code desk_item(struct desk *desk, const char *code, quantity q, int64_t price_minor);
enum fault_code desk_return(struct desk *desk, const char *code, quantity q, int64_t price_minor);
enum fault_code desk_plain(struct desk *desk, enum event_kind kind, int64_t amount_minor);
enum fault_code desk_line(struct desk *desk, enum event_kind kind, uint32_t line, int64_t value);
enum fault_code desk_discount(struct desk *desk, uint32_t line, enum discount_kind kind, int64_t value);
enum fault_code desk_recall(struct desk *desk, uint64_t number);
enum fault_code desk_pay_other(struct desk *desk, const char *name, int64_t amount_minor);
enum fault_code desk_login(struct desk *desk, const char *cashier, bool right);

/* Applies the journal to a new counter and compares the packed states; fails
 * the CUnit test when they differ in a byte. */
void desk_assert_replays(struct desk *desk);

/* Packs, unpacks and packs again; fails when a byte differs. */
void desk_assert_snapshots(struct desk *desk);

#endif
