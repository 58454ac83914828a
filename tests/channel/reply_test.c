/* Every reply a provider may give, and every way it may be wrong: only what is
 * signed, definite and about this payment counts. */
#include <stdio.h>
#include <string.h>

#include "provider.h"

#define ABOUT "\"merchant\":\"1000\",\"out_no\":\"G1\","
#define PAYMENT(state) "{" ABOUT "\"state\":\"" state "\",\"amount\":1234,\"currency\":\"CNY\"}"
#define PAID "{" ABOUT "\"kind\":\"code\",\"state\":\"SUCCESS\",\"amount\":1234,\"currency\":\"CNY\"," \
	"\"wallet\":\"wechat\",\"channel_no\":\"SB77\",\"paid_at\":\"2026-11-21T17:23:20+08:00\",\"more\":[1]}"
#define CLOSED(kind, expires) "{" ABOUT "\"state\":\"CLOSED\",\"amount\":1234,\"currency\":\"CNY\"," \
	"\"kind\":\"" kind "\",\"expires_at\":\"" expires "\"}"
#define REFUSAL(code) "{\"code\":\"" code "\",\"message\":\"words\"," ABOUT "\"more\":1}"
#define REVERSAL(state, result, recall) "{" ABOUT "\"state\":\"" state "\",\"result\":\"" result \
	"\",\"recall\":\"" recall "\"}"
#define REFUND(state) "{" ABOUT "\"refund_no\":\"R1\",\"state\":\"" state "\",\"amount\":500," \
	"\"currency\":\"CNY\"}"

#define PAID_ PAYMENT_EVENT_ANSWER_PAID
#define FAILED_ PAYMENT_EVENT_ANSWER_FAILED
#define PENDING_ PAYMENT_EVENT_ANSWER_PENDING
#define UNKNOWN_ PAYMENT_EVENT_ANSWER_UNKNOWN
#define REVERSED_ PAYMENT_EVENT_REVERSED
#define R_AGAIN PAYMENT_EVENT_REVERSE_AGAIN
#define R_UNKNOWN PAYMENT_EVENT_REVERSE_UNKNOWN
#define R_REFUSED PAYMENT_EVENT_REVERSE_REFUSED

