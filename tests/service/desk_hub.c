/* See desk_hub.h. */
#include "desk_hub.h"

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "service/hub_own.h"

static struct instant now(void *ctx)
{
	return (struct instant){ ((struct desk_hub *)ctx)->now_ms, 0 };
}

static enum fault_code draw(void *ctx, void *bytes, size_t n)
{
	struct desk_hub *d = ctx;

	for (size_t i = 0; i < n; i++)
		((uint8_t *)bytes)[i] = (uint8_t)(++d->draws * UINT64_C(0x9E3779B97F4A7C15) >> 56);
	return FAULT_NONE;
}

static void job(void *ctx, const struct hub_job *j)
{
	struct desk_hub *d = ctx;

	CU_ASSERT_FATAL(d->n_jobs < 64);
	d->jobs[d->n_jobs++] = *j;
}

static void wake(void *ctx, const struct ident *merchant)
{
	(void)merchant;
	((struct desk_hub *)ctx)->wakes++;
}

static void quiet(void *ctx, const char *json)
{
	(void)ctx;
	(void)json;
}

bool desk_hub_says(const struct desk_hub *d, const char *text)
{
	if (strstr(buffer_text(&d->reply.body), text))
		return true;
	fprintf(stderr, "the hub says %s", buffer_text(&d->reply.body));
	return false;
}

static int handle(struct desk_hub *d, const struct hub_request *request)
{
	struct fault fault;

	buffer_reset(&d->reply.body);
	d->reply.wait = false;
	CU_ASSERT_FATAL(hub_begin(d->hub, &fault) == FAULT_NONE);
	hub_handle(d->hub, request, false, &d->reply);
	CU_ASSERT_FATAL(hub_commit(d->hub, &fault) == FAULT_NONE);
	return d->reply.status;
}

int desk_hub_ask_key(struct desk_hub *d, const char *method, const char *path, const char *body,
		     const char *key)
{
	char nonce[24], plain[256];
	const char *query = strchr(path, '?');
	struct hub_request r = { .method = method, .path = plain, .query = query ? query + 1 : "",
				 .key = key, .body = body, .n_body = strlen(body), .is_signed = true,
				 .till = d->till, .public_key = d->till_key, .nonce = nonce,
				 .created_ms = d->now_ms, .user_agent = "" };

	snprintf(nonce, sizeof nonce, "n%llu", (unsigned long long)++d->nonces);
	snprintf(plain, sizeof plain, "%.*s", (int)strcspn(path, "?"), path);
	return handle(d, &r);
}

int desk_hub_ask(struct desk_hub *d, const char *method, const char *path, const char *body)
{
	char key[24];

	snprintf(key, sizeof key, "k%llu", (unsigned long long)++d->keys);
	return desk_hub_ask_key(d, method, path, body, key);
}

static void enrol(struct desk_hub *d)
{
	struct hub_request r = { .method = "POST", .path = "/v1/enrolments", .query = "", .key = "e1",
				 .user_agent = "" };
	char body[256], key[BASE64_SIZE(32)];
	struct fault fault;
	ident_text code;

	CU_ASSERT_FATAL(hub_make_code(d->hub, &d->merchant, "012", "03", 60000, code, &fault) == FAULT_NONE);
	memset(d->till_key, 7, sizeof d->till_key);
	base64_format(BASE64_STANDARD, d->till_key, sizeof d->till_key, key);
	snprintf(body, sizeof body, "{\"code\":\"%s\",\"public_key\":\"%s\"}", code, key);
	r.body = body;
	r.n_body = strlen(body);
	CU_ASSERT_EQUAL(handle(d, &r), 201);
	CU_ASSERT(desk_hub_says(d, "\"next_order_number\":1"));
	r.key = "e2";
	CU_ASSERT_EQUAL(handle(d, &r), 403);
	CU_ASSERT(desk_hub_says(d, "ENROL_CODE_USED"));
}

void desk_hub_open(struct desk_hub *d)
{
	struct hub_options options = { .db_url = "sqlite::memory:", .public_url = "https://127.0.0.1:8443",
				       .wallet_url = "https://127.0.0.1:9443" };
	struct fault fault = { .code = FAULT_NONE };
	struct ident store;

	memset(d, 0, sizeof *d);
	d->now_ms = INT64_C(1795254067000);
	hub_reply_init(&d->reply);
	CU_ASSERT_FATAL(sign_key_make(&d->key) == FAULT_NONE);
	options.key = d->key;
	options.ports = (struct hub_ports){ d, now, draw, job, wake, quiet };
	for (int i = 0; i < PAYMENT_CHANNELS; i++)
		options.timings[i] = payment_channel_row((enum payment_channel)i)->timings;
	CU_ASSERT_FATAL(hub_open(&options, &d->hub, &fault) == FAULT_NONE);
	CU_ASSERT_FATAL(hub_add_merchant(d->hub, "星光", CURRENCY_CNY, &d->merchant, &fault) == FAULT_NONE);
	CU_ASSERT_FATAL(hub_add_store(d->hub, &d->merchant, "012", "星光店", &store, &fault) == FAULT_NONE);
	CU_ASSERT_FATAL(hub_add_till(d->hub, &d->merchant, "012", "03", &d->till, &fault) == FAULT_NONE);
	enrol(d);
}

void desk_hub_close(struct desk_hub *d)
{
	hub_reply_release(&d->reply);
	hub_close(d->hub);
	sign_key_free(d->key);
}

void desk_hub_answer(struct desk_hub *d, enum payment_event_kind says)
{
	const struct hub_job *j = &d->jobs[d->n_jobs - 1];
	struct hub_answer a = { .merchant = j->merchant, .payment = j->payment, .says = says,
				.amount = j->amount, .paid_ms = d->now_ms };
	struct fault fault = { .code = FAULT_NONE };

	if (says == PAYMENT_EVENT_ANSWER_PAID) {
		utf8_copy(a.channel_no, sizeof a.channel_no, "420001");
		utf8_copy(a.wallet, sizeof a.wallet, "wechat");
	}
	CU_ASSERT_FATAL(hub_begin(d->hub, &fault) == FAULT_NONE);
	CU_ASSERT_EQUAL(hub_channel_answer(d->hub, &a, &fault), FAULT_NONE);
	CU_ASSERT_FATAL(hub_commit(d->hub, &fault) == FAULT_NONE);
}

void desk_hub_spoil(struct desk_hub *d)
{
	static const char *const spoils[] = {
		"UPDATE orders SET paid_minor = 1, state = 'open'",
		"UPDATE payment SET statement = replace(statement, '15.66', '16.66')",
		"DELETE FROM event WHERE n = 1",
	};

	for (size_t i = 0; i < sizeof spoils / sizeof spoils[0]; i++)
		CU_ASSERT_EQUAL(db_run(d->hub->db, spoils[i], NULL, 0, NULL, NULL), FAULT_NONE);
}
