/* Each simulated customer does what the table promises: by code and by QR. */
#include <stdio.h>
#include <string.h>

#include "desk_sandbox.h"

#define CODE(digits) "1345678901234567" digits

/* A code is shown; what the provider answers, what it says when asked at once,
 * after 10 s, and 10 s after the payment has expired; how much it took, and how
 * many notices went out. */
static const struct promise {
	const char *digits;
	int status;              /* of the pay reply, 0 none */
	const char *answer;      /* its state or code */
	int asked;               /* status of the first query */
	const char *at_once, *after_wait, *after_expiry;
	int captures;
	size_t notices;
} promises[] = {
	{ "00", 200, "SUCCESS", 200, "SUCCESS", "SUCCESS", "SUCCESS", 1, 1 },
	{ "01", 200, "USERPAYING", 200, "USERPAYING", "SUCCESS", "SUCCESS", 1, 1 },
	{ "02", 200, "USERPAYING", 200, "USERPAYING", "SUCCESS", "SUCCESS", 1, 1 },
	{ "03", 200, "USERPAYING", 200, "USERPAYING", "PAYERROR", "PAYERROR", 0, 0 },
	{ "04", 403, "NOT_ENOUGH", 200, "PAYERROR", "PAYERROR", "PAYERROR", 0, 0 },
	{ "05", 403, "AUTHCODE_EXPIRED", 200, "PAYERROR", "PAYERROR", "PAYERROR", 0, 0 },
	{ "06", 0, "", 200, "SUCCESS", "SUCCESS", "SUCCESS", 1, 1 },
	{ "07", 0, "", 200, "NOTPAY", "NOTPAY", "CLOSED", 0, 0 },
	{ "08", 500, "SYSTEM_ERROR", 200, "USERPAYING", "SUCCESS", "SUCCESS", 1, 1 },
	{ "09", 200, "SUCCESS", 200, "SUCCESS", "SUCCESS", "SUCCESS", 2, 2 },
	{ "10", 200, "USERPAYING", 200, "USERPAYING", "USERPAYING", "SUCCESS", 1, 1 },
	{ "11", 200, "USERPAYING", 200, "USERPAYING", "SUCCESS", "SUCCESS", 1, 0 },
	{ "12", 200, "USERPAYING", 200, "USERPAYING", "SUCCESS", "SUCCESS", 1, 4 },
	{ "13", 200, "SUCCESS", 200, "SUCCESS", "SUCCESS", "SUCCESS", 1, 1 },
	{ "99", 200, "SUCCESS", 200, "SUCCESS", "SUCCESS", "SUCCESS", 1, 1 },
};

static void check_sums(struct desk *d, int64_t captures, int64_t given_back_minor)
{
	struct sandbox_sums sums;

	CU_ASSERT_FATAL(!sandbox_sum(d->sandbox, "1000", &sums, NULL));
	ASSERT_NUMBER(sums.captures, captures);
	ASSERT_NUMBER(sums.captured_minor, captures * 1234);
	ASSERT_NUMBER(sums.given_back_minor, given_back_minor);
	ASSERT_NUMBER(sums.notices_open, 0);
}

static void a_code_is_paid_as_its_last_digits_say(void)
{
	for (size_t i = 0; i < sizeof promises / sizeof promises[0]; i++) {
		const struct promise *p = &promises[i];
		struct desk d;
		char code[24];
		int status;

		desk_open(&d, NULL);
		snprintf(code, sizeof code, "1345678901234567%s", p->digits);
		status = desk_pay_code(&d, "G1", code);
		ASSERT_NUMBER(status, p->status);
		ASSERT_TEXT(desk_text(&d, p->status == 200 ? "state" : "code"), p->answer);
		ASSERT_TEXT(desk_state(&d, "G1"), p->at_once);
		desk_wait(&d, 10000);
		ASSERT_TEXT(desk_state(&d, "G1"), p->after_wait);
		desk_wait(&d, 30000);
		ASSERT_TEXT(desk_state(&d, "G1"), p->after_expiry);
		check_sums(&d, p->captures, 0);
		ASSERT_NUMBER(d.n_posted, p->notices);
		desk_close(&d);
	}
}

/* The same by the buttons of the wallet page; what cannot pay leaves the QR
 * open for another try, and what is silent or in error is so at the next query. */
