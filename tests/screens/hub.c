/* A hub that a script plays: the till's requests are kept until a line of the
 * script answers them, and what ends a payment is signed as a hub signs it. */
#include "screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "crypt/crypt.h"
#include "wire/wire.h"

enum { BODY_MAX = 16384 };

static bool take_request(void *ctx, const struct agent_request *request)
{
	struct stage *stage = ctx;
	struct stage_request *r;

	if (stage->n_requests == STAGE_REQUESTS)
		return false;
	r = &stage->requests[stage->n_requests++];
	r->tag = request->tag;
	snprintf(r->path, sizeof r->path, "%s", request->path);
	snprintf(r->method, sizeof r->method, "%s", request->method);
	return true;
}

static struct sign_key *hub_key(void)
{
	static const uint8_t seed[SIGN_SEED_SIZE] = { 3, 1, 4, 1, 5 };
	struct sign_key *key = NULL;

	sign_key_from_seed(seed, &key);
	return key;
}

void stage_join_hub(struct stage *stage)
{
	stage->n_requests = 0;
	if (stage->enrolled)
		agent_set_hub(stage->agent, take_request, stage);
}

static bool enrol(struct stage *stage)
{
	struct counter_event ev = { .kind = EVENT_ENROLLED };
	struct sign_key *key = hub_key();
	enum fault_code code;

	if (!key)
		return false;
	memset(&ev.of.enrolled.till, 1, sizeof ev.of.enrolled.till);
	memset(&ev.of.enrolled.merchant, 2, sizeof ev.of.enrolled.merchant);
	utf8_copy(ev.of.enrolled.hub, sizeof ev.of.enrolled.hub, "https://127.0.0.1:1");
	utf8_copy(ev.of.enrolled.store, sizeof ev.of.enrolled.store, "012");
	utf8_copy(ev.of.enrolled.number, sizeof ev.of.enrolled.number, "03");
	memcpy(ev.of.enrolled.hub_key, sign_key_public(key), SIGN_PUBLIC_SIZE);
	ev.of.enrolled.next_order_number = 1;
	code = agent_do(stage->agent, &ev, NULL);
	sign_key_free(key);
	stage->enrolled = code == FAULT_NONE;
	stage_join_hub(stage);
	return stage->enrolled;
}

/* ---- what the hub says ------------------------------------------------------------ */

/* The payment meant: the oldest that is open. */
static const struct counter_payment *oldest_open(const struct stage *stage)
{
	const struct counter *c = agent_counter(stage->agent);

	for (size_t i = 0; i < c->n_payments; i++)
		if (!payment_is_terminal(c->payments[i].attempt.state))
			return &c->payments[i];
	return NULL;
}

static void fill_statement(const struct stage *stage, const struct counter_payment *p,
			   struct wire_statement *s)
{
	struct buffer text = BUFFER_INIT(BODY_MAX);
	uint8_t signature[SIGNATURE_SIZE] = { 0 };
	struct sign_key *key = hub_key();

	s->payment = p->attempt.id;
	s->order = p->attempt.order;
	s->merchant = agent_counter(stage->agent)->merchant;
	s->amount = p->attempt.amount;
	utf8_copy(s->currency, sizeof s->currency, "CNY");
	utf8_copy(s->state, sizeof s->state, "paid");
	utf8_copy(s->channel, sizeof s->channel, "wechat");
	utf8_copy(s->channel_no, sizeof s->channel_no, "4200001234");
	instant_format_rfc3339(agent_now(stage->agent), s->time);
	wire_statement_text(s, &text);
	if (key)
		sign_key_sign(key, text.data, text.len, signature);
	base64_format(BASE64_STANDARD, signature, sizeof signature, s->signature);
	sign_key_free(key);
	buffer_release(&text);
}

