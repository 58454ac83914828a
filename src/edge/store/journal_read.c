/* Reading the journal: entries in order, the state at a start, verification. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mark.h"
#include "crypt/crypt.h"
#include "store/journal_check.h"

static enum fault_code broken(uint64_t seq, const char *why, struct fault *fault)
{
	return fault_set_number(fault, FAULT_JOURNAL_BROKEN, (long long)seq, why);
}

/* Hands the rows (seq, body, hash) of a statement to `each`; ends it. */
static enum fault_code each_row(struct journal_store *s, sqlite3_stmt *stmt, journal_each_fn *each,
				void *ctx, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;
	bool more = true;
	int result = SQLITE_DONE;

	while (more && (result = sqlite3_step(stmt)) == SQLITE_ROW) {
		uint64_t seq = (uint64_t)sqlite3_column_int64(stmt, 0);
		const void *body = sqlite3_column_blob(stmt, 1);
		size_t n = (size_t)sqlite3_column_bytes(stmt, 1);
		const uint8_t *hash = sqlite3_column_blob(stmt, 2);
		struct entry entry;
		bool decoded;

		if (sqlite3_column_bytes(stmt, 2) != JOURNAL_HASH_BYTES) {
			code = broken(seq, N_("its hash does not fit"), fault);
			break;
		}
		decoded = body && entry_decode(body, n, &entry, NULL) == FAULT_NONE;
		more = each(ctx, seq, decoded ? &entry : NULL, body, n, hash);
	}
	if (!code && more)
		code = journal_fault(s, result, fault);
	sqlite3_finalize(stmt);
	return code;
}

enum fault_code journal_each(struct journal_store *s, uint64_t first, uint64_t last,
			     journal_each_fn *each, void *ctx, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(s->db,
		"SELECT seq, body, hash FROM entry WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq",
		&stmt, s->path, fault);

	if (code)
		return code;
	sqlite3_bind_int64(stmt, 1, (sqlite3_int64)first);
	sqlite3_bind_int64(stmt, 2, last ? (sqlite3_int64)last : INT64_MAX);
	return each_row(s, stmt, each, ctx, fault);
}

enum fault_code journal_each_holding(struct journal_store *s, uint64_t first, const void *bytes,
				     size_t n, journal_each_fn *each, void *ctx,
				     struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(s->db,
		"SELECT seq, body, hash FROM entry WHERE seq >= ?1 AND instr(body, ?2) ORDER BY seq",
		&stmt, s->path, fault);

	if (code)
		return code;
	sqlite3_bind_int64(stmt, 1, (sqlite3_int64)first);
	sqlite3_bind_blob(stmt, 2, bytes, (int)n, SQLITE_STATIC);
	return each_row(s, stmt, each, ctx, fault);
}

/* A walk along the chain that applies each entry. */
struct walk {
	struct journal_store *s;
	struct counter *counter;
	uint8_t hash[JOURNAL_HASH_BYTES];
	uint64_t expected;
	enum fault_code code;
	struct fault *fault;
	/* verification only */
	struct journal_check *check;
	sqlite3_stmt *snapshot;
	journal_progress_fn *progress;
	void *progress_ctx;
};

static bool stop(struct walk *w, enum fault_code code)
{
	w->code = code;
	return false;
}

static bool check_snapshot(struct walk *w, uint64_t seq);

static bool step_walk(void *ctx, uint64_t seq, const struct entry *entry, const void *body, size_t n,
		      const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct walk *w = ctx;
	uint8_t own[JOURNAL_HASH_BYTES];
	struct entry again;
	enum fault_code code;

	if (seq != w->expected)
		return stop(w, broken(w->expected, N_("it is missing"), w->fault));
	if (journal_chain(w->s, w->hash, body, n, own))
		return stop(w, fault_set(w->fault, FAULT_OUT_OF_MEMORY, NULL, NULL));
	if (memcmp(own, hash, sizeof own) != 0)
		return stop(w, broken(seq, N_("its hash does not fit"), w->fault));
	if (!entry)
		return stop(w, entry_decode(body, n, &again, w->fault));
	if (entry->seq != seq)
		return stop(w, broken(seq, N_("its number is wrong"), w->fault));
	code = w->check ? journal_check_entry(w->check, w->counter, entry, w->fault) : FAULT_NONE;
	if (!code)
		code = counter_apply(w->counter, entry, w->fault);
	if (code)
		return stop(w, code);
	memcpy(w->hash, own, sizeof own);
	w->expected++;
	if (w->progress && seq % 4096 == 0)
		w->progress(w->progress_ctx, seq, w->s->head);
	return !w->check || check_snapshot(w, seq);
}

