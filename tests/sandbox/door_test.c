/* Who gets in: signatures, clocks and replays, malformed requests, and the
 * page that anyone may open who has its token. */
#include <stdio.h>
#include <string.h>

#include "desk_sandbox.h"

#define CODE(digits) "1345678901234567" digits
#define PAY "{\"out_no\":\"G1\",\"amount\":1234,\"currency\":\"CNY\",\"auth_code\":\"" CODE("00") \
	"\",\"expires_at\":\"2026-11-21T17:23:50+08:00\"}"

static void expect(struct desk *d, int status, const char *code)
{
	ASSERT_NUMBER(desk_ask(d, "POST", "/v1/payments/code", PAY), status);
	ASSERT_TEXT(desk_text(d, "code"), code);
}

static void only_a_merchants_own_signature_gets_in(void)
{
	static const char *const headers[] = { "Sandbox-Timestamp", "Sandbox-Nonce", "Sandbox-Signature" };
	struct desk d;
	struct sandbox_sums sums;

	desk_open(&d, NULL);
	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
		d.spoil = headers[i];
		expect(&d, 401, "SIGN_ERROR");
	}
	d.spoil = "Sandbox-Merchant";
	expect(&d, 401, "MERCHANT_UNKNOWN");
	d.merchant = "1001";
	expect(&d, 401, "MERCHANT_UNKNOWN");
	d.merchant = "10'00";
	expect(&d, 401, "MERCHANT_UNKNOWN");
	d.spoil_signature = true;
	expect(&d, 401, "SIGN_ERROR");
	d.nonce = "short";
	expect(&d, 401, "SIGN_ERROR");
	CU_ASSERT(!sandbox_sum(d.sandbox, "1000", &sums, NULL));
	ASSERT_NUMBER(sums.captures, 0);
	ASSERT_TEXT(desk_text(&d, "out_no"), "");
	desk_close(&d);
}

static void a_clock_five_minutes_off_is_refused(void)
{
	struct desk d;

	desk_open(&d, NULL);
	d.clock_off_ms = 300000;
	expect(&d, 401, "CLOCK_SKEW");
	d.clock_off_ms = -300000;
	expect(&d, 401, "CLOCK_SKEW");
	d.clock_off_ms = 299000;
	expect(&d, 200, "");
	desk_close(&d);
}

static void a_request_is_taken_once(void)
{
	struct desk d;

	desk_open(&d, NULL);
	d.nonce = "this-one-nonce";
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/payments/G1", ""), 404);
	d.nonce = "this-one-nonce";
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/payments/G1", ""), 401);
	ASSERT_TEXT(desk_text(&d, "code"), "REPLAYED");
	/* A false signature does not use a nonce up. */
	d.nonce = "another-nonce";
	d.spoil_signature = true;
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/payments/G1", ""), 401);
	d.nonce = "another-nonce";
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/payments/G1", ""), 404);
	desk_wait(&d, 599000);
	desk_ask(&d, "GET", "/v1/payments/G1", "");
	CU_ASSERT(!sandbox_tick(d.sandbox, NULL));
	d.nonce = "this-one-nonce";
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/payments/G1", ""), 401);
	desk_close(&d);
}

