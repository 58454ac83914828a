/* The till's side of the hub: effects become requests, replies and events
 * become what happened to a payment. Whatever is not certain is asked for. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/agent_own.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "crypt/crypt.h"
#include "wire/wire.h"

enum {
	ANSWER_TIMEOUT_MS = 10000,
	LISTEN_S = 25, LISTEN_TIMEOUT_MS = 35000,
	LISTEN_PAUSE_MS = 3000,  /* after a long poll that failed */
};

static struct hub_request *request_for(struct agent *agent, enum hub_asked asked,
				       const struct ident *payment)
{
	for (size_t i = 0; i < HUB_REQUESTS_MAX; i++) {
		struct hub_request *r = &agent->hub.requests[i];

		if (r->asked != HUB_NOTHING)
			continue;
		memset(r, 0, sizeof *r);
		r->asked = asked;
		r->tag = ++agent->hub.tags;
		if (payment)
			r->payment = *payment;
		return r;
	}
	return NULL;
}

static void end_request(struct hub_request *r)
{
	secret_wipe(r, sizeof *r);
}

/* Hands a request to the port. False when it cannot even begin: that is the
 * same as not sent. */
static bool send(struct agent *agent, struct hub_request *r, enum wire_route route,
		 const char *part, const char *query, const char *key, const struct buffer *body,
		 int timeout_ms)
{
	const struct agent_ports *ports = &agent->options.ports;
	struct agent_request request = {
		.tag = r->tag, .method = wire_route_row(route)->method, .query = query, .key = key,
		.body = body ? buffer_text(body) : "", .body_n = body ? body->len : 0,
		.timeout_ms = timeout_ms,
	};
	char path[256];

	wire_route_path(route, part, path, sizeof path);
	request.path = path;
	if (ports->send && ports->send(ports->send_ctx, &request))
		return true;
	end_request(r);
	return false;
}

/* ---- what the hub said ---- */

static enum fault_code happened(struct agent *agent, const struct ident *payment,
				enum payment_event_kind kind)
{
	struct counter_event ev = { .kind = EVENT_PAYMENT };

	ev.of.payment.payment = *payment;
	ev.of.payment.event.kind = kind;
	return agent_do(agent, &ev, NULL);
}

static const struct { const char *word; enum payment_event_kind says; } states[] = {
	{ "created", PAYMENT_EVENT_ANSWER_PENDING }, { "sent", PAYMENT_EVENT_ANSWER_PENDING },
	{ "pending", PAYMENT_EVENT_ANSWER_PENDING }, { "unknown", PAYMENT_EVENT_ANSWER_PENDING },
	{ "paid", PAYMENT_EVENT_ANSWER_PAID }, { "failed", PAYMENT_EVENT_ANSWER_FAILED },
	{ "reversing", PAYMENT_EVENT_REVERSING }, { "reversed", PAYMENT_EVENT_REVERSED },
	{ "expired", PAYMENT_EVENT_EXPIRED }, { "needs_person", PAYMENT_EVENT_NEEDS_PERSON },
};

static enum payment_event_kind says(const char *state)
{
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (strcmp(states[i].word, state) == 0)
			return states[i].says;
	return PAYMENT_EVENT_ANSWER_UNKNOWN;
}

/* The proof in a statement, when the hub signed it; false when it is none. */
static bool prove(const struct agent *agent, const struct wire_statement *s, struct buffer *text,
		  uint8_t signature[SIGNATURE_SIZE], char *merchant, struct payment_proof *ret)
{
	struct instant time;
	size_t n = 0;

	wire_statement_text(s, text);
	if (text->failed || strcmp(s->state, "paid") != 0 ||
	    !base64_parse(BASE64_STANDARD, s->signature, strlen(s->signature), signature,
			  SIGNATURE_SIZE, &n) || n != SIGNATURE_SIZE ||
	    !signature_verify(agent->counter.hub_key, text->data, text->len, signature) ||
	    !instant_parse_rfc3339(s->time, &time))
		return false;
	ident_format(&s->merchant, merchant);
	*ret = (struct payment_proof){
		.payment = s->payment, .order = s->order, .amount = s->amount, .merchant = merchant,
		.channel_no = s->channel_no, .paid_ms = time.utc_ms, .statement = text->data,
		.statement_bytes = text->len, .signature = signature, .signature_bytes = SIGNATURE_SIZE,
	};
	return true;
}

