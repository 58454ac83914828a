/* Tests of the pay page and of the ledgers' check, without a socket. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "desk_hub.h"

#define ORDER "00000000000000000000000001"
#define PAY "00000000000000000000000002"
#define TOKEN_LETTERS 22

static char path[64];

static int visit(struct desk_hub *d, const char *method, const char *where, const char *agent,
		 const char *body)
{
	const struct hub_request r = { .method = method, .path = where, .query = "", .key = "",
				       .body = body, .n_body = strlen(body), .user_agent = agent };

	buffer_reset(&d->reply.body);
	d->reply.location[0] = '\0';
	hub_handle(d->hub, &r, false, &d->reply);
	return d->reply.status;
}

/* An order with a QR, known to the channel unless `alone`. */
static void show_qr(struct desk_hub *d, bool alone)
{
	struct hub_answer a = { .says = PAYMENT_EVENT_ANSWER_PENDING, .pay_token = "WALLETTOKEN" };
	struct fault fault = { .code = FAULT_NONE };
	const char *at;

	desk_hub_open(d);
	desk_hub_ask(d, "POST", "/v1/orders",
		     "{\"id\":\"" ORDER "\",\"number\":1,\"currency\":\"CNY\",\"total\":\"15.66\",\"lines\":[]}");
	ASSERT_NUMBER(desk_hub_ask(d, "POST", "/v1/orders/" ORDER "/payments",
		"{\"id\":\"" PAY "\",\"kind\":\"qr\",\"currency\":\"CNY\",\"amount\":\"15.66\","
		"\"expires_at\":\"2026-11-21T09:51:07Z\"}"), 201);
	at = strstr(buffer_text(&d->reply.body), "/p/");
	CU_ASSERT_FATAL(at != NULL);
	snprintf(path, sizeof path, "%.*s", 3 + TOKEN_LETTERS, at);
	if (alone)
		return;
	a.merchant = d->jobs[0].merchant;
	a.payment = d->jobs[0].payment;
	hub_begin(d->hub, &fault);
	ASSERT_NUMBER(hub_channel_answer(d->hub, &a, &fault), FAULT_NONE);
	hub_commit(d->hub, &fault);
}

/* The form's body for a wallet, with the page's own token. */
static const char *form(struct desk_hub *d, const char *wallet)
{
	static char body[128];
	const char *csrf;

	visit(d, "GET", path, "", "");
	csrf = strstr(buffer_text(&d->reply.body), "name=\"csrf\" value=\"");
	CU_ASSERT_FATAL(csrf != NULL);
	snprintf(body, sizeof body, "csrf=%.*s&wallet=%s", TOKEN_LETTERS, csrf + 19, wallet);
	return body;
}

static void the_page_knows_whose_browser_it_is(void)
{
	static const struct { const char *agent, *there, *not_there; } cases[] = {
		{ "Mozilla/5.0 MicroMessenger/8.0", "value=\"wechat\"", "value=\"alipay\"" },
		{ "Mozilla/5.0 AlipayClient/10", "value=\"alipay\"", "value=\"unionpay\"" },
		{ "Mozilla/5.0 UnionPay/1.0 CloudPay", "value=\"unionpay\"", "value=\"wechat\"" },
		{ "Mozilla/5.0 Firefox", "value=\"ecny\"", "<script" },
	};
	struct desk_hub d;

	show_qr(&d, false);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ASSERT_NUMBER(visit(&d, "GET", path, cases[i].agent, ""), 200);
		CU_ASSERT(desk_hub_says(&d, cases[i].there));
		CU_ASSERT(!strstr(buffer_text(&d.reply.body), cases[i].not_there));
		CU_ASSERT(desk_hub_says(&d, "15.66") && desk_hub_says(&d, "星光店"));
	}
	CU_ASSERT(strstr(d.reply.policy, "default-src 'none'") != NULL);
	CU_ASSERT(strstr(d.reply.policy, "form-action 'self' https://127.0.0.1:9443;") != NULL);
	desk_hub_close(&d);
}

