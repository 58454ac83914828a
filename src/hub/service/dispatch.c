/* From a request to its handler: route, till, idempotency, body, answer. */
#include "service/hub_own.h"

#include <libintl.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/crypt.h"

enum { KEY_MAX = 64 };

static hub_handler *const handlers[WIRE_ROUTES] = {
#define ROUTE(id, ...) [ROUTE_##id] = id,
#include "wire/routes.def"
#undef ROUTE
};

void hub_refuse(struct hub *hub, const struct fault *fault, struct hub_reply *reply)
{
	const struct fault_row *row = fault_row(fault->code);
	struct json_writer w;
	char message[1024];

	(void)hub;
	fault_render(fault, row ? gettext(row->sentence) : "{1}", message, sizeof message);
	buffer_reset(&reply->body);
	reply->status = row ? row->http_status : 500;
	reply->wait = false;
	json_writer_init(&w, &reply->body);
	wire_put_error(&w, fault, message);
	json_end_line(&w);
}

size_t hub_till_keys(struct hub *hub, const struct ident *till,
		     uint8_t ret_keys[HUB_KEYS_MAX][HUB_KEY_SIZE], bool *ret_revoked)
{
	struct db_rows *rows;
	size_t n = 0, size;

	*ret_revoked = false;
	if (db_query(hub->db, "SELECT t.state, k.public_key FROM till t"
		     " LEFT JOIN till_key k ON k.merchant = t.merchant AND k.till = t.id"
		     " WHERE t.id = ?1 ORDER BY k.generation DESC", DB_VALUES(db_ident(till)), &rows, NULL))
		return 0;
	while (n < HUB_KEYS_MAX && db_next(rows)) {
		const void *key = db_row_bytes(rows, 1, &size);

		if (strcmp(db_row_text(rows, 0), "revoked") == 0)
			*ret_revoked = true;
		else if (size == HUB_KEY_SIZE)
			memcpy(ret_keys[n++], key, size);
	}
	db_end(rows);
	return *ret_revoked ? 0 : n;
}

/* The new key was used: the old one is accepted no longer. */
static enum fault_code retire_old_key(struct hub_call *call, struct fault *fault)
{
	const struct hub_request *r = call->request;

	if (!r->public_key)
		return FAULT_NONE;
	return db_run(call->hub->db,
		      "DELETE FROM till_key WHERE merchant = ?1 AND till = ?2 AND generation <"
		      " (SELECT generation FROM till_key WHERE merchant = ?1 AND till = ?2 AND public_key = ?3)",
		      DB_VALUES(db_ident(&call->merchant), db_ident(&r->till),
				db_bytes(r->public_key, HUB_KEY_SIZE)), NULL, fault);
}

static enum fault_code find_till(struct hub_call *call, struct fault *fault)
{
	char letters[4] = "", state[16] = "";
	struct db_rows *rows;
	bool found = false;
	enum fault_code code = db_query(call->hub->db,
		"SELECT t.merchant, t.store, t.state, m.currency FROM till t"
		" JOIN merchant m ON m.id = t.merchant WHERE t.id = ?1",
		DB_VALUES(db_ident(&call->request->till)), &rows, fault);

	if (code)
		return code;
	if (db_next(rows)) {
		db_row_ident(rows, 0, &call->merchant);
		db_row_ident(rows, 1, &call->store);
		strncpy(state, db_row_text(rows, 2), sizeof state - 1);
		strncpy(letters, db_row_text(rows, 3), sizeof letters - 1);
		found = true;
	}
	code = db_end(rows);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	if (!found)
		return fault_set(fault, FAULT_TILL_UNKNOWN, NULL, NULL);
	if (strcmp(state, "active") != 0)
		return fault_set(fault, FAULT_TILL_REVOKED, NULL, NULL);
	currency_parse(letters, &call->currency);
	return FAULT_NONE;
}

/* A signature that changed something is taken once. */
static enum fault_code take_nonce(struct hub_call *call, struct fault *fault)
{
	const struct hub_request *r = call->request;
	int64_t oldest = call->now.utc_ms - 900000;
	enum fault_code code;

	if (strcmp(r->method, "GET") == 0)
		return FAULT_NONE;
	code = db_run(call->hub->db, "DELETE FROM nonce WHERE created_ms < ?1",
		      DB_VALUES(db_number(oldest)), NULL, fault);
	if (!code)
		code = db_run(call->hub->db, "INSERT INTO nonce (till, nonce, created_ms) VALUES (?1, ?2, ?3)",
			      DB_VALUES(db_ident(&r->till), db_text(r->nonce), db_number(r->created_ms)),
			      NULL, fault);
	return code == FAULT_STORE_EXISTS ? fault_set(fault, FAULT_SIGNATURE_REPLAYED, NULL, NULL) : code;
}

static enum fault_code digest_request(const struct hub_request *r, uint8_t ret[DIGEST_SIZE])
{
	struct hasher *h = hasher_new();
	enum fault_code code;

	if (!h)
		return FAULT_OUT_OF_MEMORY;
	hasher_begin(h);
	hasher_add(h, r->method, strlen(r->method) + 1);
	hasher_add(h, r->path, strlen(r->path) + 1);
	hasher_add(h, r->body, r->n_body);
	code = hasher_end(h, ret);
	hasher_free(h);
	return code;
}

