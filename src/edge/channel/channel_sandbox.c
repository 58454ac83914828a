/* The practice provider guitai-sandbox, which is spoken to as the real ones
 * are: JSON over HTTPS, every request, reply and notice signed with Ed25519.
 *
 * Its replies are signed without saying to which request. So nothing is taken
 * from one that does not name our merchant and the payment's number itself: an
 * old reply, replayed, is about another payment. That goes for refusals too: a
 * refusal that names no payment (a bad signature, a wrong clock) is unknown,
 * for the same request may have arrived before, sound. */
#include "channel/channel.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/instant.h"
#include "base/utf8.h"
#include "json/json.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

extern const struct channel_driver channel_driver_sandbox;

/* States of a payment. REFUND says no more than that somebody gave some of it
 * back: not a word on which this payment could end. */
static const struct payment_reply states[] = {
	{ "SUCCESS", PAYMENT_EVENT_ANSWER_PAID },
	{ "NOTPAY", PAYMENT_EVENT_ANSWER_PENDING },
	{ "USERPAYING", PAYMENT_EVENT_ANSWER_PENDING },
	{ "CLOSED", PAYMENT_EVENT_REVERSED },
	{ "REVOKED", PAYMENT_EVENT_REVERSED },
	{ "PAYERROR", PAYMENT_EVENT_ANSWER_FAILED },
};

/* Refusals of a pay request that are definite. */
static const struct payment_reply pay_refusals[] = {
	{ "AUTHCODE_EXPIRED", PAYMENT_EVENT_ANSWER_FAILED },
	{ "AUTHCODE_INVALID", PAYMENT_EVENT_ANSWER_FAILED },
	{ "NOT_ENOUGH", PAYMENT_EVENT_ANSWER_FAILED },
	{ "ORDER_CLOSED", PAYMENT_EVENT_ANSWER_FAILED },
	{ "OUT_NO_USED", PAYMENT_EVENT_ANSWER_FAILED },
	{ "PAY_EXPIRED", PAYMENT_EVENT_ANSWER_FAILED },
	{ "PARAM_ERROR", PAYMENT_EVENT_ANSWER_FAILED },
};

static const struct payment_reply reversal_refusals[] = {
	{ "CLOSE_NOT_ALLOWED", PAYMENT_EVENT_REVERSE_REFUSED },
	{ "REVERSE_EXPIRED", PAYMENT_EVENT_REVERSE_REFUSED },
	{ "REVERSE_TOO_EARLY", PAYMENT_EVENT_REVERSE_AGAIN },
};

static const struct refund_word {
	const char *word;
	enum channel_refund refund;
} refund_states[] = {
	{ "SUCCESS", CHANNEL_REFUND_DONE },
	{ "PROCESSING", CHANNEL_REFUND_PENDING },
	{ "CLOSED", CHANNEL_REFUND_REFUSED },
}, refund_refusals[] = {
	{ "REFUND_TOO_MUCH", CHANNEL_REFUND_REFUSED },
	{ "REFUND_NO_USED", CHANNEL_REFUND_REFUSED },
	{ "ORDER_NOT_PAID", CHANNEL_REFUND_REFUSED },
	{ "PARAM_ERROR", CHANNEL_REFUND_REFUSED },
};

/* ---- requests ---------------------------------------------------------------- */

static const struct endpoint {
	const char *method;
	const char *before, *behind;  /* the path, around a number */
	bool of_refund;               /* the number is the refund's */
} endpoints[CHANNEL_ASKS] = {
	[CHANNEL_PAY_CODE] = { "POST", "/v1/payments/code", NULL, false },
	[CHANNEL_PAY_QR] = { "POST", "/v1/payments/qr", NULL, false },
	[CHANNEL_QUERY] = { "GET", "/v1/payments/", "", false },
	[CHANNEL_CLOSE] = { "POST", "/v1/payments/", "/close", false },
	[CHANNEL_REVERSE] = { "POST", "/v1/payments/", "/reverse", false },
	[CHANNEL_REFUND] = { "POST", "/v1/refunds", NULL, false },
	[CHANNEL_REFUND_QUERY] = { "GET", "/v1/refunds/", "", true },
};

