/* The provider's books: money goes back once, notices go out until they are
 * taken, the bill adds up, and nothing is lost when it restarts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desk_sandbox.h"

#define CODE(digits) "1345678901234567" digits

static int refund(struct desk *d, const char *out_no, const char *refund_no, int amount, const char *more)
{
	char body[256];

	snprintf(body, sizeof body, "{\"out_no\":\"%s\",\"refund_no\":\"%s\",\"amount\":%d,\"currency\":\"CNY\"%s}",
		 out_no, refund_no, amount, more);
	return desk_ask(d, "POST", "/v1/refunds", body);
}

static int64_t given_back(struct desk *d)
{
	struct sandbox_sums sums;

	CU_ASSERT_FATAL(!sandbox_sum(d->sandbox, "1000", &sums, NULL));
	return sums.given_back_minor;
}

static void refunds_never_pass_what_was_paid(void)
{
	struct desk d;

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("00"));
	ASSERT_NUMBER(refund(&d, "G1", "R1", 1000, ""), 200);
	ASSERT_TEXT(desk_text(&d, "state"), "PROCESSING");
	ASSERT_NUMBER(refund(&d, "G1", "R1", 1000, ""), 200);
	ASSERT_NUMBER(given_back(&d), 1000);
	ASSERT_NUMBER(refund(&d, "G1", "R1", 999, ""), 409);
	ASSERT_TEXT(desk_text(&d, "code"), "REFUND_NO_USED");
	ASSERT_NUMBER(refund(&d, "G1", "R2", 235, ""), 422);
	ASSERT_TEXT(desk_text(&d, "code"), "REFUND_TOO_MUCH");
	ASSERT_NUMBER(refund(&d, "G1", "R2", 234, ""), 200);
	ASSERT_NUMBER(refund(&d, "G1", "R3", 1, ""), 422);
	ASSERT_NUMBER(given_back(&d), 1234);
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/refunds/R1", ""), 200);
	ASSERT_TEXT(desk_text(&d, "state"), "PROCESSING");
	desk_wait(&d, 2000);
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/refunds/R1", ""), 200);
	ASSERT_TEXT(desk_text(&d, "state"), "SUCCESS");
	ASSERT_NUMBER(desk_number(&d, "amount"), 1000);
	ASSERT_TEXT(desk_text(&d, "out_no"), "G1");
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/refunds/R9", ""), 404);
	ASSERT_TEXT(desk_state(&d, "G1"), "REFUND");
	desk_close(&d);
}

static void what_is_not_paid_cannot_be_refunded(void)
{
	static const struct {
		const char *body, *code;
	} cases[] = {
		{ "{\"out_no\":\"G1\",\"refund_no\":\"R1\",\"amount\":1,\"currency\":\"CNY\"}", "ORDER_NOT_PAID" },
		{ "{\"out_no\":\"G9\",\"refund_no\":\"R1\",\"amount\":1,\"currency\":\"CNY\"}", "ORDER_NOT_EXIST" },
		{ "{\"out_no\":\"G2\",\"refund_no\":\"R1\",\"amount\":1,\"currency\":\"HKD\"}", "PARAM_ERROR" },
		{ "{\"out_no\":\"G2\",\"refund_no\":\"R1\",\"amount\":0,\"currency\":\"CNY\"}", "PARAM_ERROR" },
		{ "{\"out_no\":\"G2\",\"refund_no\":\"R1\",\"amount\":-5,\"currency\":\"CNY\"}", "PARAM_ERROR" },
		{ "{\"out_no\":\"G2\",\"refund_no\":\"R 1\",\"amount\":1,\"currency\":\"CNY\"}", "PARAM_ERROR" },
		{ "{\"out_no\":\"G2\",\"refund_no\":\"R1\",\"amount\":\"1\",\"currency\":\"CNY\"}", "PARAM_ERROR" },
		{ "{\"out_no\":\"G2\",\"refund_no\":\"R1\",\"amount\":1}", "PARAM_ERROR" },
		{ "{\"out_no\":\"G2\",\"refund_no\":\"R1\",\"amount\":1,\"currency\":\"CNY\",\"channel_no\":\"SBX\"}", "ORDER_NOT_PAID" },
		{ "[]", "PARAM_ERROR" }, { "", "PARAM_ERROR" },
	};
	struct desk d;

	desk_open(&d, NULL);
	desk_pay_qr(&d, "G1");
	desk_pay_code(&d, "G2", CODE("00"));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		desk_ask(&d, "POST", "/v1/refunds", cases[i].body);
		ASSERT_TEXT(desk_text(&d, "code"), cases[i].code);
	}
	ASSERT_NUMBER(given_back(&d), 0);
	desk_close(&d);
}

static void the_second_of_two_payments_is_refunded_by_its_number(void)
{
	struct desk d;
	char more[80];

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("09"));
	desk_wait(&d, 10);
	desk_state(&d, "G1");
	for (size_t i = 0; i < 2; i++)
		if (strcmp(d.posted[i].channel_no, desk_text(&d, "channel_no")) != 0)
			snprintf(more, sizeof more, ",\"channel_no\":\"%s\"", d.posted[i].channel_no);
	ASSERT_NUMBER(refund(&d, "G1", "R1", 1234, more), 200);
	ASSERT_NUMBER(refund(&d, "G1", "R2", 1, more), 422);
	ASSERT_TEXT(desk_state(&d, "G1"), "SUCCESS");
	ASSERT_NUMBER(desk_number(&d, "given_back"), 0);
	ASSERT_NUMBER(given_back(&d), 1234);
	desk_close(&d);
}

static void a_payment_has_at_most_fifty_refunds(void)
{
	struct desk d;
	char number[8];

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("00"));
	for (int i = 0; i < 50; i++) {
		snprintf(number, sizeof number, "R%d", i);
		ASSERT_NUMBER(refund(&d, "G1", number, 1, ""), 200);
	}
	ASSERT_NUMBER(refund(&d, "G1", "R50", 1, ""), 422);
	ASSERT_TEXT(desk_text(&d, "code"), "REFUND_TOO_MANY");
	ASSERT_NUMBER(given_back(&d), 50);
	desk_close(&d);
}

static void a_reversal_gives_all_back_and_can_be_repeated(void)
{
	struct desk d;

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("09"));
	refund(&d, "G1", "R1", 34, "");
	for (int i = 0; i < 2; i++) {
		ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/reverse", "{}"), 200);
		ASSERT_TEXT(desk_text(&d, "state"), "REVOKED");
		ASSERT_TEXT(desk_text(&d, "recall"), "N");
		ASSERT_NUMBER(given_back(&d), 2468);
	}
	ASSERT_NUMBER(refund(&d, "G1", "R2", 1, ""), 409);
	ASSERT_TEXT(desk_text(&d, "code"), "ORDER_NOT_PAID");
	desk_close(&d);
}

static void a_paid_payment_is_not_closed_and_says_so(void)
{
	struct desk d;
	char token[40];
	const struct json_value *payment;

	desk_open(&d, NULL);
	desk_pay_qr(&d, "G1");
	snprintf(token, sizeof token, "%s", desk_text(&d, "pay_token"));
	desk_press(&d, token, "00", "wechat");
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/close", "{}"), 409);
	ASSERT_TEXT(desk_text(&d, "code"), "ORDER_PAID");
	payment = json_member(d.body, "payment");
	CU_ASSERT_FATAL(payment != NULL);
	ASSERT_TEXT(json_text_of(json_member(payment, "state")), "SUCCESS");
	ASSERT_NUMBER(given_back(&d), 0);
	desk_pay_code(&d, "G2", CODE("01"));
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G2/close", "{}"), 403);
	ASSERT_TEXT(desk_text(&d, "code"), "CLOSE_NOT_ALLOWED");
	desk_close(&d);
}

static void a_payment_that_comes_after_its_end_is_refused(void)
{
	struct desk d;

	desk_open(&d, NULL);
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/reverse", "{}"), 200);
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G2/close", "{}"), 200);
	ASSERT_NUMBER(desk_pay_code(&d, "G1", CODE("00")), 409);
	ASSERT_TEXT(desk_text(&d, "code"), "ORDER_CLOSED");
	ASSERT_NUMBER(desk_pay_qr(&d, "G2"), 409);
	ASSERT_TEXT(desk_text(&d, "code"), "ORDER_CLOSED");
	desk_pay_code(&d, "G3", CODE("01"));
	desk_ask(&d, "POST", "/v1/payments/G3/reverse", "{}");
	ASSERT_NUMBER(desk_pay_code(&d, "G3", CODE("01")), 409);
	desk_close(&d);
}

static void the_same_payment_again_is_the_same(void)
{
	struct desk d;
	char channel_no[40], token[40];

	desk_open(&d, NULL);
	ASSERT_NUMBER(desk_pay_code(&d, "G1", CODE("00")), 200);
	snprintf(channel_no, sizeof channel_no, "%s", desk_text(&d, "channel_no"));
	ASSERT_NUMBER(desk_pay_code(&d, "G1", CODE("00")), 200);
	ASSERT_TEXT(desk_text(&d, "channel_no"), channel_no);
	ASSERT_NUMBER(desk_pay_code(&d, "G1", CODE("13")), 409);
	ASSERT_TEXT(desk_text(&d, "code"), "OUT_NO_USED");
	ASSERT_NUMBER(desk_pay_qr(&d, "G1"), 409);
	desk_pay_qr(&d, "G2");
	snprintf(token, sizeof token, "%s", desk_text(&d, "pay_token"));
	desk_pay_qr(&d, "G2");
	ASSERT_TEXT(desk_text(&d, "pay_token"), token);
	ASSERT_NUMBER(desk_pay_code(&d, "G3", CODE("04")), 403);
	ASSERT_NUMBER(desk_pay_code(&d, "G3", CODE("04")), 403);
	ASSERT_TEXT(desk_text(&d, "code"), "NOT_ENOUGH");
	desk_close(&d);
}

static void an_early_reversal_is_refused_where_it_is_set(void)
{
	struct desk d;

	desk_open(&d, NULL);
	d.options.times.reverse_after_ms = 5000;
	desk_restart(&d);
	desk_pay_code(&d, "G1", CODE("02"));
	desk_wait(&d, 4999);
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/reverse", "{}"), 422);
	ASSERT_TEXT(desk_text(&d, "code"), "REVERSE_TOO_EARLY");
	desk_wait(&d, 1);
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/reverse", "{}"), 200);
	d.now_ms += INT64_C(8) * 86400000;
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/reverse", "{}"), 422);
	ASSERT_TEXT(desk_text(&d, "code"), "REVERSE_EXPIRED");
	desk_close(&d);
}

/* Not taken, a notice comes after these waits, then never again. */
static void a_notice_is_sent_until_it_is_taken_or_given_up(void)
{
	static const int64_t waits_s[] = { 0, 15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800,
					   10800, 10800, 21600, 21600 };
	enum { TRIES = sizeof waits_s / sizeof waits_s[0] };
	struct desk d;
	int64_t at_ms = START_MS;
	struct sandbox_sums sums;

	desk_open(&d, NULL);
	d.no_post = true;
	desk_pay_code(&d, "G1", CODE("00"));
	desk_wait(&d, INT64_C(3) * 86400000);
	ASSERT_NUMBER(d.n_posted, TRIES);
	for (size_t i = 0; i < d.n_posted && i < TRIES; i++) {
		at_ms += waits_s[i] * 1000;
		ASSERT_NUMBER(d.posted[i].at_ms, at_ms);
		ASSERT_TEXT(d.posted[i].event, d.posted[0].event);
		ASSERT_TEXT(d.posted[i].url, "https://hub.example/v1/notices/sandbox");
	}
	CU_ASSERT(!sandbox_sum(d.sandbox, "1000", &sums, NULL));
	ASSERT_NUMBER(sums.notices_open, 0);
	desk_pay_code(&d, "G2", CODE("00"));
	desk_close(&d);
}

