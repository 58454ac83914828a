/* The loop of a hub in a few lines. */
#include "round.h"

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"

enum { LONGEST_MS = 20 * 60 * 1000, STEPS_MAX = 5000 };

void round_open(struct round *r)
{
	memset(r, 0, sizeof *r);
	desk_open(&r->desk, NULL);
	r->timings = payment_channel_row(PAYMENT_BY_SANDBOX)->timings;
	r->account.merchant = "1000";
	r->account.key = r->desk.merchant_key;
	r->account.notify_url = "https://hub.example/v1/notices/sandbox";
	memcpy(r->account.provider_key, sign_key_public(r->desk.provider_key), SIGN_PUBLIC_SIZE);
}

void round_close(struct round *r)
{
	desk_close(&r->desk);
}


static const char *request_header(const void *ctx, const char *name)
{
	const struct channel_request *q = ctx;

	for (size_t i = 0; i < q->n_headers; i++)
		if (strcmp(q->headers[i].name, name) == 0)
			return q->headers[i].value;
	return NULL;
}

static bool reply_header(const void *ctx, const char *name, char *out, size_t size)
{
	const struct sandbox_reply *reply = ctx;

	for (size_t i = 0; i < reply->n_headers; i++)
		if (strcmp(reply->headers[i].name, name) == 0)
			return utf8_copy(out, size, reply->headers[i].value) == strlen(reply->headers[i].value);
	return false;
}

static void decide(struct round *r, struct payment_event *event);

/* The request to the provider and its reply back; false when nothing came. */
static bool carry(struct round *r, const struct channel_request *request, struct sandbox_reply *reply)
{
	struct sandbox_request in = { .method = request->method, .path = request->path, .query = "",
				      .header = request_header, .ctx = request,
				      .body = buffer_text(&request->body), .n_body = request->body.len };

	r->requests++;
	if (r->requests == r->lose_request)
		return false;
	if (r->requests == r->twice) {
		sandbox_handle(r->desk.sandbox, &in, reply);
		sandbox_reply_release(reply);
		sandbox_reply_init(reply);
	}
	sandbox_handle(r->desk.sandbox, &in, reply);
	return !reply->silent && r->requests != r->lose_reply;
}

static struct channel_question question(struct round *r, enum channel_ask ask)
{
	struct channel_question q = {
		.ask = ask, .number = r->attempt.number, .amount = r->attempt.amount,
		.expires_ms = r->attempt.expires_ms, .code = r->code, .channel_no = "",
		.now_ms = r->desk.now_ms,
	};

	r->desk.options.ports.random(&r->desk, q.nonce, sizeof q.nonce);
	return q;
}

static bool ask(struct round *r, const struct channel_question *q, struct channel_answer *ret)
{
	const struct channel_driver *driver = channel_driver(PAYMENT_BY_SANDBOX);
	struct channel_request request;
	struct sandbox_reply reply;
	bool came;

	r->sent[q->ask]++;
	sandbox_reply_init(&reply);
	CU_ASSERT_FATAL(!driver->build(&r->account, q, &request, NULL));
	came = carry(r, &request, &reply);
	if (came) {
		struct channel_message m = { .status = reply.status, .header = reply_header, .ctx = &reply,
					     .body = buffer_text(&reply.body), .n_body = reply.body.len,
					     .now_ms = r->desk.now_ms };

		driver->read(&r->account, q, &m, ret);
	}
	channel_request_release(&request);
	sandbox_reply_release(&reply);
	return came;
}

static void take(struct round *r, const struct channel_answer *a)
{
	struct payment_event event = { .kind = a->says, .now_ms = r->desk.now_ms, .detail = a->detail };

	if (a->says == PAYMENT_EVENT_ANSWER_PAID) {
		event.proof = (struct payment_proof){
			.payment = r->attempt.id, .order = r->attempt.order, .amount = a->amount,
			.merchant = r->attempt.merchant, .channel_no = a->channel_no, .paid_ms = a->paid_ms,
			.statement = "reply", .statement_bytes = 5, .signature = "signed", .signature_bytes = 6,
		};
		event.standing.due_minor = r->attempt.state == PAYMENT_PAID ? 0 : r->attempt.amount.minor;
		event.standing.gone = payment_outcome(r->attempt.state) == PAYMENT_OUTCOME_UNPAID;
	}
	decide(r, &event);
}