static bool is_number(const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (n == 0 || n > PAYMENT_NUMBER_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'A' && text[i] <= 'Z') ||
		      (text[i] >= 'a' && text[i] <= 'z')))
			return false;
	return true;
}

static bool is_code(const char *text)
{
	size_t n = text ? strlen(text) : 0;

	for (size_t i = 0; i < n; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	return n > 0 && n <= 128;
}

static enum fault_code refuse(struct fault *fault, const char *what, const char *value)
{
	return fault_set(fault, FAULT_CHANNEL_REQUEST, what, value ? value : "");
}

static enum fault_code check(const struct channel_question *q, struct fault *fault)
{
	bool refund = q->ask == CHANNEL_REFUND || q->ask == CHANNEL_REFUND_QUERY;
	money_text text;

	if (!is_number(q->number))
		return refuse(fault, "number", q->number);
	if (refund && !is_number(q->refund_number))
		return refuse(fault, "refund number", q->refund_number);
	money_format(refund ? q->refund_amount : q->amount, text);
	if ((refund ? q->refund_amount : q->amount).minor <= 0 || q->amount.minor <= 0)
		return refuse(fault, "amount", text);
	/* The code is never repeated: a fault is shown and logged. */
	if (q->ask == CHANNEL_PAY_CODE && !is_code(q->code))
		return refuse(fault, "payment code", "malformed");
	return FAULT_NONE;
}

static void put_time(struct json_writer *w, const char *name, int64_t ms)
{
	instant_text text;

	instant_format_rfc3339((struct instant){ ms, 0 }, text);
	json_put_text(w, name, text);
}

static void put_pay(struct json_writer *w, const struct channel_account *account,
		    const struct channel_question *q)
{
	json_put_number(w, "amount", q->amount.minor);
	json_put_text(w, "currency", currency_letters(q->amount.currency));
	if (q->ask == CHANNEL_PAY_CODE)
		json_put_text(w, "auth_code", q->code);
	put_time(w, "expires_at", q->expires_ms);
	if (account->notify_url && account->notify_url[0])
		json_put_text(w, "notify_url", account->notify_url);
}

static void put_refund(struct json_writer *w, const struct channel_question *q)
{
	json_put_text(w, "refund_no", q->refund_number);
	json_put_number(w, "amount", q->refund_amount.minor);
	json_put_text(w, "currency", currency_letters(q->refund_amount.currency));
	if (q->channel_no && q->channel_no[0])
		json_put_text(w, "channel_no", q->channel_no);
}

static void put_body(struct buffer *out, const struct channel_account *account,
		     const struct channel_question *q)
{
	struct json_writer w;

	json_writer_init(&w, out);
	json_put_object(&w, NULL);
	if (!endpoints[q->ask].behind) {
		json_put_text(&w, "out_no", q->number);
		if (q->ask == CHANNEL_REFUND)
			put_refund(&w, q);
		else
			put_pay(&w, account, q);
	}
	json_close(&w);
}

static void add_header(struct channel_request *r, const char *name, const char *value)
{
	struct channel_header *h = &r->headers[r->n_headers++];

	utf8_copy(h->name, sizeof h->name, name);
	utf8_copy(h->value, sizeof h->value, value);
}

static enum fault_code sign(const struct channel_account *account, const struct channel_question *q,
			    struct channel_request *r)
{
	struct buffer text = BUFFER_INIT(CHANNEL_BODY_MAX + 1024);
	uint8_t signature[SIGNATURE_SIZE];
	char nonce[BASE64_SIZE(CHANNEL_NONCE_SIZE)], letters[BASE64_SIZE(SIGNATURE_SIZE)];
	char timestamp[24];
	enum fault_code code = FAULT_OUT_OF_MEMORY;

	snprintf(timestamp, sizeof timestamp, "%" PRId64, q->now_ms / 1000);
	base64_format(BASE64_URL, q->nonce, sizeof q->nonce, nonce);
	buffer_printf(&text, "%s\n%s\n%s\n%s\n", r->method, r->path, timestamp, nonce);
	buffer_add(&text, buffer_text(&r->body), r->body.len);
	buffer_add_byte(&text, '\n');
	if (!text.failed)
		code = sign_key_sign(account->key, text.data, text.len, signature);
	if (!code) {
		base64_format(BASE64_STANDARD, signature, sizeof signature, letters);
		add_header(r, "Sandbox-Merchant", account->merchant);
		add_header(r, "Sandbox-Timestamp", timestamp);
		add_header(r, "Sandbox-Nonce", nonce);
		add_header(r, "Sandbox-Signature", letters);
	}
	if (text.data)
		secret_wipe(text.data, text.cap);
	buffer_release(&text);
	return code;
}

static enum fault_code build(const struct channel_account *account, const struct channel_question *q,
			     struct channel_request *ret, struct fault *fault)
{
	const struct endpoint *e = &endpoints[q->ask];
	enum fault_code code;

	memset(ret, 0, sizeof *ret);
	buffer_init(&ret->body, CHANNEL_BODY_MAX);
	code = check(q, fault);
	if (code)
		return code;
	ret->method = e->method;
	snprintf(ret->path, sizeof ret->path, "%s%s%s", e->before,
		 e->behind ? e->of_refund ? q->refund_number : q->number : "", e->behind ? e->behind : "");
	if (strcmp(e->method, "POST") == 0)
		put_body(&ret->body, account, q);
	code = ret->body.failed ? FAULT_OUT_OF_MEMORY : sign(account, q, ret);
	return code ? fault_set(fault, code, NULL, NULL) : FAULT_NONE;
}

/* ---- what has come, and whether it is the provider's --------------------------- */

/* Seconds since 1970; false for anything but 1 to 12 digits. */
static bool read_seconds(const char *text, int64_t *ret_s)
{
	size_t n = strspn(text, "0123456789");

	if (n == 0 || n > 12 || text[n])
		return false;
	*ret_s = strtoll(text, NULL, 10);
	return true;
}

static bool signed_by(const struct channel_account *account, const struct channel_message *m,
		      const char *timestamp, const char *nonce, const char *letters)
{
	struct buffer text = BUFFER_INIT(CHANNEL_BODY_MAX + 1024);
	uint8_t signature[SIGNATURE_SIZE];
	size_t n = 0;
	bool fits = base64_parse(BASE64_STANDARD, letters, strlen(letters), signature, sizeof signature, &n) &&
		    n == sizeof signature;

	buffer_printf(&text, "%s\n%s\n", timestamp, nonce);
	buffer_add(&text, m->body ? m->body : "", m->n_body);
	buffer_add_byte(&text, '\n');
	fits = fits && !text.failed &&
	       signature_verify(account->provider_key, text.data, text.len, signature);
	buffer_release(&text);
	return fits;
}

/* NULL when the message is the provider's, for us and fresh, else the doubt. */
static const char *doubt_of(const struct channel_account *account, const struct channel_message *m)
{
	char merchant[64], timestamp[24], nonce[80], letters[BASE64_SIZE(SIGNATURE_SIZE)];
	int64_t at_s, off_s;

	if (m->n_body > CHANNEL_BODY_MAX)
		return "TOO_LONG";
	if (!m->header(m->ctx, "Sandbox-Merchant", merchant, sizeof merchant) ||
	    !m->header(m->ctx, "Sandbox-Timestamp", timestamp, sizeof timestamp) ||
	    !m->header(m->ctx, "Sandbox-Nonce", nonce, sizeof nonce) || !nonce[0] ||
	    !m->header(m->ctx, "Sandbox-Signature", letters, sizeof letters))
		return "UNSIGNED";
	if (!signed_by(account, m, timestamp, nonce, letters))
		return "BAD_SIGNATURE";
	if (strcmp(merchant, account->merchant) != 0)
		return "OTHER_MERCHANT";
	if (!read_seconds(timestamp, &at_s))
		return "STALE";
	off_s = m->now_ms / 1000 - at_s;
	return off_s >= CHANNEL_CLOCK_S || off_s <= -CHANNEL_CLOCK_S ? "STALE" : NULL;
}

/* ---- replies ------------------------------------------------------------------ */

struct payment_words {
	char merchant[PAYMENT_MERCHANT_MAX + 1], out_no[PAYMENT_NUMBER_MAX + 1];
	char state[17], currency[4], wallet[CHANNEL_WALLET_MAX + 1];
	char channel_no[PAYMENT_CHANNEL_NO_MAX + 1], paid_at[40], pay_token[CHANNEL_TOKEN_MAX + 1];
	char kind[9], expires_at[40];
	int64_t amount;
};

static const struct json_field payment_fields[] = {
	JSON_ROW(struct payment_words, merchant, TEXT, NEEDED),
	JSON_ROW(struct payment_words, out_no, TEXT, NEEDED),
	JSON_ROW(struct payment_words, state, TEXT, NEEDED),
	JSON_ROW(struct payment_words, amount, NUMBER, NEEDED),
	JSON_ROW(struct payment_words, currency, TEXT, NEEDED),
	JSON_ROW(struct payment_words, wallet, TEXT, OPTIONAL),
	JSON_ROW(struct payment_words, channel_no, TEXT, OPTIONAL),
	JSON_ROW(struct payment_words, paid_at, TEXT, OPTIONAL),
	JSON_ROW(struct payment_words, pay_token, TEXT, OPTIONAL),
	JSON_ROW(struct payment_words, kind, TEXT, OPTIONAL),
	JSON_ROW(struct payment_words, expires_at, TEXT, OPTIONAL),
};

struct action_words {
	char merchant[PAYMENT_MERCHANT_MAX + 1], out_no[PAYMENT_NUMBER_MAX + 1];
	char code[PAYMENT_DETAIL_MAX + 1], state[17], result[17], recall[2];
};

static const struct json_field refusal_fields[] = {
	JSON_ROW(struct action_words, merchant, TEXT, NEEDED),
	JSON_ROW(struct action_words, out_no, TEXT, NEEDED),
	JSON_ROW(struct action_words, code, TEXT, NEEDED),
};

static const struct json_field reversal_fields[] = {
	JSON_ROW(struct action_words, merchant, TEXT, NEEDED),
	JSON_ROW(struct action_words, out_no, TEXT, NEEDED),
	JSON_ROW(struct action_words, state, TEXT, NEEDED),
	JSON_ROW(struct action_words, result, TEXT, NEEDED),
	JSON_ROW(struct action_words, recall, TEXT, NEEDED),
};

struct refund_words {
	char merchant[PAYMENT_MERCHANT_MAX + 1], out_no[PAYMENT_NUMBER_MAX + 1];
	char refund_no[PAYMENT_NUMBER_MAX + 1], state[17], currency[4];
	int64_t amount;
};

static const struct json_field refund_fields[] = {
	JSON_ROW(struct refund_words, merchant, TEXT, NEEDED),
	JSON_ROW(struct refund_words, out_no, TEXT, NEEDED),
	JSON_ROW(struct refund_words, refund_no, TEXT, NEEDED),
	JSON_ROW(struct refund_words, state, TEXT, NEEDED),
	JSON_ROW(struct refund_words, amount, NUMBER, NEEDED),
	JSON_ROW(struct refund_words, currency, TEXT, NEEDED),
};

/* Says nothing but that it is unknown, and why. */
static void doubt(struct channel_answer *ret, enum channel_ask ask, const char *why)
{
	memset(ret, 0, sizeof *ret);
	ret->says = channel_unknown(ask);
	utf8_copy_plain(ret->detail, sizeof ret->detail, why);
}

static bool is_amount(struct money amount, int64_t minor, const char *currency)
{
	return amount.minor == minor && strcmp(currency_letters(amount.currency), currency) == 0;
}

/* Closed by nobody but the clock. */
static bool has_expired(const struct payment_words *p, int64_t now_ms)
{
	struct instant expires;

	return strcmp(p->state, "CLOSED") == 0 && strcmp(p->kind, "qr") == 0 &&
	       instant_parse_rfc3339(p->expires_at, &expires) && expires.utc_ms <= now_ms;
}

/* What a payment that is ours says. Without a number and a time nothing is
 * proof that it was paid. */
static void take_payment(const struct payment_words *p, int64_t now_ms, struct channel_answer *ret)
{
	struct instant paid = { 0, 0 };
	enum payment_channel wallet;

	memset(ret, 0, sizeof *ret);
	ret->says = payment_classify(states, COUNT(states), p->state, PAYMENT_EVENT_ANSWER_UNKNOWN);
	utf8_copy_plain(ret->detail, sizeof ret->detail, p->state);
	if (has_expired(p, now_ms))
		ret->says = PAYMENT_EVENT_EXPIRED;
	if (ret->says == PAYMENT_EVENT_ANSWER_PAID &&
	    (!p->channel_no[0] || !instant_parse_rfc3339(p->paid_at, &paid))) {
		doubt(ret, CHANNEL_QUERY, "NO_PROOF");
		return;
	}
	if (payment_channel_parse(p->wallet, &wallet))
		utf8_copy(ret->wallet, sizeof ret->wallet, p->wallet);
	utf8_copy_plain(ret->channel_no, sizeof ret->channel_no, p->channel_no);
	utf8_copy_plain(ret->pay_token, sizeof ret->pay_token, p->pay_token);
	if (ret->says != PAYMENT_EVENT_ANSWER_PAID)
		return;
	ret->amount.minor = p->amount;
	currency_parse(p->currency, &ret->amount.currency);
	ret->paid_ms = paid.utc_ms;
}

/* The payment in `object`, when it is the one that was asked about. */
static void read_payment(const struct channel_account *account, const struct channel_question *q,
			 const struct json_value *object, struct channel_answer *ret)
{
	struct payment_words p = { .amount = 0 };

	if (!object || json_get_members(object, payment_fields, COUNT(payment_fields), CURRENCY_NONE, &p, NULL))
		doubt(ret, q->ask, "UNREADABLE");
	else if (strcmp(p.merchant, account->merchant) != 0 || strcmp(p.out_no, q->number) != 0)
		doubt(ret, q->ask, "OTHER_PAYMENT");
	else if (!is_amount(q->amount, p.amount, p.currency))
		doubt(ret, q->ask, "OTHER_AMOUNT");
	else
		take_payment(&p, q->now_ms, ret);
	if (q->ask == CHANNEL_PAY_QR && ret->says == PAYMENT_EVENT_ANSWER_PENDING && !ret->pay_token[0])
		doubt(ret, q->ask, "NO_TOKEN");
}

/* A refusal that names the payment; false, with the doubt in *ret, otherwise. */
static bool read_refusal(const struct channel_account *account, const struct channel_question *q,
			 const struct json_value *body, struct action_words *a, struct channel_answer *ret)
{
	memset(a, 0, sizeof *a);
	if (json_get_members(body, refusal_fields, COUNT(refusal_fields), CURRENCY_NONE, a, NULL)) {
		doubt(ret, q->ask, "UNREADABLE");
		return false;
	}
	doubt(ret, q->ask, a->code);
	return strcmp(a->merchant, account->merchant) == 0 && strcmp(a->out_no, q->number) == 0;
}

static void read_pay(const struct channel_account *account, const struct channel_question *q,
		     int status, const struct json_value *body, struct channel_answer *ret)
{
	struct action_words a;

	if (status == 200)
		read_payment(account, q, body, ret);
	else if (read_refusal(account, q, body, &a, ret))
		ret->says = payment_classify(pay_refusals, COUNT(pay_refusals), a.code, ret->says);
}

/* That the provider does not know the number is no proof that it will not. */
static void read_query(const struct channel_account *account, const struct channel_question *q,
		       int status, const struct json_value *body, struct channel_answer *ret)
{
	struct action_words a;

	if (status == 200)
		read_payment(account, q, body, ret);
	else
		read_refusal(account, q, body, &a, ret);
}

static void read_reversal(const struct channel_account *account, const struct channel_question *q,
			  const struct json_value *body, struct channel_answer *ret)
{
	struct action_words a = { .code = "" };

	doubt(ret, q->ask, "UNREADABLE");
	if (json_get_members(body, reversal_fields, COUNT(reversal_fields), CURRENCY_NONE, &a, NULL))
		return;
	doubt(ret, q->ask, "OTHER_PAYMENT");
	if (strcmp(a.merchant, account->merchant) != 0 || strcmp(a.out_no, q->number) != 0)
		return;
	doubt(ret, q->ask, a.state);
	ret->recall = strcmp(a.recall, "Y") == 0;
	if (ret->recall)
		ret->says = PAYMENT_EVENT_REVERSE_AGAIN;
	else if (strcmp(a.recall, "N") == 0 && strcmp(a.result, "SUCCESS") == 0)
		ret->says = payment_classify(states, COUNT(states), a.state, ret->says) ==
			    PAYMENT_EVENT_REVERSED ? PAYMENT_EVENT_REVERSED : ret->says;
}

/* A payment that cannot be closed because it is paid comes with the refusal. */
static void read_end(const struct channel_account *account, const struct channel_question *q,
		     int status, const struct json_value *body, struct channel_answer *ret)
{
	struct action_words a;

	if (status == 200) {
		read_reversal(account, q, body, ret);
		return;
	}
	if (!read_refusal(account, q, body, &a, ret))
		return;
	if (strcmp(a.code, "ORDER_PAID") != 0) {
		ret->says = payment_classify(reversal_refusals, COUNT(reversal_refusals), a.code, ret->says);
		return;
	}
	read_payment(account, q, json_member(body, "payment"), ret);
	if (ret->says != PAYMENT_EVENT_ANSWER_PAID)
		doubt(ret, q->ask, "ORDER_PAID");
}

static enum channel_refund refund_word(const struct refund_word *words, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].refund;
	return CHANNEL_REFUND_UNKNOWN;
}

