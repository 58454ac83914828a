/* Payments and captures in the books. */
#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

#define PAYMENT_COLUMNS "merchant, out_no, by_code, state, customer, wallet, amount_minor, currency, " \
	"created_ms, expires_ms, deed, deed_ms, silent, erring, recalls, refusal, token, notify_url, digest"
#define CAPTURE_COLUMNS "n, channel_no, wallet, amount_minor, paid_ms, given_back_minor, revoked_ms"

static const char *const words[PAY_STATES] = {
	[PAY_NOTPAY] = "NOTPAY", [PAY_USERPAYING] = "USERPAYING", [PAY_SUCCESS] = "SUCCESS",
	[PAY_CLOSED] = "CLOSED", [PAY_REVOKED] = "REVOKED", [PAY_PAYERROR] = "PAYERROR",
	[PAY_REFUND] = "REFUND",
};

const char *pay_state_word(enum pay_state state)
{
	return words[state];
}

void payment_tomb(struct payment *p, const char *merchant, const char *out_no, int64_t now_ms)
{
	memset(p, 0, sizeof *p);
	utf8_copy(p->merchant, sizeof p->merchant, merchant);
	utf8_copy(p->out_no, sizeof p->out_no, out_no);
	p->state = PAY_CLOSED;
	p->customer = NO_CUSTOMER;
	p->amount.currency = CURRENCY_CNY;
	p->created_ms = p->expires_ms = now_ms;
	p->deed_ms = SANDBOX_NEVER;
}

static void read_row(struct db_rows *rows, struct payment *p)
{
	const void *digest;
	size_t n;

	memset(p, 0, sizeof *p);
	utf8_copy(p->merchant, sizeof p->merchant, db_row_text(rows, 0));
	utf8_copy(p->out_no, sizeof p->out_no, db_row_text(rows, 1));
	p->by_code = db_row_number(rows, 2) != 0;
	p->state = (enum pay_state)db_row_number(rows, 3);
	p->customer = (int)db_row_number(rows, 4);
	utf8_copy(p->wallet, sizeof p->wallet, db_row_text(rows, 5));
	p->amount.minor = db_row_number(rows, 6);
	currency_parse(db_row_text(rows, 7), &p->amount.currency);
	p->created_ms = db_row_number(rows, 8);
	p->expires_ms = db_row_number(rows, 9);
	p->deed = (enum customer_deed)db_row_number(rows, 10);
	p->deed_ms = db_row_number(rows, 11);
	p->silent = db_row_number(rows, 12);
	p->erring = db_row_number(rows, 13);
	p->recalls = db_row_number(rows, 14);
	utf8_copy(p->refusal, sizeof p->refusal, db_row_text(rows, 15));
	utf8_copy(p->token, sizeof p->token, db_row_text(rows, 16));
	utf8_copy(p->notify_url, sizeof p->notify_url, db_row_text(rows, 17));
	digest = db_row_bytes(rows, 18, &n);
	if (n == DIGEST_SIZE)
		memcpy(p->digest, digest, DIGEST_SIZE);
}

static enum fault_code find(struct sandbox *s, const char *sql, const struct db_value *values, size_t n,
			    struct payment *ret, bool *ret_found, struct fault *fault)
{
	struct db_rows *rows;
	struct payment p;
	bool found, changed = false;
	enum fault_code code = db_query(s->db, sql, values, n, &rows, fault);

	if (code)
		return code;
	found = db_next(rows);
	if (found)
		read_row(rows, &p);
	code = db_end(rows);
	if (!code && found)
		code = fate_live(s, &p, sandbox_now(s), &changed, fault);
	if (!code && changed)
		code = payment_save(s, &p, fault);
	if (code)
		return code;
	*ret_found = found;
	if (found)
		*ret = p;
	return FAULT_NONE;
}

enum fault_code payment_find(struct sandbox *s, const char *merchant, const char *out_no,
			     struct payment *ret, bool *ret_found, struct fault *fault)
{
	return find(s, "SELECT " PAYMENT_COLUMNS " FROM payment WHERE merchant = ?1 AND out_no = ?2",
		    DB_VALUES(db_text(merchant), db_text(out_no)), ret, ret_found, fault);
}

enum fault_code payment_find_token(struct sandbox *s, const char *token, struct payment *ret,
				   bool *ret_found, struct fault *fault)
{
	return find(s, "SELECT " PAYMENT_COLUMNS " FROM payment WHERE token = ?1",
		    DB_VALUES(db_text(token)), ret, ret_found, fault);
}