static const struct reply_case {
	enum channel_ask ask;
	int status;
	const char *body;
	enum payment_event_kind says;
	const char *detail;
} cases[] = {
	{ CHANNEL_PAY_CODE, 200, PAID, PAID_, "SUCCESS" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT("USERPAYING"), PENDING_, "USERPAYING" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT("NOTPAY"), PENDING_, "NOTPAY" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT("PAYERROR"), FAILED_, "PAYERROR" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT("CLOSED"), REVERSED_, "CLOSED" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT("REVOKED"), REVERSED_, "REVOKED" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT("REFUND"), UNKNOWN_, "REFUND" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT("ODD"), UNKNOWN_, "ODD" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT(""), UNKNOWN_, "" },
	{ CHANNEL_PAY_CODE, 200, PAYMENT("success"), UNKNOWN_, "success" },
	{ CHANNEL_PAY_CODE, 403, REFUSAL("AUTHCODE_EXPIRED"), FAILED_, "AUTHCODE_EXPIRED" },
	{ CHANNEL_PAY_CODE, 403, REFUSAL("AUTHCODE_INVALID"), FAILED_, "AUTHCODE_INVALID" },
	{ CHANNEL_PAY_CODE, 403, REFUSAL("NOT_ENOUGH"), FAILED_, "NOT_ENOUGH" },
	{ CHANNEL_PAY_CODE, 409, REFUSAL("ORDER_CLOSED"), FAILED_, "ORDER_CLOSED" },
	{ CHANNEL_PAY_CODE, 409, REFUSAL("OUT_NO_USED"), FAILED_, "OUT_NO_USED" },
	{ CHANNEL_PAY_CODE, 422, REFUSAL("PAY_EXPIRED"), FAILED_, "PAY_EXPIRED" },
	{ CHANNEL_PAY_CODE, 400, REFUSAL("PARAM_ERROR"), FAILED_, "PARAM_ERROR" },
	{ CHANNEL_PAY_CODE, 500, REFUSAL("NOT_ENOUGH"), UNKNOWN_, "SERVER_ERROR" },
	{ CHANNEL_PAY_CODE, 500, REFUSAL("SYSTEM_ERROR"), UNKNOWN_, "SERVER_ERROR" },
	{ CHANNEL_PAY_CODE, 503, PAID, UNKNOWN_, "SERVER_ERROR" },
	{ CHANNEL_PAY_CODE, 302, PAID, UNKNOWN_, "SERVER_ERROR" },
	{ CHANNEL_PAY_CODE, 201, PAID, UNKNOWN_, "SERVER_ERROR" },
	{ CHANNEL_PAY_CODE, 0, "", UNKNOWN_, "NO_ANSWER" },
	{ CHANNEL_PAY_CODE, 403, PAID, UNKNOWN_, "UNREADABLE" },
	{ CHANNEL_PAY_CODE, 429, REFUSAL("TOO_MANY"), UNKNOWN_, "TOO_MANY" },
	{ CHANNEL_PAY_CODE, 401, REFUSAL("SIGN_ERROR"), UNKNOWN_, "SIGN_ERROR" },
	{ CHANNEL_PAY_CODE, 401, REFUSAL("REPLAYED"), UNKNOWN_, "REPLAYED" },
	{ CHANNEL_PAY_CODE, 401, REFUSAL("CLOCK_SKEW"), UNKNOWN_, "CLOCK_SKEW" },
	{ CHANNEL_PAY_CODE, 403, "{\"code\":\"NOT_ENOUGH\",\"message\":\"\"}", UNKNOWN_, "UNREADABLE" },
	{ CHANNEL_PAY_CODE, 403, "{\"code\":\"NOT_ENOUGH\",\"merchant\":\"1000\",\"out_no\":\"G2\"}", UNKNOWN_, "NOT_ENOUGH" },
	{ CHANNEL_PAY_CODE, 403, "{\"code\":\"NOT_ENOUGH\",\"merchant\":\"1001\",\"out_no\":\"G1\"}", UNKNOWN_, "NOT_ENOUGH" },
	{ CHANNEL_PAY_CODE, 200, "", UNKNOWN_, "UNREADABLE" },
	{ CHANNEL_PAY_CODE, 200, "[]", UNKNOWN_, "UNREADABLE" },
	{ CHANNEL_PAY_CODE, 200, "{}", UNKNOWN_, "UNREADABLE" },
	{ CHANNEL_PAY_CODE, 200, "<html>paid</html>", UNKNOWN_, "UNREADABLE" },
	{ CHANNEL_PAY_QR, 200, "{" ABOUT "\"state\":\"NOTPAY\",\"amount\":1234,\"currency\":\"CNY\",\"pay_token\":\"tk\"}", PENDING_, "NOTPAY" },
	{ CHANNEL_PAY_QR, 200, PAYMENT("NOTPAY"), UNKNOWN_, "NO_TOKEN" },
	{ CHANNEL_QUERY, 200, PAID, PAID_, "SUCCESS" },
	{ CHANNEL_QUERY, 200, PAYMENT("USERPAYING"), PENDING_, "USERPAYING" },
	{ CHANNEL_QUERY, 200, PAYMENT("REVOKED"), REVERSED_, "REVOKED" },
	{ CHANNEL_QUERY, 200, PAYMENT("PAYERROR"), FAILED_, "PAYERROR" },
	{ CHANNEL_QUERY, 200, CLOSED("qr", "2026-11-21T17:23:20+08:00"), PAYMENT_EVENT_EXPIRED, "CLOSED" },
	{ CHANNEL_QUERY, 200, CLOSED("qr", "2026-11-21T17:23:21+08:00"), REVERSED_, "CLOSED" },
	{ CHANNEL_QUERY, 200, CLOSED("code", "2026-11-21T17:23:20+08:00"), REVERSED_, "CLOSED" },
	{ CHANNEL_QUERY, 200, CLOSED("qr", "soon"), REVERSED_, "CLOSED" },
	{ CHANNEL_QUERY, 404, REFUSAL("ORDER_NOT_EXIST"), UNKNOWN_, "ORDER_NOT_EXIST" },
	{ CHANNEL_QUERY, 403, REFUSAL("NOT_ENOUGH"), UNKNOWN_, "NOT_ENOUGH" },
	{ CHANNEL_CLOSE, 200, REVERSAL("CLOSED", "SUCCESS", "N"), REVERSED_, "CLOSED" },
	{ CHANNEL_CLOSE, 200, REVERSAL("NOTPAY", "SUCCESS", "N"), R_UNKNOWN, "NOTPAY" },
	{ CHANNEL_CLOSE, 200, REVERSAL("SUCCESS", "SUCCESS", "N"), R_UNKNOWN, "SUCCESS" },
	{ CHANNEL_CLOSE, 403, REFUSAL("CLOSE_NOT_ALLOWED"), R_REFUSED, "CLOSE_NOT_ALLOWED" },
	{ CHANNEL_CLOSE, 409, "{\"code\":\"ORDER_PAID\"," ABOUT "\"payment\":" PAID "}", PAID_, "SUCCESS" },
	{ CHANNEL_CLOSE, 409, REFUSAL("ORDER_PAID"), R_UNKNOWN, "ORDER_PAID" },
	{ CHANNEL_CLOSE, 409, "{\"code\":\"ORDER_PAID\"," ABOUT "\"payment\":" PAYMENT("SUCCESS") "}", R_UNKNOWN, "ORDER_PAID" },
	{ CHANNEL_REVERSE, 200, REVERSAL("REVOKED", "SUCCESS", "N"), REVERSED_, "REVOKED" },
	{ CHANNEL_REVERSE, 200, REVERSAL("REVOKED", "SUCCESS", "Y"), R_AGAIN, "REVOKED" },
	{ CHANNEL_REVERSE, 200, REVERSAL("USERPAYING", "FAIL", "Y"), R_AGAIN, "USERPAYING" },
	{ CHANNEL_REVERSE, 200, REVERSAL("REVOKED", "FAIL", "N"), R_UNKNOWN, "REVOKED" },
	{ CHANNEL_REVERSE, 200, REVERSAL("REVOKED", "SUCCESS", ""), R_UNKNOWN, "REVOKED" },
	{ CHANNEL_REVERSE, 200, REVERSAL("REVOKED", "SUCCESS", "?"), R_UNKNOWN, "REVOKED" },
	{ CHANNEL_REVERSE, 200, "{\"merchant\":\"1000\",\"out_no\":\"G2\",\"state\":\"REVOKED\",\"result\":\"SUCCESS\",\"recall\":\"N\"}", R_UNKNOWN, "OTHER_PAYMENT" },
	{ CHANNEL_REVERSE, 200, PAID, R_UNKNOWN, "UNREADABLE" },
	{ CHANNEL_REVERSE, 422, REFUSAL("REVERSE_EXPIRED"), R_REFUSED, "REVERSE_EXPIRED" },
	{ CHANNEL_REVERSE, 422, REFUSAL("REVERSE_TOO_EARLY"), R_AGAIN, "REVERSE_TOO_EARLY" },
	{ CHANNEL_REVERSE, 422, REFUSAL("ODD"), R_UNKNOWN, "ODD" },
	{ CHANNEL_REVERSE, 500, REFUSAL("SYSTEM_ERROR"), R_UNKNOWN, "SERVER_ERROR" },
	{ CHANNEL_REVERSE, 0, "", R_UNKNOWN, "NO_ANSWER" },
};

