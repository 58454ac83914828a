/* Till and hub together without a socket: the agent's requests go to the real
 * service, and what comes back may be lost on the way. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "crypt/crypt.h"
#include "service/service.h"
#include "shop.h"
#include "wire/wire.h"

enum { QUEUE_MAX = 64, BODY_MAX = 16384 };

enum weather { FAIR, LOSE_REQUEST, LOSE_REPLY };

struct queued {
	uint64_t tag;
	char method[8], path[256], query[64], key[80], body[BODY_MAX];
};

struct world {
	struct shop shop;
	struct agent *agent;
	struct hub *hub;
	struct sign_key *key;
	struct ident merchant, till;
	uint8_t till_key[32];
	uint64_t nonces, draws;
	struct queued *queue;
	size_t n_queue;
	struct hub_job jobs[QUEUE_MAX];
	size_t n_jobs;
	enum weather weather;
};

static struct instant hub_clock(void *ctx)
{
	return (struct instant){ ((struct world *)ctx)->shop.now_ms, 0 };
}

static enum fault_code hub_draw(void *ctx, void *bytes, size_t n)
{
	struct world *w = ctx;

	for (size_t i = 0; i < n; i++)
		((uint8_t *)bytes)[i] = (uint8_t)(++w->draws * UINT64_C(0xD1342543DE82EF95) >> 56);
	return FAULT_NONE;
}

static void hub_job(void *ctx, const struct hub_job *job)
{
	struct world *w = ctx;

	w->jobs[w->n_jobs++ % QUEUE_MAX] = *job;
}

static void hub_wake(void *ctx, const struct ident *merchant)
{
	(void)ctx;
	(void)merchant;
}

static void hub_log(void *ctx, const char *json)
{
	(void)ctx;
	(void)json;
}

static bool till_send(void *ctx, const struct agent_request *r)
{
	struct world *w = ctx;
	struct queued *q = &w->queue[w->n_queue++];

	CU_ASSERT_FATAL(w->n_queue < QUEUE_MAX && r->body_n < BODY_MAX);
	q->tag = r->tag;
	snprintf(q->method, sizeof q->method, "%s", r->method);
	snprintf(q->path, sizeof q->path, "%s", r->path);
	snprintf(q->query, sizeof q->query, "%s", r->query);
	snprintf(q->key, sizeof q->key, "%s", r->key ? r->key : "");
	snprintf(q->body, sizeof q->body, "%s", r->body);
	return true;
}

static void ask_hub(struct world *w, const struct queued *q, struct hub_reply *reply)
{
	char nonce[24];
	struct hub_request request = {
		.method = q->method, .path = q->path, .query = q->query, .key = q->key, .body = q->body,
		.n_body = strlen(q->body), .is_signed = true, .till = w->till, .public_key = w->till_key,
		.nonce = nonce, .created_ms = w->shop.now_ms, .user_agent = "",
	};

	snprintf(nonce, sizeof nonce, "n%llu", (unsigned long long)++w->nonces);
	CU_ASSERT_FATAL(hub_begin(w->hub, NULL) == FAULT_NONE);
	hub_handle(w->hub, &request, true, reply);
	CU_ASSERT_FATAL(hub_commit(w->hub, NULL) == FAULT_NONE);
}

/* Carries what is queued now to the hub and back; what that brings about waits
 * for the next time. Long polls stay where they are. */
static void pump(struct world *w)
{
	size_t n = w->n_queue;

	for (size_t i = 0; i < n; i++) {
		struct queued q = w->queue[i];
		struct hub_reply reply;

		if (!q.path[0] || strcmp(q.path, "/v1/events") == 0)
			continue;
		hub_reply_init(&reply);
		if (w->weather != LOSE_REQUEST)
			ask_hub(w, &q, &reply);
		if (w->weather == FAIR)
			agent_reply(w->agent, q.tag, AGENT_ANSWERED, reply.status, buffer_text(&reply.body),
				    reply.body.len);
		else
			agent_reply(w->agent, q.tag, AGENT_UNKNOWN, 0, "", 0);
		hub_reply_release(&reply);
	}
	w->n_queue -= n;
	memmove(w->queue, w->queue + n, w->n_queue * sizeof *w->queue);
}