static enum fault_code digest_state(struct journal_store *s, const uint8_t hash[JOURNAL_HASH_BYTES],
				    const void *state, size_t n, uint8_t ret[JOURNAL_HASH_BYTES])
{
	return journal_chain(s, hash, state, n, ret);
}

/* Whether the snapshot in the row (seq, state, digest) is whole and stands on
 * the chain as it is; fills the counter. */
static bool take_snapshot(struct journal_store *s, sqlite3_stmt *row, struct counter *counter,
			  uint8_t ret_hash[JOURNAL_HASH_BYTES])
{
	uint64_t seq = (uint64_t)sqlite3_column_int64(row, 0);
	const void *state = sqlite3_column_blob(row, 1);
	size_t n = (size_t)sqlite3_column_bytes(row, 1);
	uint8_t digest[JOURNAL_HASH_BYTES];

	if (!state || sqlite3_column_bytes(row, 2) != JOURNAL_HASH_BYTES ||
	    journal_hash_at(s, seq, ret_hash, NULL) ||
	    digest_state(s, ret_hash, state, n, digest) ||
	    memcmp(digest, sqlite3_column_blob(row, 2), sizeof digest) != 0)
		return false;
	if (counter_unpack(counter, state, n) && counter->seq == seq)
		return true;
	counter_release(counter);
	return false;
}

/* The newest snapshot that verifies, 0 when there is none. */
static uint64_t load_snapshot(struct journal_store *s, struct counter *counter,
			      uint8_t ret_hash[JOURNAL_HASH_BYTES])
{
	sqlite3_stmt *stmt = NULL;
	uint64_t found = 0;

	if (sqlite_prepare(s->db, "SELECT seq, state, digest FROM snapshot ORDER BY seq DESC", &stmt,
			   s->path, NULL))
		return 0;
	while (!found && sqlite3_step(stmt) == SQLITE_ROW)
		if (take_snapshot(s, stmt, counter, ret_hash))
			found = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	if (!found)
		memset(ret_hash, 0, JOURNAL_HASH_BYTES);
	return found;
}

static enum fault_code walk(struct walk *w, uint64_t first)
{
	enum fault_code code;

	w->expected = first;
	code = journal_each(w->s, first, 0, step_walk, w, w->fault);
	if (!code)
		code = w->code;
	if (!code && (w->expected != w->s->head + 1 ||
		      memcmp(w->hash, w->s->hash, sizeof w->hash) != 0))
		code = broken(w->expected, N_("the chain ends too early"), w->fault);
	return code;
}

/* What points behind the last entry shows that entries are gone. */
static enum fault_code check_tail(struct journal_store *s, struct fault *fault)
{
	sqlite3_int64 closed = 0;
	enum fault_code code = sqlite_number(s->db, "SELECT max(closed) FROM closed_order", 0, &closed,
					     s->path, fault);

	if (!code && (s->snapshot_seq > s->head || (uint64_t)closed > s->head))
		code = broken(s->head + 1, N_("it is missing"), fault);
	return code;
}

enum fault_code journal_load(struct journal_store *s, struct counter *counter, struct fault *fault)
{
	struct walk w = { .s = s, .counter = counter, .fault = fault };
	uint64_t from;

	if (s->snapshot_seq > s->head)
		return broken(s->head + 1, N_("it is missing"), fault);
	from = load_snapshot(s, counter, w.hash);
	return walk(&w, from + 1);
}

enum fault_code journal_snapshot(struct journal_store *s, const struct counter *counter,
				 struct fault *fault)
{
	struct buffer state = BUFFER_INIT(JOURNAL_STATE_MAX);
	uint8_t digest[JOURNAL_HASH_BYTES];
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = FAULT_OUT_OF_MEMORY;

	if (s->suspect || counter->seq != s->head || s->head == s->snapshot_seq)
		return FAULT_NONE;
	if (!counter_pack(counter, &state) ||
	    digest_state(s, s->hash, state.data, state.len, digest)) {
		fault_set(fault, code, NULL, NULL);
		goto done;
	}
	code = sqlite_prepare(s->db, "INSERT INTO snapshot (seq, state, digest) VALUES (?1, ?2, ?3)",
			      &stmt, s->path, fault);
	if (code)
		goto done;
	sqlite3_bind_int64(stmt, 1, (sqlite3_int64)s->head);
	sqlite3_bind_blob64(stmt, 2, state.data, state.len, SQLITE_STATIC);
	sqlite3_bind_blob(stmt, 3, digest, sizeof digest, SQLITE_STATIC);
	code = sqlite_run(s->db, "BEGIN IMMEDIATE; DELETE FROM snapshot WHERE seq <"
			  " (SELECT max(seq) FROM snapshot)", s->path, fault);
	if (!code)
		code = journal_fault(s, sqlite3_step(stmt), fault);
	sqlite3_reset(stmt);
	if (!code)
		code = sqlite_run(s->db, "COMMIT", s->path, fault);
	if (!sqlite3_get_autocommit(s->db))
		sqlite_run(s->db, "ROLLBACK", s->path, NULL);
	if (!code)
		s->snapshot_seq = s->head;
done:
	sqlite3_finalize(stmt);
	buffer_release(&state);
	return code;
}