static void each_reply_says_this(void)
{
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct channel_answer a = hear(&p, cases[i].ask, cases[i].status, cases[i].body);

		if (a.says != cases[i].says || strcmp(a.detail, cases[i].detail) != 0)
			fprintf(stderr, "case %zu: %d %s\n", i, cases[i].status, cases[i].body);
		ASSERT_NUMBER(a.says, cases[i].says);
		ASSERT_TEXT(a.detail, cases[i].detail);
		CU_ASSERT(a.says == PAID_ || (a.amount.minor == 0 && a.paid_ms == 0));
		ASSERT_NUMBER(a.recall, a.says == R_AGAIN && cases[i].status == 200);
	}
	provider_close(&p);
}

static void a_paid_reply_is_read_whole(void)
{
	struct provider p;
	struct channel_answer a;

	provider_open(&p);
	a = hear(&p, CHANNEL_QUERY, 200, PAID);
	ASSERT_NUMBER(a.says, PAID_);
	ASSERT_TEXT(a.channel_no, "SB77");
	ASSERT_TEXT(a.wallet, "wechat");
	ASSERT_NUMBER(a.amount.minor, 1234);
	ASSERT_NUMBER(a.amount.currency, CURRENCY_CNY);
	ASSERT_NUMBER(a.paid_ms, INT64_C(1795253000000));
	provider_close(&p);
}