/* Whether the file, or what SQLite keeps beside it, holds the text. */
static bool holds(const char *file, const char *ending, const char *text)
{
	static char bytes[1 << 20];
	char path[64];
	FILE *in;
	size_t n;
	bool found = false;

	snprintf(path, sizeof path, "%s%s", file, ending);
	in = fopen(path, "r");
	if (!in)
		return false;
	n = fread(bytes, 1, sizeof bytes, in);
	fclose(in);
	for (size_t i = 0; i + strlen(text) <= n && !found; i++)
		found = memcmp(bytes + i, text, strlen(text)) == 0;
	return found;
}

static void notices_and_customers_survive_a_restart(void)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	char file[] = "sandbox-XXXXXX", path[64];
	int fd = mkstemp(file);
	struct desk d;

	CU_ASSERT_FATAL(fd >= 0);
	close(fd);
	desk_open(&d, file);
	d.no_post = true;
	desk_pay_code(&d, "G1", CODE("00"));
	desk_pay_code(&d, "G2", CODE("02"));
	desk_wait(&d, 1000);
	ASSERT_NUMBER(d.n_posted, 1);
	desk_restart(&d);
	d.no_post = false;
	desk_wait(&d, 20000);
	ASSERT_NUMBER(d.n_posted, 3);
	ASSERT_TEXT(desk_state(&d, "G2"), "SUCCESS");
	/* The customer's code is in no book. */
	CU_ASSERT(holds(file, "-wal", "hub.example") || holds(file, "", "hub.example"));
	CU_ASSERT(!holds(file, "-wal", "1345678901234567") && !holds(file, "", "1345678901234567"));
	desk_close(&d);
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		snprintf(path, sizeof path, "%s%s", file, endings[i]);
		unlink(path);
	}
}

