/* Tests of room service: the hub without a socket. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "desk_hub.h"

#define ORDER "00000000000000000000000001"
#define PAY "00000000000000000000000002"
#define ORDER_BODY "{\"id\":\"" ORDER "\",\"number\":1,\"currency\":\"CNY\",\"total\":\"15.66\",\"lines\":[]}"

static const char qr_body[] = "{\"id\":\"" PAY "\",\"kind\":\"qr\",\"currency\":\"CNY\",\"amount\":\"15.66\","
	"\"expires_at\":\"2026-11-21T09:51:07Z\"}";

static void order(struct desk_hub *d)
{
	ASSERT_NUMBER(desk_hub_ask(d, "POST", "/v1/orders", ORDER_BODY), 201);
}

/* Whether the statement in the last reply is the hub's word on this payment. */
static bool statement_holds(struct desk_hub *d)
{
	struct wire_payment_reply reply = { .version = 0 };
	struct buffer text = BUFFER_INIT(4096);
	uint8_t signature[SIGNATURE_SIZE];
	struct json_value *value = NULL;
	bool holds = false;
	size_t n = 0;

	CU_ASSERT_FATAL(json_parse(d->reply.body.data, d->reply.body.len, &value, NULL) == FAULT_NONE);
	if (wire_get(value, WIRE_payment_reply, CURRENCY_CNY, &reply, NULL) == FAULT_NONE &&
	    reply.n_statements == 1) {
		const struct wire_statement *s = reply.statements;

		wire_statement_text(s, &text);
		holds = base64_parse(BASE64_STANDARD, s->signature, strlen(s->signature), signature,
				     sizeof signature, &n) && n == sizeof signature &&
			signature_verify(sign_key_public(d->key), text.data, text.len, signature);
	}
	buffer_release(&text);
	wire_release(WIRE_payment_reply, &reply);
	json_value_free(value);
	return holds;
}

static void a_qr_is_paid_and_proven(void)
{
	struct desk_hub d;

	desk_hub_open(&d);
	order(&d);
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", qr_body), 201);
	CU_ASSERT(desk_hub_says(&d, "\"state\":\"sent\""));
	CU_ASSERT(desk_hub_says(&d, "\"qr\":\"https://127.0.0.1:8443/p/"));
	ASSERT_NUMBER(d.n_jobs, 1);
	ASSERT_NUMBER(d.jobs[0].effect, PAYMENT_DO_PAY);
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PENDING);
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_NUMBER(desk_hub_ask(&d, "GET", "/v1/payments/" PAY, ""), 200);
	CU_ASSERT(desk_hub_says(&d, "\"state\":\"paid\""));
	CU_ASSERT(desk_hub_says(&d, "\"channel\":\"wechat\""));
	CU_ASSERT(statement_holds(&d));
	ASSERT_NUMBER(desk_hub_ask(&d, "GET", "/v1/orders/" ORDER, ""), 200);
	CU_ASSERT(desk_hub_says(&d, "\"state\":\"paid\"") && desk_hub_says(&d, "\"paid\":\"15.66\""));
	ASSERT_NUMBER(desk_hub_ask(&d, "GET", "/v1/events?after=0&wait=30", ""), 200);
	CU_ASSERT(desk_hub_says(&d, "\"last\":3"));
	CU_ASSERT(d.wakes >= 3);
	desk_hub_close(&d);
}

