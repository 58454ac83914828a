/* journal.db: entries in their chain, the outbox, snapshots, closed orders,
 * PINs. One transaction holds a step's entries, one outbox row for each effect
 * and what the entries change in the other tables; it is durable when
 * journal_commit returns (WAL, synchronous=FULL). */
#ifndef STORE_JOURNAL_STORE_H
#define STORE_JOURNAL_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "counter/counter.h"
#include "journal/journal.h"

enum { JOURNAL_SCHEMA = 1, JOURNAL_PATH_MAX = 4096, JOURNAL_STATE_MAX = 64 * 1024 * 1024 };

struct journal_store;

enum journal_mode {
	JOURNAL_READ,    /* beside a running till */
	JOURNAL_WRITE,   /* the one till of the directory */
	JOURNAL_CREATE,  /* the same; makes the file, refuses when it exists */
};

/* Opens DIR/journal.db. FAULT_STORE_NOT_FOUND, _EXISTS, _NOT_READABLE, _NEWER,
 * FAULT_JOURNAL_DAMAGED (not a database), FAULT_OUT_OF_MEMORY. Older schemas
 * are brought up in one transaction (write modes). */
enum fault_code journal_open(const char *dir, enum journal_mode mode, struct journal_store **ret,
			     struct fault *fault);

/* Opens any file as journal_open(DIR, JOURNAL_READ) does. */
enum fault_code journal_open_file(const char *path, struct journal_store **ret, struct fault *fault);

/* Accepts NULL. */
void journal_close(struct journal_store *s);

/* Loads the state: the newest snapshot that verifies, then every entry behind
 * it through counter_apply, its chain checked. `counter` is initialised by the
 * caller. FAULT_JOURNAL_BROKEN says at which entry. */
enum fault_code journal_load(struct journal_store *s, struct counter *counter, struct fault *fault);

/* Appends the step's entries, outbox rows and what follows from them. On
 * refusal nothing is written: FAULT_STORE_FULL (disk full), FAULT_STORE_IO
 * (then journal_suspect() is true: close, open, load again). */
enum fault_code journal_commit(struct journal_store *s, const struct counter *before,
			       const struct counter_step *step, struct fault *fault);

/* Keeps the state as a snapshot and drops older ones but one. */
enum fault_code journal_snapshot(struct journal_store *s, const struct counter *counter,
				 struct fault *fault);

/* Entries behind the newest snapshot. */
uint64_t journal_unsnapped(const struct journal_store *s);

/* After an I/O error nothing read from this handle is to be trusted. */
bool journal_suspect(const struct journal_store *s);

/* Moves pages of the write-ahead log into the database when there are many;
 * for idle moments. Returns at once when there is nothing to do. */
void journal_tidy(struct journal_store *s);

/* Sequence and hash of the last entry; 0 and zeroes for an empty journal. */
uint64_t journal_head(const struct journal_store *s, uint8_t ret_hash[JOURNAL_HASH_BYTES]);

/* Hands entries first..last (0: to the end) to `each` in order until it
 * returns false. The entry's runs live until it returns. `entry` is NULL when
 * the bytes could not be decoded. */
typedef bool journal_each_fn(void *ctx, uint64_t seq, const struct entry *entry, const void *body,
			     size_t n, const uint8_t hash[JOURNAL_HASH_BYTES]);
enum fault_code journal_each(struct journal_store *s, uint64_t first, uint64_t last,
			     journal_each_fn *each, void *ctx, struct fault *fault);

/* The same for the entries from `first` on whose bytes hold these somewhere:
 * an order's id finds its entries without the others being decoded. */
enum fault_code journal_each_holding(struct journal_store *s, uint64_t first, const void *bytes,
				     size_t n, journal_each_fn *each, void *ctx,
				     struct fault *fault);

/* The currency the till was set up with. */
enum fault_code journal_currency(struct journal_store *s, enum currency *ret, struct fault *fault);

/* Verifies all: sequence, chain, canonical form, every entry through
 * counter_apply, every snapshot against the state it stands for, the outbox
 * against the prints under way. `progress` (may be NULL) is told how far it is
 * every some thousand entries. */
typedef void journal_progress_fn(void *ctx, uint64_t done, uint64_t of);
enum fault_code journal_verify(struct journal_store *s, journal_progress_fn *progress, void *ctx,
			       uint64_t *ret_entries, struct fault *fault);

/* A closed order. */
struct closed_order {
	uint64_t number;
	struct ident id;
	uint64_t opened, closed;
	uint64_t prints;
};

/* By number, by id, or (number 0, id NULL) the last one.
 * FAULT_ORDER_NO_SUCH_ORDER. */
enum fault_code journal_find_order(struct journal_store *s, uint64_t number, const struct ident *id,
				   struct closed_order *ret, struct fault *fault);

/* Builds the order again from its entries into a zeroed struct, and gives the
 * hash of the entry that closed it. */
enum fault_code journal_read_order(struct journal_store *s, const struct closed_order *where,
				   struct order *ret_order, uint8_t ret_hash[JOURNAL_HASH_BYTES],
				   struct fault *fault);


/* PINs: the hash of a cashier, "" when there is none. */
enum fault_code journal_pin(struct journal_store *s, const char *cashier, char *ret_hash,
			    size_t size, struct fault *fault);

/* Kept with the next journal_commit, in its transaction. */
void journal_set_pin(struct journal_store *s, const char *cashier, const char *hash);

/* Copies the whole database, consistent, into a new file. */
enum fault_code journal_copy_to(struct journal_store *s, const char *path, struct fault *fault);

#endif