static void a_days_bill_adds_up(void)
{
	struct desk d;
	const char *bill;

	desk_open(&d, NULL);
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/bills/" START_DAY, ""), 404);
	ASSERT_TEXT(desk_text(&d, "code"), "BILL_NOT_EXIST");
	desk_pay_code(&d, "G1", CODE("00"));
	desk_pay_code(&d, "G2", CODE("00"));
	desk_pay_code(&d, "G3", CODE("03"));
	desk_wait(&d, 1000);
	refund(&d, "G1", "R1", 234, "");
	desk_wait(&d, 1000);
	desk_ask(&d, "POST", "/v1/payments/G2/reverse", "{}");
	ASSERT_NUMBER(desk_ask(&d, "GET", "/v1/bills/" START_DAY, ""), 200);
	ASSERT_TEXT(d.reply.type, "text/csv; charset=utf-8");
	bill = buffer_text(&d.reply.body);
	CU_ASSERT(strncmp(bill, "\xEF\xBB\xBF交易时间,商户号,", strlen("\xEF\xBB\xBF交易时间,商户号,")) == 0);
	CU_ASSERT(strstr(bill, "\r\n`2026-11-21 17:23:20,`1000,`SB") != NULL);
	CU_ASSERT(strstr(bill, ",`G1,`MICROPAY,`SUCCESS,`wechat,`CNY,`12.34,`,`,`0.00,`,`0.07404,`0.60%\r\n") != NULL);
	CU_ASSERT(strstr(bill, ",`R1,`2.34,`PROCESSING,`-0.01404,`0.60%\r\n") != NULL);
	CU_ASSERT(strstr(bill, ",`G2,`MICROPAY,`REVOKED,`wechat,`CNY,`0.00,`,`,`12.34,`SUCCESS,`-0.07404,`0.60%\r\n") != NULL);
	CU_ASSERT(strstr(bill, "G3") == NULL);
	CU_ASSERT(strstr(bill, "\r\n总交易单数,应结订单总金额,退款总金额,手续费总金额\r\n`4,`24.68,`14.68,`0.06000\r\n") != NULL);
	desk_ask(&d, "GET", "/v1/bills/2026-11-20", "");
	ASSERT_TEXT(desk_text(&d, "code"), "BILL_NOT_EXIST");
	desk_ask(&d, "GET", "/v1/bills/2026-13-01", "");
	ASSERT_TEXT(desk_text(&d, "code"), "PARAM_ERROR");
	desk_close(&d);
}

