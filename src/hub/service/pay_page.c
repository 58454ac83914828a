/* /p/TOKEN: what a customer's phone shows for a QR on the till. Plain pages
 * without script or cookie; whoever has the token may look and pay. */
#include "service/hub_own.h"

#include <libintl.h>
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/mark.h"
#include "base/utf8.h"
#include "crypt/crypt.h"
#include "page/page.h"

#include "service/hub_pages.inc"

#define _(text) gettext(text)

enum { CSRF_BYTES = 16, CSRF_LETTERS = 22, FIELD_MAX = 64, BODY_MAX_BYTES = 1024 };

/* Wallets, and how their browsers call themselves. e-CNY has no name of its own. */
static const struct {
	const char *word, *label, *agent;
} wallets[] = {
	{ "wechat", N_("Pay with WeChat"), "MicroMessenger" },
	{ "alipay", N_("Pay with Alipay"), "AlipayClient" },
	{ "unionpay", N_("Pay with UnionPay"), "UnionPay/" },
	{ "ecny", N_("Pay with e-CNY"), NULL },
};

enum { WALLETS = sizeof wallets / sizeof wallets[0] };

/* A line for each state. `again_s` is when the page is loaded anew, 0 never. */
static const struct {
	const char *sentence, *style;
	int again_s;
} states[PAYMENT_STATES] = {
	[PAYMENT_CREATED] = { N_("One moment …"), "waiting", 1 },
	[PAYMENT_SENT] = { N_("One moment …"), "waiting", 1 },
	[PAYMENT_PENDING] = { N_("To pay"), "waiting", 5 },
	[PAYMENT_UNKNOWN] = { N_("To pay"), "waiting", 5 },
	[PAYMENT_PAID] = { N_("Paid. Thank you!"), "paid", 0 },
	[PAYMENT_FAILED] = { N_("This payment failed; nothing was taken. Ask for a new code."), "closed", 0 },
	[PAYMENT_REVERSING] = { N_("This payment is being cancelled. Please do not pay."), "closing", 3 },
	[PAYMENT_REVERSED] = { N_("This payment was cancelled; nothing was taken."), "closed", 0 },
	[PAYMENT_EXPIRED] = { N_("The time is up; nothing was taken. Ask for a new code."), "closed", 0 },
	[PAYMENT_NEEDS_PERSON] = { N_("Please ask at the counter."), "closing", 5 },
};

/* A page on its way. */
struct visit {
	struct hub *hub;
	const struct hub_request *request;
	struct hub_reply *reply;
	char token[32], store[81], csrf[CSRF_LETTERS + 1];
	struct hub_payment payment;
	int wallet;   /* whose browser this is; -1 another's */
};

bool hub_is_pay_page(const struct hub_request *request)
{
	return strncmp(request->path, "/p/", 3) == 0;
}

/* ---- reading ---- */

/* The value of a form's field; its letters need no escapes. */
static bool form_field(const struct hub_request *r, const char *name, char *out, size_t size)
{
	size_t len = strlen(name);

	for (const char *p = r->body, *end = r->body + r->n_body; p < end;) {
		const char *amp = memchr(p, '&', (size_t)(end - p));
		size_t n = (size_t)((amp ? amp : end) - p);

		if (n > len && p[len] == '=' && memcmp(p, name, len) == 0 && n - len - 1 < size) {
			memcpy(out, p + len + 1, n - len - 1);
			out[n - len - 1] = '\0';
			return true;
		}
		p += n + 1;
	}
	return false;
}

static int wallet_of_agent(const char *agent)
{
	for (int i = 0; i < WALLETS; i++)
		if (wallets[i].agent && strstr(agent, wallets[i].agent))
			return i;
	return -1;
}

/* Fills the visit's payment and store; FAULT_HUB_NO_SUCH. */
static enum fault_code find_payment(struct visit *v, struct fault *fault)
{
	struct ident merchant, id;
	struct db_rows *rows;
	bool found = false;
	enum fault_code code = db_query(v->hub->db,
		"SELECT p.merchant, p.id, s.name FROM payment p"
		" JOIN till t ON t.merchant = p.merchant AND t.id = p.till"
		" JOIN store s ON s.merchant = t.merchant AND s.id = t.store"
		" WHERE p.token = ?1 AND p.token <> ''", DB_VALUES(db_text(v->token)), &rows, fault);