/* The till hears what is new: its long poll, answered at once. */
static void hear(struct world *w)
{
	struct hub_reply reply;

	agent_hub_work(w->agent);
	for (size_t i = 0; i < w->n_queue; i++) {
		struct queued q = w->queue[i];

		if (strcmp(q.path, "/v1/events") != 0)
			continue;
		w->queue[i].path[0] = '\0';
		hub_reply_init(&reply);
		ask_hub(w, &q, &reply);
		agent_reply(w->agent, q.tag, AGENT_ANSWERED, reply.status, buffer_text(&reply.body),
			    reply.body.len);
		hub_reply_release(&reply);
	}
	pump(w);
}

static void later(struct world *w, int64_t ms)
{
	w->shop.now_ms += ms;
	agent_hub_work(w->agent);
	pump(w);
}

static void channel(struct world *w, enum payment_event_kind says)
{
	const struct hub_job *j = &w->jobs[(w->n_jobs - 1) % QUEUE_MAX];
	struct hub_answer a = { .merchant = j->merchant, .payment = j->payment, .says = says,
				.amount = j->amount, .paid_ms = w->shop.now_ms };

	CU_ASSERT_FATAL(w->n_jobs > 0);
	utf8_copy(a.channel_no, sizeof a.channel_no, says == PAYMENT_EVENT_ANSWER_PAID ? "420001" : "");
	utf8_copy(a.wallet, sizeof a.wallet, "wechat");
	hub_begin(w->hub, NULL);
	CU_ASSERT(hub_channel_answer(w->hub, &a, NULL) == FAULT_NONE);
	hub_commit(w->hub, NULL);
}

static void make_hub(struct world *w)
{
	struct hub_options options = { .db_url = "sqlite::memory:", .public_url = "https://127.0.0.1:1" };
	struct fault fault;
	struct ident store;

	CU_ASSERT_FATAL(sign_key_make(&w->key) == FAULT_NONE);
	options.key = w->key;
	options.ports = (struct hub_ports){ w, hub_clock, hub_draw, hub_job, hub_wake, hub_log };
	for (int i = 0; i < PAYMENT_CHANNELS; i++)
		options.timings[i] = payment_channel_row((enum payment_channel)i)->timings;
	CU_ASSERT_FATAL(hub_open(&options, &w->hub, &fault) == FAULT_NONE);
	hub_add_merchant(w->hub, "星光", CURRENCY_CNY, &w->merchant, &fault);
	hub_add_store(w->hub, &w->merchant, "012", "星光店", &store, &fault);
	hub_add_till(w->hub, &w->merchant, "012", "03", &w->till, &fault);
}

/* The hub's half of an enrolment, by hand; the till's half is one event. */
static void enrol(struct world *w)
{
	struct counter_event ev = { .kind = EVENT_ENROLLED };
	char key[BASE64_SIZE(32)];
	struct queued q = { .method = "POST", .path = "/v1/enrolments", .key = "e" };
	struct hub_reply reply;
	ident_text code;

	CU_ASSERT_FATAL(hub_make_code(w->hub, &w->merchant, "012", "03", 60000, code, NULL) == FAULT_NONE);
	base64_format(BASE64_STANDARD, w->till_key, sizeof w->till_key, key);
	snprintf(q.body, sizeof q.body, "{\"code\":\"%s\",\"public_key\":\"%s\"}", code, key);
	hub_reply_init(&reply);
	ask_hub(w, &q, &reply);
	ASSERT_NUMBER(reply.status, 201);
	hub_reply_release(&reply);
	ev.of.enrolled.till = w->till;
	ev.of.enrolled.merchant = w->merchant;
	utf8_copy(ev.of.enrolled.hub, sizeof ev.of.enrolled.hub, "https://127.0.0.1:1");
	utf8_copy(ev.of.enrolled.store, sizeof ev.of.enrolled.store, "012");
	utf8_copy(ev.of.enrolled.number, sizeof ev.of.enrolled.number, "03");
	memcpy(ev.of.enrolled.hub_key, sign_key_public(w->key), SIGN_PUBLIC_SIZE);
	ev.of.enrolled.next_order_number = 1;
	CU_ASSERT_FATAL(agent_do(w->agent, &ev, NULL) == FAULT_NONE);
}