static void requests_that_are_none_are_refused(void)
{
	static const struct {
		const char *method, *path, *body;
		int status;
		const char *code;
	} cases[] = {
		{ "GET", "/", "", 404, "NOT_FOUND" },
		{ "GET", "/v1/payments/", "", 404, "NOT_FOUND" },
		{ "GET", "/v1/payments/a/b", "", 404, "NOT_FOUND" },
		{ "GET", "/v1/payments/G-1", "", 400, "PARAM_ERROR" },
		{ "DELETE", "/v1/payments/G1", "", 405, "METHOD_NOT_ALLOWED" },
		{ "PUT", "/v1/refunds", "", 405, "METHOD_NOT_ALLOWED" },
		{ "GET", "/v1/payments/123456789012345678901234567890123", "", 404, "NOT_FOUND" },
		{ "POST", "/v1/payments/code", "", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/code", "{}", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/code", "[1]", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/qr", "{\"out_no\":\"G1\",\"amount\":1,\"currency\":\"CNY\",\"expires_at\":\"2026-11-21T17:23:50+08:00\"}", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/qr", "{\"out_no\":\"G1\",\"amount\":1,\"currency\":\"CNY\",\"expires_at\":\"2026-11-21T17:23:50+08:00\",\"notify_url\":\"http://a\"}", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/code", "{\"out_no\":\"G1\",\"amount\":0,\"currency\":\"CNY\",\"auth_code\":\"" CODE("00") "\",\"expires_at\":\"2026-11-21T17:23:50+08:00\"}", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/code", "{\"out_no\":\"G1\",\"amount\":1,\"currency\":\"XYZ\",\"auth_code\":\"" CODE("00") "\",\"expires_at\":\"2026-11-21T17:23:50+08:00\"}", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/code", "{\"out_no\":\"G1\",\"amount\":1,\"currency\":\"CNY\",\"auth_code\":\"" CODE("00") "\",\"expires_at\":\"soon\"}", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/code", "{\"out_no\":\"G1\",\"amount\":1,\"currency\":\"CNY\",\"auth_code\":\"" CODE("00") "\",\"expires_at\":\"2026-11-22T17:23:50+08:00\"}", 400, "PARAM_ERROR" },
		{ "POST", "/v1/payments/code", "{\"out_no\":\"G1\",\"amount\":1,\"currency\":\"CNY\",\"auth_code\":\"" CODE("00") "\",\"expires_at\":\"2026-11-21T17:23:20+08:00\"}", 422, "PAY_EXPIRED" },
		{ "POST", "/v1/payments/code", "{\"out_no\":\"G1\",\"amount\":1,\"currency\":\"CNY\",\"auth_code\":\"6901234567892\",\"expires_at\":\"2026-11-21T17:23:50+08:00\"}", 403, "AUTHCODE_INVALID" },
		{ "POST", "/v1/payments/code", "{\"out_no\":\"G1\",\"amount\":1,\"currency\":\"CNY\",\"auth_code\":\"https://a\",\"expires_at\":\"2026-11-21T17:23:50+08:00\"}", 403, "AUTHCODE_INVALID" },
		{ "POST", "/v1/payments/G-1/close", "{}", 400, "PARAM_ERROR" },
	};
	struct desk d;

	desk_open(&d, NULL);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ASSERT_NUMBER(desk_ask(&d, cases[i].method, cases[i].path, cases[i].body), cases[i].status);
		ASSERT_TEXT(desk_text(&d, "code"), cases[i].code);
	}
	desk_close(&d);
}

static void a_code_tells_its_wallet(void)
{
	static const struct {
		const char *code, *wallet;
	} codes[] = {
		{ "100000000000000000", "wechat" }, { "159999999999999913", "wechat" }, { "2500000000000013", "alipay" },
		{ "300000000000000000000013", "alipay" }, { "6200000000000000013", "unionpay" },
		{ "0100000000000000013", "ecny" }, { "160000000000000000", "" }, { "10000000000000000", "" },
		{ "310000000000000000", "" }, { "620000000000000000", "" },
	};
	struct desk d;

	desk_open(&d, NULL);
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
		char number[8];

		snprintf(number, sizeof number, "G%zu", i);
		ASSERT_NUMBER(desk_pay_code(&d, number, codes[i].code), codes[i].wallet[0] ? 200 : 403);
		ASSERT_TEXT(desk_text(&d, "wallet"), codes[i].wallet);
	}
	desk_close(&d);
}

static void a_body_too_long_is_refused(void)
{
	static char body[SANDBOX_BODY_MAX + 2];
	struct desk d;

	desk_open(&d, NULL);
	memset(body, ' ', sizeof body - 1);
	memcpy(body, PAY, strlen(PAY));
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/code", body), 400);
	ASSERT_TEXT(desk_text(&d, "code"), "PARAM_ERROR");
	desk_close(&d);
}

static const char *header_of(const struct desk *d, const char *name)
{
	for (size_t i = 0; i < d->reply.n_headers; i++)
		if (strcmp(d->reply.headers[i].name, name) == 0)
			return d->reply.headers[i].value;
	return "";
}

static void the_page_shows_merchant_amount_and_buttons(void)
{
	struct desk d;
	char path[40];
	const char *page;

	desk_open(&d, NULL);
	desk_pay_qr(&d, "G1");
	snprintf(path, sizeof path, "/w/%s", desk_text(&d, "pay_token"));
	ASSERT_NUMBER(desk_browse(&d, "GET", path, "wallet=ecny", ""), 200);
	page = buffer_text(&d.reply.body);
	ASSERT_TEXT(d.reply.type, "text/html; charset=utf-8");
	CU_ASSERT(strncmp(header_of(&d, "Content-Security-Policy"), "default-src 'none';", 19) == 0);
	ASSERT_TEXT(header_of(&d, "Cache-Control"), "no-store");
	CU_ASSERT(strstr(page, "<h1>Tea &amp; Co</h1>") != NULL);
	CU_ASSERT(strstr(page, "¥12.34") != NULL);
	CU_ASSERT(strstr(page, "value=\"ecny\" checked") != NULL);
	CU_ASSERT(strstr(page, "name=\"customer\" value=\"00\"") != NULL);
	CU_ASSERT(strstr(page, "name=\"customer\" value=\"12\"") != NULL);
	CU_ASSERT(strstr(page, "<script") == NULL && strstr(page, "style=\"") == NULL);
	CU_ASSERT(strstr(page, "http-equiv") == NULL);
	ASSERT_NUMBER(desk_press(&d, path + 3, "02", "ecny"), 303);
	ASSERT_TEXT(header_of(&d, "Location"), path);
	ASSERT_NUMBER(desk_browse(&d, "GET", path, "", ""), 200);
	page = buffer_text(&d.reply.body);
	CU_ASSERT(strstr(page, "http-equiv=\"refresh\"") != NULL && strstr(page, "<form") == NULL);
	ASSERT_NUMBER(desk_browse(&d, "GET", "/w/style.css", "", ""), 200);
	ASSERT_TEXT(d.reply.type, "text/css; charset=utf-8");
	desk_close(&d);
}

static void a_form_of_elsewhere_presses_nothing(void)
{
	static const char *const forms[] = {
		"", "customer=00&wallet=wechat", "csrf=&customer=00&wallet=wechat",
		"csrf=AAAAAAAAAAAAAAAAAAAAAA&customer=00&wallet=wechat",
		"csrf=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&customer=00&wallet=wechat",
	};
	struct desk d;
	char path[40], token[40];

	desk_open(&d, NULL);
	desk_pay_qr(&d, "G1");
	snprintf(token, sizeof token, "%s", desk_text(&d, "pay_token"));
	snprintf(path, sizeof path, "/w/%s", token);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		ASSERT_NUMBER(desk_browse(&d, "POST", path, "", forms[i]), 403);
	ASSERT_NUMBER(desk_press(&d, token, "77", "wechat"), 403);
	ASSERT_NUMBER(desk_press(&d, token, "00", "cash"), 403);
	ASSERT_NUMBER(desk_press(&d, token, "00&customer=00", "wechat"), 403);
	ASSERT_NUMBER(desk_press(&d, token, "0%30", "wech%61t"), 303);
	ASSERT_TEXT(desk_state(&d, "G1"), "SUCCESS");
	desk_close(&d);
}

static void a_page_that_is_not_there_says_so(void)
{
	struct desk d;

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("07"));
	ASSERT_NUMBER(desk_browse(&d, "GET", "/w/", "", ""), 404);
	ASSERT_NUMBER(desk_browse(&d, "GET", "/w/AAAAAAAAAAAAAAAAAAAAAA", "", ""), 404);
	ASSERT_NUMBER(desk_browse(&d, "POST", "/w/AAAAAAAAAAAAAAAAAAAAAA", "", ""), 404);
	ASSERT_NUMBER(desk_browse(&d, "DELETE", "/w/AAAAAAAAAAAAAAAAAAAAAA", "", ""), 405);
	ASSERT_NUMBER(desk_browse(&d, "POST", "/w/style.css", "", ""), 404);
	desk_close(&d);
}

const struct test door_tests[] = {
	{ "only a merchant's own signature gets in", only_a_merchants_own_signature_gets_in },
	{ "a clock five minutes off is refused", a_clock_five_minutes_off_is_refused },
	{ "a request is taken once", a_request_is_taken_once },
	{ "requests that are none are refused", requests_that_are_none_are_refused },
	{ "a code tells its wallet", a_code_tells_its_wallet },
	{ "a body too long is refused", a_body_too_long_is_refused },
	{ "the page shows merchant, amount and buttons", the_page_shows_merchant_amount_and_buttons },
	{ "a form of elsewhere presses nothing", a_form_of_elsewhere_presses_nothing },
	{ "a page that is not there says so", a_page_that_is_not_there_says_so },
};
const size_t n_door_tests = sizeof door_tests / sizeof door_tests[0];