	if (code)
		return code;
	if (db_next(rows)) {
		found = true;
		db_row_ident(rows, 0, &merchant);
		db_row_ident(rows, 1, &id);
		utf8_copy(v->store, sizeof v->store, db_row_text(rows, 2));
	}
	code = db_end(rows);
	if (!code && !found)
		code = fault_set(fault, FAULT_HUB_NO_SUCH, "page", NULL);
	return code ? code : hub_payment_load(v->hub, &merchant, &id, &v->payment, fault);
}

/* The token of this page's form: only the hub can make it. */
static enum fault_code make_csrf(struct visit *v, struct fault *fault)
{
	struct buffer text = BUFFER_INIT(256);
	uint8_t signature[SIGNATURE_SIZE];
	enum fault_code code;

	buffer_printf(&text, "form of pay page %s", v->token);
	code = text.failed ? FAULT_OUT_OF_MEMORY
			   : sign_key_sign(v->hub->options.key, text.data, text.len, signature);
	if (!code)
		base64_format(BASE64_URL, signature, CSRF_BYTES, v->csrf);
	buffer_release(&text);
	return code ? fault_set(fault, code, NULL, NULL) : FAULT_NONE;
}

/* Whether the customer can still begin to pay. */
static bool payable(const struct visit *v)
{
	enum payment_state state = v->payment.attempt.state;

	return (state == PAYMENT_PENDING || state == PAYMENT_UNKNOWN) && v->payment.pay_token[0] &&
	       v->hub->wallet_url[0] && v->payment.attempt.expires_ms > hub_now(v->hub).utc_ms;
}

/* ---- writing ---- */

static enum fault_code put_wallets(const struct visit *v, struct page_piece *ret, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	for (int i = 0; i < WALLETS && !code; i++) {
		const struct page_value values[] = {
			{ "word", wallets[i].word, NULL }, { "label", _(wallets[i].label), NULL },
		};

		if (v->wallet < 0 || v->wallet == i)
			code = page_render(page_pay_wallet_html, values, 2, ret, fault);
	}
	return code;
}

static enum fault_code put_form(struct visit *v, struct page_piece *ret, struct fault *fault)
{
	int64_t left_s = (v->payment.attempt.expires_ms - hub_now(v->hub).utc_ms) / 1000;
	struct page_piece buttons;
	char left[64];
	enum fault_code code;

	page_piece_init(&buttons);
	/* TRANSLATORS: minutes and seconds that are left to pay */
	snprintf(left, sizeof left, _("Time left: %d:%02d"), (int)(left_s / 60), (int)(left_s % 60));
	code = put_wallets(v, &buttons, fault);
	if (!code) {
		const struct page_value values[] = {
			{ "left", left, NULL }, { "token", v->token, NULL }, { "csrf", v->csrf, NULL },
			{ "mode", _("Practice: no money moves."), NULL }, { "wallets", NULL, &buttons },
		};

		code = page_render(page_pay_form_html, values, 5, ret, fault);
	}
	page_piece_release(&buttons);
	return code;
}

static enum fault_code put_refresh(struct visit *v, struct page_piece *ret, struct fault *fault)
{
	int again_s = states[v->payment.attempt.state].again_s;
	char seconds[8];
	const struct page_value value = { "seconds", seconds, NULL };

	snprintf(seconds, sizeof seconds, "%d", again_s);
	return again_s ? page_render(page_pay_refresh_html, &value, 1, ret, fault) : FAULT_NONE;
}

static enum fault_code put_page(struct visit *v, const struct page_piece *refresh,
				const struct page_piece *form, struct page_piece *ret, struct fault *fault)
{
	const struct payment_attempt *a = &v->payment.attempt;
	char style[16];
	money_text amount;

	money_format(a->amount, amount);
	utf8_copy(style, sizeof style, states[a->state].style);
	const struct page_value values[] = {
		/* TRANSLATORS: the language of your translation, as in HTML: zh-CN */
		{ "lang", _("en"), NULL }, { "title", _("Payment"), NULL }, { "store", v->store, NULL },
		{ "sign", currency_sign(a->amount.currency), NULL }, { "amount", amount, NULL },
		{ "state", _(states[a->state].sentence), NULL }, { "style", style, NULL },
		{ "refresh", NULL, refresh }, { "form", NULL, form },
	};

	return page_render(page_pay_html, values, sizeof values / sizeof values[0], ret, fault);
}