/* Each field of a paid reply wrong or missing, truly signed by the provider. */
static void a_paid_reply_with_one_field_wrong_is_not_paid(void)
{
	static const struct {
		const char *from, *to;
	} changes[] = {
		{ "\"merchant\":\"1000\",", "" }, { "\"1000\"", "\"1001\"" }, { "\"1000\"", "1000" },
		{ "\"1000\"", "\"10001000100010001000100010001000100010001000\"" },
		{ "\"out_no\":\"G1\",", "" }, { "\"G1\"", "\"G2\"" }, { "\"G1\"", "\"g1\"" }, { "\"G1\"", "null" },
		{ "\"state\":\"SUCCESS\",", "" }, { "\"SUCCESS\"", "\"SUCCES\"" }, { "\"SUCCESS\"", "true" },
		{ "\"amount\":1234,", "" }, { "1234", "1233" }, { "1234", "1235" }, { "1234", "-1234" },
		{ "1234", "\"1234\"" }, { "1234", "12.34" }, { "1234", "1234.0" }, { "1234", "0" },
		{ "1234", "123400" }, { "1234", "99999999999999999999" },
		{ "\"currency\":\"CNY\",", "" }, { "\"CNY\"", "\"USD\"" }, { "\"CNY\"", "\"cny\"" },
		{ "\"CNY\"", "156" }, { "\"CNY\"", "\"\"" },
		{ "\"channel_no\":\"SB77\",", "" }, { "\"SB77\"", "\"\"" }, { "\"SB77\"", "77" },
		{ "\"paid_at\":\"2026-11-21T17:23:20+08:00\",", "" }, { "2026-11-21T17:23:20+08:00", "yesterday" },
		{ "\"2026-11-21T17:23:20+08:00\"", "1795253000" }, { "\"G1\",", "\"G1\",\"out_no\":\"G1\"," },
	};
	static const char whole[] = PAID;
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		const char *at = strstr(whole, changes[i].from);
		char body[1024];
		struct channel_answer a;

		CU_ASSERT_FATAL(at != NULL);
		snprintf(body, sizeof body, "%.*s%s%s", (int)(at - whole), whole, changes[i].to,
			 at + strlen(changes[i].from));
		a = hear(&p, CHANNEL_QUERY, 200, body);
		if (a.says != UNKNOWN_)
			fprintf(stderr, "%s says %s\n", body, payment_event_word(a.says));
		ASSERT_NUMBER(a.says, UNKNOWN_);
		a = hear(&p, CHANNEL_PAY_CODE, 200, body);
		ASSERT_NUMBER(a.says, UNKNOWN_);
	}
	provider_close(&p);
}