static void world_make(struct world *w)
{
	memset(w, 0, sizeof *w);
	w->queue = calloc(QUEUE_MAX, sizeof *w->queue);
	memset(w->till_key, 7, sizeof w->till_key);
	shop_make(&w->shop);
	make_hub(w);
	w->agent = shop_open(&w->shop);
	agent_set_hub(w->agent, till_send, w);
	enrol(w);
	shop_begin(w->agent);
	CU_ASSERT_FATAL(shop_type(w->agent, "6901234567892", NULL) == FAULT_NONE);
}

static void world_end(struct world *w)
{
	agent_close(w->agent);
	hub_close(w->hub);
	sign_key_free(w->key);
	free(w->queue);
	shop_remove(&w->shop);
}

static enum payment_state state(const struct world *w)
{
	const struct counter *c = agent_counter(w->agent);

	CU_ASSERT_FATAL(c->n_payments > 0);
	return c->payments[c->n_payments - 1].attempt.state;
}

static void a_qr_is_paid_from_end_to_end(void)
{
	struct world w;

	world_make(&w);
	ASSERT_NUMBER(agent_pay(w.agent, PAYMENT_QR, 0, NULL, NULL), FAULT_NONE);
	pump(&w);
	pump(&w);
	CU_ASSERT(strncmp(agent_counter(w.agent)->payments[0].attempt.qr, "https://127.0.0.1:1/p/", 22) == 0);
	ASSERT_NUMBER(state(&w), PAYMENT_PENDING);
	channel(&w, PAYMENT_EVENT_ANSWER_PAID);
	hear(&w);
	ASSERT_NUMBER(state(&w), PAYMENT_PAID);
	CU_ASSERT(counter_order(agent_counter(w.agent)) == NULL);
	ASSERT_TEXT(agent_counter(w.agent)->last_closed->tenders[0].name, "wechat");
	CU_ASSERT(agent_online(w.agent));
	world_end(&w);
}

static void the_code_reaches_the_channel_and_no_file(void)
{
	struct world w;

	world_make(&w);
	ASSERT_NUMBER(agent_pay(w.agent, PAYMENT_CODE, 0, "134567890123456700", NULL), FAULT_NONE);
	pump(&w);
	pump(&w);
	ASSERT_TEXT(w.jobs[0].code, "134567890123456700");
	channel(&w, PAYMENT_EVENT_ANSWER_PAID);
	hear(&w);
	ASSERT_NUMBER(state(&w), PAYMENT_PAID);
	world_end(&w);
}

static void a_lost_answer_is_asked_for_and_found(void)
{
	struct world w;

	world_make(&w);
	agent_pay(w.agent, PAYMENT_CODE, 0, "134567890123456700", NULL);
	pump(&w);
	w.weather = LOSE_REPLY;
	pump(&w);
	ASSERT_NUMBER(state(&w), PAYMENT_UNKNOWN);
	channel(&w, PAYMENT_EVENT_ANSWER_PAID);
	w.weather = FAIR;
	for (int i = 0; i < 20 && state(&w) != PAYMENT_PAID; i++)
		later(&w, 1000);
	ASSERT_NUMBER(state(&w), PAYMENT_PAID);
	ASSERT_NUMBER(w.n_jobs, 1);
	world_end(&w);
}

static void a_request_that_never_came_meets_a_tombstone(void)
{
	struct world w;

	world_make(&w);
	agent_pay(w.agent, PAYMENT_CODE, 0, "134567890123456700", NULL);
	pump(&w);
	w.weather = LOSE_REQUEST;
	pump(&w);
	ASSERT_NUMBER(state(&w), PAYMENT_UNKNOWN);
	w.weather = FAIR;
	for (int i = 0; i < 20 && state(&w) == PAYMENT_UNKNOWN; i++)
		later(&w, 1000);
	ASSERT_NUMBER(state(&w), PAYMENT_FAILED);
	ASSERT_NUMBER(w.n_jobs, 0);
	ASSERT_NUMBER(shop_pay(w.agent, 350, NULL), FAULT_NONE);
	world_end(&w);
}