static void a_repeat_gives_the_first_answer(void)
{
	struct desk_hub d;
	char first[4096];

	desk_hub_open(&d);
	order(&d);
	ASSERT_NUMBER(desk_hub_ask_key(&d, "POST", "/v1/orders/" ORDER "/payments", qr_body, "same"), 201);
	snprintf(first, sizeof first, "%s", buffer_text(&d.reply.body));
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_NUMBER(desk_hub_ask_key(&d, "POST", "/v1/orders/" ORDER "/payments", qr_body, "same"), 201);
	ASSERT_TEXT(buffer_text(&d.reply.body), first);
	ASSERT_NUMBER(d.n_jobs, 1);
	ASSERT_NUMBER(desk_hub_ask_key(&d, "POST", "/v1/orders/" ORDER "/payments", "{}", "same"), 422);
	CU_ASSERT(desk_hub_says(&d, "IDEMPOTENCY_OTHER"));
	ASSERT_NUMBER(desk_hub_ask_key(&d, "POST", "/v1/orders", ORDER_BODY, ""), 400);
	CU_ASSERT(desk_hub_says(&d, "IDEMPOTENCY_NEEDED"));
	desk_hub_close(&d);
}

static void a_second_payment_waits_for_the_first(void)
{
	static const char other[] = "{\"id\":\"00000000000000000000000009\",\"kind\":\"code\",\"currency\":\"CNY\","
		"\"amount\":\"15.66\",\"code\":\"134567890123456700\",\"expires_at\":\"2026-11-21T09:51:07Z\"}";
	struct desk_hub d;

	desk_hub_open(&d);
	order(&d);
	desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", qr_body);
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", other), 409);
	CU_ASSERT(desk_hub_says(&d, "PAYMENT_STILL_OPEN"));
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_FAILED);
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", other), 201);
	ASSERT_TEXT(d.jobs[d.n_jobs - 1].code, "134567890123456700");
	CU_ASSERT(!strstr(buffer_text(&d.reply.body), "1345678901"));
	desk_hub_close(&d);
}

/* The customer whose payment failed takes one thing more. */
static void an_order_changes_between_two_attempts(void)
{
	static const char more[] = "{\"id\":\"" ORDER "\",\"number\":1,\"currency\":\"CNY\","
		"\"total\":\"20.00\",\"lines\":[]}";
	static const char other[] = "{\"id\":\"00000000000000000000000009\",\"kind\":\"code\",\"currency\":\"CNY\","
		"\"amount\":\"20.00\",\"code\":\"134567890123456700\",\"expires_at\":\"2026-11-21T09:51:07Z\"}";
	struct desk_hub d;

	desk_hub_open(&d);
	order(&d);
	desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", qr_body);
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders", more), 409);
	CU_ASSERT(desk_hub_says(&d, "HUB_ALREADY_THERE"));
	order(&d);
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_FAILED);
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders", more), 201);
	CU_ASSERT(desk_hub_says(&d, "\"total\":\"20.00\""));
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", other), 201);
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders", ORDER_BODY), 409);
	desk_hub_close(&d);
}

static void bodies_that_do_not_fit_are_refused(void)
{
	static const struct { const char *method, *path, *body; int status; const char *name; } cases[] = {
		{ "POST", "/v1/orders", "{", 400, "INPUT_BAD_JSON" },
		{ "POST", "/v1/orders", "{}", 400, "INPUT_MISSING_FIELD" },
		{ "POST", "/v1/orders", "{\"id\":\"" PAY "\",\"number\":2,\"currency\":\"USD\",\"total\":\"1.00\"}",
		  422, "MONEY_CURRENCY_MISMATCH" },
		{ "POST", "/v1/orders", "{\"id\":\"" ORDER "\",\"number\":2,\"currency\":\"CNY\",\"total\":\"15.66\"}",
		  409, "HUB_ALREADY_THERE" },
		{ "GET", "/v1/orders/" PAY, "", 404, "HUB_NO_SUCH" },
		{ "GET", "/v1/orders/xyz", "", 404, "HUB_NO_SUCH" },
		{ "GET", "/v1/nothing", "", 404, "HUB_NO_SUCH" },
		{ "POST", "/v1/till", "", 405, "HUB_METHOD" },
		{ "POST", "/v1/orders/" ORDER "/payments", "{\"id\":\"" PAY "\",\"kind\":\"qr\",\"currency\":\"CNY\","
		  "\"amount\":\"15.67\",\"expires_at\":\"2026-11-21T09:51:07Z\"}", 422, "TENDER_TOO_MUCH" },
		{ "POST", "/v1/orders/" ORDER "/payments", "{\"id\":\"" PAY "\",\"kind\":\"qr\",\"currency\":\"CNY\","
		  "\"amount\":\"1.00\",\"expires_at\":\"2026-11-21T09:01:07Z\"}", 422, "PAYMENT_TOO_LATE" },
		{ "POST", "/v1/orders/" ORDER "/payments", "{\"id\":\"" PAY "\",\"kind\":\"fax\",\"currency\":\"CNY\","
		  "\"amount\":\"1.00\",\"expires_at\":\"2026-11-21T09:51:07Z\"}", 400, "INPUT_BAD_FIELD" },
	};
	struct desk_hub d;

	desk_hub_open(&d);
	order(&d);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ASSERT_NUMBER(desk_hub_ask(&d, cases[i].method, cases[i].path, cases[i].body), cases[i].status);
		CU_ASSERT(desk_hub_says(&d, cases[i].name));
	}
	ASSERT_NUMBER(d.n_jobs, 0);
	desk_hub_close(&d);
}