/* A payment as the hub tells it. PAID without a statement that holds is no
 * answer at all. */
static void take_payment(struct agent *agent, const struct wire_payment_reply *reply)
{
	struct counter_event ev = { .kind = EVENT_PAYMENT };
	struct buffer text = BUFFER_INIT(4096);
	uint8_t signature[SIGNATURE_SIZE];
	ident_text merchant;

	if (!counter_find_payment(&agent->counter, &reply->id))
		return;
	ev.of.payment.payment = reply->id;
	ev.of.payment.event.kind = says(reply->state);
	ev.of.payment.event.detail = reply->reason[0] ? reply->reason : NULL;
	ev.of.payment.event.qr = reply->qr[0] ? reply->qr : NULL;
	ev.of.payment.reason = reply->reason;
	ev.of.payment.wallet = reply->channel[0] ? reply->channel : NULL;
	if (ev.of.payment.event.kind == PAYMENT_EVENT_ANSWER_PAID &&
	    (reply->n_statements != 1 ||
	     !prove(agent, reply->statements, &text, signature, merchant, &ev.of.payment.event.proof)))
		ev.of.payment.event.kind = PAYMENT_EVENT_ANSWER_UNKNOWN;
	agent_do(agent, &ev, NULL);
	buffer_release(&text);
}

static bool read_reply(const struct agent *agent, enum wire_message message, const char *body,
		       size_t n, void *ret)
{
	struct json_value *value = NULL;
	bool ok = json_parse(body, n, &value, NULL) == FAULT_NONE &&
		  wire_get(value, message, agent->counter.currency, ret, NULL) == FAULT_NONE;

	json_value_free(value);
	return ok;
}

/* The name of an error reply, "" when it is none. */
static void read_error(const char *body, size_t n, char *out, size_t size)
{
	struct json_value *value = NULL;
	const char *name = NULL;

	if (json_parse(body, n, &value, NULL) == FAULT_NONE)
		name = json_text_of(json_member(json_member(value, "error"), "name"));
	utf8_copy_plain(out, size, name ? name : "");
	json_value_free(value);
}

/* ---- asking ---- */

static void put_order(const struct order *o, struct buffer *out)
{
	struct wire_order_request order = { .id = o->id, .number = (int64_t)o->number,
					    .total = money_make(o->total_minor, o->currency) };
	struct json_writer w;

	utf8_copy(order.currency, sizeof order.currency, currency_letters(o->currency));
	order.lines = calloc(o->n_lines ? o->n_lines : 1, sizeof *order.lines);
	for (size_t i = 0; order.lines && i < o->n_lines; i++) {
		const struct order_line *l = &o->lines[i];
		struct wire_order_line *to = &order.lines[order.n_lines];
		quantity_text qty;

		if (l->voided)
			continue;
		order.n_lines++;
		to->n = l->n;
		memcpy(to->code, l->code, sizeof to->code);
		memcpy(to->name, l->name, sizeof to->name);
		quantity_format(l->quantity, qty);
		utf8_copy(to->qty, sizeof to->qty, qty);
		to->price = money_make(l->price_minor, o->currency);
		to->discount = money_make(l->discount_minor + l->share_minor, o->currency);
		to->amount = money_make(order_line_net(l), o->currency);
	}
	json_writer_init(&w, out);
	wire_put(&w, NULL, WIRE_order_request, &order);
	free(order.lines);
}

/* The key is the payment's, not the order's: an order may have changed since it
 * was sent for a payment that failed. */
