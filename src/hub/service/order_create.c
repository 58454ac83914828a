/* POST /v1/orders: an order that is to be paid. */
#include "service/hub_own.h"

#include <string.h>

#include "base/utf8.h"

enum fault_code hub_order_load(struct hub *hub, const struct ident *merchant, const struct ident *id,
			       struct hub_order *ret, struct fault *fault)
{
	struct db_rows *rows;
	ident_text letters;
	bool found = false;
	enum fault_code code = db_query(hub->db,
		"SELECT till, number, total_minor, paid_minor, state FROM orders"
		" WHERE merchant = ?1 AND id = ?2", DB_VALUES(db_ident(merchant), db_ident(id)), &rows, fault);

	if (code)
		return code;
	if (db_next(rows)) {
		found = true;
		db_row_ident(rows, 0, &ret->till);
		ret->number = db_row_number(rows, 1);
		ret->total_minor = db_row_number(rows, 2);
		ret->paid_minor = db_row_number(rows, 3);
		utf8_copy(ret->state, sizeof ret->state, db_row_text(rows, 4));
	}
	code = db_end(rows);
	ident_format(id, letters);
	if (!code && !found)
		code = fault_set(fault, FAULT_HUB_NO_SUCH, letters, NULL);
	return code;
}

/* The lines must say what the total says: a till whose sums differ is broken. */
static enum fault_code check_sum(const struct wire_order_request *order, struct fault *fault)
{
	struct money sum = money_zero(order->total.currency);
	money_text text;

	for (size_t i = 0; i < order->n_lines; i++)
		if (money_add(sum, order->lines[i].amount, &sum))
			return fault_set(fault, FAULT_MONEY_OVERFLOW, NULL, NULL);
	if (order->n_lines && sum.minor != order->total.minor) {
		money_format(sum, text);
		return fault_set(fault, FAULT_HUB_SUM_DIFFERS, text, NULL);
	}
	return FAULT_NONE;
}

static void answer(struct wire_order_reply *a, const struct ident *id, const struct hub_order *o,
		   enum currency currency)
{
	a->id = *id;
	a->number = o->number;
	utf8_copy(a->state, sizeof a->state, o->state);
	utf8_copy(a->currency, sizeof a->currency, currency_letters(currency));
	a->total = money_make(o->total_minor, currency);
	a->paid = money_make(o->paid_minor, currency);
}

/* An order may come again, changed, between two attempts at paying it: the
 * customer whose payment failed takes one thing more. Its total stands while one
 * is open, and never falls below what is paid. */
static enum fault_code keep(struct hub_call *call, const struct wire_order_request *body,
			    struct fault *fault)
{
	struct buffer text = BUFFER_INIT(4 << 20);
	struct json_writer w;
	int64_t changed = 0;
	enum fault_code code;

	json_writer_init(&w, &text);
	wire_put(&w, NULL, WIRE_order_request, body);
	code = db_run(call->hub->db,
		      "INSERT INTO orders (merchant, id, till, number, state, total_minor, created_ms, body)"
		      " VALUES (?1, ?2, ?3, ?4, 'open', ?5, ?6, ?7)"
		      " ON CONFLICT (merchant, id) DO UPDATE"
		      " SET total_minor = excluded.total_minor, body = excluded.body"
		      " WHERE orders.till = excluded.till AND orders.number = excluded.number"
		      " AND orders.state = 'open' AND orders.paid_minor <= excluded.total_minor"
		      " AND (orders.total_minor = excluded.total_minor OR NOT EXISTS"
		      " (SELECT 1 FROM payment WHERE payment.merchant = orders.merchant"
		      " AND payment.order_id = orders.id"
		      " AND payment.state NOT IN ('paid', 'failed', 'reversed', 'expired')))",
		      DB_VALUES(db_ident(&call->merchant), db_ident(&body->id),
				db_ident(&call->request->till), db_number(body->number),
				db_number(body->total.minor), db_number(call->now.utc_ms),
				db_text(buffer_text(&text))), &changed, fault);
	buffer_release(&text);
	return !code && changed == 0 ? fault_set(fault, FAULT_HUB_ALREADY_THERE, "order", NULL) : code;
}

enum fault_code order_create(struct hub_call *call, struct fault *fault)
{
	const struct wire_order_request *body = call->body;
	struct hub_order order = { call->request->till, body->number, body->total.minor, 0, "open" };
	enum fault_code code;

	if (strcmp(body->currency, currency_letters(call->currency)) != 0)
		return fault_set(fault, FAULT_MONEY_CURRENCY_MISMATCH, body->currency,
				 currency_letters(call->currency));
	if (ident_is_zero(&body->id))
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "id", "128 random bits");
	code = check_sum(body, fault);
	if (code)
		return code;
	code = keep(call, body, fault);
	if (!code)
		code = db_run(call->hub->db,
			      "UPDATE till SET next_order_number = ?3 WHERE merchant = ?1 AND id = ?2"
			      " AND next_order_number < ?3",
			      DB_VALUES(db_ident(&call->merchant), db_ident(&call->request->till),
					db_number(body->number + 1)), NULL, fault);
	if (!code)
		code = hub_order_load(call->hub, &call->merchant, &body->id, &order, fault);
	answer(call->answer, &body->id, &order, call->currency);
	return code;
}

enum fault_code order_get(struct hub_call *call, struct fault *fault)
{
	struct hub_order order;
	struct ident id;
	enum fault_code code = hub_part_ident(call, &id, fault);

	if (!code)
		code = hub_order_load(call->hub, &call->merchant, &id, &order, fault);
	if (!code)
		answer(call->answer, &id, &order, call->currency);
	return code;
}