static void a_late_request_meets_its_tombstone(void)
{
	struct desk_hub d;

	desk_hub_open(&d);
	order(&d);
	ASSERT_NUMBER(desk_hub_ask(&d, "GET", "/v1/payments/" PAY, ""), 200);
	CU_ASSERT(desk_hub_says(&d, "\"state\":\"failed\""));
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", qr_body), 409);
	CU_ASSERT(desk_hub_says(&d, "HUB_ALREADY_THERE"));
	ASSERT_NUMBER(d.n_jobs, 0);
	desk_hub_close(&d);
}

static void time_is_watched_without_the_till(void)
{
	struct fault fault = { .code = FAULT_NONE };
	struct desk_hub d;

	desk_hub_open(&d);
	order(&d);
	desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", qr_body);
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PENDING);
	for (int i = 0; i < 400 && d.jobs[d.n_jobs - 1].effect != PAYMENT_DO_CLOSE; i++) {
		int64_t next = hub_next_ms(d.hub);

		CU_ASSERT_FATAL(next != PAYMENT_NEVER);
		d.now_ms = next > d.now_ms ? next : d.now_ms;
		hub_begin(d.hub, &fault);
		ASSERT_NUMBER(hub_tick(d.hub, &fault), FAULT_NONE);
		hub_commit(d.hub, &fault);
		if (d.n_jobs == 60)
			d.jobs[1] = d.jobs[59], d.n_jobs = 2;
		if (d.jobs[d.n_jobs - 1].effect == PAYMENT_DO_QUERY)
			desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PENDING);
	}
	ASSERT_NUMBER(d.jobs[d.n_jobs - 1].effect, PAYMENT_DO_CLOSE);
	desk_hub_answer(&d, PAYMENT_EVENT_REVERSED);
	desk_hub_ask(&d, "GET", "/v1/payments/" PAY, "");
	CU_ASSERT(desk_hub_says(&d, "\"state\":\"expired\""));
	/* money that comes all the same is not dropped */
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PAID);
	desk_hub_ask(&d, "GET", "/v1/payments/" PAY, "");
	CU_ASSERT(desk_hub_says(&d, "\"state\":\"expired\""));
	desk_hub_close(&d);
}

static void a_payment_is_cancelled(void)
{
	struct desk_hub d;

	desk_hub_open(&d);
	order(&d);
	desk_hub_ask(&d, "POST", "/v1/orders/" ORDER "/payments", qr_body);
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PENDING);
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/payments/" PAY "/cancel", ""), 202);
	CU_ASSERT(desk_hub_says(&d, "\"state\":\"reversing\""));
	desk_hub_answer(&d, PAYMENT_EVENT_REVERSED);
	desk_hub_ask(&d, "GET", "/v1/payments/" PAY, "");
	CU_ASSERT(desk_hub_says(&d, "\"state\":\"reversed\""));
	desk_hub_close(&d);
}

