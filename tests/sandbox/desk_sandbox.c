/* Drives the provider without sockets and without waiting. */
#include "desk_sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"

static int64_t now_ms(void *ctx)
{
	return ((struct desk *)ctx)->now_ms;
}

static enum fault_code counted_bytes(void *ctx, void *bytes, size_t n)
{
	struct desk *d = ctx;
	uint8_t digest[DIGEST_SIZE];

	d->random++;
	if (digest_sha256(&d->random, sizeof d->random, digest) || n > sizeof digest)
		return FAULT_OUT_OF_MEMORY;
	memcpy(bytes, digest, n);
	return FAULT_NONE;
}

static const char *header_of(const struct sandbox_header *headers, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(headers[i].name, name) == 0)
			return headers[i].value;
	return "";
}

/* Whether the provider has signed these bytes. */
static bool signed_by_provider(const struct desk *d, const struct sandbox_header *headers, size_t n_headers,
			       const char *body, size_t n)
{
	struct buffer text = BUFFER_INIT(1 << 20);
	uint8_t signature[SIGNATURE_SIZE];
	const char *letters = header_of(headers, n_headers, "Sandbox-Signature");
	size_t len = 0;
	bool fits;

	buffer_printf(&text, "%s\n%s\n", header_of(headers, n_headers, "Sandbox-Timestamp"),
		      header_of(headers, n_headers, "Sandbox-Nonce"));
	buffer_add(&text, body, n);
	buffer_add_byte(&text, '\n');
	fits = base64_parse(BASE64_STANDARD, letters, strlen(letters), signature, sizeof signature, &len) &&
	       signature_verify(sign_key_public(d->provider_key), text.data, text.len, signature);
	buffer_release(&text);
	return fits;
}

static void member(const struct json_value *object, const char *name, char *out, size_t size)
{
	const struct json_value *value = json_member(object, name);
	const char *text = value ? json_text_of(value) : NULL;

	utf8_copy(out, size, text ? text : "");
}

static void notify(void *ctx, const struct sandbox_notice *notice)
{
	struct desk *d = ctx;
	struct posted *p = &d->posted[d->n_posted];
	struct json_value *body = NULL;
	const struct json_value *payment;

	CU_ASSERT_FATAL(d->n_posted < POSTED_MAX);
	CU_ASSERT_FATAL(!json_parse(notice->body, notice->n_body, &body, NULL));
	memset(p, 0, sizeof *p);
	payment = json_member(body, "payment");
	p->id = notice->id;
	p->at_ms = d->now_ms;
	utf8_copy(p->url, sizeof p->url, notice->url);
	member(body, "event_id", p->event, sizeof p->event);
	member(payment, "out_no", p->out_no, sizeof p->out_no);
	member(payment, "state", p->state, sizeof p->state);
	member(payment, "channel_no", p->channel_no, sizeof p->channel_no);
	member(payment, "paid_at", p->paid_at, sizeof p->paid_at);
	p->is_signed = signed_by_provider(d, notice->headers, notice->n_headers, notice->body, notice->n_body);
	CU_ASSERT(p->is_signed);
	sandbox_reply_init(&p->raw);
	memcpy(p->raw.headers, notice->headers, notice->n_headers * sizeof notice->headers[0]);
	p->raw.n_headers = notice->n_headers;
	buffer_add(&p->raw.body, notice->body, notice->n_body);
	d->n_posted++;
	json_value_free(body);
}

static void open_sandbox(struct desk *d)
{
	struct fault fault;

	CU_ASSERT_FATAL(!sandbox_open(&d->options, &d->sandbox, &fault));
	CU_ASSERT_FATAL(!sandbox_set_merchant(d->sandbox, "1000", "Tea & Co", sign_key_public(d->merchant_key), &fault));
}

