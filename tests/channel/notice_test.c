/* Notices: only the provider's own, for us, fresh and whole are taken. */
#include <stdio.h>
#include <string.h>

#include "provider.h"

#define NOTICE "{\"event_id\":\"EV1\",\"kind\":\"payment\",\"created_at\":\"2026-11-21T09:23:20Z\"," \
	"\"payment\":{\"merchant\":\"1000\",\"out_no\":\"G1\",\"state\":\"SUCCESS\",\"amount\":1234," \
	"\"currency\":\"CNY\",\"wallet\":\"alipay\",\"channel_no\":\"SB77\"," \
	"\"paid_at\":\"2026-11-21T17:23:20+08:00\"}}"

/* The notice signed as it is, read; the fault's reason in why. */
static enum fault_code take(const struct provider *p, const char *body, struct channel_notice *ret,
			    char why[FAULT_ARG_SIZE])
{
	struct envelope e = { .nonce = "" };
	struct channel_message m = message(0, body, &e);
	struct fault fault = { .code = FAULT_NONE };
	enum fault_code code;

	seal(p, body, strlen(body), NOW_MS / 1000, &e);
	code = p->driver->notice(&p->account, &m, ret, &fault);
	snprintf(why, FAULT_ARG_SIZE, "%s", fault.arg[0]);
	return code;
}

static void a_notice_is_read_whole(void)
{
	struct provider p;
	struct channel_notice n;
	char why[FAULT_ARG_SIZE];

	provider_open(&p);
	ASSERT_NUMBER(take(&p, NOTICE, &n, why), FAULT_NONE);
	ASSERT_TEXT(n.id, "EV1");
	ASSERT_TEXT(n.number, "G1");
	ASSERT_NUMBER(n.answer.says, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_TEXT(n.answer.channel_no, "SB77");
	ASSERT_TEXT(n.answer.wallet, "alipay");
	ASSERT_NUMBER(n.answer.amount.minor, 1234);
	ASSERT_NUMBER(n.answer.amount.currency, CURRENCY_CNY);
	ASSERT_NUMBER(n.answer.paid_ms, INT64_C(1795253000000));
	provider_close(&p);
}

/* Probes of whether we look at signatures, and other letters nobody signed. */
static void a_notice_with_a_false_signature_is_refused(void)
{
	static const char *const letters[] = {
		"SANDBOX/SIGNTEST/c2lnbmF0dXJlIHByb2Jl", "", "AAAA", "=", "%s",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
	};
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
		struct channel_notice n;
		struct envelope e = { .nonce = "" };
		struct channel_message m = message(0, NOTICE, &e);
		struct fault fault = { .code = FAULT_NONE };

		seal(&p, NOTICE, strlen(NOTICE), NOW_MS / 1000, &e);
		snprintf(e.signature, sizeof e.signature, "%s", letters[i]);
		ASSERT_NUMBER(p.driver->notice(&p.account, &m, &n, &fault), FAULT_CHANNEL_NOTICE);
		ASSERT_TEXT(fault.arg[0], letters[i][0] ? "BAD_SIGNATURE" : "UNSIGNED");
		ASSERT_NUMBER(fault_row(fault.code)->http_status, 401);
	}
	provider_close(&p);
}

static void a_stale_notice_is_refused(void)
{
	struct provider p;
	struct channel_notice n;
	struct envelope e = { .nonce = "" };
	struct channel_message m = message(0, NOTICE, &e);

	provider_open(&p);
	seal(&p, NOTICE, strlen(NOTICE), NOW_MS / 1000 - 301, &e);
	ASSERT_NUMBER(p.driver->notice(&p.account, &m, &n, NULL), FAULT_CHANNEL_NOTICE);
	seal(&p, NOTICE, strlen(NOTICE), NOW_MS / 1000 + 301, &e);
	ASSERT_NUMBER(p.driver->notice(&p.account, &m, &n, NULL), FAULT_CHANNEL_NOTICE);
	provider_close(&p);
}

static void a_notice_with_one_field_wrong_pays_nothing(void)
{
	static const struct {
		const char *from, *to, *why;  /* why NULL: taken, and says unknown */
	} changes[] = {
		{ "\"event_id\":\"EV1\",", "", "UNREADABLE" }, { "\"EV1\"", "\"\"", "UNREADABLE" },
		{ "\"kind\":\"payment\"", "\"kind\":\"coupon\"", "UNREADABLE" },
		{ "\"kind\":\"payment\",", "", "UNREADABLE" },
		{ "\"payment\":{", "\"other\":{", "UNREADABLE" },
		{ "\"merchant\":\"1000\",", "", "UNREADABLE" }, { "\"1000\"", "\"1001\"", "OTHER_MERCHANT" },
		{ "\"out_no\":\"G1\",", "", "UNREADABLE" }, { "\"G1\"", "\"G/1\"", "UNREADABLE" },
		{ "\"G1\"", "\"\"", "UNREADABLE" }, { "\"amount\":1234,", "", "UNREADABLE" },
		{ "1234", "0", "UNREADABLE" }, { "1234", "-1234", "UNREADABLE" }, { "1234", "\"1234\"", "UNREADABLE" },
		{ "\"CNY\"", "\"ZZZ\"", "UNREADABLE" }, { "\"state\":\"SUCCESS\",", "", "UNREADABLE" },
		{ "\"SUCCESS\"", "\"ODD\"", NULL }, { "\"SB77\"", "\"\"", NULL },
		{ "2026-11-21T17:23:20+08:00", "soon", NULL },
	};
	static const char whole[] = NOTICE;
	struct provider p;

	provider_open(&p);
	for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
		const char *at = strstr(whole, changes[i].from);
		char body[1024], why[FAULT_ARG_SIZE];
		struct channel_notice n;
		enum fault_code code;

		CU_ASSERT_FATAL(at != NULL);
		snprintf(body, sizeof body, "%.*s%s%s", (int)(at - whole), whole, changes[i].to,
			 at + strlen(changes[i].from));
		code = take(&p, body, &n, why);
		if (code != (changes[i].why ? FAULT_CHANNEL_NOTICE : FAULT_NONE))
			fprintf(stderr, "%s: %d\n", body, (int)code);
		ASSERT_NUMBER(code, changes[i].why ? FAULT_CHANNEL_NOTICE : FAULT_NONE);
		ASSERT_TEXT(why, changes[i].why ? changes[i].why : "");
		if (!code)
			ASSERT_NUMBER(n.answer.says, PAYMENT_EVENT_ANSWER_UNKNOWN);
	}
	provider_close(&p);
}

const struct test notice_tests[] = {
	{ "a notice is read whole", a_notice_is_read_whole },
	{ "a notice with a false signature is refused", a_notice_with_a_false_signature_is_refused },
	{ "a stale notice is refused", a_stale_notice_is_refused },
	{ "a notice with one field wrong pays nothing", a_notice_with_one_field_wrong_pays_nothing },
};
const size_t n_notice_tests = sizeof notice_tests / sizeof notice_tests[0];