static void keys_rotate_within_a_window_of_two(void)
{
	char body[128], key[BASE64_SIZE(32)];
	uint8_t keys[HUB_KEYS_MAX][HUB_KEY_SIZE], fresh[32];
	struct desk_hub d;
	bool revoked;

	desk_hub_open(&d);
	memset(fresh, 9, sizeof fresh);
	base64_format(BASE64_STANDARD, fresh, sizeof fresh, key);
	snprintf(body, sizeof body, "{\"public_key\":\"%s\"}", key);
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/keys", body), 201);
	ASSERT_NUMBER(hub_till_keys(d.hub, &d.till, keys, &revoked), 2);
	ASSERT_NUMBER(desk_hub_ask(&d, "GET", "/v1/till", ""), 200);
	ASSERT_NUMBER(hub_till_keys(d.hub, &d.till, keys, &revoked), 2);
	memcpy(d.till_key, fresh, sizeof fresh);
	ASSERT_NUMBER(desk_hub_ask(&d, "GET", "/v1/till", ""), 200);
	ASSERT_NUMBER(hub_till_keys(d.hub, &d.till, keys, &revoked), 1);
	CU_ASSERT(memcmp(keys[0], fresh, sizeof fresh) == 0);
	desk_hub_close(&d);
}

static void revoked_tills_and_replays_are_refused(void)
{
	struct fault fault;
	struct desk_hub d;

	desk_hub_open(&d);
	order(&d);
	d.nonces--;
	ASSERT_NUMBER(desk_hub_ask(&d, "POST", "/v1/orders", ORDER_BODY), 401);
	CU_ASSERT(desk_hub_says(&d, "SIGNATURE_REPLAYED"));
	ASSERT_NUMBER(hub_revoke_till(d.hub, &d.merchant, "012", "03", &fault), FAULT_NONE);
	ASSERT_NUMBER(desk_hub_ask(&d, "GET", "/v1/till", ""), 403);
	CU_ASSERT(desk_hub_says(&d, "TILL_REVOKED"));
	desk_hub_close(&d);
}

static void long_polls_wait_for_the_first_event(void)
{
	struct desk_hub d;

	desk_hub_open(&d);
	ASSERT_NUMBER(hub_add_cashier(d.hub, &d.merchant, "7", "王芳", "cashier", "scrypt$x", NULL), FAULT_NONE);
	desk_hub_ask(&d, "GET", "/v1/events?after=0", "");
	CU_ASSERT(desk_hub_says(&d, "王芳"));
	desk_hub_ask(&d, "GET", "/v1/events?after=1&wait=20", "");
	CU_ASSERT(d.reply.wait);
	ASSERT_NUMBER(d.reply.deadline_ms, d.now_ms + 20000);
	desk_hub_ask(&d, "GET", "/v1/events?after=1", "");
	CU_ASSERT(!d.reply.wait && desk_hub_says(&d, "\"events\":[]"));
	desk_hub_close(&d);
}

static const struct test tests[] = {
	{ "a QR is paid and proven", a_qr_is_paid_and_proven },
	{ "a repeat gives the first answer", a_repeat_gives_the_first_answer },
	{ "a second payment waits for the first", a_second_payment_waits_for_the_first },
	{ "an order changes between two attempts", an_order_changes_between_two_attempts },
	{ "bodies that do not fit are refused", bodies_that_do_not_fit_are_refused },
	{ "a late request meets its tombstone", a_late_request_meets_its_tombstone },
	{ "time is watched without the till", time_is_watched_without_the_till },
	{ "a payment is cancelled", a_payment_is_cancelled },
	{ "keys rotate within a window of two", keys_rotate_within_a_window_of_two },
	{ "revoked tills and replays are refused", revoked_tills_and_replays_are_refused },
	{ "long polls wait for the first event", long_polls_wait_for_the_first_event },
};

SUITE_MAIN("service", tests)