enum fault_code payment_add(struct sandbox *s, const struct payment *p, struct fault *fault)
{
	return db_run(s->db, "INSERT INTO payment (" PAYMENT_COLUMNS ", next_ms) VALUES (?1, ?2, ?3, ?4, ?5, "
		"?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
		DB_VALUES(db_text(p->merchant), db_text(p->out_no), db_number(p->by_code),
			  db_number(p->state), db_number(p->customer), db_text(p->wallet),
			  db_number(p->amount.minor), db_text(currency_letters(p->amount.currency)),
			  db_number(p->created_ms), db_number(p->expires_ms), db_number(p->deed),
			  db_number(p->deed_ms), db_number(p->silent), db_number(p->erring),
			  db_number(p->recalls), db_text(p->refusal), db_text(p->token),
			  db_text(p->notify_url), db_bytes(p->digest, DIGEST_SIZE),
			  db_number(fate_next(p))), NULL, fault);
}

enum fault_code payment_save(struct sandbox *s, const struct payment *p, struct fault *fault)
{
	return db_run(s->db, "UPDATE payment SET state = ?3, customer = ?4, wallet = ?5, deed = ?6, "
		"deed_ms = ?7, silent = ?8, erring = ?9, recalls = ?10, refusal = ?11, next_ms = ?12 "
		"WHERE merchant = ?1 AND out_no = ?2",
		DB_VALUES(db_text(p->merchant), db_text(p->out_no), db_number(p->state),
			  db_number(p->customer), db_text(p->wallet), db_number(p->deed),
			  db_number(p->deed_ms), db_number(p->silent), db_number(p->erring),
			  db_number(p->recalls), db_text(p->refusal), db_number(fate_next(p))),
		NULL, fault);
}

enum fault_code capture_find(struct sandbox *s, const struct payment *p, int64_t n,
			     const char *channel_no, struct capture *ret, bool *ret_found,
			     struct fault *fault)
{
	struct db_rows *rows;
	struct capture c;
	bool found;
	enum fault_code code = db_query(s->db, "SELECT " CAPTURE_COLUMNS " FROM capture WHERE merchant = ?1 "
		"AND out_no = ?2 AND (n = ?3 OR channel_no = ?4)",
		DB_VALUES(db_text(p->merchant), db_text(p->out_no), db_number(n), db_text(channel_no)),
		&rows, fault);

	if (code)
		return code;
	found = db_next(rows);
	if (found) {
		memset(&c, 0, sizeof c);
		c.n = db_row_number(rows, 0);
		utf8_copy(c.channel_no, sizeof c.channel_no, db_row_text(rows, 1));
		utf8_copy(c.wallet, sizeof c.wallet, db_row_text(rows, 2));
		c.amount_minor = db_row_number(rows, 3);
		c.paid_ms = db_row_number(rows, 4);
		c.given_back_minor = db_row_number(rows, 5);
		c.revoked = db_row_number(rows, 6) != 0;
	}
	code = db_end(rows);
	if (code)
		return code;
	*ret_found = found;
	if (found)
		*ret = c;
	return FAULT_NONE;
}

enum fault_code capture_add(struct sandbox *s, const struct payment *p, const struct capture *c,
			    struct fault *fault)
{
	return db_run(s->db, "INSERT INTO capture (merchant, out_no, n, channel_no, wallet, amount_minor, "
		"paid_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
		DB_VALUES(db_text(p->merchant), db_text(p->out_no), db_number(c->n),
			  db_text(c->channel_no), db_text(c->wallet), db_number(c->amount_minor),
			  db_number(c->paid_ms)), NULL, fault);
}

enum fault_code capture_revoke(struct sandbox *s, const struct payment *p, struct fault *fault)
{
	return db_run(s->db, "UPDATE capture SET given_back_minor = amount_minor, revoked_ms = ?3 "
		"WHERE merchant = ?1 AND out_no = ?2 AND revoked_ms = 0",
		DB_VALUES(db_text(p->merchant), db_text(p->out_no), db_number(sandbox_now(s))), NULL, fault);
}

void payment_put(struct json_writer *w, const char *name, const struct payment *p,
		 const struct capture *c)
{
	json_put_object(w, name);
	json_put_text(w, "merchant", p->merchant);
	json_put_text(w, "out_no", p->out_no);
	json_put_text(w, "kind", p->by_code ? "code" : "qr");
	json_put_text(w, "state", pay_state_word(p->state));
	json_put_number(w, "amount", p->amount.minor);
	json_put_text(w, "currency", currency_letters(p->amount.currency));
	put_time(w, "expires_at", p->expires_ms);
	json_put_text(w, "wallet", c ? c->wallet : p->wallet);
	if (!p->by_code)
		json_put_text(w, "pay_token", p->token);
	if (c) {
		json_put_text(w, "channel_no", c->channel_no);
		put_time(w, "paid_at", c->paid_ms);
		json_put_number(w, "given_back", c->given_back_minor);
	}
	json_close(w);
}