/* Money that does not fit goes back by itself, with one number however often. */
static void refund(struct round *r, const struct payment_exception *x)
{
	struct channel_question q = question(r, CHANNEL_REFUND);
	struct channel_answer a = { .refund = CHANNEL_REFUND_UNKNOWN };
	char number[16];

	snprintf(number, sizeof number, "R%d", ++r->refunds);
	q.refund_number = number;
	q.refund_amount = x->amount;
	q.channel_no = x->channel_no;
	for (int i = 0; i < 5 && a.refund == CHANNEL_REFUND_UNKNOWN; i++) {
		r->desk.options.ports.random(&r->desk, q.nonce, sizeof q.nonce);
		if (!ask(r, &q, &a))
			a.refund = CHANNEL_REFUND_UNKNOWN;
	}
	CU_ASSERT(a.refund == CHANNEL_REFUND_PENDING || a.refund == CHANNEL_REFUND_DONE);
}

static void perform(struct round *r, enum payment_effect effect)
{
	struct channel_answer a;
	struct channel_question q;

	if (effect == PAYMENT_DO_NOTHING)
		return;
	q = question(r, channel_ask_of(effect, r->attempt.kind));
	if (!ask(r, &q, &a))
		return;  /* the machine's own clock notices */
	if (a.pay_token[0])
		utf8_copy(r->token, sizeof r->token, a.pay_token);
	take(r, &a);
}

static void decide(struct round *r, struct payment_event *event)
{
	struct payment_step step;
	struct fault fault;
	enum fault_code code = payment_decide(&r->attempt, event, &r->timings, &step, &fault);

	CU_ASSERT_FATAL(code == FAULT_NONE);
	r->attempt = step.after;
	if (step.exception.kind != PAYMENT_FITS && step.exception.disposition == PAYMENT_REFUND)
		refund(r, &step.exception);
	perform(r, step.effect);
}

static struct channel_message notice_message(const struct posted *p, int64_t now_ms)
{
	return (struct channel_message){ .status = 0, .header = reply_header, .ctx = &p->raw,
					 .body = buffer_text(&p->raw.body), .n_body = p->raw.body.len,
					 .now_ms = now_ms };
}

/* Notices that have come, verified and taken each time they come. */
static void read_notices(struct round *r)
{
	const struct channel_driver *driver = channel_driver(PAYMENT_BY_SANDBOX);

	while (r->read_notices < r->desk.n_posted) {
		const struct posted *p = &r->desk.posted[r->read_notices++];
		struct channel_message m = notice_message(p, r->desk.now_ms);
		struct channel_notice n;

		CU_ASSERT_FATAL(!driver->notice(&r->account, &m, &n, NULL));
		ASSERT_TEXT(n.number, r->attempt.number);
		take(r, &n.answer);
	}
}

static void begin(struct round *r, enum payment_kind kind, const char *digits)
{
	struct payment_wish wish = { .channel = PAYMENT_BY_SANDBOX, .kind = kind, .merchant = "tea",
				     .amount = money_make(1234, CURRENCY_CNY), .now_ms = r->desk.now_ms };
	struct payment_event send = { .kind = PAYMENT_EVENT_SEND, .now_ms = r->desk.now_ms };

	r->desk.options.ports.random(&r->desk, wish.id.bytes, sizeof wish.id.bytes);
	r->desk.options.ports.random(&r->desk, wish.order.bytes, sizeof wish.order.bytes);
	snprintf(r->code, sizeof r->code, "1345678901234567%s", digits);
	CU_ASSERT_FATAL(!payment_begin(&wish, &r->timings, &r->attempt, NULL));
	decide(r, &send);
}

void round_run(struct round *r, enum payment_kind kind, const char *digits)
{
	int64_t end_ms = r->desk.now_ms + LONGEST_MS;
	bool pressed = kind == PAYMENT_CODE;

	begin(r, kind, digits);
	for (int i = 0; i < STEPS_MAX && r->desk.now_ms < end_ms; i++) {
		struct payment_event tick = { .kind = PAYMENT_EVENT_TICK };
		int64_t next_ms = r->attempt.schedule.next_ms, provider_ms = sandbox_next_ms(r->desk.sandbox);

		if (!pressed && r->token[0]) {
			desk_press(&r->desk, r->token, digits, "wechat");
			pressed = true;
			continue;
		}
		if (provider_ms < next_ms)
			next_ms = provider_ms;
		if (next_ms > end_ms)
			next_ms = end_ms;
		desk_wait(&r->desk, next_ms > r->desk.now_ms ? next_ms - r->desk.now_ms : 0);
		read_notices(r);
		tick.now_ms = r->desk.now_ms;
		decide(r, &tick);
	}
}

int64_t round_kept_minor(struct round *r)
{
	struct sandbox_sums sums;

	CU_ASSERT_FATAL(!sandbox_sum(r->desk.sandbox, "1000", &sums, NULL));
	return sums.captured_minor - sums.given_back_minor;
}
