/* The till's state machine. One rule for everything that happens:
 *
 *   counter_decide(state, event)  refuses, or fills a step with entries and
 *                                 effects and leaves the state untouched;
 *   the edge commits the entries and one outbox row an effect together;
 *   counter_apply(state, entry)   makes the entry part of the state.
 *
 * Applying the journal's entries from the first on gives the same state, byte
 * for byte (counter_pack). There is no clock, no randomness, no file here. */
#ifndef COUNTER_COUNTER_H
#define COUNTER_COUNTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "counter/event.h"
#include "journal/journal.h"
#include "order/order.h"
#include "shift/shift.h"
#include "spool/spool.h"

enum {
	COUNTER_CASHIERS_MAX = 500,
	COUNTER_ORDERS_MAX = 250,   /* open, on hold and cleared together */
	COUNTER_HELD_MAX = 200,
	COUNTER_CLEARED_MAX = 20,   /* cleared orders that can come back */
	COUNTER_JOBS_MAX = 200,     /* prints under way */
	COUNTER_ENDED_KEPT = 20,    /* ended payments that can still be shown */
	COUNTER_PAYMENTS_MAX = 100, /* payments by channels, open and just ended */
	STEP_ENTRIES_MAX = 8,
	STEP_EFFECTS_MAX = 2,
	LOGIN_LOCK_MAX_S = 300,
};

/* A payment by a channel as the till knows it. */
struct counter_payment {
	struct payment_attempt attempt;
	uint64_t row;             /* its outbox row while it is open: the sequence of its first entry */
	char wallet[16 + 1];      /* "wechat" …; the channel's word before that is known */
	char reason[160 + 1];
};

struct counter {
	bool initialised;
	bool training;
	char shop[SHOP_NAME_MAX + 1];
	char store[TILL_NAME_MAX + 1];
	char till[TILL_NAME_MAX + 1];
	struct ident device_key;
	enum currency currency;
	uint64_t seq;             /* of the last entry applied */
	uint64_t boot;
	int64_t latest_ms;        /* latest time seen, UTC */
	int64_t catalog_generation;
	struct counter_rules rules;
	struct cashier *cashiers;
	size_t n_cashiers, cap_cashiers;
	char operator_id[CASHIER_ID_MAX + 1];  /* "" when nobody is logged in */
	uint64_t login_failures;
	int64_t locked_until_ms;
	uint64_t order_numbers, shift_numbers, z_numbers, jobs;  /* the last used */
	int64_t perpetual_minor;
	uint64_t perpetual_sales;
	struct shift shift;       /* the open one, or zeroed */
	struct shift last_z;      /* z_number 0: none yet */
	struct order **orders;    /* open, held, cleared; in the order they were opened */
	size_t n_orders, cap_orders;
	struct ident current;     /* the open order, zero when none */
	struct order *last_closed;
	uint64_t last_closed_prints;
	struct print_job *print_jobs;
	size_t n_print_jobs, cap_print_jobs;
	bool enrolled;
	struct ident hub_till, merchant;  /* ids at the hub */
	char hub[80 + 1];
	uint8_t hub_key[32];
	int64_t hub_events;       /* number of the last event taken in */
	struct counter_payment *payments;  /* in the order they began */
	size_t n_payments, cap_payments;
};

enum effect_kind { EFFECT_PRINT = 1, EFFECT_PAYMENT = 2 };

/* Something the edge must do once the entries are durable; it ends as an
 * event that closes its outbox row. */
struct effect {
	enum effect_kind kind;
	uint64_t row;             /* its outbox row: the sequence of the entry that asked for it;
				   * 0 when the row is there already */
	struct print_job print;
	struct ident payment;
	enum payment_effect pay;
	const char *code;         /* the customer's; the event's, never kept */
};

/* What a decision asks for. Kept by the caller and used again and again. */
struct counter_step {
	struct entry entries[STEP_ENTRIES_MAX];
	size_t n_entries;
	struct effect effects[STEP_EFFECTS_MAX];
	size_t n_effects;
	uint64_t closes_row;      /* outbox row this event ends, 0 none */
	struct fault answer;      /* set when the entries are to be kept and the caller refused all the same */
	struct buffer shares;     /* what entry_counts of the entries point into */
	struct buffer taxes;
	struct buffer attempt;
	bool has_schedule;        /* of `scheduled`: no entry, lost with the program */
	struct ident scheduled;
	struct payment_schedule schedule;
};

void step_init(struct counter_step *step);
void step_release(struct counter_step *step);

void counter_init(struct counter *c);
void counter_release(struct counter *c);

/* See above. On refusal *fault is filled and the step holds no entries. */
enum fault_code counter_decide(const struct counter *c, const struct counter_event *event,
			       struct counter_step *step, struct fault *fault);

/* FAULT_JOURNAL_BROKEN when the entry does not fit the state (never for what
 * counter_decide made of this state), FAULT_OUT_OF_MEMORY. The state is not to
 * be used after either. */
enum fault_code counter_apply(struct counter *c, const struct entry *entry, struct fault *fault);

/* The open order, NULL when there is none. */
const struct order *counter_order(const struct counter *c);

/* An order that is open, held or cleared and can come back, or was closed
 * last; NULL when it is not here. */
const struct order *counter_find_order(const struct counter *c, const struct ident *id);

/* By the till's number. */
const struct order *counter_find_number(const struct counter *c, uint64_t number);

/* NULL when there is no such cashier. */
const struct cashier *counter_cashier(const struct counter *c, const char *id);

/* Who is logged in; NULL when nobody is. */
const struct cashier *counter_operator(const struct counter *c);

/* Seconds until a log-in may be tried again, 0 when it may be now. */
int64_t counter_login_wait_s(const struct counter *c, struct instant now);

/* What `order` costs in cash now: the due rounded by the rules. */
int64_t counter_cash_due(const struct counter *c, const struct order *order);

/* The payment of that id; NULL when it is not here. */
const struct counter_payment *counter_find_payment(const struct counter *c, const struct ident *id);

/* A payment of the order that has not ended; NULL when there is none. */
const struct counter_payment *counter_open_payment(const struct counter *c, const struct ident *order);

/* When a payment wants EVENT_PAYMENT with a tick; PAYMENT_NEVER when none does. */
int64_t counter_next_tick_ms(const struct counter *c);

/* Takes the schedule a decision made over into the state: it is no fact. */
void counter_take_schedule(struct counter *c, const struct counter_step *step);

/* Whether `name` is one of the record-only tenders. */
bool counter_has_tender(const struct counter *c, const char *name);

/* The X report: the open shift with the orders held now. False when none is open. */
bool counter_report_x(const struct counter *c, struct shift *ret_report);

/* The whole state as bytes, and back. Unpack fills an initialised counter;
 * false when the bytes are not a state of this version (release it then). */
bool counter_pack(const struct counter *c, struct buffer *out);
bool counter_unpack(struct counter *c, const void *bytes, size_t n);

#endif