static void read_refund(const struct channel_account *account, const struct channel_question *q,
			int status, const struct json_value *body, struct channel_answer *ret)
{
	struct refund_words r = { .amount = 0 };
	struct action_words a;

	if (status != 200) {
		/* Of a query a refusal says nothing about the refund. */
		if (read_refusal(account, q, body, &a, ret) && q->ask == CHANNEL_REFUND)
			ret->refund = refund_word(refund_refusals, COUNT(refund_refusals), a.code);
	} else if (json_get_members(body, refund_fields, COUNT(refund_fields), CURRENCY_NONE, &r, NULL)) {
		doubt(ret, q->ask, "UNREADABLE");
	} else if (strcmp(r.merchant, account->merchant) != 0 || strcmp(r.out_no, q->number) != 0 ||
		   strcmp(r.refund_no, q->refund_number) != 0) {
		doubt(ret, q->ask, "OTHER_PAYMENT");
	} else if (!is_amount(q->refund_amount, r.amount, r.currency)) {
		doubt(ret, q->ask, "OTHER_AMOUNT");
	} else {
		doubt(ret, q->ask, r.state);
		ret->refund = refund_word(refund_states, COUNT(refund_states), r.state);
	}
}

typedef void reader(const struct channel_account *account, const struct channel_question *q,
		    int status, const struct json_value *body, struct channel_answer *ret);