/* One byte of the body, or of what travels beside it, changed on its way. */
static void a_reply_with_one_byte_changed_is_unknown(void)
{
	struct provider p;
	struct envelope e = { .nonce = "" };
	char body[sizeof PAID] = PAID;
	struct channel_question q = question(CHANNEL_QUERY);
	struct channel_message m;
	struct channel_answer a;

	provider_open(&p);
	seal(&p, body, strlen(body), NOW_MS / 1000, &e);
	m = message(200, body, &e);
	p.driver->read(&p.account, &q, &m, &a);
	ASSERT_NUMBER(a.says, PAID_);
	for (size_t i = 0; i + 1 < sizeof body; i++) {
		body[i] ^= 1;
		p.driver->read(&p.account, &q, &m, &a);
		ASSERT_NUMBER(a.says, UNKNOWN_);
		ASSERT_TEXT(a.detail, "BAD_SIGNATURE");
		body[i] ^= 1;
	}
	for (size_t i = 0; i < sizeof e; i++) {
		char *byte = (char *)&e + i, was = *byte;

		if (!was)
			continue;
		*byte ^= 1;
		p.driver->read(&p.account, &q, &m, &a);
		ASSERT_NUMBER(a.says, UNKNOWN_);
		*byte = was;
	}
	m.n_body--;
	p.driver->read(&p.account, &q, &m, &a);
	ASSERT_TEXT(a.detail, "BAD_SIGNATURE");
	provider_close(&p);
}

static void a_reply_without_one_of_its_headers_is_unknown(void)
{
	static const size_t members[] = { offsetof(struct envelope, merchant), offsetof(struct envelope, timestamp),
					  offsetof(struct envelope, nonce), offsetof(struct envelope, signature) };
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
		struct channel_question q = question(CHANNEL_QUERY);
		struct envelope e = { .nonce = "" };
		struct channel_message m = message(200, PAID, &e);
		struct channel_answer a;

		seal(&p, PAID, strlen(PAID), NOW_MS / 1000, &e);
		((char *)&e)[members[i]] = '\0';
		p.driver->read(&p.account, &q, &m, &a);
		ASSERT_NUMBER(a.says, UNKNOWN_);
		ASSERT_TEXT(a.detail, "UNSIGNED");
	}
	provider_close(&p);
}

static void a_reply_five_minutes_off_is_unknown(void)
{
	static const struct {
		int off_s;
		bool taken;
	} offs[] = { { 0, true }, { 299, true }, { -299, true }, { 300, false }, { -300, false },
		     { 301, false }, { -86400, false } };
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof offs / sizeof offs[0]; i++) {
		struct channel_question q = question(CHANNEL_QUERY);
		struct envelope e = { .nonce = "" };
		struct channel_message m = message(200, PAID, &e);
		struct channel_answer a;

		seal(&p, PAID, strlen(PAID), NOW_MS / 1000 + offs[i].off_s, &e);
		p.driver->read(&p.account, &q, &m, &a);
		ASSERT_NUMBER(a.says, offs[i].taken ? PAID_ : UNKNOWN_);
		ASSERT_TEXT(a.detail, offs[i].taken ? "SUCCESS" : "STALE");
	}
	provider_close(&p);
}

static void a_reply_of_another_key_is_unknown(void)
{
	struct provider p;
	struct sign_key *key;

	provider_open(&p);
	key = p.provider_key;
	p.provider_key = p.our_key;
	ASSERT_TEXT(hear(&p, CHANNEL_QUERY, 200, PAID).detail, "BAD_SIGNATURE");
	p.provider_key = key;
	provider_close(&p);
}

static void a_body_beyond_the_limit_is_not_read(void)
{
	static char body[CHANNEL_BODY_MAX + 2];
	struct provider p;
	struct channel_answer a;

	provider_open(&p);
	memset(body, ' ', sizeof body - 1);
	memcpy(body, PAID, strlen(PAID));
	a = hear(&p, CHANNEL_QUERY, 200, body);
	ASSERT_NUMBER(a.says, UNKNOWN_);
	ASSERT_TEXT(a.detail, "TOO_LONG");
	body[CHANNEL_BODY_MAX] = '\0';
	ASSERT_NUMBER(hear(&p, CHANNEL_QUERY, 200, body).says, PAID_);
	provider_close(&p);
}

