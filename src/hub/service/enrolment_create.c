/* POST /v1/enrolments: a one-time code makes a machine a till. */
#include "service/hub_own.h"

#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "crypt/crypt.h"

struct enrolment {
	struct ident merchant, till;
	int64_t generation, next_order_number;
};

/* Uses the code up. It is looked for by its digest: the secret is not kept. */
static enum fault_code use_code(struct hub_call *call, const char *secret, struct enrolment *ret,
				struct fault *fault)
{
	uint8_t digest[DIGEST_SIZE];
	struct db_rows *rows;
	int64_t expires = 0, used = 0;
	bool found = false;
	enum fault_code code = digest_sha256(secret, strlen(secret), digest);

	if (!code)
		code = db_query(call->hub->db,
				"SELECT merchant, till, expires_ms, used FROM enrol_code WHERE digest = ?1",
				DB_VALUES(db_bytes(digest, sizeof digest)), &rows, fault);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	if (db_next(rows)) {
		found = true;
		db_row_ident(rows, 0, &ret->merchant);
		db_row_ident(rows, 1, &ret->till);
		expires = db_row_number(rows, 2);
		used = db_row_number(rows, 3);
	}
	code = db_end(rows);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	if (!found)
		return fault_set(fault, FAULT_ENROL_CODE_UNKNOWN, NULL, NULL);
	if (used)
		return fault_set(fault, FAULT_ENROL_CODE_USED, NULL, NULL);
	if (expires < call->now.utc_ms)
		return fault_set(fault, FAULT_ENROL_CODE_EXPIRED, NULL, NULL);
	return db_run(call->hub->db, "UPDATE enrol_code SET used = 1 WHERE digest = ?1",
		      DB_VALUES(db_bytes(digest, sizeof digest)), NULL, fault);
}

/* A machine that takes over a till's number begins with one key, its own. */
static enum fault_code set_key(struct hub_call *call, const struct enrolment *e,
			       const uint8_t key[HUB_KEY_SIZE], const char *previous_head,
			       struct fault *fault)
{
	struct db *db = call->hub->db;
	enum fault_code code = db_run(db, "DELETE FROM till_key WHERE merchant = ?1 AND till = ?2",
				      DB_VALUES(db_ident(&e->merchant), db_ident(&e->till)), NULL, fault);

	if (!code)
		code = db_run(db, "INSERT INTO till_key (merchant, till, public_key, generation)"
			      " VALUES (?1, ?2, ?3, 1)",
			      DB_VALUES(db_ident(&e->merchant), db_ident(&e->till),
					db_bytes(key, HUB_KEY_SIZE)), NULL, fault);
	if (!code)
		code = db_run(db, "UPDATE till SET state = 'active', previous_head = ?3"
			      " WHERE merchant = ?1 AND id = ?2",
			      DB_VALUES(db_ident(&e->merchant), db_ident(&e->till),
					db_text(previous_head)), NULL, fault);
	return code;
}

static enum fault_code describe(struct hub_call *call, const struct enrolment *e,
				struct fault *fault)
{
	struct wire_enrol_reply *a = call->answer;
	struct db_rows *rows;
	enum fault_code code = db_query(call->hub->db,
		"SELECT t.number, t.next_order_number, s.id, s.number, s.name, m.name, m.currency"
		" FROM till t JOIN store s ON s.merchant = t.merchant AND s.id = t.store"
		" JOIN merchant m ON m.id = t.merchant WHERE t.merchant = ?1 AND t.id = ?2",
		DB_VALUES(db_ident(&e->merchant), db_ident(&e->till)), &rows, fault);

	if (code)
		return code;
	if (db_next(rows)) {
		utf8_copy(a->till_number, sizeof a->till_number, db_row_text(rows, 0));
		a->next_order_number = db_row_number(rows, 1);
		db_row_ident(rows, 2, &a->store);
		utf8_copy(a->store_number, sizeof a->store_number, db_row_text(rows, 3));
		utf8_copy(a->store_name, sizeof a->store_name, db_row_text(rows, 4));
		utf8_copy(a->merchant_name, sizeof a->merchant_name, db_row_text(rows, 5));
		utf8_copy(a->currency, sizeof a->currency, db_row_text(rows, 6));
	}
	a->till = e->till;
	a->merchant = e->merchant;
	base64_format(BASE64_STANDARD, sign_key_public(call->hub->options.key), SIGN_PUBLIC_SIZE, a->hub_key);
	hub_time_text(call->now.utc_ms, a->time, sizeof a->time);
	return db_end(rows);
}

enum fault_code enrolment_create(struct hub_call *call, struct fault *fault)
{
	const struct wire_enrol_request *body = call->body;
	uint8_t key[HUB_KEY_SIZE];
	struct enrolment e;
	size_t n;
	enum fault_code code;

	if (!base64_parse(BASE64_STANDARD, body->public_key, strlen(body->public_key), key, sizeof key, &n) ||
	    n != sizeof key)
		return fault_set(fault, FAULT_INPUT_BAD_FIELD, "public_key", "32 bytes, base64");
	code = use_code(call, body->code, &e, fault);
	if (!code)
		code = set_key(call, &e, key, body->previous_head, fault);
	return code ? code : describe(call, &e, fault);
}