/* Midnight at Beijing is 16:00 UTC. */
static void a_bill_ends_at_midnight_at_beijing(void)
{
	struct desk d;

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("00"));
	d.now_ms = INT64_C(1795276799999);
	refund(&d, "G1", "R1", 1, "");
	d.now_ms++;
	refund(&d, "G1", "R2", 1, "");
	desk_ask(&d, "GET", "/v1/bills/" START_DAY, "");
	CU_ASSERT(strstr(buffer_text(&d.reply.body), "`R1") && !strstr(buffer_text(&d.reply.body), "`R2"));
	desk_ask(&d, "GET", "/v1/bills/2026-11-22", "");
	CU_ASSERT(strstr(buffer_text(&d.reply.body), "`R2") && !strstr(buffer_text(&d.reply.body), "`R1"));
	desk_close(&d);
}

const struct test book_tests[] = {
	{ "refunds never pass what was paid", refunds_never_pass_what_was_paid },
	{ "what is not paid cannot be refunded", what_is_not_paid_cannot_be_refunded },
	{ "the second of two payments is refunded by its number", the_second_of_two_payments_is_refunded_by_its_number },
	{ "a payment has at most fifty refunds", a_payment_has_at_most_fifty_refunds },
	{ "a reversal gives all back and can be repeated", a_reversal_gives_all_back_and_can_be_repeated },
	{ "a paid payment is not closed and says so", a_paid_payment_is_not_closed_and_says_so },
	{ "a payment that comes after its end is refused", a_payment_that_comes_after_its_end_is_refused },
	{ "the same payment again is the same", the_same_payment_again_is_the_same },
	{ "an early reversal is refused where it is set", an_early_reversal_is_refused_where_it_is_set },
	{ "a notice is sent until it is taken or given up", a_notice_is_sent_until_it_is_taken_or_given_up },
	{ "notices and customers survive a restart", notices_and_customers_survive_a_restart },
	{ "a day's bill adds up", a_days_bill_adds_up },
	{ "a bill ends at midnight at Beijing", a_bill_ends_at_midnight_at_beijing },
};
const size_t n_book_tests = sizeof book_tests / sizeof book_tests[0];