static void the_form_leads_to_the_wallet(void)
{
	struct desk_hub d;

	show_qr(&d, false);
	ASSERT_NUMBER(visit(&d, "POST", path, "", form(&d, "alipay")), 303);
	ASSERT_TEXT(d.reply.location, "https://127.0.0.1:9443/w/WALLETTOKEN?wallet=alipay");
	ASSERT_NUMBER(visit(&d, "POST", path, "", form(&d, "nobody")), 303);
	ASSERT_TEXT(d.reply.location, path);
	ASSERT_NUMBER(visit(&d, "POST", path, "", "csrf=AAAAAAAAAAAAAAAAAAAAAA&wallet=alipay"), 403);
	ASSERT_NUMBER(visit(&d, "POST", path, "", "wallet=alipay"), 403);
	ASSERT_NUMBER(visit(&d, "DELETE", path, "", ""), 405);
	ASSERT_NUMBER(visit(&d, "GET", "/p/AAAAAAAAAAAAAAAAAAAAAA", "", ""), 404);
	ASSERT_NUMBER(visit(&d, "GET", "/p/", "", ""), 404);
	ASSERT_NUMBER(visit(&d, "GET", "/p/style.css", "", ""), 200);
	desk_hub_close(&d);
}

static void the_page_says_how_it_stands(void)
{
	struct desk_hub d;

	show_qr(&d, true);
	visit(&d, "GET", path, "", "");
	CU_ASSERT(desk_hub_says(&d, "content=\"1\""));
	CU_ASSERT(!strstr(buffer_text(&d.reply.body), "<form"));
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PAID);
	visit(&d, "GET", path, "", "");
	CU_ASSERT(desk_hub_says(&d, "state paid"));
	CU_ASSERT(!strstr(buffer_text(&d.reply.body), "http-equiv"));
	desk_hub_close(&d);
}

/* Too late to pay: no button, and a form from before leads back. */
static void time_is_up_on_the_page_too(void)
{
	struct desk_hub d;
	char body[128];

	show_qr(&d, false);
	utf8_copy(body, sizeof body, form(&d, "wechat"));
	d.now_ms += 120001;
	visit(&d, "GET", path, "", "");
	CU_ASSERT(!strstr(buffer_text(&d.reply.body), "<form"));
	ASSERT_NUMBER(visit(&d, "POST", path, "", body), 303);
	ASSERT_TEXT(d.reply.location, path);
	desk_hub_close(&d);
}

static void notice(struct desk_hub *d, const char *id, const char *number, enum fault_code want)
{
	const struct hub_job *j = &d->jobs[0];
	struct hub_answer a = { .says = PAYMENT_EVENT_ANSWER_PAID, .amount = j->amount,
				.channel_no = "SB1", .paid_ms = d->now_ms };
	struct fault fault = { .code = FAULT_NONE };

	hub_begin(d->hub, &fault);
	ASSERT_NUMBER(hub_notice(d->hub, "sandbox", id, number, &a, &fault), want);
	hub_commit(d->hub, &fault);
}

/* One that could not be taken comes again and is. */
static void a_notice_is_taken_once(void)
{
	struct hub_counts counts;
	struct desk_hub d;

	show_qr(&d, false);
	notice(&d, "e1", "NOTOURS", FAULT_HUB_NO_SUCH);
	notice(&d, "e1", d.jobs[0].number, FAULT_NONE);
	notice(&d, "e1", d.jobs[0].number, FAULT_NONE);
	notice(&d, "e2", d.jobs[0].number, FAULT_NONE);
	hub_count(d.hub, &counts);
	ASSERT_NUMBER(counts.entered[PAYMENT_PAID], 1);
	ASSERT_NUMBER(counts.open, 0);
	desk_hub_close(&d);
}

static void count(void *ctx, const char *sentence)
{
	(void)sentence;
	++*(int *)ctx;
}

static void the_ledgers_are_checked(void)
{
	struct desk_hub d;
	int told = 0;

	show_qr(&d, false);
	desk_hub_answer(&d, PAYMENT_EVENT_ANSWER_PAID);
	ASSERT_NUMBER(hub_check(d.hub, count, &told), 0);
	ASSERT_NUMBER(told, 0);
	desk_hub_spoil(&d);
	ASSERT_NUMBER(hub_check(d.hub, count, &told), 3);
	ASSERT_NUMBER(told, 3);
	desk_hub_close(&d);
}

static const struct test tests[] = {
	{ "the page knows whose browser it is", the_page_knows_whose_browser_it_is },
	{ "the form leads to the wallet", the_form_leads_to_the_wallet },
	{ "the page says how it stands", the_page_says_how_it_stands },
	{ "time is up on the page too", time_is_up_on_the_page_too },
	{ "a notice is taken once", a_notice_is_taken_once },
	{ "the ledgers are checked", the_ledgers_are_checked },
};

SUITE_MAIN("pay page", tests)
