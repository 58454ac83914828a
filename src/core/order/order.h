/* An order: lines, discounts, tenders, and the sums that must agree. Nothing
 * here decides whether something may be done (counter does); these functions
 * price, sum and change. All amounts are integer minor units of the order's
 * one currency. */
#ifndef ORDER_ORDER_H
#define ORDER_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "base/ident.h"
#include "base/instant.h"
#include "base/pack.h"
#include "catalog/product.h"
#include "money/money.h"
#include "money/quantity.h"

enum {
	ORDER_LINES_MAX = 5000,
	ORDER_TENDERS_MAX = 50,
	ORDER_UNDO_MAX = 100,
	ORDER_NOTE_MAX = 80,     /* bytes */
	ORDER_REASON_MAX = 80,
	ORDER_REF_MAX = 40,
	TENDER_NAME_MAX = 24,
	CASHIER_ID_MAX = 16,
};

enum order_state {
	ORDER_OPEN,
	ORDER_HELD,
	ORDER_CLOSED,
	ORDER_CLEARED,
	ORDER_PART_REFUNDED,
	ORDER_REFUNDED,
};

/* "open held closed cleared part_refunded refunded": the public words. */
const char *order_state_word(enum order_state state);

enum discount_kind {
	DISCOUNT_NONE,
	DISCOUNT_PERCENT,  /* value in basis points */
	DISCOUNT_AMOUNT,   /* value in minor units */
};

struct discount {
	enum discount_kind kind;
	int64_t value;
};

/* One line. `n` counts from 1 and is never used again in the order; a voided
 * line stays, with `voided` set, and counts for nothing. */
struct order_line {
	uint32_t n;
	bool voided;
	bool price_overridden;
	bool fractional;
	quantity quantity;         /* negative: goods come back */
	int64_t price_minor;       /* charged for one unit, tax included */
	int64_t list_price_minor;  /* what the catalogue said; the same when it said nothing */
	int32_t tax_bp;            /* -1 unknown */
	struct discount discount;  /* given by hand on this line */
	int64_t gross_minor;           /* price × quantity, rounded once */
	int64_t discount_minor;        /* this line's own discount, ≥ 0 */
	int64_t share_minor;           /* its share of the order's discount, ≥ 0 */
	char code[PRODUCT_CODE_MAX + 1];
	char name[PRODUCT_NAME_MAX + 1];
	char unit[PRODUCT_UNIT_MAX + 1];
	char reason[ORDER_REASON_MAX + 1];  /* why goods came back, "" otherwise */
};

/* Cash; recorded only; moved by a channel and proven by the hub. */
enum tender_kind { TENDER_CASH, TENDER_OTHER, TENDER_CHANNEL };

/* One part of the payment. amount = given − change; negative when paid out. */
struct order_tender {
	uint32_t n;  /* from 1, never used again in the order */
	enum tender_kind kind;
	bool cancelled;
	int64_t amount_minor;
	int64_t given_minor;
	int64_t change_minor;
	char name[TENDER_NAME_MAX + 1];  /* "cash", the record-only tender's name, the wallet */
	char ref[ORDER_REF_MAX + 1];
};

/* What one step back restores. */
enum undo_kind { UNDO_LINE, UNDO_ORDER_DISCOUNT };

struct order_undo {
	enum undo_kind kind;
	uint32_t line;
	bool voided;
	bool price_overridden;
	quantity quantity;
	int64_t price_minor;
	int64_t gross_minor;
	struct discount discount;
};

struct order {
	struct ident id;
	uint64_t number;  /* of this till, gapless from 1 */
	enum order_state state;
	enum currency currency;
	struct instant opened_at;
	struct instant closed_at;
	char cashier[CASHIER_ID_MAX + 1];
	char note[ORDER_NOTE_MAX + 1];
	struct discount discount;  /* on the whole order, by hand */
	int64_t rounding_minor;    /* cash rounding, signed */
	uint64_t opened_journal;   /* sequence of the entry that opened it */
	uint64_t receipt_journal;  /* sequence of the entry that closed it; 0 before */
	struct order_line *lines;
	size_t n_lines, cap_lines;
	struct order_tender *tenders;
	size_t n_tenders, cap_tenders;
	struct order_undo *undo;
	size_t n_undo, cap_undo;
	/* sums over the lines and tenders, kept by order_sum() */
	int64_t subtotal_minor;  /* Σ gross */
	int64_t discount_minor;  /* Σ line discounts and shares */
	int64_t total_minor;     /* subtotal − discount + rounding */
	int64_t paid_minor;      /* Σ tender amounts */
	int64_t change_minor;    /* Σ change */
	size_t live_lines;       /* lines not voided */
};

