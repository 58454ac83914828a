/* From request to reply: who asks is proven, one handler answers, and what it
 * did is kept before it is said. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/instant.h"
#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

enum { REPLY_MAX = 64 << 20, BEIJING_MIN = 480, NONCE_MIN = 8, NONCE_MAX = 64 };

static const struct refusal_row {
	const char *code;
	int status;
	const char *message;
} refusals[REFUSALS] = {
#define REFUSAL(name, status, message) [REFUSAL_##name] = { #name, status, message },
#include "sandbox/refusals.def"
#undef REFUSAL
};

static const struct route {
	const char *method, *before, *behind;  /* behind NULL: no part */
	handler *handle;
} routes[] = {
	{ "POST", "/v1/payments/code", NULL, code_create },
	{ "POST", "/v1/payments/qr", NULL, qr_create },
	{ "GET", "/v1/payments/", "", payment_get },
	{ "POST", "/v1/payments/", "/close", payment_close },
	{ "POST", "/v1/payments/", "/reverse", payment_reverse },
	{ "POST", "/v1/refunds", NULL, refund_create },
	{ "GET", "/v1/refunds/", "", refund_get },
	{ "GET", "/v1/bills/", "", bill_get },
};

void sandbox_reply_init(struct sandbox_reply *reply)
{
	memset(reply, 0, sizeof *reply);
	buffer_init(&reply->body, REPLY_MAX);
}

void sandbox_reply_release(struct sandbox_reply *reply)
{
	if (reply)
		buffer_release(&reply->body);
}

enum refusal refusal_of(const char *code)
{
	for (int i = REFUSAL_NONE + 1; i < REFUSALS; i++)
		if (strcmp(refusals[i].code, code) == 0)
			return (enum refusal)i;
	return REFUSAL_SYSTEM_ERROR;
}

enum fault_code call_refuse(struct call *call, enum refusal refusal)
{
	call->refused = refusal;
	return FAULT_NONE;
}

enum fault_code call_refuse_paid(struct call *call, const struct payment *p, struct fault *fault)
{
	bool found = false;
	enum fault_code code = capture_find(call->sandbox, p, 1, "", &call->paid_by, &found, fault);

	if (code)
		return code;
	call->paid = *p;
	return call_refuse(call, found ? REFUSAL_ORDER_PAID : REFUSAL_SYSTEM_ERROR);
}

bool is_number(const char *text)
{
	size_t n = strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

	return n > 0 && n <= NUMBER_MAX && !text[n];
}

bool call_text(const struct call *call, const char *name, char *ret, size_t size)
{
	return json_get_text(call->body, name, ret, size, NULL) == FAULT_NONE;
}

bool call_money(const struct call *call, struct money *ret)
{
	char letters[4];
	struct money amount;

	if (json_get_number(call->body, "amount", 1, MONEY_TYPED_MAX_MINOR, &amount.minor, NULL) ||
	    !call_text(call, "currency", letters, sizeof letters) ||
	    !currency_parse(letters, &amount.currency))
		return false;
	*ret = amount;
	return true;
}

bool call_time(const struct call *call, const char *name, int64_t *ret_ms)
{
	char text[40];
	struct instant t;

	if (!call_text(call, name, text, sizeof text) || !instant_parse_rfc3339(text, &t))
		return false;
	*ret_ms = t.utc_ms;
	return true;
}

void put_time(struct json_writer *w, const char *name, int64_t ms)
{
	instant_text text;

	instant_format_rfc3339((struct instant){ ms, BEIJING_MIN }, text);
	json_put_text(w, name, text);
}

/* ---- signatures --------------------------------------------------------------- */

enum fault_code sign_message(struct sandbox *s, const char *merchant, const char *body, size_t n,
			     struct sandbox_header *headers, size_t *n_headers)
{
	static const char *const names[] = { "Sandbox-Merchant", "Sandbox-Timestamp", "Sandbox-Nonce",
					     "Sandbox-Signature" };
	struct buffer text = BUFFER_INIT(REPLY_MAX + 256);
	uint8_t signature[SIGNATURE_SIZE];
	char nonce[TOKEN_LETTERS + 1];
	struct sandbox_header *h = headers + *n_headers;
	enum fault_code code = random_token(s, nonce, NULL);

	if (code)
		return code;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		h[i].name = names[i];
	utf8_copy(h[0].value, sizeof h[0].value, merchant);
	snprintf(h[1].value, sizeof h[1].value, "%lld", (long long)(sandbox_now(s) / 1000));
	utf8_copy(h[2].value, sizeof h[2].value, nonce);
	buffer_printf(&text, "%s\n%s\n", h[1].value, nonce);
	buffer_add(&text, body, n);
	buffer_add_byte(&text, '\n');
	code = text.failed ? FAULT_OUT_OF_MEMORY
			   : sign_key_sign(s->options.key, text.data, text.len, signature);
	if (!code) {
		base64_format(BASE64_STANDARD, signature, sizeof signature, h[3].value);
		*n_headers += sizeof names / sizeof names[0];
	}
	buffer_release(&text);
	return code;
}