static reader *const readers[CHANNEL_ASKS] = {
	[CHANNEL_PAY_CODE] = read_pay, [CHANNEL_PAY_QR] = read_pay, [CHANNEL_QUERY] = read_query,
	[CHANNEL_CLOSE] = read_end, [CHANNEL_REVERSE] = read_end,
	[CHANNEL_REFUND] = read_refund, [CHANNEL_REFUND_QUERY] = read_refund,
};

static void read_reply(const struct channel_account *account, const struct channel_question *q,
		       const struct channel_message *reply, struct channel_answer *ret)
{
	struct json_value *body = NULL;
	const char *why = NULL;

	if (reply->status == 0)
		why = "NO_ANSWER";
	else if (reply->status != 200 && (reply->status < 400 || reply->status > 499))
		why = "SERVER_ERROR";
	else
		why = doubt_of(account, reply);
	if (!why && json_parse(reply->body ? reply->body : "", reply->n_body, &body, NULL))
		why = "UNREADABLE";
	if (why)
		doubt(ret, q->ask, why);
	else
		readers[q->ask](account, q, reply->status, body, ret);
	json_value_free(body);
}

/* ---- notices ------------------------------------------------------------------ */

struct notice_words {
	char event_id[CHANNEL_EVENT_MAX + 1], kind[17];
};