/* A zeroed order is empty and may be released. */
void order_release(struct order *order);
void order_free(struct order *order);

/* Deep copy; false without memory, *ret untouched. */
bool order_copy(const struct order *order, struct order *ret);

/* What is still to pay; negative: to pay out. */
int64_t order_due(const struct order *order);

/* Line by its number, voided ones only when asked for; NULL when there is none. */
struct order_line *order_line(struct order *order, uint32_t n, bool voided_too);
const struct order_line *order_line_const(const struct order *order, uint32_t n, bool voided_too);

/* A tender that stands, by its number; NULL when there is none. */
const struct order_tender *order_tender(const struct order *order, uint32_t n);

/* Appends room for a line, tender or undo step and returns it zeroed; NULL
 * without memory or past the limit (the oldest undo step gives way instead). */
struct order_line *order_add_line(struct order *order);
struct order_tender *order_add_tender(struct order *order);
struct order_undo *order_push_undo(struct order *order);

/* Recomputes the sums from lines and tenders. FAULT_MONEY_OVERFLOW. */
enum fault_code order_sum(struct order *order);

/* The total the order would have with `changed` in place of the line of its
 * number (or appended; NULL: as it stands) and with the shares order_spread
 * gave. Refuses with FAULT_MONEY_OVERFLOW exactly what order_sum would. */
enum fault_code order_total_with(const struct order *order, const struct order_line *changed,
				 const struct buffer *shares, int64_t *ret_total);

/* The amount of the line after all discounts. */
int64_t order_line_net(const struct order_line *line);

/* ---- pricing ------------------------------------------------------------- */

/* Fills the gross of a line from price and quantity, rounded half away from
 * zero, and then its discount. FAULT_MONEY_OVERFLOW. */
enum fault_code order_price_line(struct order_line *line, enum currency currency);

/* Fills the discount of a line from its gross: a percentage is rounded half
 * up; one larger than the gross becomes the gross, one below zero nothing;
 * returns have none. */
void order_discount_line(struct order_line *line);

/* The order discount spread over the lines as they would stand with `changed`
 * in place of the line of its number (or appended; NULL: as they stand) and with
 * `discount` on the order. Eligible are lines not voided with positive net. The
 * amount is computed once on their sum, then split by the largest remainder
 * (share_split), ties to the lowest line. Appends to `out`, packed, one share a
 * line in order, only when there is a discount. FAULT_OUT_OF_MEMORY;
 * FAULT_MONEY_OVERFLOW when the sum it is taken from is more than an amount may
 * be. */
enum fault_code order_spread(const struct order *order, const struct order_line *changed,
			     struct discount discount, struct buffer *out);

/* Sets the shares spread earlier; an empty run means none. False when they do
 * not fit the order's lines. */
bool order_set_shares(struct order *order, const uint8_t *packed, size_t n);

/* The amount a discount by hand would have as its base: the sum it is taken
 * from, for refusals. line 0: the whole order. */
int64_t order_discount_base(const struct order *order, uint32_t line);

/* ---- tax ----------------------------------------------------------------- */

enum { ORDER_TAX_RATES_MAX = 16 };

struct order_tax {
	int32_t rate_bp;
	int64_t net_minor;  /* tax included */
	int64_t tax_minor;  /* contained: per line round half up of net·r/(1+r) */
};

/* Tax contained in the order by rate, rates ascending. Left out are lines of
 * unknown rate, and those of a rate that comes after ORDER_TAX_RATES_MAX others.
 * Returns how many rows were written. */
size_t order_taxes(const struct order *order, struct order_tax rows[ORDER_TAX_RATES_MAX]);

/* ---- snapshot ------------------------------------------------------------ */

void order_pack(const struct order *order, struct buffer *out);

/* Fills a zeroed order; on failure in->failed is set and the order is to be
 * released. */
void order_unpack(struct unpack *in, struct order *ret_order);

#endif