static enum fault_code show(struct visit *v, struct fault *fault)
{
	struct page_piece refresh, form, page;
	enum fault_code code;

	page_piece_init(&refresh);
	page_piece_init(&form);
	page_piece_init(&page);
	code = put_refresh(v, &refresh, fault);
	if (!code && payable(v))
		code = put_form(v, &form, fault);
	if (!code)
		code = put_page(v, &refresh, &form, &page, fault);
	if (!code) {
		v->reply->status = 200;
		buffer_add(&v->reply->body, buffer_text(&page.markup), page.markup.len);
	}
	page_piece_release(&refresh);
	page_piece_release(&form);
	page_piece_release(&page);
	return code;
}

/* A page that says no more than why there is none. */
static void refuse(struct hub_reply *reply, int status, const char *sentence)
{
	const struct page_value values[] = {
		{ "lang", _("en"), NULL }, { "title", _("Payment"), NULL }, { "state", sentence, NULL },
	};
	struct page_piece page;

	page_piece_init(&page);
	reply->status = status;
	if (!page_render(page_none_html, values, 3, &page, NULL))
		buffer_add(&reply->body, buffer_text(&page.markup), page.markup.len);
	page_piece_release(&page);
}

/* Sends the customer to the wallet chosen, or back to the page when it is too
 * late. */
static void press(struct visit *v)
{
	char sent[FIELD_MAX], word[FIELD_MAX];
	const char *wallet = NULL;

	if (v->request->n_body > BODY_MAX_BYTES ||
	    !form_field(v->request, "csrf", sent, sizeof sent) || strlen(sent) != CSRF_LETTERS ||
	    !digest_equal((const uint8_t *)sent, (const uint8_t *)v->csrf, CSRF_LETTERS) ||
	    !form_field(v->request, "wallet", word, sizeof word)) {
		refuse(v->reply, 403, _("This form is not one of this page. Scan the code again."));
		return;
	}
	for (int i = 0; i < WALLETS; i++)
		if (strcmp(wallets[i].word, word) == 0)
			wallet = wallets[i].word;
	v->reply->status = 303;
	if (wallet && payable(v))
		snprintf(v->reply->location, sizeof v->reply->location, "%s/w/%s?wallet=%s",
			 v->hub->wallet_url, v->payment.pay_token, wallet);
	else
		snprintf(v->reply->location, sizeof v->reply->location, "/p/%s", v->token);
}

static void visit(struct visit *v)
{
	struct fault fault = { .code = FAULT_NONE };
	enum fault_code code = find_payment(v, &fault);

	if (!code)
		code = make_csrf(v, &fault);
	if (!code && strcmp(v->request->method, "POST") == 0)
		press(v);
	else if (!code && strcmp(v->request->method, "GET") == 0)
		code = show(v, &fault);
	else if (!code)
		refuse(v->reply, 405, _("This page can be read and pressed, nothing else."));
	if (code == FAULT_HUB_NO_SUCH)
		refuse(v->reply, 404, _("There is no such payment. Scan the code again."));
	else if (code)
		refuse(v->reply, 500, _("The page could not be made. Please ask at the counter."));
}

/* Browsers hold the answer of a form to form-action too: the wallet's is named. */
static void set_policy(const struct hub *hub, struct hub_reply *reply)
{
	static const char before[] = "form-action 'self'";
	const char *at = strstr(PAGE_POLICY, before);
	size_t n = (size_t)(at - PAGE_POLICY) + sizeof before - 1;

	snprintf(reply->policy, sizeof reply->policy, "%.*s%s%s%s", (int)n, PAGE_POLICY,
		 hub->wallet_url[0] ? " " : "", hub->wallet_url, PAGE_POLICY + n);
}

void hub_pay_page(struct hub *hub, const struct hub_request *request, struct hub_reply *reply)
{
	struct visit v = { .hub = hub, .request = request, .reply = reply };

	set_policy(hub, reply);
	reply->type = "text/html; charset=utf-8";
	if (strcmp(request->path, "/p/style.css") == 0) {
		reply->status = 200;
		reply->type = "text/css; charset=utf-8";
		buffer_add_text(&reply->body, page_style_css);
		return;
	}
	utf8_copy(v.token, sizeof v.token, request->path + strlen("/p/"));
	v.wallet = wallet_of_agent(request->user_agent);
	visit(&v);
	hub_payment_release(&v.payment);
}
