/* A shift: who opened the drawer, with which float, and the totals of all that
 * was sold since. The same struct is the X report (while open) and the Z report
 * (once closed). Amounts are minor units of the till's currency. */
#ifndef SHIFT_SHIFT_H
#define SHIFT_SHIFT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/instant.h"
#include "base/pack.h"
#include "order/order.h"

enum { CASHIER_NAME_MAX = 48, SHIFT_TENDERS_MAX = 32 };

enum cashier_role { ROLE_CASHIER, ROLE_SUPERVISOR };

/* "cashier", "supervisor". */
const char *cashier_role_word(enum cashier_role role);

struct cashier {
	char id[CASHIER_ID_MAX + 1];      /* digits or letters, what is typed to log in */
	char name[CASHIER_NAME_MAX + 1];
	enum cashier_role role;
};

/* Takings of one way to pay. */
struct shift_tender {
	char name[TENDER_NAME_MAX + 1];
	uint64_t count;        /* parts of payments */
	int64_t amount_minor;  /* net of change and of what was paid out */
};

struct shift {
	uint64_t number;    /* of this till, gapless from 1 */
	uint64_t z_number;  /* 0 while open */
	bool open;
	struct instant opened_at, closed_at;
	char opened_by[CASHIER_ID_MAX + 1];
	char closed_by[CASHIER_ID_MAX + 1];
	int64_t float_minor;
	uint64_t sales;          /* closed orders with a total ≥ 0 */
	int64_t sales_minor;     /* Σ their totals */
	uint64_t returns;        /* closed orders with a total < 0 */
	int64_t returns_minor;   /* Σ their totals, ≤ 0 */
	int64_t discounts_minor; /* Σ discounts of closed orders */
	int64_t rounding_minor;  /* Σ cash rounding */
	uint64_t items;          /* lines sold */
	uint64_t voids;
	int64_t voids_minor;     /* Σ gross of lines voided */
	uint64_t overrides;      /* prices changed by hand */
	uint64_t cleared;        /* orders cleared */
	int64_t cleared_minor;   /* Σ their totals */
	uint64_t reprints;
	uint64_t held;           /* orders still on hold at the close */
	int64_t counted_minor;   /* cash counted at the close */
	uint64_t perpetual_sales;       /* closed orders ever, after this shift */
	int64_t perpetual_minor;        /* Σ of all totals ever, after this shift */
	struct shift_tender tenders[SHIFT_TENDERS_MAX];
	size_t n_tenders;
};

/* Whether it is cash, what fills the drawer; all others are only recorded. */
bool shift_tender_is_cash(const struct shift_tender *tender);

/* Cash that must be in the drawer: float + cash takings. */
int64_t shift_expected_cash(const struct shift *shift);

/* Net of all sales: sales + returns. */
int64_t shift_net(const struct shift *shift);

/* Counts a closed order in: totals, tenders, perpetual totals.
 * FAULT_LIMIT_REACHED when it has a tender too many, FAULT_MONEY_OVERFLOW;
 * the shift is untouched then. */
enum fault_code shift_count_order(struct shift *shift, const struct order *order);

void shift_pack(const struct shift *shift, struct buffer *out);
void shift_unpack(struct unpack *in, struct shift *ret_shift);

#endif