static const struct press {
	const char *digits;
	const char *at_once, *second, *after_wait, *after_expiry;  /* first query, second query, … */
	int captures;
	size_t notices;
} presses[] = {
	{ "00", "SUCCESS", "SUCCESS", "SUCCESS", "SUCCESS", 1, 1 },
	{ "01", "USERPAYING", "USERPAYING", "SUCCESS", "SUCCESS", 1, 1 },
	{ "02", "USERPAYING", "USERPAYING", "SUCCESS", "SUCCESS", 1, 1 },
	{ "03", "USERPAYING", "USERPAYING", "NOTPAY", "CLOSED", 0, 0 },
	{ "04", "NOTPAY", "NOTPAY", "NOTPAY", "CLOSED", 0, 0 },
	{ "05", "NOTPAY", "NOTPAY", "NOTPAY", "CLOSED", 0, 0 },
	{ "06", "", "SUCCESS", "SUCCESS", "SUCCESS", 1, 1 },
	{ "07", "", "NOTPAY", "NOTPAY", "CLOSED", 0, 0 },
	{ "08", "SYSTEM_ERROR", "USERPAYING", "SUCCESS", "SUCCESS", 1, 1 },
	{ "09", "SUCCESS", "SUCCESS", "SUCCESS", "SUCCESS", 2, 2 },
	{ "10", "USERPAYING", "USERPAYING", "USERPAYING", "SUCCESS", 1, 1 },
	{ "11", "USERPAYING", "USERPAYING", "SUCCESS", "SUCCESS", 1, 0 },
	{ "12", "USERPAYING", "USERPAYING", "SUCCESS", "SUCCESS", 1, 4 },
};

static void a_qr_is_paid_as_the_button_says(void)
{
	for (size_t i = 0; i < sizeof presses / sizeof presses[0]; i++) {
		const struct press *p = &presses[i];
		struct desk d;
		char token[40];

		desk_open(&d, NULL);
		ASSERT_NUMBER(desk_pay_qr(&d, "G1"), 200);
		ASSERT_TEXT(desk_text(&d, "state"), "NOTPAY");
		snprintf(token, sizeof token, "%s", desk_text(&d, "pay_token"));
		ASSERT_NUMBER(desk_press(&d, token, p->digits, "alipay"), 303);
		ASSERT_TEXT(desk_state(&d, "G1"), p->at_once);
		ASSERT_TEXT(desk_state(&d, "G1"), p->second);
		if (p->captures)
			ASSERT_TEXT(desk_text(&d, "wallet"), "alipay");
		desk_wait(&d, 10000);
		ASSERT_TEXT(desk_state(&d, "G1"), p->after_wait);
		desk_wait(&d, 30000);
		ASSERT_TEXT(desk_state(&d, "G1"), p->after_expiry);
		check_sums(&d, p->captures, 0);
		ASSERT_NUMBER(d.n_posted, p->notices);
		desk_close(&d);
	}
}

static void a_customer_who_could_not_pay_tries_another_wallet(void)
{
	struct desk d;
	char token[40];

	desk_open(&d, NULL);
	desk_pay_qr(&d, "G1");
	snprintf(token, sizeof token, "%s", desk_text(&d, "pay_token"));
	ASSERT_NUMBER(desk_press(&d, token, "04", "wechat"), 303);
	ASSERT_NUMBER(desk_press(&d, token, "00", "ecny"), 303);
	ASSERT_TEXT(desk_state(&d, "G1"), "SUCCESS");
	ASSERT_TEXT(desk_text(&d, "wallet"), "ecny");
	ASSERT_NUMBER(desk_press(&d, token, "00", "wechat"), -1);
	desk_wait(&d, 10);
	check_sums(&d, 1, 0);
	desk_close(&d);
}

static void who_pays_too_late_pays_although_it_was_closed(void)
{
	struct desk d;
	char token[40];

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("10"));
	desk_wait(&d, 20000);
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/reverse", "{}"), 200);
	ASSERT_TEXT(desk_text(&d, "state"), "REVOKED");
	desk_pay_qr(&d, "G2");
	snprintf(token, sizeof token, "%s", desk_text(&d, "pay_token"));
	desk_press(&d, token, "10", "wechat");
	ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G2/close", "{}"), 200);
	ASSERT_TEXT(desk_state(&d, "G2"), "CLOSED");
	desk_wait(&d, 12000);
	ASSERT_TEXT(desk_state(&d, "G1"), "REVOKED");
	desk_wait(&d, 1000);
	ASSERT_TEXT(desk_state(&d, "G1"), "SUCCESS");
	ASSERT_TEXT(desk_state(&d, "G2"), "CLOSED");
	desk_wait(&d, 20000);
	ASSERT_TEXT(desk_state(&d, "G2"), "SUCCESS");
	check_sums(&d, 2, 0);
	ASSERT_NUMBER(d.n_posted, 2);
	desk_close(&d);
}