static void ask_order(struct agent *agent, const struct payment_attempt *a, const char *code)
{
	const struct order *order = counter_find_order(&agent->counter, &a->order);
	struct hub_request *r = order ? request_for(agent, HUB_ORDER, &a->id) : NULL;
	struct buffer body = BUFFER_INIT(4 << 20);
	ident_text part;
	char key[IDENT_LETTERS + 3];
	bool sent = false;

	if (r) {
		utf8_copy(r->code, sizeof r->code, code ? code : "");
		put_order(order, &body);
		ident_format(&a->id, part);
		snprintf(key, sizeof key, "%s-o", part);
		sent = !body.failed && send(agent, r, ROUTE_order_create, "", "", key, &body, ANSWER_TIMEOUT_MS);
	}
	buffer_release(&body);
	if (!sent)
		happened(agent, &a->id, PAYMENT_EVENT_ANSWER_UNKNOWN);
}

/* The order is at the hub: now the money. */
static void ask_payment(struct agent *agent, const struct ident *payment, const char *code)
{
	const struct counter_payment *p = counter_find_payment(&agent->counter, payment);
	struct wire_payment_request request = { .id = *payment };
	struct buffer body = BUFFER_INIT(8192);
	struct hub_request *r = p ? request_for(agent, HUB_PAY, payment) : NULL;
	struct json_writer w;
	ident_text key, order;
	bool sent = false;

	if (r) {
		request.amount = p->attempt.amount;
		utf8_copy(request.kind, sizeof request.kind, p->attempt.kind == PAYMENT_QR ? "qr" : "code");
		utf8_copy(request.currency, sizeof request.currency,
			  currency_letters(p->attempt.amount.currency));
		utf8_copy(request.code, sizeof request.code, code);
		instant_format_rfc3339((struct instant){ p->attempt.expires_ms, 0 }, request.expires_at);
		json_writer_init(&w, &body);
		wire_put(&w, NULL, WIRE_payment_request, &request);
		ident_format(&p->attempt.key, key);
		ident_format(&p->attempt.order, order);
		sent = send(agent, r, ROUTE_payment_create, order, "", key, &body, ANSWER_TIMEOUT_MS);
		secret_wipe(&request, sizeof request);
		secret_wipe(body.data, body.len);
	}
	buffer_release(&body);
	if (!sent)
		happened(agent, payment, PAYMENT_EVENT_ANSWER_UNKNOWN);
}

static void ask_query(struct agent *agent, const struct ident *payment)
{
	struct hub_request *r = request_for(agent, HUB_QUERY, payment);
	ident_text part;

	ident_format(payment, part);
	if (!r || !send(agent, r, ROUTE_payment_get, part, "", NULL, NULL, ANSWER_TIMEOUT_MS))
		happened(agent, payment, PAYMENT_EVENT_ANSWER_UNKNOWN);
}

static void ask_cancel(struct agent *agent, const struct ident *payment)
{
	struct hub_request *r = request_for(agent, HUB_CANCEL, payment);
	char key[IDENT_LETTERS + 3];
	ident_text part;

	ident_format(payment, part);
	snprintf(key, sizeof key, "%s-c", part);
	if (!r || !send(agent, r, ROUTE_payment_cancel, part, "", key, NULL, ANSWER_TIMEOUT_MS))
		happened(agent, payment, PAYMENT_EVENT_REVERSE_UNKNOWN);
}

void agent_perform(struct agent *agent, const struct effect *effects, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct counter_payment *p;

		if (effects[i].kind != EFFECT_PAYMENT)
			continue;
		p = counter_find_payment(&agent->counter, &effects[i].payment);
		if (!p)
			continue;
		switch (effects[i].pay) {
		case PAYMENT_DO_PAY: ask_order(agent, &p->attempt, effects[i].code); break;
		case PAYMENT_DO_QUERY: ask_query(agent, &effects[i].payment); break;
		case PAYMENT_DO_REVERSE: case PAYMENT_DO_CLOSE: ask_cancel(agent, &effects[i].payment); break;
		case PAYMENT_DO_NOTHING: break;
		}
	}
}

/* ---- replies ---- */

