/* The page behind a QR: what the customer's phone would show, with a button
 * for each simulated customer. Whoever has the token may press them. */
#include <libintl.h>
#include <string.h>

#include "base/base64.h"
#include "base/mark.h"
#include "base/utf8.h"
#include "page/page.h"
#include "sandbox/sandbox_own.h"

#include "sandbox/sandbox_pages.inc"

#define _(text) gettext(text)

enum { CSRF_BYTES = 16 };

/* A line for each state. */
static const struct {
	const char *sentence;
	const char *name;  /* of the style */
} states[PAY_STATES] = {
	[PAY_NOTPAY] = { N_("Waiting for you to pay."), "waiting" },
	[PAY_USERPAYING] = { N_("Paying…"), "paying" },
	[PAY_SUCCESS] = { N_("Paid. You may close this page."), "paid" },
	[PAY_CLOSED] = { N_("This payment is closed. Nothing was taken."), "closed" },
	[PAY_REVOKED] = { N_("This payment was taken back."), "closed" },
	[PAY_PAYERROR] = { N_("This payment failed. Nothing was taken."), "closed" },
	[PAY_REFUND] = { N_("Paid, and given back in part or whole."), "closed" },
};

static void add_header(struct sandbox_reply *r, const char *name, const char *value)
{
	struct sandbox_header *h = &r->headers[r->n_headers++];

	h->name = name;
	utf8_copy(h->value, sizeof h->value, value);
}

/* The token of a form: only this provider can make it. */
static enum fault_code csrf_token(struct sandbox *s, const char *token, char out[TOKEN_LETTERS + 1],
				  struct fault *fault)
{
	struct buffer text = BUFFER_INIT(256);
	uint8_t signature[SIGNATURE_SIZE];
	enum fault_code code;

	buffer_printf(&text, "form of wallet page %s", token);
	code = text.failed ? FAULT_OUT_OF_MEMORY
			   : sign_key_sign(s->options.key, text.data, text.len, signature);
	if (!code)
		base64_format(BASE64_URL, signature, CSRF_BYTES, out);
	buffer_release(&text);
	return code ? fault_set(fault, code, NULL, NULL) : FAULT_NONE;
}

static enum fault_code put_wallets(const char *chosen, struct page_piece *ret, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	for (size_t i = 0; customer_wallets[i].word && !code; i++) {
		const struct page_value values[] = {
			{ "word", customer_wallets[i].word, NULL },
			{ "label", _(customer_wallets[i].label), NULL },
		};
		bool on = strcmp(chosen, customer_wallets[i].word) == 0;

		code = page_render(on ? page_wallet_on_html : page_wallet_off_html, values, 2, ret, fault);
	}
	return code;
}

static enum fault_code put_customers(struct page_piece *ret, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	for (int i = 0; i < CUSTOMERS && !code; i++) {
		const struct page_value values[] = {
			{ "digits", customer_of(i)->digits, NULL },
			{ "button", _(customer_of(i)->button), NULL },
			{ "help", _(customer_of(i)->help), NULL },
		};

		code = page_render(page_customer_html, values, 3, ret, fault);
	}
	return code;
}

static enum fault_code put_form(struct call *call, const struct payment *p, const char *wallet,
				struct page_piece *ret, struct fault *fault)
{
	struct page_piece wallets, customers;
	char csrf[TOKEN_LETTERS + 1] = "";
	enum fault_code code = csrf_token(call->sandbox, p->token, csrf, fault);

	page_piece_init(&wallets);
	page_piece_init(&customers);
	if (!code)
		code = put_wallets(wallet, &wallets, fault);
	if (!code)
		code = put_customers(&customers, fault);
	if (!code) {
		const struct page_value values[] = {
			{ "token", p->token, NULL }, { "csrf", csrf, NULL },
			{ "choose", _("Pay with"), NULL },
			{ "wallets", NULL, &wallets }, { "customers", NULL, &customers },
		};

		code = page_render(page_form_html, values, 5, ret, fault);
	}
	page_piece_release(&wallets);
	page_piece_release(&customers);
	return code;
}

static enum fault_code merchant_name(struct sandbox *s, const char *merchant, char *out, size_t size,
				     struct fault *fault)
{
	struct db_rows *rows;
	enum fault_code code = db_query(s->db, "SELECT name FROM merchant WHERE number = ?1",
					DB_VALUES(db_text(merchant)), &rows, fault);

	if (code)
		return code;
	utf8_copy(out, size, db_next(rows) ? db_row_text(rows, 0) : "");
	return db_end(rows);
}

static enum fault_code render(struct call *call, const struct payment *p, const struct page_piece *refresh,
			      const struct page_piece *form, struct page_piece *ret, struct fault *fault)
{
	char name[SANDBOX_NAME_MAX + 1] = "", style[16];
	money_text amount;
	enum fault_code code = merchant_name(call->sandbox, p->merchant, name, sizeof name, fault);

	if (code)
		return code;
	money_format(p->amount, amount);
	utf8_copy(style, sizeof style, states[p->state].name);
	const struct page_value values[] = {
		/* TRANSLATORS: the language of your translation, as in HTML: zh-CN */
		{ "lang", _("en"), NULL },
		{ "title", _("Practice wallet"), NULL },
		{ "mode", _("Practice wallet: no money moves."), NULL },
		{ "merchant", name, NULL }, { "sign", currency_sign(p->amount.currency), NULL },
		{ "amount", amount, NULL }, { "state", _(states[p->state].sentence), NULL },
		{ "style", style, NULL }, { "refresh", NULL, refresh }, { "form", NULL, form },
	};

	return page_render(page_wallet_html, values, sizeof values / sizeof values[0], ret, fault);
}

