/* What is sent to a provider, byte by byte, and what never is. */
#include <string.h>
#include <stdlib.h>

#include "base/base64.h"
#include "provider.h"

static const struct golden {
	enum channel_ask ask;
	const char *method, *path, *body;
} goldens[] = {
	{ CHANNEL_PAY_CODE, "POST", "/v1/payments/code",
	  "{\"out_no\":\"G1\",\"amount\":1234,\"currency\":\"CNY\",\"auth_code\":\"134567890123456700\","
	  "\"expires_at\":\"2026-11-21T09:23:50.123+00:00\","
	  "\"notify_url\":\"https://hub.example/v1/notices/sandbox\"}" },
	{ CHANNEL_PAY_QR, "POST", "/v1/payments/qr",
	  "{\"out_no\":\"G1\",\"amount\":1234,\"currency\":\"CNY\","
	  "\"expires_at\":\"2026-11-21T09:23:50.123+00:00\","
	  "\"notify_url\":\"https://hub.example/v1/notices/sandbox\"}" },
	{ CHANNEL_QUERY, "GET", "/v1/payments/G1", "" },
	{ CHANNEL_CLOSE, "POST", "/v1/payments/G1/close", "{}" },
	{ CHANNEL_REVERSE, "POST", "/v1/payments/G1/reverse", "{}" },
	{ CHANNEL_REFUND, "POST", "/v1/refunds",
	  "{\"out_no\":\"G1\",\"refund_no\":\"R1\",\"amount\":500,\"currency\":\"CNY\","
	  "\"channel_no\":\"SB77\"}" },
	{ CHANNEL_REFUND_QUERY, "GET", "/v1/refunds/R1", "" },
};

static const char *value_of(const struct channel_request *r, const char *name)
{
	for (size_t i = 0; i < r->n_headers; i++)
		if (strcmp(r->headers[i].name, name) == 0)
			return r->headers[i].value;
	return "";
}

static void requests_are_these_bytes(void)
{
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof goldens / sizeof goldens[0]; i++) {
		const struct golden *g = &goldens[i];
		struct channel_question q = question(g->ask);
		struct channel_request r;
		struct fault fault;
		struct buffer text = BUFFER_INIT(4096);
		uint8_t signature[SIGNATURE_SIZE];
		const char *letters;
		size_t n = 0;

		CU_ASSERT_FATAL(p.driver->build(&p.account, &q, &r, &fault) == FAULT_NONE);
		ASSERT_TEXT(r.method, g->method);
		ASSERT_TEXT(r.path, g->path);
		ASSERT_TEXT(buffer_text(&r.body), g->body);
		ASSERT_NUMBER(r.n_headers, 4);
		ASSERT_TEXT(value_of(&r, "Sandbox-Merchant"), "1000");
		ASSERT_TEXT(value_of(&r, "Sandbox-Timestamp"), "1795253000");
		ASSERT_TEXT(value_of(&r, "Sandbox-Nonce"), "AAECAwQFBgcICQoLDA0ODw");
		buffer_printf(&text, "%s\n%s\n1795253000\nAAECAwQFBgcICQoLDA0ODw\n%s\n", g->method, g->path, g->body);
		letters = value_of(&r, "Sandbox-Signature");
		CU_ASSERT(base64_parse(BASE64_STANDARD, letters, strlen(letters), signature, sizeof signature, &n));
		ASSERT_NUMBER(n, SIGNATURE_SIZE);
		CU_ASSERT(signature_verify(sign_key_public(p.our_key), text.data, text.len, signature));
		buffer_release(&text);
		channel_request_release(&r);
	}
	provider_close(&p);
}

static void no_notify_url_sends_none(void)
{
	struct provider p;
	struct channel_question q = question(CHANNEL_PAY_QR);
	struct channel_request r;

	provider_open(&p);
	p.account.notify_url = "";
	CU_ASSERT(!p.driver->build(&p.account, &q, &r, NULL));
	CU_ASSERT(!strstr(buffer_text(&r.body), "notify_url"));
	channel_request_release(&r);
	provider_close(&p);
}

static void a_question_that_cannot_be_put_is_refused(void)
{
	static const struct {
		enum channel_ask ask;
		const char *number, *code, *refund;
		int64_t amount, refund_amount;
		const char *about;
	} cases[] = {
		{ CHANNEL_PAY_CODE, "", "13", "R", 1, 1, "number" },
		{ CHANNEL_QUERY, "G/1", "13", "R", 1, 1, "number" },
		{ CHANNEL_QUERY, "G1?x", "13", "R", 1, 1, "number" },
		{ CHANNEL_CLOSE, "123456789012345678901234567890123", "13", "R", 1, 1, "number" },
		{ CHANNEL_PAY_CODE, "G1", "", "R", 1, 1, "payment code" },
		{ CHANNEL_PAY_CODE, "G1", "13\n", "R", 1, 1, "payment code" },
		{ CHANNEL_PAY_CODE, "G1", NULL, "R", 1, 1, "payment code" },
		{ CHANNEL_PAY_QR, "G1", "13", "R", 0, 1, "amount" },
		{ CHANNEL_PAY_QR, "G1", "13", "R", -5, 1, "amount" },
		{ CHANNEL_REFUND, "G1", "13", "R", 1, 0, "amount" },
		{ CHANNEL_REFUND, "G1", "13", "R-1", 1, 1, "refund number" },
		{ CHANNEL_REFUND_QUERY, "G1", "13", NULL, 1, 1, "refund number" },
	};
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct channel_question q = question(cases[i].ask);
		struct channel_request r;
		struct fault fault = { .code = FAULT_NONE };

		q.number = cases[i].number;
		q.code = cases[i].code;
		q.refund_number = cases[i].refund;
		q.amount.minor = cases[i].amount;
		q.refund_amount.minor = cases[i].refund_amount;
		ASSERT_NUMBER(p.driver->build(&p.account, &q, &r, &fault), FAULT_CHANNEL_REQUEST);
		ASSERT_TEXT(fault.arg[0], cases[i].about);
		channel_request_release(&r);
	}
	provider_close(&p);
}

