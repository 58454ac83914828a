/* The watch over payments: channel answers, notices, deadlines, a restart. The
 * hub goes on with it when the till is gone. */
#include "service/hub_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { TICK_MOST = 200 };

struct named {
	struct ident merchant, payment;
};

/* Payments by a query of (merchant, id); at most `most`. */
static enum fault_code list(struct hub *hub, const char *sql, int64_t ms, struct named *out,
			    size_t most, size_t *ret_n, struct fault *fault)
{
	struct db_rows *rows;
	size_t n = 0;
	enum fault_code code = db_query(hub->db, sql, DB_VALUES(db_number(ms), db_number((int64_t)most)),
					&rows, fault);

	if (code)
		return code;
	while (n < most && db_next(rows)) {
		db_row_ident(rows, 0, &out[n].merchant);
		db_row_ident(rows, 1, &out[n].payment);
		n++;
	}
	*ret_n = n;
	return db_end(rows);
}

/* Keeps a step of the transaction that went well, and takes back one that did
 * not: the others in the transaction stand. */
static enum fault_code end_step(struct hub *hub, enum fault_code code, struct fault *fault)
{
	if (!code)
		code = db_step_keep(hub->db, fault);
	if (code)
		db_step_drop(hub->db);
	return code;
}

/* Nothing is owed to the channel for this payment. */
static enum fault_code answered(struct hub *hub, const struct ident *merchant,
				const struct ident *payment, struct fault *fault)
{
	return db_run(hub->db, "DELETE FROM outbox WHERE merchant = ?1 AND payment = ?2",
		      DB_VALUES(db_ident(merchant), db_ident(payment)), NULL, fault);
}

static enum fault_code do_one(struct hub *hub, const struct named *which,
			      enum payment_event_kind kind, struct fault *fault)
{
	struct payment_event event = { .kind = kind };
	struct hub_payment p = { 0 };
	enum fault_code code = db_step_begin(hub->db, fault);

	if (code)
		return code;
	code = hub_payment_load(hub, &which->merchant, &which->payment, &p, fault);
	if (!code && kind == PAYMENT_EVENT_RESTART)
		code = answered(hub, &which->merchant, &which->payment, fault);
	if (!code)
		code = hub_payment_do(hub, &p, &event, "", fault);
	hub_payment_release(&p);
	return end_step(hub, code, fault);
}

enum fault_code hub_tick(struct hub *hub, struct fault *fault)
{
	struct named *due = calloc(TICK_MOST, sizeof *due);
	size_t n = 0;
	enum fault_code code = FAULT_OUT_OF_MEMORY;

	if (!due)
		return fault_set(fault, code, NULL, NULL);
	code = list(hub, "SELECT merchant, id FROM payment WHERE next_ms <= ?1 ORDER BY next_ms LIMIT ?2",
		    hub_now(hub).utc_ms, due, TICK_MOST, &n, fault);
	for (size_t i = 0; i < n && !code; i++)
		code = do_one(hub, &due[i], PAYMENT_EVENT_TICK, fault);
	free(due);
	return code;
}

int64_t hub_next_ms(struct hub *hub)
{
	struct db_rows *rows;
	int64_t next = PAYMENT_NEVER;

	if (db_query(hub->db, "SELECT next_ms FROM payment ORDER BY next_ms LIMIT 1", NULL, 0, &rows, NULL))
		return next;
	if (db_next(rows))
		next = db_row_number(rows, 0);
	db_end(rows);
	return next;
}

/* What was under way when the hub stopped, all of it: counted first, since each
 * may owe a request anew. In one transaction of its own. */
enum fault_code hub_take_up(struct hub *hub, struct fault *fault)
{
	struct named *open = NULL;
	size_t n = 0;
	struct db_rows *rows;
	enum fault_code code = hub_begin(hub, fault);

	if (code)
		return code;
	code = db_query(hub->db, "SELECT count(*) FROM outbox", NULL, 0, &rows, fault);
	if (!code) {
		n = db_next(rows) ? (size_t)db_row_number(rows, 0) : 0;
		code = db_end(rows);
		open = calloc(n + 1, sizeof *open);
	}
	if (!code && !open)
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (!code)
		code = list(hub, "SELECT merchant, payment FROM outbox WHERE at_ms <= ?1 LIMIT ?2",
			    INT64_MAX, open, n, &n, fault);
	for (size_t i = 0; i < n && !code; i++)
		code = do_one(hub, &open[i], PAYMENT_EVENT_RESTART, fault);
	if (!code)
		code = hub_commit(hub, fault);
	if (code)
		hub_rollback(hub);
	free(open);
	return code;
}