static void a_restart_asks_and_never_sends_again(void)
{
	struct world w;

	world_make(&w);
	agent_pay(w.agent, PAYMENT_CODE, 0, "134567890123456700", NULL);
	pump(&w);
	pump(&w);
	ASSERT_NUMBER(w.n_jobs, 1);
	agent_close(w.agent);
	w.n_queue = 0;
	channel(&w, PAYMENT_EVENT_ANSWER_PAID);
	w.agent = shop_open(&w.shop);
	agent_set_hub(w.agent, till_send, &w);
	agent_hub_work(w.agent);
	pump(&w);
	ASSERT_NUMBER(state(&w), PAYMENT_PAID);
	ASSERT_NUMBER(w.n_jobs, 1);
	CU_ASSERT(counter_order(agent_counter(w.agent)) == NULL);
	world_end(&w);
}

static void a_statement_of_another_key_proves_nothing(void)
{
	struct counter_event ev = { .kind = EVENT_ENROLLED };
	struct world w;

	world_make(&w);
	ev.of.enrolled.till = w.till;
	ev.of.enrolled.merchant = w.merchant;
	memset(ev.of.enrolled.hub_key, 1, 32);
	agent_do(w.agent, &ev, NULL);
	agent_pay(w.agent, PAYMENT_QR, 0, NULL, NULL);
	pump(&w);
	pump(&w);
	channel(&w, PAYMENT_EVENT_ANSWER_PAID);
	hear(&w);
	CU_ASSERT(state(&w) != PAYMENT_PAID);
	CU_ASSERT(counter_order(agent_counter(w.agent)) != NULL);
	world_end(&w);
}

static void a_cancel_is_carried_out_by_the_hub(void)
{
	struct world w;
	struct ident payment;

	world_make(&w);
	agent_pay(w.agent, PAYMENT_QR, 0, NULL, NULL);
	pump(&w);
	pump(&w);
	channel(&w, PAYMENT_EVENT_ANSWER_PENDING);
	payment = agent_counter(w.agent)->payments[0].attempt.id;
	ASSERT_NUMBER(agent_cancel_payment(w.agent, &payment, NULL), FAULT_NONE);
	pump(&w);
	ASSERT_NUMBER(state(&w), PAYMENT_REVERSING);
	channel(&w, PAYMENT_EVENT_REVERSED);
	hear(&w);
	ASSERT_NUMBER(state(&w), PAYMENT_REVERSED);
	ASSERT_NUMBER(shop_pay(w.agent, 350, NULL), FAULT_NONE);
	world_end(&w);
}

static void cashiers_of_the_hub_may_log_in(void)
{
	struct world w;
	struct fault fault = { .code = FAULT_NONE };
	char hash[128];

	world_make(&w);
	CU_ASSERT_FATAL(pin_hash_make("4321", hash) == FAULT_NONE);
	ASSERT_NUMBER(hub_add_cashier(w.hub, &w.merchant, "7", "王芳", "cashier", hash, &fault), FAULT_NONE);
	hear(&w);
	CU_ASSERT(counter_cashier(agent_counter(w.agent), "7") != NULL);
	ASSERT_NUMBER(agent_login(w.agent, "7", "4321", &fault), FAULT_NONE);
	world_end(&w);
}

static const struct test tests[] = {
	{ "a QR is paid from end to end", a_qr_is_paid_from_end_to_end },
	{ "the code reaches the channel and no file", the_code_reaches_the_channel_and_no_file },
	{ "a lost answer is asked for and found", a_lost_answer_is_asked_for_and_found },
	{ "a request that never came meets a tombstone", a_request_that_never_came_meets_a_tombstone },
	{ "a restart asks and never sends again", a_restart_asks_and_never_sends_again },
	{ "a statement of another key proves nothing", a_statement_of_another_key_proves_nothing },
	{ "a cancel is carried out by the hub", a_cancel_is_carried_out_by_the_hub },
	{ "cashiers of the hub may log in", cashiers_of_the_hub_may_log_in },
};

SUITE_MAIN("agent and hub", tests)