static bool is_there(int status, const char *error)
{
	return status == 201 || strcmp(error, "HUB_ALREADY_THERE") == 0;
}

/* Refused for good: a 4xx that says why. All else is not known. */
static bool is_refused(int status)
{
	return status >= 400 && status < 500 && status != 401 && status != 408 && status != 429;
}

static void after_order(struct agent *agent, struct hub_request *r, int status, const char *error)
{
	struct counter_event ev = { .kind = EVENT_PAYMENT };
	char code[HUB_CODE_SIZE];

	if (is_there(status, error)) {
		memcpy(code, r->code, sizeof code);
		ask_payment(agent, &r->payment, code);
		secret_wipe(code, sizeof code);
		return;
	}
	ev.of.payment.payment = r->payment;
	ev.of.payment.event.kind = is_refused(status) ? PAYMENT_EVENT_ANSWER_FAILED
						      : PAYMENT_EVENT_ANSWER_UNKNOWN;
	ev.of.payment.event.detail = error[0] ? error : NULL;
	ev.of.payment.reason = error;
	agent_do(agent, &ev, NULL);
}

static void after_payment(struct agent *agent, struct hub_request *r, int status, const char *body,
			  size_t n, const char *error)
{
	struct wire_payment_reply reply = { .version = 0 };
	struct counter_event ev = { .kind = EVENT_PAYMENT };
	enum payment_event_kind unknown = r->asked == HUB_CANCEL ? PAYMENT_EVENT_REVERSE_UNKNOWN
								 : PAYMENT_EVENT_ANSWER_UNKNOWN;

	if (status >= 200 && status < 300 && read_reply(agent, WIRE_payment_reply, body, n, &reply) &&
	    ident_equal(&reply.id, &r->payment)) {
		take_payment(agent, &reply);
	} else {
		ev.of.payment.payment = r->payment;
		ev.of.payment.event.kind = r->asked == HUB_PAY && is_refused(status)
			? PAYMENT_EVENT_ANSWER_FAILED : unknown;
		ev.of.payment.event.detail = error[0] ? error : NULL;
		ev.of.payment.reason = error;
		agent_do(agent, &ev, NULL);
	}
	wire_release(WIRE_payment_reply, &reply);
}

static void take_cashier(struct agent *agent, const struct wire_cashier *cashier)
{
	struct counter_event ev = { .kind = EVENT_ADD_CASHIER };

	utf8_copy(ev.of.cashier.id, sizeof ev.of.cashier.id, cashier->id);
	utf8_copy(ev.of.cashier.name, sizeof ev.of.cashier.name, cashier->name);
	ev.of.cashier.role = strcmp(cashier->role, "supervisor") == 0 ? ROLE_SUPERVISOR : ROLE_CASHIER;
	journal_set_pin(agent->journal, cashier->id, cashier->pin);
	agent_do(agent, &ev, NULL);
}

static void take_event(struct agent *agent, const struct wire_event *e)
{
	for (size_t i = 0; i < e->n_payments; i++)
		take_payment(agent, &e->payments[i]);
	for (size_t i = 0; i < e->n_cashiers; i++)
		take_cashier(agent, &e->cashiers[i]);
}

static void after_events(struct agent *agent, int status, const char *body, size_t n)
{
	struct wire_events_reply reply = { .last = 0 };
	struct counter_event seen = { .kind = EVENT_HUB_EVENTS };

	agent->hub.listening = false;
	if (status != 200 || !read_reply(agent, WIRE_events_reply, body, n, &reply)) {
		agent->hub.listen_again_ms = agent_now(agent).utc_ms + LISTEN_PAUSE_MS;
		wire_release(WIRE_events_reply, &reply);
		return;
	}
	for (size_t i = 0; i < reply.n_events; i++)
		take_event(agent, &reply.events[i]);
	seen.amount_minor = reply.last;
	agent_do(agent, &seen, NULL);
	wire_release(WIRE_events_reply, &reply);
}