/* A channel's word as the machine's event: the proof of PAID is the channel's
 * verified answer, which must be about this payment's number and amount. */
static void read_answer(const struct hub_payment *p, const struct hub_answer *answer,
			struct payment_event *event)
{
	static const char verified[] = "verified by the channel's driver";

	*event = (struct payment_event){ .kind = answer->says, .detail = answer->detail };
	if (answer->says != PAYMENT_EVENT_ANSWER_PAID)
		return;
	event->proof = (struct payment_proof){
		.payment = p->attempt.id, .order = p->attempt.order, .amount = answer->amount,
		.merchant = p->attempt.merchant, .channel_no = answer->channel_no,
		.paid_ms = answer->paid_ms, .statement = verified, .statement_bytes = sizeof verified - 1,
		.signature = verified, .signature_bytes = sizeof verified - 1,
	};
}

/* What the machine refuses is no proof: it is told in the log, and the payment
 * is asked for again in its time. */
static enum fault_code judge(struct hub *hub, const struct hub_payment *p, enum fault_code code,
			     struct fault *fault)
{
	if (code < FAULT_PAYMENT_CHANGED || code > FAULT_PAYMENT_NO_AMOUNT)
		return code;
	hub_log_payment(hub, "answer_refused", p, fault_name(code));
	fault->code = FAULT_NONE;
	return FAULT_NONE;
}

static enum fault_code take_answer(struct hub *hub, const struct hub_answer *answer,
				   struct fault *fault)
{
	struct payment_event event;
	struct hub_payment p = { 0 };
	enum fault_code code = hub_payment_load(hub, &answer->merchant, &answer->payment, &p, fault);

	if (!code)
		code = answered(hub, &answer->merchant, &answer->payment, fault);
	if (!code) {
		if (answer->wallet[0])
			utf8_copy(p.wallet, sizeof p.wallet, answer->wallet);
		if (answer->pay_token[0])
			utf8_copy(p.pay_token, sizeof p.pay_token, answer->pay_token);
		read_answer(&p, answer, &event);
		code = judge(hub, &p, hub_payment_do(hub, &p, &event, "", fault), fault);
	}
	hub_payment_release(&p);
	return code;
}

enum fault_code hub_channel_answer(struct hub *hub, const struct hub_answer *answer,
				   struct fault *fault)
{
	enum fault_code code = db_step_begin(hub->db, fault);

	return code ? code : end_step(hub, take_answer(hub, answer, fault), fault);
}

/* The payment of that number; FAULT_HUB_NO_SUCH. */
static enum fault_code find_number(struct hub *hub, const char *number, struct hub_answer *ret,
				   struct fault *fault)
{
	struct db_rows *rows;
	bool known = false;
	enum fault_code code = db_query(hub->db, "SELECT merchant, id FROM payment WHERE number = ?1",
					DB_VALUES(db_text(number)), &rows, fault);

	if (code)
		return code;
	if (db_next(rows)) {
		known = true;
		db_row_ident(rows, 0, &ret->merchant);
		db_row_ident(rows, 1, &ret->payment);
	}
	code = db_end(rows);
	return code || known ? code : fault_set(fault, FAULT_HUB_NO_SUCH, number, NULL);
}

static enum fault_code take_notice(struct hub *hub, const char *channel, const char *id,
				   const char *number, const struct hub_answer *answer,
				   bool *ret_again, struct fault *fault)
{
	struct hub_answer found = *answer;
	enum fault_code code = db_run(hub->db, "INSERT INTO notice (channel, id, at_ms) VALUES (?1, ?2, ?3)",
				      DB_VALUES(db_text(channel), db_text(id),
						db_number(hub_now(hub).utc_ms)), NULL, fault);

	*ret_again = code == FAULT_STORE_EXISTS;
	if (!code)
		code = find_number(hub, number, &found, fault);
	return code ? code : take_answer(hub, &found, fault);
}

enum fault_code hub_notice(struct hub *hub, const char *channel, const char *id, const char *number,
			   const struct hub_answer *answer, struct fault *fault)
{
	bool again = false;
	enum fault_code code = db_step_begin(hub->db, fault);

	if (!code)
		code = end_step(hub, take_notice(hub, channel, id, number, answer, &again, fault), fault);
	if (again)
		fault->code = code = FAULT_NONE;
	return code;
}