static void fill_payment(const struct stage *stage, const struct counter_payment *p, const char *state,
			 const char *words, struct wire_payment_reply *r)
{
	bool paid = strcmp(state, "paid") == 0;
	ident_text order;

	r->id = p->attempt.id;
	ident_format(&p->attempt.order, order);
	utf8_copy(r->order, sizeof r->order, order);
	utf8_copy(r->kind, sizeof r->kind, p->attempt.kind == PAYMENT_QR ? "qr" : "code");
	utf8_copy(r->state, sizeof r->state, state);
	r->version = 1;
	utf8_copy(r->channel, sizeof r->channel, paid ? "wechat" : "");
	utf8_copy(r->currency, sizeof r->currency, "CNY");
	r->amount = p->attempt.amount;
	utf8_copy(r->qr, sizeof r->qr, strncmp(words, "https:", 6) == 0 ? words : "");
	utf8_copy(r->reason, sizeof r->reason, r->qr[0] ? "" : words);
	instant_format_rfc3339((struct instant){ p->attempt.expires_ms, 0 }, r->expires_at);
	if (!paid)
		return;
	r->statements = calloc(1, sizeof *r->statements);
	r->n_statements = r->statements != NULL;
	if (r->statements)
		fill_statement(stage, p, r->statements);
}

static void answer(struct stage *stage, uint64_t tag, int status, const struct buffer *body)
{
	agent_reply(stage->agent, tag, AGENT_ANSWERED, status, buffer_text(body), body->len);
}

static void write_message(enum wire_message message, const void *from, struct buffer *body)
{
	struct json_writer w;

	json_writer_init(&w, body);
	wire_put(&w, NULL, message, from);
}

/* Takes the request for a path off the queue; false when there is none. */
static bool next_request(struct stage *stage, const char *part, struct stage_request *ret)
{
	for (size_t i = 0; i < stage->n_requests; i++) {
		if (!strstr(stage->requests[i].path, part))
			continue;
		*ret = stage->requests[i];
		stage->n_requests--;
		memmove(&stage->requests[i], &stage->requests[i + 1],
			(stage->n_requests - i) * sizeof stage->requests[0]);
		return true;
	}
	return false;
}

/* The order's upload is answered first: only then does the payment come. */
static void take_orders(struct stage *stage)
{
	struct buffer body = BUFFER_INIT(BODY_MAX);
	struct stage_request r;

	for (size_t i = 0; i < stage->n_requests; i++) {
		if (strcmp(stage->requests[i].path, "/v1/orders") != 0)
			continue;
		next_request(stage, "/v1/orders", &r);
		buffer_printf(&body, "{}");
		answer(stage, r.tag, 201, &body);
		buffer_reset(&body);
		i = (size_t)-1;
	}
	buffer_release(&body);
}

/* To a request about payments, else as an event. */
static void tell(struct stage *stage, struct wire_payment_reply *payment)
{
	struct buffer body = BUFFER_INIT(BODY_MAX);
	struct wire_event event = { .n = ++stage->events, .kind = "payment", .payments = payment, .n_payments = 1 };
	struct wire_events_reply events = { .last = stage->events, .events = &event, .n_events = 1 };
	struct stage_request r;

	if (next_request(stage, "/payments", &r)) {
		write_message(WIRE_payment_reply, payment, &body);
		answer(stage, r.tag, strcmp(r.method, "GET") == 0 ? 200 : 201, &body);
	} else {
		agent_hub_work(stage->agent);
		instant_format_rfc3339(agent_now(stage->agent), event.at);
		write_message(WIRE_events_reply, &events, &body);
		if (next_request(stage, "/v1/events", &r))
			answer(stage, r.tag, 200, &body);
	}
	buffer_release(&body);
}

bool stage_hub(struct stage *stage, const char *words)
{
	struct wire_payment_reply payment = { .version = 0 };
	const struct counter_payment *p;
	char state[32];
	size_t n = strcspn(words, " ");

	snprintf(state, sizeof state, "%.*s", (int)n, words);
	words += n + (words[n] == ' ');
	if (strcmp(state, "enrol") == 0)
		return enrol(stage);
	if (strcmp(state, "away") == 0) {
		for (struct stage_request r; next_request(stage, "/", &r);)
			agent_reply(stage->agent, r.tag, AGENT_NOT_SENT, 0, "", 0);
		return true;
	}
	take_orders(stage);
	p = oldest_open(stage);
	if (!p)
		return false;
	fill_payment(stage, p, state, words, &payment);
	tell(stage, &payment);
	wire_release(WIRE_payment_reply, &payment);
	return true;
}
