/* The agent: the one door through which screens and commands use the till.
 * It owns the directory's lock, the journal, the catalogue and the state;
 * every change goes decide → commit → apply, and nothing is shown before it is
 * durable. It has no screen and never waits for the outside world. */
#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "counter/counter.h"
#include "scan/scan.h"
#include "store/catalog_store.h"
#include "store/journal_store.h"

struct agent;

/* Prints a closed order; `hash` is of the entry that closed it. Must not wait
 * for a device: what cannot be written at once has failed. */
typedef enum print_outcome agent_print_fn(void *ctx, const struct counter *counter,
					  const struct order *order, const struct print_job *job,
					  const uint8_t hash[JOURNAL_HASH_BYTES]);

/* A request to the hub. Pointers are good during the call. */
struct agent_request {
	uint64_t tag;              /* given back with the reply */
	const char *method, *path;
	const char *query;         /* "" none */
	const char *key;           /* Idempotency-Key, NULL none */
	const char *body;
	size_t body_n;
	int timeout_ms;
};

enum agent_end {
	AGENT_ANSWERED,
	AGENT_NOT_SENT,  /* certainly not */
	AGENT_UNKNOWN,   /* it may have been carried out */
};

/* The outside world as the agent sees it. The system's clock and random bytes
 * take no ctx: it may be the printer's. */
struct agent_ports {
	void *ctx;
	struct instant (*now)(void *ctx);
	enum fault_code (*random)(void *ctx, void *bytes, size_t n);
	/* NULL when the till has no printer; PRINT_FAILED then. */
	agent_print_fn *print;
	/* Begins a request to the hub, signed; exactly one agent_reply follows,
	 * never from within. False: it could not begin. NULL: no hub. */
	bool (*send)(void *ctx, const struct agent_request *request);
	void *send_ctx;
};

/* The system's clock and the kernel's random bytes; no printer, no hub. */
void agent_system_ports(struct agent_ports *ret);

struct agent_options {
	const char *dir;           /* the till's data */
	const char *version;       /* of the program, for the journal */
	bool training;
	bool keep_training;        /* training or not, as it was before; `training` does not count */
	struct counter_rules rules;
	struct scan_rules scan;    /* currency and year are filled in by the agent */
	struct agent_ports ports;
};

/* What a new till is made with. */
struct agent_birth {
	const char *shop, *store, *till;
	enum currency currency;
	struct cashier first;      /* a supervisor; without an id: none, cashiers come from the hub */
	const char *pin;           /* 4 to 12 digits, of the first */
};

/* Makes a till in options->dir: key pair (till.key, mode 0600), journal, first
 * supervisor. FAULT_STORE_EXISTS when there is one, FAULT_CASHIER_BAD_PIN, and
 * what the store says. Nothing is left behind when it fails. */
enum fault_code agent_create(const struct agent_options *options, const struct agent_birth *birth,
			     struct fault *fault);

/* Takes the lock and loads the state; writes nothing yet. The first event, or
 * agent_idle, records the start and the settings and turns prints that were
 * under way into doubtful ones. FAULT_STORE_LOCKED, FAULT_STORE_NOT_FOUND,
 * FAULT_JOURNAL_BROKEN … */
enum fault_code agent_open(const struct agent_options *options, struct agent **ret,
			   struct fault *fault);

/* Records the start now: nobody is logged in after it. Done once; the first
 * event does it by itself. */
enum fault_code agent_begin(struct agent *agent, struct fault *fault);

/* Keeps a snapshot and lets go of everything. Accepts NULL. */
void agent_close(struct agent *agent);

/* The state as it stands: valid until the next call that changes it. */
const struct counter *agent_counter(const struct agent *agent);

/* Does one event: fills in time and random bits, decides, commits, applies.
 * Refusals change nothing, but for those that are recorded (a wrong PIN). */
enum fault_code agent_do(struct agent *agent, struct counter_event *event, struct fault *fault);

struct instant agent_now(const struct agent *agent);

/* ---- people ---- */

/* Checks the PIN (some 40 ms, on purpose) and logs in.
 * FAULT_CASHIER_WRONG_PIN (recorded), FAULT_CASHIER_LOCKED. */
enum fault_code agent_login(struct agent *agent, const char *cashier, const char *pin,
			    struct fault *fault);

/* A cashier with a PIN. FAULT_CASHIER_EXISTS, FAULT_CASHIER_BAD_PIN. */
enum fault_code agent_add_cashier(struct agent *agent, const struct cashier *cashier,
				  const char *pin, struct fault *fault);

/* ---- products and scans ---- */

/* What a scan or a typed code turned out to be. */
struct agent_found {
	enum scan_kind kind;       /* SCAN_UNDECIDED: ask which; see `can_be` */
	unsigned can_be;           /* SCAN_SET of kinds, when undecided */
	bool is_product;           /* product, quantity and amounts are filled */
	struct product product;
	bool has_quantity;         /* the code named one (weight of a label) */
	quantity quantity;
	bool has_gross;            /* the code named the whole price */
	int64_t gross_minor;
	struct ident ident;        /* member, coupon, receipt, badge */
	const char *channel;       /* payment code: "wechat" …, else NULL */
	char shown[SCAN_SHOWN_SIZE];   /* safe to show and log */
	char stripped[SCAN_STRIPPED_SIZE];  /* control characters left out, as text; "" none */
};