static void the_code_is_in_no_fault_and_no_header(void)
{
	struct provider p;
	struct channel_question q = question(CHANNEL_PAY_CODE);
	struct channel_request r;
	struct fault fault;

	provider_open(&p);
	q.code = "13456789 01234567";
	CU_ASSERT(p.driver->build(&p.account, &q, &r, &fault) == FAULT_CHANNEL_REQUEST);
	CU_ASSERT(!strstr(fault.arg[0], "1345") && !strstr(fault.arg[1], "1345"));
	channel_request_release(&r);
	q = question(CHANNEL_PAY_CODE);
	CU_ASSERT(!p.driver->build(&p.account, &q, &r, &fault));
	CU_ASSERT(!strstr(r.path, "1345"));
	for (size_t i = 0; i < r.n_headers; i++)
		CU_ASSERT(!strstr(r.headers[i].value, "1345678"));
	channel_request_release(&r);
	provider_close(&p);
}

static void only_channels_with_a_provider_have_a_driver(void)
{
	for (int c = 0; c < PAYMENT_CHANNELS; c++) {
		const struct channel_driver *d = channel_driver((enum payment_channel)c);

		CU_ASSERT(!d || (d->channel == (enum payment_channel)c && d->build && d->read && d->notice));
	}
	CU_ASSERT(channel_driver(PAYMENT_BY_SANDBOX) != NULL);
	CU_ASSERT(channel_driver(PAYMENT_BY_CASH) == NULL);
	CU_ASSERT(channel_driver(PAYMENT_CHANNELS) == NULL);
}

static void effects_become_questions(void)
{
	ASSERT_NUMBER(channel_ask_of(PAYMENT_DO_PAY, PAYMENT_CODE), CHANNEL_PAY_CODE);
	ASSERT_NUMBER(channel_ask_of(PAYMENT_DO_PAY, PAYMENT_QR), CHANNEL_PAY_QR);
	ASSERT_NUMBER(channel_ask_of(PAYMENT_DO_QUERY, PAYMENT_QR), CHANNEL_QUERY);
	ASSERT_NUMBER(channel_ask_of(PAYMENT_DO_REVERSE, PAYMENT_CODE), CHANNEL_REVERSE);
	ASSERT_NUMBER(channel_ask_of(PAYMENT_DO_CLOSE, PAYMENT_QR), CHANNEL_CLOSE);
	ASSERT_NUMBER(channel_unknown(CHANNEL_CLOSE), PAYMENT_EVENT_REVERSE_UNKNOWN);
	ASSERT_NUMBER(channel_unknown(CHANNEL_REVERSE), PAYMENT_EVENT_REVERSE_UNKNOWN);
	ASSERT_NUMBER(channel_unknown(CHANNEL_PAY_CODE), PAYMENT_EVENT_ANSWER_UNKNOWN);
	ASSERT_NUMBER(channel_unknown(CHANNEL_QUERY), PAYMENT_EVENT_ANSWER_UNKNOWN);
}

static const struct test request_tests[] = {
	{ "requests are these bytes", requests_are_these_bytes },
	{ "no notify url sends none", no_notify_url_sends_none },
	{ "a question that cannot be put is refused", a_question_that_cannot_be_put_is_refused },
	{ "the code is in no fault and no header", the_code_is_in_no_fault_and_no_header },
	{ "only channels with a provider have a driver", only_channels_with_a_provider_have_a_driver },
	{ "effects become questions", effects_become_questions },
};

int main(int argc, char **argv)
{
	enum { REQUESTS = sizeof request_tests / sizeof request_tests[0] };
	size_t n = REQUESTS + n_reply_tests + n_notice_tests;
	struct test *all = calloc(n, sizeof *all);
	int status = 1;

	if (!all)
		return 1;
	memcpy(all, request_tests, sizeof request_tests);
	memcpy(all + REQUESTS, reply_tests, n_reply_tests * sizeof *all);
	memcpy(all + REQUESTS + n_reply_tests, notice_tests, n_notice_tests * sizeof *all);
	status = suite_run("channel", all, n, argc, argv);
	free(all);
	return status;
}