static void who_is_closed_in_time_does_not_pay(void)
{
	static const char *const digits[] = { "01", "02", "08", "11", "12" };

	for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++) {
		struct desk d;
		char code[24];

		desk_open(&d, NULL);
		snprintf(code, sizeof code, "1345678901234567%s", digits[i]);
		desk_pay_code(&d, "G1", code);
		ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/reverse", "{}"), 200);
		desk_wait(&d, 60000);
		ASSERT_TEXT(desk_state(&d, "G1"), "REVOKED");
		check_sums(&d, 0, 0);
		desk_close(&d);
	}
}

static void two_wallets_pay_twice_with_two_numbers(void)
{
	struct desk d;

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("09"));
	desk_wait(&d, 10);
	ASSERT_NUMBER(d.n_posted, 2);
	ASSERT_TEXT(d.posted[0].state, "SUCCESS");
	ASSERT_TEXT(d.posted[1].state, "SUCCESS");
	CU_ASSERT(strcmp(d.posted[0].channel_no, d.posted[1].channel_no) != 0);
	CU_ASSERT(strcmp(d.posted[0].event, d.posted[1].event) != 0);
	ASSERT_TEXT(desk_state(&d, "G1"), "SUCCESS");
	ASSERT_TEXT(desk_text(&d, "wallet"), "wechat");
	desk_close(&d);
}

static void a_repeated_notice_comes_three_times_and_an_older_one_late(void)
{
	struct desk d;
	size_t paid = 0, old = 0;

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("12"));
	desk_wait(&d, 20000);
	ASSERT_NUMBER(d.n_posted, 4);
	ASSERT_TEXT(d.posted[0].state, "SUCCESS");
	for (size_t i = 0; i < d.n_posted; i++) {
		bool is_paid = strcmp(d.posted[i].state, "SUCCESS") == 0;

		paid += is_paid;
		old += !is_paid;
		CU_ASSERT(!is_paid || strcmp(d.posted[i].event, d.posted[0].event) == 0);
		CU_ASSERT(is_paid || (strcmp(d.posted[i].event, d.posted[0].event) != 0 && i > 0));
	}
	ASSERT_NUMBER(paid, 3);
	ASSERT_NUMBER(old, 1);
	desk_close(&d);
}

/* Unpaid and silent: the reversal has to be called three times. */
static void a_reversal_may_have_to_be_called_again(void)
{
	struct desk d;

	desk_open(&d, NULL);
	desk_pay_code(&d, "G1", CODE("07"));
	for (int i = 0; i < 4; i++) {
		ASSERT_NUMBER(desk_ask(&d, "POST", "/v1/payments/G1/reverse", "{}"), 200);
		ASSERT_TEXT(desk_text(&d, "recall"), i < 2 ? "Y" : "N");
		ASSERT_TEXT(desk_text(&d, "result"), i < 2 ? "FAIL" : "SUCCESS");
		ASSERT_TEXT(desk_text(&d, "state"), i < 2 ? "NOTPAY" : "REVOKED");
	}
	desk_close(&d);
}

const struct test customer_tests[] = {
	{ "a code is paid as its last digits say", a_code_is_paid_as_its_last_digits_say },
	{ "a QR is paid as the button says", a_qr_is_paid_as_the_button_says },
	{ "a customer who could not pay tries another wallet", a_customer_who_could_not_pay_tries_another_wallet },
	{ "who pays too late pays although it was closed", who_pays_too_late_pays_although_it_was_closed },
	{ "who is closed in time does not pay", who_is_closed_in_time_does_not_pay },
	{ "two wallets pay twice with two numbers", two_wallets_pay_twice_with_two_numbers },
	{ "a repeated notice comes three times and an older one late", a_repeated_notice_comes_three_times_and_an_older_one_late },
	{ "a reversal may have to be called again", a_reversal_may_have_to_be_called_again },
};
const size_t n_customer_tests = sizeof customer_tests / sizeof customer_tests[0];