void desk_open(struct desk *d, const char *file)
{
	uint8_t seed[SIGN_SEED_SIZE] = { 1 };

	memset(d, 0, sizeof *d);
	d->now_ms = START_MS;
	d->merchant = "1000";
	CU_ASSERT_FATAL(!sign_key_from_seed(seed, &d->merchant_key));
	seed[0] = 2;
	CU_ASSERT_FATAL(!sign_key_from_seed(seed, &d->provider_key));
	snprintf(d->db_url, sizeof d->db_url, "sqlite:%s", file ? file : ":memory:");
	d->options.db_url = d->db_url;
	d->options.key = d->provider_key;
	sandbox_times_init(&d->options.times);
	d->options.ports = (struct sandbox_ports){ d, now_ms, counted_bytes, notify };
	sandbox_reply_init(&d->reply);
	open_sandbox(d);
}

void desk_restart(struct desk *d)
{
	sandbox_close(d->sandbox);
	open_sandbox(d);
}

void desk_close(struct desk *d)
{
	sandbox_close(d->sandbox);
	sandbox_reply_release(&d->reply);
	for (size_t i = 0; i < d->n_posted; i++)
		sandbox_reply_release(&d->posted[i].raw);
	json_value_free(d->body);
	sign_key_free(d->merchant_key);
	sign_key_free(d->provider_key);
}

struct sent {
	const struct desk *desk;
	char timestamp[24], nonce[40], signature[100];
};

static const char *sent_header(const void *ctx, const char *name)
{
	const struct sent *s = ctx;

	if (s->desk->spoil && strcmp(name, s->desk->spoil) == 0)
		return NULL;
	if (strcmp(name, "Sandbox-Merchant") == 0)
		return s->desk->merchant;
	if (strcmp(name, "Sandbox-Timestamp") == 0)
		return s->timestamp;
	if (strcmp(name, "Sandbox-Nonce") == 0)
		return s->nonce;
	return strcmp(name, "Sandbox-Signature") == 0 ? s->signature : NULL;
}

static void sign(struct desk *d, const struct sandbox_request *r, struct sent *ret)
{
	struct buffer text = BUFFER_INIT(1 << 20);
	uint8_t signature[SIGNATURE_SIZE];

	ret->desk = d;
	snprintf(ret->timestamp, sizeof ret->timestamp, "%lld", (long long)(d->now_ms + d->clock_off_ms) / 1000);
	snprintf(ret->nonce, sizeof ret->nonce, "test-nonce-%llu", (unsigned long long)++d->random);
	if (d->nonce)
		snprintf(ret->nonce, sizeof ret->nonce, "%s", d->nonce);
	buffer_printf(&text, "%s\n%s%s%s\n%s\n%s\n%s\n", r->method, r->path, r->query[0] ? "?" : "", r->query,
		      ret->timestamp, ret->nonce, r->body);
	CU_ASSERT_FATAL(!sign_key_sign(d->merchant_key, text.data, text.len, signature));
	signature[0] ^= d->spoil_signature;
	base64_format(BASE64_STANDARD, signature, sizeof signature, ret->signature);
	buffer_release(&text);
}

static int handle(struct desk *d, const struct sandbox_request *r)
{
	sandbox_reply_release(&d->reply);
	sandbox_reply_init(&d->reply);
	json_value_free(d->body);
	d->body = NULL;
	sandbox_handle(d->sandbox, r, &d->reply);
	return d->reply.silent ? 0 : d->reply.status;
}

int desk_ask(struct desk *d, const char *method, const char *path, const char *body)
{
	struct sent sent;
	struct sandbox_request r = { .method = method, .path = path, .query = "", .header = sent_header,
				     .ctx = &sent, .body = body, .n_body = strlen(body) };
	int status;

	sign(d, &r, &sent);
	status = handle(d, &r);
	d->clock_off_ms = 0;
	d->merchant = "1000";
	d->nonce = d->spoil = NULL;
	d->spoil_signature = false;
	CU_ASSERT(signed_by_provider(d, d->reply.headers, d->reply.n_headers, buffer_text(&d->reply.body),
				     d->reply.body.len));
	if (status)
		(void)json_parse(buffer_text(&d->reply.body), d->reply.body.len, &d->body, NULL);
	return status;
}