static const struct json_field notice_fields[] = {
	JSON_ROW(struct notice_words, event_id, TEXT, NEEDED),
	JSON_ROW(struct notice_words, kind, TEXT, NEEDED),
};

static const char *take_notice(const struct channel_account *account, const struct json_value *body,
			       int64_t now_ms, struct channel_notice *ret)
{
	struct notice_words n = { .kind = "" };
	struct payment_words p = { .amount = 0 };
	const struct json_value *payment = json_member(body, "payment");
	enum currency currency;

	if (json_get_members(body, notice_fields, COUNT(notice_fields), CURRENCY_NONE, &n, NULL) ||
	    !n.event_id[0] || strcmp(n.kind, "payment") != 0 || !payment ||
	    json_get_members(payment, payment_fields, COUNT(payment_fields), CURRENCY_NONE, &p, NULL))
		return "UNREADABLE";
	if (strcmp(p.merchant, account->merchant) != 0)
		return "OTHER_MERCHANT";
	if (!is_number(p.out_no) || p.amount <= 0 || !currency_parse(p.currency, &currency))
		return "UNREADABLE";
	memset(ret, 0, sizeof *ret);
	take_payment(&p, now_ms, &ret->answer);
	utf8_copy_plain(ret->id, sizeof ret->id, n.event_id);
	utf8_copy(ret->number, sizeof ret->number, p.out_no);
	return NULL;
}

static enum fault_code read_notice(const struct channel_account *account,
				   const struct channel_message *notice, struct channel_notice *ret,
				   struct fault *fault)
{
	struct json_value *body = NULL;
	const char *why = doubt_of(account, notice);

	if (!why && json_parse(notice->body ? notice->body : "", notice->n_body, &body, NULL))
		why = "UNREADABLE";
	if (!why)
		why = take_notice(account, body, notice->now_ms, ret);
	json_value_free(body);
	return why ? fault_set(fault, FAULT_CHANNEL_NOTICE, why, NULL) : FAULT_NONE;
}

const struct channel_driver channel_driver_sandbox = {
	.channel = PAYMENT_BY_SANDBOX,
	.build = build,
	.read = read_reply,
	.notice = read_notice,
};
