/* What must always hold in the ledgers, looked at from the shell. */
#include "service/hub_own.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "crypt/crypt.h"

struct checking {
	struct hub *hub;
	void (*tell)(void *ctx, const char *sentence);
	void *ctx;
	size_t n;
};

static void found(struct checking *c, const char *what, const struct ident *id, const char *more)
{
	char sentence[256];
	ident_text letters = "";

	if (id)
		ident_format(id, letters);
	snprintf(sentence, sizeof sentence, "%s %s %s", what, letters, more);
	c->tell(c->ctx, sentence);
	c->n++;
}

static void unreadable(struct checking *c, enum fault_code code)
{
	if (code)
		found(c, "database", NULL, fault_name(code));
}

/* Whether the statement is this hub's word on this payment. */
static bool statement_holds(const struct hub *hub, const struct hub_payment *p)
{
	struct wire_statement s = { .state = "" };
	struct buffer text = BUFFER_INIT(4096);
	uint8_t signature[SIGNATURE_SIZE];
	struct json_value *value = NULL;
	size_t n = 0;
	bool holds = !json_parse(buffer_text(&p->statement), p->statement.len, &value, NULL) &&
		!wire_get(value, WIRE_statement, p->attempt.amount.currency, &s, NULL) &&
		base64_parse(BASE64_STANDARD, s.signature, strlen(s.signature), signature,
			     sizeof signature, &n) && n == sizeof signature;

	wire_statement_text(&s, &text);
	holds = holds && signature_verify(sign_key_public(hub->options.key), text.data, text.len, signature) &&
		ident_equal(&s.payment, &p->attempt.id) && ident_equal(&s.order, &p->attempt.order) &&
		s.amount.minor == p->attempt.amount.minor &&
		strcmp(s.state, payment_state_word(p->attempt.state)) == 0;
	buffer_release(&text);
	wire_release(WIRE_statement, &s);
	json_value_free(value);
	return holds;
}

/* A payment that never was has neither order nor statement. */
static void check_payment(struct checking *c, const struct ident *merchant, const struct ident *id,
			  const char *state)
{
	struct hub_payment p = { 0 };
	enum fault_code code = hub_payment_load(c->hub, merchant, id, &p, NULL);

	if (code)
		found(c, "payment", id, "cannot be read");
	else if (strcmp(state, payment_state_word(p.attempt.state)) != 0)
		found(c, "payment", id, "has another state in its row than in its machine");
	else if (payment_is_terminal(p.attempt.state) && !ident_is_zero(&p.attempt.order) &&
		 !statement_holds(c->hub, &p))
		found(c, "payment", id, "has no statement that bears the hub's signature");
	hub_payment_release(&p);
}

static void check_payments(struct checking *c)
{
	struct ident merchant, id;
	struct db_rows *rows;
	enum fault_code code = db_query(c->hub->db, "SELECT merchant, id, state FROM payment", NULL, 0,
					&rows, NULL);

	while (!code && db_next(rows)) {
		db_row_ident(rows, 0, &merchant);
		db_row_ident(rows, 1, &id);
		check_payment(c, &merchant, &id, db_row_text(rows, 2));
	}
	unreadable(c, code ? code : db_end(rows));
}

/* What its payments in the state PAID add up to. */
static enum fault_code sum_paid(struct checking *c, const struct ident *merchant,
				const struct ident *order, int64_t *ret)
{
	struct payment_attempt a;
	struct db_rows *rows;
	enum fault_code code = db_query(c->hub->db,
		"SELECT attempt FROM payment WHERE merchant = ?1 AND order_id = ?2 AND state = 'paid'",
		DB_VALUES(db_ident(merchant), db_ident(order)), &rows, NULL);

	*ret = 0;
	while (!code && db_next(rows)) {
		struct unpack in;
		size_t n;
		const void *bytes = db_row_bytes(rows, 0, &n);

		unpack_init(&in, bytes, n);
		payment_unpack(&in, &a);
		if (unpack_done(&in))
			*ret += a.amount.minor;
	}
	return code ? code : db_end(rows);
}

static void check_orders(struct checking *c)
{
	struct ident merchant, id;
	struct db_rows *rows;
	enum fault_code code = db_query(c->hub->db,
		"SELECT merchant, id, state, total_minor, paid_minor FROM orders", NULL, 0, &rows, NULL);

	while (!code && db_next(rows)) {
		int64_t total = db_row_number(rows, 3), paid = db_row_number(rows, 4), sum = 0;

		db_row_ident(rows, 0, &merchant);
		db_row_ident(rows, 1, &id);
		unreadable(c, sum_paid(c, &merchant, &id, &sum));
		if (sum != paid)
			found(c, "order", &id, "is not paid by what its payments add up to");
		if (paid > total)
			found(c, "order", &id, "is paid more than once");
		if ((strcmp(db_row_text(rows, 2), "paid") == 0) != (paid >= total && paid > 0))
			found(c, "order", &id, "has a state that does not fit what was paid");
	}
	unreadable(c, code ? code : db_end(rows));
}

static void check_events(struct checking *c)
{
	struct ident merchant;
	struct db_rows *rows;
	enum fault_code code = db_query(c->hub->db,
		"SELECT m.id FROM merchant m WHERE m.events <>"
		" (SELECT count(*) FROM event e WHERE e.merchant = m.id) OR m.events <>"
		" (SELECT coalesce(max(e.n), 0) FROM event e WHERE e.merchant = m.id)", NULL, 0, &rows, NULL);

	while (!code && db_next(rows)) {
		db_row_ident(rows, 0, &merchant);
		found(c, "merchant", &merchant, "has a gap in its events");
	}
	unreadable(c, code ? code : db_end(rows));
}

/* What is owed to a channel is owed for a payment that is there. */
static void check_outbox(struct checking *c)
{
	struct ident payment;
	struct db_rows *rows;
	enum fault_code code = db_query(c->hub->db,
		"SELECT o.payment FROM outbox o LEFT JOIN payment p ON p.merchant = o.merchant"
		" AND p.id = o.payment WHERE p.id IS NULL", NULL, 0, &rows, NULL);

	while (!code && db_next(rows)) {
		db_row_ident(rows, 0, &payment);
		found(c, "payment", &payment, "is owed to a channel and is not there");
	}
	unreadable(c, code ? code : db_end(rows));
}

size_t hub_check(struct hub *hub, void (*tell)(void *ctx, const char *sentence), void *ctx)
{
	struct checking c = { hub, tell, ctx, 0 };
	struct fault fault = { .code = FAULT_NONE };

	if (db_verify(hub->db, &fault))
		found(&c, "database", NULL, fault.arg[1]);
	/* one moment of the ledgers, whatever is written meanwhile */
	unreadable(&c, db_step_begin(hub->db, NULL));
	check_payments(&c);
	check_orders(&c);
	check_events(&c);
	check_outbox(&c);
	db_step_drop(hub->db);
	return c.n;
}
