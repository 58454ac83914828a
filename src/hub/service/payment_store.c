/* A payment's row. */
#include "service/hub_own.h"

#include <string.h>

#include "base/utf8.h"

void hub_payment_release(struct hub_payment *p)
{
	if (p)
		buffer_release(&p->statement);
}

static bool unpack(struct db_rows *rows, struct hub_payment *p)
{
	struct unpack in;
	const void *bytes;
	size_t n;

	bytes = db_row_bytes(rows, 0, &n);
	unpack_init(&in, bytes, n);
	payment_unpack(&in, &p->attempt);
	if (!unpack_done(&in))
		return false;
	bytes = db_row_bytes(rows, 1, &n);
	unpack_init(&in, bytes, n);
	payment_schedule_unpack(&in, &p->attempt.schedule);
	return unpack_done(&in);
}

enum fault_code hub_payment_load(struct hub *hub, const struct ident *merchant,
				 const struct ident *id, struct hub_payment *ret, struct fault *fault)
{
	struct db_rows *rows;
	ident_text letters;
	bool found = false, whole = true;
	enum fault_code code = db_query(hub->db,
		"SELECT attempt, schedule, till, token, wallet, pay_token, reason, statement FROM payment"
		" WHERE merchant = ?1 AND id = ?2", DB_VALUES(db_ident(merchant), db_ident(id)), &rows, fault);

	memset(ret, 0, sizeof *ret);
	buffer_init(&ret->statement, 8192);
	if (code)
		return code;
	if (db_next(rows)) {
		found = true;
		whole = unpack(rows, ret);
		ret->merchant = *merchant;
		db_row_ident(rows, 2, &ret->till);
		utf8_copy(ret->token, sizeof ret->token, db_row_text(rows, 3));
		utf8_copy(ret->wallet, sizeof ret->wallet, db_row_text(rows, 4));
		utf8_copy(ret->pay_token, sizeof ret->pay_token, db_row_text(rows, 5));
		utf8_copy(ret->reason, sizeof ret->reason, db_row_text(rows, 6));
		buffer_add_text(&ret->statement, db_row_text(rows, 7));
	}
	code = db_end(rows);
	ident_format(id, letters);
	if (!code && !found)
		code = fault_set(fault, FAULT_HUB_NO_SUCH, letters, NULL);
	if (!code && !whole)
		code = fault_set(fault, FAULT_STORE_IO, letters, "payment");
	return code;
}

/* What the columns beside the packed attempt are. */
struct columns {
	struct buffer attempt, schedule;
};

static enum fault_code pack(const struct hub_payment *p, struct columns *c, struct fault *fault)
{
	buffer_init(&c->attempt, 4096);
	buffer_init(&c->schedule, 256);
	payment_pack(&p->attempt, &c->attempt);
	payment_schedule_pack(&p->attempt.schedule, &c->schedule);
	if (c->attempt.failed || c->schedule.failed)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	return FAULT_NONE;
}

static void unpack_columns(struct columns *c)
{
	buffer_release(&c->attempt);
	buffer_release(&c->schedule);
}

enum fault_code hub_payment_add(struct hub *hub, const struct hub_payment *p, struct fault *fault)
{
	const struct payment_attempt *a = &p->attempt;
	struct columns c;
	enum fault_code code = pack(p, &c, fault);

	if (!code)
		code = db_run(hub->db,
			"INSERT INTO payment (merchant, id, order_id, till, state, version, attempt, schedule,"
			" next_ms, number, token, wallet, expires_ms)"
			" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
			DB_VALUES(db_ident(&p->merchant), db_ident(&a->id), db_ident(&a->order),
				  db_ident(&p->till), db_text(payment_state_word(a->state)),
				  db_number((int64_t)a->version),
				  db_bytes(c.attempt.data, c.attempt.len),
				  db_bytes(c.schedule.data, c.schedule.len),
				  db_number(a->schedule.next_ms), db_text(a->number), db_text(p->token),
				  db_text(p->wallet), db_number(a->expires_ms)), NULL, fault);
	unpack_columns(&c);
	return code == FAULT_STORE_EXISTS ? fault_set(fault, FAULT_HUB_ALREADY_THERE, "payment", NULL) : code;
}

enum fault_code hub_payment_save(struct hub *hub, const struct hub_payment *p,
				 uint64_t decided_on, struct fault *fault)
{
	const struct payment_attempt *a = &p->attempt;
	int64_t changed = 0;
	struct columns c;
	enum fault_code code = pack(p, &c, fault);

	if (!code)
		code = db_run(hub->db,
			"UPDATE payment SET state = ?3, version = ?4, attempt = ?5, schedule = ?6,"
			" next_ms = ?7, wallet = ?8, pay_token = ?9, reason = ?10, statement = ?11"
			" WHERE merchant = ?1 AND id = ?2 AND version = ?12",
			DB_VALUES(db_ident(&p->merchant), db_ident(&a->id),
				  db_text(payment_state_word(a->state)), db_number((int64_t)a->version),
				  db_bytes(c.attempt.data, c.attempt.len),
				  db_bytes(c.schedule.data, c.schedule.len),
				  db_number(a->schedule.next_ms), db_text(p->wallet), db_text(p->pay_token),
				  db_text(p->reason), db_text(buffer_text(&p->statement)),
				  db_number((int64_t)decided_on)), &changed, fault);
	unpack_columns(&c);
	if (!code && changed != 1)
		code = fault_set(fault, FAULT_PAYMENT_CHANGED, NULL, NULL);
	return code;
}