static const char *no_header(const void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return NULL;
}

int desk_browse(struct desk *d, const char *method, const char *path, const char *query, const char *body)
{
	struct sandbox_request r = { .method = method, .path = path, .query = query, .header = no_header,
				     .body = body, .n_body = strlen(body) };

	return handle(d, &r);
}

/* 2026-11-21T…+08:00 of a moment within the day's hour after START_MS. */
static void time_text(int64_t ms, char out[40])
{
	int64_t s = (ms - START_MS) / 1000 + 17 * 3600 + 23 * 60 + 20;

	snprintf(out, 40, START_DAY "T%02d:%02d:%02d+08:00", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

static int pay(struct desk *d, const char *path, const char *out_no, const char *code)
{
	char body[512], expires[40];

	time_text(d->now_ms + 30000, expires);
	snprintf(body, sizeof body, "{\"out_no\":\"%s\",\"amount\":1234,\"currency\":\"CNY\",%s%s%s"
		 "\"expires_at\":\"%s\",\"notify_url\":\"https://hub.example/v1/notices/sandbox\"}", out_no,
		 code ? "\"auth_code\":\"" : "", code ? code : "", code ? "\"," : "", expires);
	return desk_ask(d, "POST", path, body);
}

int desk_pay_code(struct desk *d, const char *out_no, const char *code)
{
	return pay(d, "/v1/payments/code", out_no, code);
}

int desk_pay_qr(struct desk *d, const char *out_no)
{
	return pay(d, "/v1/payments/qr", out_no, NULL);
}

const char *desk_text(const struct desk *d, const char *name)
{
	const struct json_value *value = d->body ? json_member(d->body, name) : NULL;
	const char *text = value ? json_text_of(value) : NULL;

	return text ? text : "";
}

int64_t desk_number(const struct desk *d, const char *name)
{
	const struct json_value *value = d->body ? json_member(d->body, name) : NULL;
	int64_t number = -1;

	return value && json_number_of(value, &number) ? number : -1;
}

const char *desk_state(struct desk *d, const char *out_no)
{
	char path[64];
	int status;

	snprintf(path, sizeof path, "/v1/payments/%s", out_no);
	status = desk_ask(d, "GET", path, "");
	return desk_text(d, status == 200 ? "state" : "code");
}

void desk_wait(struct desk *d, int64_t ms)
{
	int64_t until = d->now_ms + ms;
	size_t told;

	for (;;) {
		int64_t next = sandbox_next_ms(d->sandbox);

		if (next > until)
			break;
		if (next > d->now_ms)
			d->now_ms = next;
		told = d->n_posted;
		CU_ASSERT_FATAL(!sandbox_tick(d->sandbox, NULL));
		for (size_t i = told; i < d->n_posted; i++)
			sandbox_notice_done(d->sandbox, d->posted[i].id, d->no_post ? 0 : 204);
	}
	d->now_ms = until;
}

int desk_press(struct desk *d, const char *token, const char *digits, const char *wallet)
{
	char path[64], csrf[40], form[160];
	const char *at;

	snprintf(path, sizeof path, "/w/%s", token);
	CU_ASSERT_FATAL(desk_browse(d, "GET", path, "", "") == 200);
	at = strstr(buffer_text(&d->reply.body), "name=\"csrf\" value=\"");
	if (!at)
		return -1;
	snprintf(csrf, sizeof csrf, "%.22s", at + strlen("name=\"csrf\" value=\""));
	snprintf(form, sizeof form, "csrf=%s&wallet=%s&customer=%s", csrf, wallet, digits);
	return desk_browse(d, "POST", path, "", form);
}