static enum fault_code merchant_key(struct sandbox *s, const char *merchant,
				    uint8_t ret_key[SIGN_PUBLIC_SIZE], bool *ret_found)
{
	struct db_rows *rows;
	enum fault_code code = db_query(s->db, "SELECT public_key FROM merchant WHERE number = ?1",
					DB_VALUES(db_text(merchant)), &rows, NULL);

	if (code)
		return code;
	*ret_found = false;
	if (db_next(rows)) {
		size_t n;
		const void *key = db_row_bytes(rows, 0, &n);

		*ret_found = n == SIGN_PUBLIC_SIZE;
		if (*ret_found)
			memcpy(ret_key, key, SIGN_PUBLIC_SIZE);
	}
	return db_end(rows);
}

static bool signature_fits(const struct sandbox_request *r, const uint8_t key[SIGN_PUBLIC_SIZE],
			   const char *timestamp, const char *nonce, const char *letters)
{
	struct buffer text = BUFFER_INIT(SANDBOX_BODY_MAX + 4096);
	uint8_t signature[SIGNATURE_SIZE];
	size_t n = 0;
	bool fits = base64_parse(BASE64_STANDARD, letters, strlen(letters), signature, sizeof signature, &n) &&
		    n == sizeof signature;

	buffer_printf(&text, "%s\n%s%s%s\n%s\n%s\n", r->method, r->path, r->query[0] ? "?" : "", r->query,
		      timestamp, nonce);
	buffer_add(&text, r->body, r->n_body);
	buffer_add_byte(&text, '\n');
	fits = fits && !text.failed && signature_verify(key, text.data, text.len, signature);
	if (text.data)
		secret_wipe(text.data, text.cap);
	buffer_release(&text);
	return fits;
}

/* Whether a nonce could be one, and the timestamp is a time near now. */
static bool fresh(const struct call *call, const char *timestamp)
{
	size_t n = strspn(timestamp, "0123456789");
	int64_t off_s;

	if (n == 0 || n > 12 || timestamp[n])
		return false;
	off_s = call->now_ms / 1000 - strtoll(timestamp, NULL, 10);
	return off_s < CLOCK_S && off_s > -CLOCK_S;
}

static enum fault_code take_nonce(struct call *call, const char *nonce)
{
	enum fault_code code = db_run(call->sandbox->db,
		"INSERT INTO nonce (merchant, nonce, at_ms) VALUES (?1, ?2, ?3)",
		DB_VALUES(db_text(call->merchant), db_text(nonce), db_number(call->now_ms)), NULL, NULL);

	if (code == FAULT_STORE_EXISTS)
		return call_refuse(call, REFUSAL_REPLAYED);
	return code;
}

/* Proves who asks. The nonce is taken last: nobody else can use it up. */
static enum fault_code prove(struct call *call)
{
	const struct sandbox_request *r = call->request;
	const char *merchant = r->header(r->ctx, "Sandbox-Merchant");
	const char *timestamp = r->header(r->ctx, "Sandbox-Timestamp");
	const char *nonce = r->header(r->ctx, "Sandbox-Nonce");
	const char *letters = r->header(r->ctx, "Sandbox-Signature");
	uint8_t key[SIGN_PUBLIC_SIZE];
	bool found = false;
	enum fault_code code;

	if (!merchant || !is_number(merchant))
		return call_refuse(call, REFUSAL_MERCHANT_UNKNOWN);
	utf8_copy(call->merchant, sizeof call->merchant, merchant);
	code = merchant_key(call->sandbox, merchant, key, &found);
	if (code || !found)
		return code ? code : call_refuse(call, REFUSAL_MERCHANT_UNKNOWN);
	if (!timestamp || !nonce || !letters || strlen(nonce) < NONCE_MIN || strlen(nonce) > NONCE_MAX ||
	    strlen(timestamp) > 12 || !signature_fits(r, key, timestamp, nonce, letters))
		return call_refuse(call, REFUSAL_SIGN_ERROR);
	if (!fresh(call, timestamp))
		return call_refuse(call, REFUSAL_CLOCK_SKEW);
	return take_nonce(call, nonce);
}

/* ---- routes ------------------------------------------------------------------- */

/* Whether the path is the route's; its part is then in call->part. */
static bool matches(const struct route *r, const char *path, char part[NUMBER_MAX + 1])
{
	size_t before = strlen(r->before), n = strlen(path), behind;

	part[0] = '\0';
	if (!r->behind)
		return strcmp(path, r->before) == 0;
	behind = strlen(r->behind);
	if (n <= before + behind || n - before - behind > NUMBER_MAX || strncmp(path, r->before, before) != 0 ||
	    strcmp(path + n - behind, r->behind) != 0)
		return false;
	snprintf(part, NUMBER_MAX + 1, "%.*s", (int)(n - before - behind), path + before);
	return !strchr(part, '/');
}