static enum fault_code show(struct call *call, const struct payment *p, struct fault *fault)
{
	struct page_piece refresh, form, page;
	char wallet[WALLET_MAX + 1] = "";
	enum fault_code code = FAULT_NONE;

	page_piece_init(&refresh);
	page_piece_init(&form);
	page_piece_init(&page);
	if (!form_field(call->request->query, strlen(call->request->query), "wallet", wallet, sizeof wallet))
		utf8_copy(wallet, sizeof wallet, customer_wallets[0].word);
	if (p->state == PAY_USERPAYING)
		code = page_render(page_refresh_html, NULL, 0, &refresh, fault);
	if (!code && p->state == PAY_NOTPAY)
		code = put_form(call, p, wallet, &form, fault);
	if (!code)
		code = render(call, p, &refresh, &form, &page, fault);
	if (!code)
		buffer_add(&call->reply->body, buffer_text(&page.markup), page.markup.len);
	page_piece_release(&refresh);
	page_piece_release(&form);
	page_piece_release(&page);
	return code;
}

static enum fault_code refuse(struct call *call, int status, const char *sentence)
{
	call->reply->status = status;
	call->reply->type = "text/plain; charset=utf-8";
	buffer_add_text(&call->reply->body, sentence);
	buffer_add_byte(&call->reply->body, '\n');
	return FAULT_NONE;
}

/* The customer and wallet of a form; false when it is not one of ours. */
static bool read_form(const struct call *call, const char *csrf, int *ret_customer, const char **ret_wallet)
{
	const struct sandbox_request *r = call->request;
	char sent[TOKEN_LETTERS + 1], digits[4], wallet[WALLET_MAX + 1];

	*ret_customer = NO_CUSTOMER;
	*ret_wallet = NULL;
	if (!form_field(r->body, r->n_body, "csrf", sent, sizeof sent) || strlen(sent) != TOKEN_LETTERS ||
	    !digest_equal((const uint8_t *)sent, (const uint8_t *)csrf, TOKEN_LETTERS) ||
	    !form_field(r->body, r->n_body, "customer", digits, sizeof digits) ||
	    !form_field(r->body, r->n_body, "wallet", wallet, sizeof wallet))
		return false;
	for (int i = 0; i < CUSTOMERS; i++)
		if (strcmp(customer_of(i)->digits, digits) == 0)
			*ret_customer = i;
	for (size_t i = 0; customer_wallets[i].word; i++)
		if (strcmp(customer_wallets[i].word, wallet) == 0)
			*ret_wallet = customer_wallets[i].word;
	return *ret_customer != NO_CUSTOMER && *ret_wallet;
}

static enum fault_code press(struct call *call, struct payment *p, struct fault *fault)
{
	struct sandbox *s = call->sandbox;
	char csrf[TOKEN_LETTERS + 1] = "", location[8 + TOKEN_LETTERS];
	const char *wallet;
	int customer;
	enum fault_code code = csrf_token(s, p->token, csrf, fault);

	if (code)
		return code;
	if (!read_form(call, csrf, &customer, &wallet))
		return refuse(call, 403, _("This form is not one of this page. Load the page again."));
	if (p->state == PAY_NOTPAY) {
		code = fate_meet(s, p, customer, wallet, fault);
		if (!code)
			code = payment_save(s, p, fault);
	}
	if (code)
		return code;
	/* Loaded again, the page asks for nothing. */
	utf8_copy(location, sizeof location, "/w/");
	utf8_copy(location + 3, sizeof location - 3, p->token);
	add_header(call->reply, "Location", location);
	call->reply->status = 303;
	return FAULT_NONE;
}

enum fault_code wallet_page(struct call *call, struct fault *fault)
{
	const struct sandbox_request *r = call->request;
	const char *token = r->path + strlen("/w/");
	bool get = strcmp(r->method, "GET") == 0, found = false;
	struct payment p;
	enum fault_code code;

	call->reply->status = 200;
	call->reply->type = "text/html; charset=utf-8";
	add_header(call->reply, "Content-Security-Policy", PAGE_POLICY);
	add_header(call->reply, "X-Content-Type-Options", "nosniff");
	add_header(call->reply, "Referrer-Policy", "no-referrer");
	add_header(call->reply, "Cache-Control", "no-store");
	if (get && strcmp(token, "style.css") == 0) {
		call->reply->type = "text/css; charset=utf-8";
		buffer_add_text(&call->reply->body, page_style_css);
		return FAULT_NONE;
	}
	if (!get && strcmp(r->method, "POST") != 0)
		return refuse(call, 405, _("This page can be read and pressed, nothing else."));
	if (strlen(token) != TOKEN_LETTERS || r->n_body > SANDBOX_BODY_MAX)
		return refuse(call, 404, _("There is no such page. Scan the code again."));
	code = payment_find_token(call->sandbox, token, &p, &found, fault);
	if (code)
		return code;
	if (!found || p.by_code || p.amount.minor == 0)
		return refuse(call, 404, _("There is no such page. Scan the code again."));
	return get ? show(call, &p, fault) : press(call, &p, fault);
}