void agent_reply(struct agent *agent, uint64_t tag, enum agent_end end, int status, const char *body,
		 size_t body_n)
{
	struct hub_request r;
	char error[64] = "";

	for (size_t i = 0; ; i++) {
		if (i == HUB_REQUESTS_MAX)
			return;
		if (agent->hub.requests[i].asked == HUB_NOTHING || agent->hub.requests[i].tag != tag)
			continue;
		r = agent->hub.requests[i];
		end_request(&agent->hub.requests[i]);
		break;
	}
	agent->hub.online = end == AGENT_ANSWERED;
	if (end != AGENT_ANSWERED)
		status = 0;
	else if (status >= 400)
		read_error(body, body_n, error, sizeof error);
	switch (r.asked) {
	case HUB_ORDER: after_order(agent, &r, status, error); break;
	case HUB_PAY: case HUB_QUERY: case HUB_CANCEL:
		after_payment(agent, &r, status, body, body_n, error); break;
	case HUB_EVENTS: after_events(agent, status, body, body_n); break;
	case HUB_NOTHING: break;
	}
	secret_wipe(&r, sizeof r);
}

/* ---- time ---- */

static void listen(struct agent *agent)
{
	struct hub_request *r = request_for(agent, HUB_EVENTS, NULL);
	char query[64];

	snprintf(query, sizeof query, "after=%" PRId64 "&wait=%d", agent->counter.hub_events, LISTEN_S);
	agent->hub.listening = r && send(agent, r, ROUTE_events_get, "", query, NULL, NULL,
					 LISTEN_TIMEOUT_MS);
	if (!agent->hub.listening)
		agent->hub.listen_again_ms = agent_now(agent).utc_ms + LISTEN_PAUSE_MS;
}

static void tick_due(struct agent *agent, int64_t now_ms)
{
	for (size_t i = 0; i < agent->counter.n_payments; i++) {
		const struct payment_attempt *a = &agent->counter.payments[i].attempt;
		struct ident id = a->id;

		if (!payment_is_terminal(a->state) && a->schedule.next_ms <= now_ms)
			happened(agent, &id, PAYMENT_EVENT_TICK);
	}
}

void agent_hub_work(struct agent *agent)
{
	int64_t now_ms = agent_now(agent).utc_ms;

	if (!agent->counter.enrolled || !agent->options.ports.send || agent_suspect(agent) ||
	    agent_begin(agent, NULL))
		return;
	tick_due(agent, now_ms);
	if (!agent->hub.listening && now_ms >= agent->hub.listen_again_ms)
		listen(agent);
}

int agent_hub_wait_ms(const struct agent *agent)
{
	int64_t next = counter_next_tick_ms(&agent->counter), now = agent_now(agent).utc_ms;

	if (!agent->counter.enrolled || !agent->options.ports.send)
		return -1;
	if (!agent->hub.listening && agent->hub.listen_again_ms < next)
		next = agent->hub.listen_again_ms;
	if (next == PAYMENT_NEVER)
		return -1;
	if (next <= now)
		return 0;
	return next - now > 60000 ? 60000 : (int)(next - now);
}

void agent_set_hub(struct agent *agent, bool (*send_request)(void *ctx, const struct agent_request *request),
		   void *ctx)
{
	agent->options.ports.send = send_request;
	agent->options.ports.send_ctx = ctx;
}

bool agent_online(const struct agent *agent)
{
	return agent->hub.online;
}

/* ---- what screens and commands ask for ---- */

enum fault_code agent_pay(struct agent *agent, enum payment_kind kind, int64_t amount_minor,
			  const char *code, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_PAY, .amount_minor = amount_minor };

	ev.of.pay.kind = kind;
	ev.of.pay.channel = PAYMENT_BY_SANDBOX;
	ev.of.pay.code = code;
	return agent_do(agent, &ev, fault);
}

enum fault_code agent_cancel_payment(struct agent *agent, const struct ident *payment,
				     struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_PAYMENT };

	ev.of.payment.payment = *payment;
	ev.of.payment.event.kind = PAYMENT_EVENT_CANCEL;
	return agent_do(agent, &ev, fault);
}
