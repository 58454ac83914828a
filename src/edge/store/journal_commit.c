/* One step, one transaction. */
#include <string.h>

#include "base/utf8.h"
#include "store/journal_db.h"

/* Binds up to four values and runs a statement without results. */
struct value {
	sqlite3_int64 number;
	const void *bytes;  /* NULL: the number counts */
	size_t n;
};

static enum fault_code run(struct journal_store *s, enum journal_statement which,
			   const struct value *values, int n, struct fault *fault)
{
	sqlite3_stmt *stmt = journal_statement(s, which, fault);
	int result;

	if (!stmt)
		return fault ? fault->code : FAULT_STORE_IO;
	for (int i = 0; i < n; i++) {
		if (values[i].bytes)
			sqlite3_bind_blob64(stmt, i + 1, values[i].bytes, values[i].n, SQLITE_STATIC);
		else
			sqlite3_bind_int64(stmt, i + 1, values[i].number);
	}
	result = sqlite3_step(stmt);
	/* The fault is read before the reset, which may clear the system's errno. */
	if (result == SQLITE_DONE || result == SQLITE_ROW) {
		sqlite3_reset(stmt);
		return FAULT_NONE;
	}
	journal_fault(s, result, fault);
	sqlite3_reset(stmt);
	return fault->code;
}

static enum fault_code add_entry(struct journal_store *s, const struct entry *e, uint64_t seq,
				 uint8_t hash[JOURNAL_HASH_BYTES], struct fault *fault)
{
	uint8_t next[JOURNAL_HASH_BYTES];
	enum fault_code code;

	buffer_reset(&s->body);
	if (!entry_encode(e, &s->body))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	code = journal_chain(s, hash, s->body.data, s->body.len, next);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	memcpy(hash, next, sizeof next);
	return run(s, SQL_ADD_ENTRY, (const struct value[]){
		{ (sqlite3_int64)seq, NULL, 0 },
		{ 0, s->body.data, s->body.len },
		{ 0, hash, JOURNAL_HASH_BYTES },
	}, 3, fault);
}

static enum fault_code add_closed(struct journal_store *s, const struct counter *before,
				  const struct entry *e, struct fault *fault)
{
	const struct order *order = counter_find_order(before, &e->order);

	return run(s, SQL_ADD_CLOSED, (const struct value[]){
		{ e->of.order_closed.number, NULL, 0 },
		{ 0, e->order.bytes, IDENT_BYTES },
		{ order ? (sqlite3_int64)order->opened_journal : 0, NULL, 0 },
		{ (sqlite3_int64)e->seq, NULL, 0 },
	}, 4, fault);
}

/* A print that failed before its first byte does not count. */
static enum fault_code uncount_print(struct journal_store *s, const struct counter *before,
				     const struct entry *e, struct fault *fault)
{
	for (size_t i = 0; i < before->n_print_jobs; i++) {
		const struct print_job *job = &before->print_jobs[i];

		if (job->job == (uint64_t)e->of.print_ended.job)
			return run(s, SQL_UNCOUNT_PRINT, (const struct value[]){
				{ (sqlite3_int64)job->order_number, NULL, 0 },
				{ (sqlite3_int64)job->copy, NULL, 0 },
			}, 2, fault);
	}
	return FAULT_NONE;
}

static enum fault_code add_entries(struct journal_store *s, const struct counter *before,
				   const struct counter_step *step,
				   uint8_t hash[JOURNAL_HASH_BYTES], struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	for (size_t i = 0; i < step->n_entries && !code; i++) {
		const struct entry *e = &step->entries[i];

		code = add_entry(s, e, s->head + i + 1, hash, fault);
		if (!code && e->kind == ENTRY_ORDER_CLOSED)
			code = add_closed(s, before, e, fault);
		if (!code && e->kind == ENTRY_PRINT_QUEUED)
			code = run(s, SQL_COUNT_PRINT, (const struct value[]){
				{ e->of.print_queued.number, NULL, 0 },
				{ e->of.print_queued.copy + 1, NULL, 0 },
			}, 2, fault);
		if (!code && e->kind == ENTRY_PRINT_ENDED &&
		    e->of.print_ended.outcome == PRINT_FAILED)
			code = uncount_print(s, before, e, fault);
	}
	return code;
}

