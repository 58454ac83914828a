/* Closed orders: where they stand in the journal, and what they were. */
#include <stdio.h>
#include <string.h>

#include "base/mark.h"
#include "store/journal_db.h"

static const char by_number[] =
	"SELECT number, id, opened, closed, prints FROM closed_order WHERE number = ?1";
static const char by_id[] =
	"SELECT number, id, opened, closed, prints FROM closed_order WHERE id = ?1";
static const char newest[] =
	"SELECT number, id, opened, closed, prints FROM closed_order ORDER BY closed DESC LIMIT 1";

static enum fault_code none(uint64_t number, const struct ident *id, struct fault *fault)
{
	ident_text text;

	if (!id)
		return number ? fault_set_number(fault, FAULT_ORDER_NO_SUCH_ORDER, (long long)number, NULL)
			      : fault_set(fault, FAULT_PRINT_NOTHING, NULL, NULL);
	ident_format(id, text);
	return fault_set(fault, FAULT_ORDER_NO_SUCH_ORDER, text, NULL);
}

enum fault_code journal_find_order(struct journal_store *s, uint64_t number, const struct ident *id,
				   struct closed_order *ret, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(s->db, id ? by_id : number ? by_number : newest, &stmt,
					      s->path, fault);
	int result;

	if (code)
		return code;
	if (id)
		sqlite3_bind_blob(stmt, 1, id->bytes, IDENT_BYTES, SQLITE_STATIC);
	else if (number)
		sqlite3_bind_int64(stmt, 1, (sqlite3_int64)number);
	result = sqlite3_step(stmt);
	code = journal_fault(s, result, fault);
	if (!code && (result != SQLITE_ROW || sqlite3_column_bytes(stmt, 1) != IDENT_BYTES))
		code = none(number, id, fault);
	if (!code) {
		ret->number = (uint64_t)sqlite3_column_int64(stmt, 0);
		memcpy(ret->id.bytes, sqlite3_column_blob(stmt, 1), IDENT_BYTES);
		ret->opened = (uint64_t)sqlite3_column_int64(stmt, 2);
		ret->closed = (uint64_t)sqlite3_column_int64(stmt, 3);
		ret->prints = (uint64_t)sqlite3_column_int64(stmt, 4);
	}
	sqlite3_finalize(stmt);
	return code;
}

/* A counter that lives only for one order: it is given what the order's
 * entries stand on, and their sequence is closed up. */
struct rebuild {
	struct counter counter;
	struct ident order;
	uint8_t hash[JOURNAL_HASH_BYTES];
	enum fault_code code;
	struct fault *fault;
};

static bool rebuild_step(void *ctx, uint64_t seq, const struct entry *entry, const void *body, size_t n,
			 const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct rebuild *r = ctx;
	struct entry e;

	(void)body;
	(void)n;
	if (!entry) {
		r->code = fault_set_number(r->fault, FAULT_JOURNAL_ENTRY_UNREADABLE, (long long)seq, "bytes");
		return false;
	}
	if (!ident_equal(&entry->order, &r->order) || entry->kind == ENTRY_PRINT_QUEUED ||
	    entry->kind == ENTRY_PRINT_ENDED)
		return true;
	e = *entry;
	r->counter.seq = seq - 1;
	if (e.kind == ENTRY_ORDER_CLOSED) {
		r->counter.perpetual_minor = e.perpetual_minor - e.of.order_closed.total;
		memcpy(r->hash, hash, sizeof r->hash);
	}
	r->code = counter_apply(&r->counter, &e, r->fault);
	return r->code == FAULT_NONE;
}

enum fault_code journal_read_order(struct journal_store *s, const struct closed_order *where,
				   struct order *ret_order, uint8_t ret_hash[JOURNAL_HASH_BYTES],
				   struct fault *fault)
{
	struct rebuild r = { .order = where->id, .fault = fault };
	enum fault_code code;

	counter_init(&r.counter);
	r.counter.initialised = true;
	r.counter.shift.open = true;
	code = journal_currency(s, &r.counter.currency, fault);
	if (!code)
		code = journal_each(s, where->opened, where->closed, rebuild_step, &r, fault);
	if (!code)
		code = r.code;
	if (!code && (!r.counter.last_closed || !order_copy(r.counter.last_closed, ret_order)))
		code = fault_set_number(fault, FAULT_JOURNAL_BROKEN, (long long)where->closed,
					N_("its order cannot be built again"));
	if (!code)
		memcpy(ret_hash, r.hash, JOURNAL_HASH_BYTES);
	counter_release(&r.counter);
	return code;
}

static bool first_currency(void *ctx, uint64_t seq, const struct entry *entry, const void *body,
			   size_t n, const uint8_t hash[JOURNAL_HASH_BYTES])
{
	enum currency *currency = ctx;

	(void)seq;
	(void)body;
	(void)n;
	(void)hash;
	if (entry && entry->kind == ENTRY_TILL_INITIALISED)
		*currency = (enum currency)entry->of.till_initialised.currency;
	return false;
}

enum fault_code journal_currency(struct journal_store *s, enum currency *ret, struct fault *fault)
{
	*ret = CURRENCY_NONE;
	return journal_each(s, 1, 1, first_currency, ret, fault);
}