/* The first answer to this key, if there was one. */
static enum fault_code answer_again(struct hub_call *call, const uint8_t digest[DIGEST_SIZE],
				    bool *ret_done, struct fault *fault)
{
	const struct hub_request *r = call->request;
	bool other = false;
	struct db_rows *rows;
	size_t n;
	enum fault_code code = db_query(call->hub->db,
		"SELECT digest, status, reply FROM idempotency WHERE merchant = ?1 AND till = ?2 AND key = ?3",
		DB_VALUES(db_ident(&call->merchant), db_ident(&r->till), db_text(r->key)), &rows, fault);

	*ret_done = false;
	if (code)
		return code;
	if (db_next(rows)) {
		other = memcmp(db_row_bytes(rows, 0, &n), digest, DIGEST_SIZE) != 0;
		call->reply->status = (int)db_row_number(rows, 1);
		buffer_add_text(&call->reply->body, db_row_text(rows, 2));
		*ret_done = true;
	}
	code = db_end(rows);
	if (!code && other) {
		*ret_done = false;
		return fault_set(fault, FAULT_IDEMPOTENCY_OTHER, r->key, NULL);
	}
	return code;
}

static enum fault_code keep_answer(struct hub_call *call, const uint8_t digest[DIGEST_SIZE],
				   struct fault *fault)
{
	const struct hub_request *r = call->request;

	return db_run(call->hub->db,
		      "INSERT INTO idempotency (merchant, till, key, digest, status, reply, created_ms)"
		      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
		      DB_VALUES(db_ident(&call->merchant), db_ident(&r->till), db_text(r->key),
				db_bytes(digest, DIGEST_SIZE), db_number(call->reply->status),
				db_text(buffer_text(&call->reply->body)), db_number(call->now.utc_ms)),
		      NULL, fault);
}

static enum fault_code run_handler(struct hub_call *call, struct json_value *body, struct fault *fault)
{
	const struct wire_message_row *request = wire_message_row(call->route->request);
	const struct wire_message_row *answer = wire_message_row(call->route->reply);
	void *message = calloc(1, request->size);
	enum fault_code code = FAULT_OUT_OF_MEMORY;
	struct json_writer w;

	call->answer = calloc(1, answer->size);
	if (!message || !call->answer) {
		fault_set(fault, code, NULL, NULL);
		goto done;
	}
	code = body ? wire_get(body, call->route->request, call->currency, message, fault) : FAULT_NONE;
	call->body = message;
	if (!code)
		code = handlers[call->route->route](call, fault);
	if (!code && !call->reply->wait) {
		call->reply->status = call->route->status;
		json_writer_init(&w, &call->reply->body);
		wire_put(&w, NULL, call->route->reply, call->answer);
		json_end_line(&w);
	}
done:
	if (message)
		wire_release(call->route->request, message);
	if (call->answer)
		wire_release(call->route->reply, call->answer);
	free(message);
	free(call->answer);
	return code;
}

static enum fault_code read_body(struct hub_call *call, struct json_value **ret, struct fault *fault)
{
	const struct hub_request *r = call->request;

	*ret = NULL;
	if (call->route->request == WIRE_none)
		return FAULT_NONE;
	return json_parse(r->body, r->n_body, ret, fault);
}

static enum fault_code run_once(struct hub_call *call, struct fault *fault)
{
	uint8_t digest[DIGEST_SIZE];
	struct json_value *body = NULL;
	bool done = false;
	enum fault_code code = FAULT_NONE;

	if (call->route->takes_key) {
		size_t n = strlen(call->request->key);

		if (n == 0 || n > KEY_MAX)
			return fault_set(fault, FAULT_IDEMPOTENCY_NEEDED, NULL, NULL);
		code = digest_request(call->request, digest);
		if (!code)
			code = answer_again(call, digest, &done, fault);
	}
	if (!code && !done)
		code = read_body(call, &body, fault);
	if (!code && !done)
		code = run_handler(call, body, fault);
	if (!code && !done && call->route->takes_key)
		code = keep_answer(call, digest, fault);
	json_value_free(body);
	return code;
}

static enum fault_code run_call(struct hub_call *call, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	if (call->route->signed_by_till) {
		if (!call->request->is_signed)
			return fault_set(fault, FAULT_SIGNATURE_MISSING, NULL, NULL);
		code = find_till(call, fault);
		if (!code)
			code = take_nonce(call, fault);
		if (!code)
			code = retire_old_key(call, fault);
	}
	return code ? code : run_once(call, fault);
}

static enum fault_code find_route(struct hub_call *call, struct fault *fault)
{
	bool known;

	call->route = wire_route_find(call->request->method, call->request->path, call->part,
				      sizeof call->part, &known);
	if (call->route)
		return FAULT_NONE;
	return fault_set(fault, known ? FAULT_HUB_METHOD : FAULT_HUB_NO_SUCH, call->request->path, NULL);
}

void hub_handle(struct hub *hub, const struct hub_request *request, bool final,
		struct hub_reply *reply)
{
	struct hub_call call = { .hub = hub, .request = request, .reply = reply, .final = final };
	struct fault fault = { .code = FAULT_NONE };
	enum fault_code code;

	if (hub_is_pay_page(request)) {
		hub_pay_page(hub, request, reply);
		return;
	}
	call.now = hub_now(hub);
	code = find_route(&call, &fault);
	if (!code)
		code = db_step_begin(hub->db, &fault);
	if (code) {
		hub_refuse(hub, &fault, reply);
		return;
	}
	code = run_call(&call, &fault);
	if (!code && reply->body.failed)
		code = fault_set(&fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (!code)
		code = db_step_keep(hub->db, &fault);
	if (code) {
		db_step_drop(hub->db);
		hub_refuse(hub, &fault, reply);
	}
}
