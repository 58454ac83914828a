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

static enum fault_code do_one(struct hub *hub, const struct named *which,
			      enum payment_event_kind kind, struct fault *fault)
{
	struct payment_event event = { .kind = kind };
	struct hub_payment p = { 0 };
	enum fault_code code = hub_payment_load(hub, &which->merchant, &which->payment, &p, fault);

	if (!code)
		code = hub_payment_do(hub, &p, &event, "", fault);
	hub_payment_release(&p);
	return code;
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

/* What was under way when the hub stopped. In one transaction of its own. */
enum fault_code hub_take_up(struct hub *hub, struct fault *fault)
{
	struct named *open = calloc(TICK_MOST, sizeof *open);
	size_t n = TICK_MOST;
	enum fault_code code = FAULT_OUT_OF_MEMORY;

	if (!open)
		return fault_set(fault, code, NULL, NULL);
	code = hub_begin(hub, fault);
	if (!code)
		code = list(hub, "SELECT merchant, payment FROM outbox WHERE at_ms <= ?1 LIMIT ?2",
			    hub_now(hub).utc_ms, open, TICK_MOST, &n, fault);
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

enum fault_code hub_channel_answer(struct hub *hub, const struct hub_answer *answer,
				   struct fault *fault)
{
	struct payment_event event;
	struct hub_payment p = { 0 };
	enum fault_code code = hub_payment_load(hub, &answer->merchant, &answer->payment, &p, fault);

	if (!code) {
		if (answer->wallet[0])
			utf8_copy(p.wallet, sizeof p.wallet, answer->wallet);
		if (answer->pay_token[0])
			utf8_copy(p.pay_token, sizeof p.pay_token, answer->pay_token);
		code = db_run(hub->db, "DELETE FROM outbox WHERE merchant = ?1 AND payment = ?2",
			      DB_VALUES(db_ident(&answer->merchant), db_ident(&answer->payment)), NULL,
			      fault);
	}
	if (!code) {
		read_answer(&p, answer, &event);
		code = hub_payment_do(hub, &p, &event, "", fault);
	}
	hub_payment_release(&p);
	return code;
}

bool hub_notice(struct hub *hub, const char *channel, const char *id, const char *number,
		const struct hub_answer *answer, struct fault *fault)
{
	struct hub_answer found = *answer;
	struct db_rows *rows;
	bool known = false;
	enum fault_code code = db_run(hub->db, "INSERT INTO notice (channel, id, at_ms) VALUES (?1, ?2, ?3)",
				      DB_VALUES(db_text(channel), db_text(id),
						db_number(hub_now(hub).utc_ms)), NULL, fault);

	fault->code = FAULT_NONE;
	if (code)
		return false;
	code = db_query(hub->db, "SELECT merchant, id FROM payment WHERE number = ?1",
			DB_VALUES(db_text(number)), &rows, fault);
	if (code)
		return false;
	if (db_next(rows)) {
		known = true;
		db_row_ident(rows, 0, &found.merchant);
		db_row_ident(rows, 1, &found.payment);
	}
	code = db_end(rows);
	if (!code && known)
		code = hub_channel_answer(hub, &found, fault);
	return !code && known;
}