static void each_reply_about_a_refund_says_this(void)
{
	static const struct {
		enum channel_ask ask;
		int status;
		const char *body;
		enum channel_refund refund;
	} refunds[] = {
		{ CHANNEL_REFUND, 200, REFUND("SUCCESS"), CHANNEL_REFUND_DONE },
		{ CHANNEL_REFUND, 200, REFUND("PROCESSING"), CHANNEL_REFUND_PENDING },
		{ CHANNEL_REFUND, 200, REFUND("CLOSED"), CHANNEL_REFUND_REFUSED },
		{ CHANNEL_REFUND, 200, REFUND("ODD"), CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND, 200, PAID, CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND, 422, REFUSAL("REFUND_TOO_MUCH"), CHANNEL_REFUND_REFUSED },
		{ CHANNEL_REFUND, 409, REFUSAL("REFUND_NO_USED"), CHANNEL_REFUND_REFUSED },
		{ CHANNEL_REFUND, 409, REFUSAL("ORDER_NOT_PAID"), CHANNEL_REFUND_REFUSED },
		{ CHANNEL_REFUND, 429, REFUSAL("TOO_MANY"), CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND, 500, REFUSAL("REFUND_TOO_MUCH"), CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND, 0, "", CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND_QUERY, 200, REFUND("SUCCESS"), CHANNEL_REFUND_DONE },
		{ CHANNEL_REFUND_QUERY, 404, REFUSAL("REFUND_NOT_EXIST"), CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND_QUERY, 422, REFUSAL("REFUND_TOO_MUCH"), CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND_QUERY, 200, "{\"merchant\":\"1000\",\"out_no\":\"G1\",\"refund_no\":\"R2\",\"state\":\"SUCCESS\",\"amount\":500,\"currency\":\"CNY\"}", CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND_QUERY, 200, "{\"merchant\":\"1000\",\"out_no\":\"G1\",\"refund_no\":\"R1\",\"state\":\"SUCCESS\",\"amount\":501,\"currency\":\"CNY\"}", CHANNEL_REFUND_UNKNOWN },
		{ CHANNEL_REFUND_QUERY, 200, "{\"merchant\":\"1000\",\"out_no\":\"G1\",\"refund_no\":\"R1\",\"state\":\"SUCCESS\",\"amount\":500,\"currency\":\"HKD\"}", CHANNEL_REFUND_UNKNOWN },
	};
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof refunds / sizeof refunds[0]; i++) {
		struct channel_answer a = hear(&p, refunds[i].ask, refunds[i].status, refunds[i].body);

		ASSERT_NUMBER(a.refund, refunds[i].refund);
		ASSERT_NUMBER(a.says, UNKNOWN_);
	}
	provider_close(&p);
}

const struct test reply_tests[] = {
	{ "each reply says this", each_reply_says_this },
	{ "a paid reply is read whole", a_paid_reply_is_read_whole },
	{ "a paid reply with one field wrong is not paid", a_paid_reply_with_one_field_wrong_is_not_paid },
	{ "a reply with one byte changed is unknown", a_reply_with_one_byte_changed_is_unknown },
	{ "a reply without one of its headers is unknown", a_reply_without_one_of_its_headers_is_unknown },
	{ "a reply five minutes off is unknown", a_reply_five_minutes_off_is_unknown },
	{ "a reply of another key is unknown", a_reply_of_another_key_is_unknown },
	{ "a body beyond the limit is not read", a_body_beyond_the_limit_is_not_read },
	{ "each reply about a refund says this", each_reply_about_a_refund_says_this },
};
const size_t n_reply_tests = sizeof reply_tests / sizeof reply_tests[0];
