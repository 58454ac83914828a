/* The chain proves the entries; this proves what a till finds them by. */
#include "store/journal_check.h"

#include <stdlib.h>
#include <string.h>

#include "base/mark.h"

enum { ORDERS_MAX = 1 << 27 };

static const char find_row[] = "SELECT id, opened, closed FROM closed_order WHERE number = ?1";

static enum fault_code damaged(const struct journal_store *s, const char *why, struct fault *fault)
{
	return fault_set(fault, FAULT_JOURNAL_DAMAGED, s->path, why);
}

static enum fault_code wrong_order(uint64_t seq, struct fault *fault)
{
	return fault_set_number(fault, FAULT_JOURNAL_BROKEN, (long long)seq,
				N_("the list of closed orders does not fit"));
}

/* Whether the file's table or index `name` was made by these words. */
static bool made_so(sqlite3_stmt *find, const char *name, const char *sql)
{
	bool same;

	sqlite3_reset(find);
	sqlite3_bind_text(find, 1, name, -1, SQLITE_STATIC);
	if (sqlite3_step(find) != SQLITE_ROW)
		return false;
	same = sql ? sqlite3_column_type(find, 0) == SQLITE_TEXT &&
		     strcmp((const char *)sqlite3_column_text(find, 0), sql) == 0
		   : sqlite3_column_type(find, 0) == SQLITE_NULL;
	return same;
}

/* A flipped letter in the tables' own words shows against tables made anew. */
static enum fault_code check_tables(struct journal_store *s, struct fault *fault)
{
	sqlite3 *fresh = NULL;
	sqlite3_stmt *each = NULL, *find = NULL;
	enum fault_code code = sqlite_fault(NULL, sqlite3_open(":memory:", &fresh), s->path, fault);

	if (!code)
		code = sqlite_run(fresh, journal_schema, s->path, fault);
	if (!code)
		code = sqlite_prepare(fresh, "SELECT name, sql FROM sqlite_schema", &each, s->path, fault);
	if (!code)
		code = sqlite_prepare(s->db, "SELECT sql FROM sqlite_schema WHERE name = ?1", &find,
				      s->path, fault);
	while (!code && sqlite3_step(each) == SQLITE_ROW)
		if (!made_so(find, (const char *)sqlite3_column_text(each, 0),
			     (const char *)sqlite3_column_text(each, 1)))
			code = damaged(s, N_("its tables are not as they were made"), fault);
	sqlite3_finalize(find);
	sqlite3_finalize(each);
	sqlite3_close(fresh);
	return code;
}

enum fault_code journal_check_begin(struct journal_check *check, struct journal_store *s,
				    struct fault *fault)
{
	enum fault_code code;

	*check = (struct journal_check){ .s = s };
	code = check_tables(s, fault);
	return code ? code : sqlite_prepare(s->db, find_row, &check->row, s->path, fault);
}

void journal_check_release(struct journal_check *check)
{
	sqlite3_finalize(check->row);
	free(check->prints);
	memset(check, 0, sizeof *check);
}

static enum fault_code check_closed(struct journal_check *check, const struct counter *before,
				    const struct entry *e, struct fault *fault)
{
	const struct order *order = counter_find_order(before, &e->order);
	uint64_t number = (uint64_t)e->of.order_closed.number;
	void *prints = check->prints;
	sqlite3_stmt *row = check->row;
	size_t cap = check->cap_prints;

	sqlite3_reset(row);
	sqlite3_bind_int64(row, 1, (sqlite3_int64)number);
	if (!order || sqlite3_step(row) != SQLITE_ROW || sqlite3_column_bytes(row, 0) != IDENT_BYTES ||
	    memcmp(sqlite3_column_blob(row, 0), e->order.bytes, IDENT_BYTES) != 0 ||
	    (uint64_t)sqlite3_column_int64(row, 1) != order->opened_journal ||
	    (uint64_t)sqlite3_column_int64(row, 2) != e->seq)
		return wrong_order(e->seq, fault);
	if (number >= ORDERS_MAX ||
	    !vector_reserve(&prints, &check->cap_prints, number + 1, sizeof *check->prints, ORDERS_MAX))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	check->prints = prints;
	memset(check->prints + cap, 0, (check->cap_prints - cap) * sizeof *check->prints);
	check->closed++;
	return FAULT_NONE;
}

/* The same count as the commit keeps: a print that failed takes its own back. */
static void count_print(struct journal_check *check, const struct counter *before,
			const struct entry *e)
{
	uint64_t number = (uint64_t)e->of.print_queued.number;

	if (e->kind == ENTRY_PRINT_QUEUED && number < check->cap_prints)
		check->prints[number] = (uint32_t)e->of.print_queued.copy + 1;
	if (e->kind != ENTRY_PRINT_ENDED || e->of.print_ended.outcome != PRINT_FAILED)
		return;
	for (size_t i = 0; i < before->n_print_jobs; i++) {
		const struct print_job *job = &before->print_jobs[i];

		if (job->job == (uint64_t)e->of.print_ended.job &&
		    job->order_number < check->cap_prints &&
		    check->prints[job->order_number] == job->copy + 1)
			check->prints[job->order_number] = (uint32_t)job->copy;
	}
}

enum fault_code journal_check_entry(struct journal_check *check, const struct counter *before,
				    const struct entry *e, struct fault *fault)
{
	if (e->kind == ENTRY_ORDER_CLOSED)
		return check_closed(check, before, e, fault);
	count_print(check, before, e);
	return FAULT_NONE;
}

static enum fault_code check_prints(struct journal_check *check, struct fault *fault)
{
	struct journal_store *s = check->s;
	sqlite3_stmt *row = NULL;
	enum fault_code code = sqlite_prepare(s->db, "SELECT number, prints, closed FROM closed_order",
					      &row, s->path, fault);
	uint64_t n = 0;
	int result = SQLITE_DONE;

	while (!code && (result = sqlite3_step(row)) == SQLITE_ROW) {
		uint64_t number = (uint64_t)sqlite3_column_int64(row, 0);

		n++;
		if (number >= check->cap_prints ||
		    sqlite3_column_int64(row, 1) != (sqlite3_int64)check->prints[number])
			code = wrong_order((uint64_t)sqlite3_column_int64(row, 2), fault);
	}
	if (!code)
		code = sqlite_fault(s->db, result, s->path, fault);
	if (!code && n != check->closed)
		code = wrong_order(s->head, fault);
	sqlite3_finalize(row);
	return code;
}

static enum fault_code check_pages(struct journal_store *s, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(s->db, "PRAGMA integrity_check(1)", &stmt, s->path, fault);
	const char *answer = NULL, *line;

	if (code)
		return code;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		answer = (const char *)sqlite3_column_text(stmt, 0);
	if (!answer)
		answer = sqlite3_errmsg(s->db);
	/* What is wrong may stand below a line that names the database. */
	line = strchr(answer, '\n');
	if (strcmp(answer, "ok") != 0)
		code = damaged(s, line ? line + 1 : answer, fault);
	sqlite3_finalize(stmt);
	return code;
}

enum fault_code journal_check_end(struct journal_check *check, struct fault *fault)
{
	enum fault_code code = check_prints(check, fault);

	return code ? code : check_pages(check->s, fault);
}