uint64_t journal_unsnapped(const struct journal_store *s)
{
	return s->head - s->snapshot_seq;
}

/* Whether the snapshot kept at `seq`, if any, is the state reached here. */
static bool check_snapshot(struct walk *w, uint64_t seq)
{
	struct buffer state = BUFFER_INIT(JOURNAL_STATE_MAX);
	uint8_t digest[JOURNAL_HASH_BYTES];
	bool same;

	sqlite3_reset(w->snapshot);
	sqlite3_bind_int64(w->snapshot, 1, (sqlite3_int64)seq);
	if (sqlite3_step(w->snapshot) != SQLITE_ROW)
		return true;
	same = counter_pack(w->counter, &state) &&
	       (size_t)sqlite3_column_bytes(w->snapshot, 0) == state.len &&
	       memcmp(sqlite3_column_blob(w->snapshot, 0), state.data, state.len) == 0 &&
	       digest_state(w->s, w->hash, state.data, state.len, digest) == FAULT_NONE &&
	       sqlite3_column_bytes(w->snapshot, 1) == JOURNAL_HASH_BYTES &&
	       memcmp(sqlite3_column_blob(w->snapshot, 1), digest, sizeof digest) == 0;
	buffer_release(&state);
	return same || stop(w, broken(seq, N_("the snapshot kept there is not the state"), w->fault));
}

/* Whether an outbox row is of a print or a payment that is under way. */
static bool is_under_way(const struct counter *c, uint64_t row, int kind)
{
	for (size_t i = 0; kind == EFFECT_PRINT && i < c->n_print_jobs; i++)
		if (c->print_jobs[i].row == row)
			return true;
	for (size_t i = 0; kind == EFFECT_PAYMENT && i < c->n_payments; i++)
		if (c->payments[i].row == row && !payment_is_terminal(c->payments[i].attempt.state))
			return true;
	return false;
}

static size_t count_under_way(const struct counter *c)
{
	size_t n = c->n_print_jobs;

	for (size_t i = 0; i < c->n_payments; i++)
		n += !payment_is_terminal(c->payments[i].attempt.state);
	return n;
}

/* Whatever is under way has its row, and no other row is there. */
static enum fault_code check_outbox(struct journal_store *s, const struct counter *c,
				    struct fault *fault)
{
	static const char differs[] = N_("the list of what is under way does not fit");
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(s->db, "SELECT seq, kind FROM outbox ORDER BY seq", &stmt,
					      s->path, fault);
	size_t n = 0;

	while (!code && sqlite3_step(stmt) == SQLITE_ROW) {
		uint64_t seq = (uint64_t)sqlite3_column_int64(stmt, 0);

		if (!is_under_way(c, seq, sqlite3_column_int(stmt, 1)))
			code = broken(seq, differs, fault);
		n++;
	}
	if (!code && n != count_under_way(c))
		code = broken(c->seq, differs, fault);
	sqlite3_finalize(stmt);
	return code;
}

enum fault_code journal_verify(struct journal_store *s, journal_progress_fn *progress, void *ctx,
			       uint64_t *ret_entries, struct fault *fault)
{
	struct counter counter;
	struct journal_check check = { .s = s };
	struct walk w = {
		.s = s, .counter = &counter, .fault = fault, .check = &check,
		.progress = progress, .progress_ctx = ctx,
	};
	enum fault_code code;

	counter_init(&counter);
	/* One read transaction: a till that goes on writing does not move the head. */
	code = sqlite_run(s->db, "BEGIN", s->path, fault);
	if (!code)
		code = journal_check_begin(&check, s, fault);
	if (!code)
		code = journal_read_head(s, fault);
	if (!code)
		code = check_tail(s, fault);
	if (!code)
		code = sqlite_prepare(s->db, "SELECT state, digest FROM snapshot WHERE seq = ?1",
				      &w.snapshot, s->path, fault);
	if (!code)
		code = walk(&w, 1);
	if (!code)
		code = check_outbox(s, &counter, fault);
	if (!code)
		code = journal_check_end(&check, fault);
	if (!code)
		*ret_entries = s->head;
	sqlite3_finalize(w.snapshot);
	journal_check_release(&check);
	sqlite_run(s->db, "ROLLBACK", s->path, NULL);
	counter_release(&counter);
	return code;
}