static handler *find_handler(struct call *call)
{
	bool path_known = false;

	for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
		if (!matches(&routes[i], call->request->path, call->part))
			continue;
		path_known = true;
		if (strcmp(routes[i].method, call->request->method) == 0)
			return routes[i].handle;
	}
	call_refuse(call, path_known ? REFUSAL_METHOD_NOT_ALLOWED : REFUSAL_NOT_FOUND);
	return NULL;
}

/* ---- replies ------------------------------------------------------------------ */

static void put_refusal(struct call *call)
{
	const struct refusal_row *row = &refusals[call->refused];
	struct json_writer w;

	buffer_reset(&call->reply->body);
	call->reply->status = row->status;
	json_writer_init(&w, &call->reply->body);
	json_put_object(&w, NULL);
	json_put_text(&w, "code", row->code);
	json_put_text(&w, "message", row->message);
	json_put_text(&w, "merchant", call->merchant);
	if (call->out_no[0])
		json_put_text(&w, "out_no", call->out_no);
	if (call->refused == REFUSAL_ORDER_PAID)
		payment_put(&w, "payment", &call->paid, &call->paid_by);
	json_close(&w);
}

enum fault_code call_answer(struct call *call, struct payment *p, struct fault *fault)
{
	struct sandbox *s = call->sandbox;
	struct capture c;
	struct json_writer w;
	bool found = false, paid = p->state == PAY_SUCCESS || p->state == PAY_REFUND;
	enum fault_code code = FAULT_NONE;

	if (paid)
		code = capture_find(s, p, 1, "", &c, &found, fault);
	if (code)
		return code;
	json_writer_init(&w, &call->reply->body);
	payment_put(&w, NULL, p, found ? &c : NULL);
	call->reply->silent = p->silent > 0;
	if (p->silent > 0) {
		p->silent--;
	} else if (p->erring > 0) {
		p->erring--;
		call_refuse(call, REFUSAL_SYSTEM_ERROR);
	} else {
		return FAULT_NONE;
	}
	return payment_save(s, p, fault);
}

/* Reads the body and runs the handler, in one transaction with the nonce. */
static enum fault_code handle(struct call *call, struct fault *fault)
{
	const struct sandbox_request *r = call->request;
	struct json_value *body = NULL;
	handler *run;
	enum fault_code code = prove(call);

	if (code || call->refused)
		return code;
	run = find_handler(call);
	if (!run)
		return FAULT_NONE;
	if (strcmp(r->method, "POST") == 0 && json_parse(r->body, r->n_body, &body, NULL))
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	call->body = body;
	code = run(call, fault);
	call->body = NULL;
	json_value_free(body);
	return code;
}

static void handle_signed(struct call *call)
{
	struct sandbox *s = call->sandbox;
	struct sandbox_reply *reply = call->reply;
	struct fault fault;
	enum fault_code code = db_begin(s->db, &fault);

	reply->status = 200;
	reply->type = "application/json";
	if (call->request->n_body > SANDBOX_BODY_MAX)
		call_refuse(call, REFUSAL_PARAM_ERROR);
	else if (!code)
		code = handle(call, &fault);
	if (!code)
		code = db_commit(s->db, &fault);
	if (code || reply->body.failed) {
		db_rollback(s->db);
		reply->silent = false;
		call_refuse(call, REFUSAL_SYSTEM_ERROR);
	}
	if (call->refused) {
		put_refusal(call);
		reply->type = "application/json";
	}
	/* A reply that cannot be signed is not worth sending. */
	if (sign_message(s, call->merchant, buffer_text(&reply->body), reply->body.len, reply->headers,
			 &reply->n_headers))
		reply->silent = true;
}

/* Pages are not signed: they are for people, who hold the token. */
static void handle_page(struct call *call)
{
	struct sandbox *s = call->sandbox;
	struct fault fault;
	enum fault_code code = db_begin(s->db, &fault);

	if (!code)
		code = wallet_page(call, &fault);
	if (!code)
		code = db_commit(s->db, &fault);
	if (!code)
		return;
	db_rollback(s->db);
	buffer_reset(&call->reply->body);
	call->reply->n_headers = 0;
	call->reply->status = fault_row(code) ? fault_row(code)->http_status : 500;
	call->reply->type = "text/plain; charset=utf-8";
	buffer_add_text(&call->reply->body, refusals[REFUSAL_SYSTEM_ERROR].message);
}

void sandbox_handle(struct sandbox *s, const struct sandbox_request *request, struct sandbox_reply *reply)
{
	struct call call = { .sandbox = s, .request = request, .reply = reply, .now_ms = sandbox_now(s) };

	reply->delay_ms = s->options.times.delay_ms;
	if (strncmp(request->path, "/w/", 3) == 0)
		handle_page(&call);
	else
		handle_signed(&call);
}