static enum fault_code add_effects(struct journal_store *s, const struct counter_step *step,
				   struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	if (step->closes_row)
		code = run(s, SQL_DROP_OUTBOX, (const struct value[]){
			{ (sqlite3_int64)step->closes_row, NULL, 0 },
		}, 1, fault);
	/* An effect without a row of its own goes on with one that is there. */
	for (size_t i = 0; i < step->n_effects && !code; i++)
		if (step->effects[i].row)
			code = run(s, SQL_ADD_OUTBOX, (const struct value[]){
				{ (sqlite3_int64)step->effects[i].row, NULL, 0 },
				{ step->effects[i].kind, NULL, 0 },
			}, 2, fault);
	return code;
}

static enum fault_code add_pin(struct journal_store *s, struct fault *fault)
{
	sqlite3_stmt *stmt;
	int result;

	if (!s->has_pin)
		return FAULT_NONE;
	stmt = journal_statement(s, SQL_ADD_PIN, fault);
	if (!stmt)
		return fault->code;
	sqlite3_bind_text(stmt, 1, s->pin_cashier, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, s->pin_hash, -1, SQLITE_STATIC);
	result = sqlite3_step(stmt);
	journal_fault(s, result, fault);
	sqlite3_reset(stmt);
	return result == SQLITE_DONE ? FAULT_NONE : fault->code;
}

enum fault_code journal_commit(struct journal_store *s, const struct counter *before,
			       const struct counter_step *step, struct fault *fault)
{
	uint8_t hash[JOURNAL_HASH_BYTES];
	struct fault own, ignored;
	enum fault_code code;

	if (!fault)
		fault = &own;
	if (s->suspect)
		return fault_set(fault, FAULT_STORE_SUSPECT, s->path, NULL);
	if (step->n_entries == 0)
		return FAULT_NONE;
	memcpy(hash, s->hash, sizeof hash);
	code = run(s, SQL_BEGIN, NULL, 0, fault);
	if (code)
		return code;
	code = add_entries(s, before, step, hash, fault);
	if (!code)
		code = add_effects(s, step, fault);
	if (!code)
		code = add_pin(s, fault);
	if (!code)
		code = run(s, SQL_COMMIT, NULL, 0, fault);
	if (code) {
		if (!sqlite3_get_autocommit(s->db) && run(s, SQL_ROLLBACK, NULL, 0, &ignored))
			s->suspect = true;
		return code;
	}
	s->head += step->n_entries;
	memcpy(s->hash, hash, sizeof hash);
	s->has_pin = false;
	if (s->wal_pages >= JOURNAL_LOG_MAX_PAGES)
		journal_tidy(s);
	return FAULT_NONE;
}

void journal_set_pin(struct journal_store *s, const char *cashier, const char *hash)
{
	utf8_copy(s->pin_cashier, sizeof s->pin_cashier, cashier);
	utf8_copy(s->pin_hash, sizeof s->pin_hash, hash);
	s->has_pin = true;
}

enum fault_code journal_pin(struct journal_store *s, const char *cashier, char *ret_hash,
			    size_t size, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(s->db, "SELECT hash FROM pin WHERE cashier = ?1", &stmt,
					      s->path, fault);
	int result;

	if (code)
		return code;
	sqlite3_bind_text(stmt, 1, cashier, -1, SQLITE_STATIC);
	result = sqlite3_step(stmt);
	code = journal_fault(s, result, fault);
	if (!code)
		utf8_copy(ret_hash, size, result == SQLITE_ROW ?
			  (const char *)sqlite3_column_text(stmt, 0) : "");
	sqlite3_finalize(stmt);
	return code;
}

void journal_tidy(struct journal_store *s)
{
	if (s->suspect || s->wal_pages < JOURNAL_TIDY_PAGES)
		return;
	/* Readers may hold it up: what is left is done another time. */
	sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	s->wal_pages = 0;
}