/* Reads a scan and looks it up. `prefer` (SCAN_UNDECIDED: none) settles a scan
 * that can be two things. Refused when it is nothing at all:
 * FAULT_CATALOG_UNKNOWN_CODE, FAULT_SCAN_CHECK_DIGIT, FAULT_SCAN_EMPTY, … */
enum fault_code agent_resolve(struct agent *agent, const void *bytes, size_t n, enum scan_way way,
			      bool tender, enum scan_kind prefer, struct agent_found *ret,
			      struct fault *fault);

/* The customer's code in a scan that is a payment code, for agent_pay; wipe it
 * afterwards. FAULT_SCAN_TOO_LONG when no channel takes a code that long, and
 * what scan_read says. */
enum { AGENT_CODE_SIZE = 128 + 1 };
enum fault_code agent_payment_code(const struct agent *agent, const void *bytes, size_t n,
				   enum scan_way way, char ret[AGENT_CODE_SIZE], struct fault *fault);

/* Why a scan that is no product is of no use in the register, as a fault:
 * FAULT_SCAN_PAYMENT_CODE, FAULT_SCAN_MERCHANT_QR, FAULT_SCAN_AMBIGUOUS,
 * FAULT_SCAN_NOT_HERE. */
enum fault_code agent_refuse_scan(const struct agent_found *found, struct fault *fault);

/* What to put on the order, or take back. Zeroed is one piece at the
 * catalogue's price. */
struct agent_item {
	bool has_quantity;
	quantity quantity;
	bool has_price;
	int64_t price_minor;
	bool is_return;
	const char *reason;        /* may be NULL */
};

/* Puts a found product on the order. */
enum fault_code agent_sell(struct agent *agent, const struct agent_found *found,
			   const struct agent_item *item, struct fault *fault);

/* The catalogue, for look-ups and search; refreshed when it was swapped. */
struct catalog_store *agent_catalog(struct agent *agent);

/* ---- the hub ---- */

/* How a request to the hub ended. */
void agent_reply(struct agent *agent, uint64_t tag, enum agent_end end, int status, const char *body,
		 size_t body_n);

/* Sends what is due: queries of open payments, the long poll for events. Call
 * it when agent_hub_wait_ms has passed; that is -1 when there is nothing. */
void agent_hub_work(struct agent *agent);
int agent_hub_wait_ms(const struct agent *agent);

/* The way to the hub, once there is one: the port's send and its ctx. */
void agent_set_hub(struct agent *agent, bool (*send)(void *ctx, const struct agent_request *request),
		   void *ctx);

/* Whether the hub answered last time. */
bool agent_online(const struct agent *agent);

/* Begins a payment of the open order: amount 0 is all that is due; `code` is
 * the customer's for PAYMENT_CODE. Its progress is in counter_find_payment. */
enum fault_code agent_pay(struct agent *agent, enum payment_kind kind, int64_t amount_minor,
			  const char *code, struct fault *fault);

/* Gives a payment up, as far as the hub lets it. */
enum fault_code agent_cancel_payment(struct agent *agent, const struct ident *payment,
				     struct fault *fault);

/* ---- closed orders ---- */

/* By number, or id, or the last (0 and NULL). */
enum fault_code agent_find_closed(struct agent *agent, uint64_t number, const struct ident *id,
				  struct closed_order *ret, struct fault *fault);

/* Fills a zeroed order and the hash of the entry that closed it. */
enum fault_code agent_read_closed(struct agent *agent, const struct closed_order *where,
				  struct order *ret_order, uint8_t ret_hash[JOURNAL_HASH_BYTES],
				  struct fault *fault);

/* Queues a print of a closed order, as the copy that is due by now;
 * agent_print_queued prints it. */
enum fault_code agent_print(struct agent *agent, const struct closed_order *where,
			    struct fault *fault);

/* Prints a closed order at once by `print` instead of the port: into a reply,
 * to a place named once. What is queued for the port stays queued. When it did
 * not print the caller's function knows why. */
enum fault_code agent_print_by(struct agent *agent, const struct closed_order *where,
			       agent_print_fn *print, void *ctx, struct fault *fault);

/* ---- work between keys ---- */

/* Prints what is queued. Returns how many prints ended. */
size_t agent_print_queued(struct agent *agent);

/* For idle moments: takes up a swapped catalogue, keeps a snapshot, tidies the
 * journal's log, opens the journal again after an error. Cheap when there is
 * nothing to do. True when what is shown may have changed. */
bool agent_idle(struct agent *agent);

/* Whether a disk error stopped the till until agent_idle has verified again. */
bool agent_suspect(const struct agent *agent);

/* For journal commands inside the till. */
struct journal_store *agent_journal(struct agent *agent);

#endif
