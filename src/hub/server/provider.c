/* Jobs, their requests, and what becomes of them. */
#include "server/provider.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"

enum { CONNECTIONS = 16 };

struct provider {
	struct provider_options options;
	const struct channel_driver *driver;
	struct net_client *client;   /* NULL: there is no provider */
	provider_heard *heard;
	void *ctx;
	struct provider_counts counts;
};

/* One job under way. */
struct errand {
	struct provider *provider;
	struct hub_job job;          /* without the customer's code */
	struct channel_question question;
};

enum fault_code provider_new(const struct provider_options *options, provider_heard *heard,
			     void *ctx, struct provider **ret, struct fault *fault)
{
	const struct net_client_options net = {
		.base_url = options->url, .ca_pem = options->ca_pem,
		.timeout_ms = options->answer_timeout_ms, .connections_max = CONNECTIONS,
	};
	struct provider *p = calloc(1, sizeof *p);
	enum fault_code code = FAULT_NONE;

	if (!p)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	p->options = *options;
	p->driver = channel_driver(PAYMENT_BY_SANDBOX);
	p->heard = heard;
	p->ctx = ctx;
	if (options->url)
		code = net_client_new(&net, &p->client, fault);
	if (code) {
		free(p);
		return code;
	}
	*ret = p;
	return FAULT_NONE;
}

void provider_free(struct provider *provider)
{
	if (!provider)
		return;
	net_client_free(provider->client);
	free(provider);
}

void provider_answer(const struct channel_answer *said, struct hub_answer *ret)
{
	ret->says = said->says;
	utf8_copy(ret->channel_no, sizeof ret->channel_no, said->channel_no);
	utf8_copy(ret->wallet, sizeof ret->wallet, said->wallet);
	utf8_copy(ret->pay_token, sizeof ret->pay_token, said->pay_token);
	utf8_copy(ret->detail, sizeof ret->detail, said->detail);
	ret->amount = said->amount;
	ret->paid_ms = said->paid_ms;
}

static void tell(struct provider *p, const struct hub_job *job, const struct channel_answer *said)
{
	struct hub_answer answer = { .merchant = job->merchant, .payment = job->payment };

	provider_answer(said, &answer);
	p->heard(p->ctx, &answer);
}

/* Not one byte has left this machine: a payment that was not sent has failed,
 * a question that was not sent is put again in its time. */
static void tell_not_sent(struct provider *p, const struct hub_job *job, enum channel_ask ask,
			  const char *why)
{
	struct channel_answer said = { .says = channel_unknown(ask) };

	if (ask == CHANNEL_PAY_CODE || ask == CHANNEL_PAY_QR)
		said.says = PAYMENT_EVENT_ANSWER_FAILED;
	utf8_copy(said.detail, sizeof said.detail, why);
	p->counts.not_sent++;
	tell(p, job, &said);
}

static bool header_of(const void *ctx, const char *name, char *out, size_t size)
{
	return net_event_header(ctx, name, out, size);
}

static void ended(void *ctx, const struct net_event *event)
{
	struct errand *e = ctx;
	struct provider *p = e->provider;
	struct channel_message reply = { .header = header_of, .ctx = event, .now_ms = (int64_t)time(NULL) * 1000 };
	struct channel_answer said;

	if (event->end == NET_NOT_SENT) {
		tell_not_sent(p, &e->job, e->question.ask, fault_name(event->fault.code));
		free(e);
		return;
	}
	if (event->end == NET_REPLY) {
		reply.status = event->status;
		reply.body = event->body;
		reply.n_body = event->body_n;
		p->counts.replies++;
	} else {
		p->counts.unknown++;
	}
	p->driver->read(&p->options.account, &e->question, &reply, &said);
	tell(p, &e->job, &said);
	free(e);
}

/* The errand's question, without the customer's code afterwards. */
static enum fault_code build(struct errand *e, const struct hub_job *job, int64_t now_ms,
			     struct channel_request *ret, struct fault *fault)
{
	struct provider *p = e->provider;
	enum fault_code code;

	e->question = (struct channel_question){
		.ask = channel_ask_of(job->effect, job->kind), .number = e->job.number,
		.amount = job->amount, .expires_ms = job->expires_ms, .code = job->code, .now_ms = now_ms,
	};
	code = random_bytes(e->question.nonce, sizeof e->question.nonce);
	if (code)
		return fault_set(fault, code, "getrandom", NULL);
	code = p->driver->build(&p->options.account, &e->question, ret, fault);
	e->question.code = "";
	return code;
}

static enum fault_code send(struct errand *e, const struct channel_request *request,
			    struct fault *fault)
{
	struct net_header headers[CHANNEL_HEADERS_MAX];
	struct net_request net = {
		.method = request->method, .path = request->path, .headers = headers,
		.n_headers = request->n_headers, .body = buffer_text(&request->body),
		.body_n = request->body.len,
	};
	uint64_t id;

	for (size_t i = 0; i < request->n_headers; i++)
		headers[i] = (struct net_header){ request->headers[i].name, request->headers[i].value };
	return net_client_send(e->provider->client, &net, ended, e, &id, fault);
}

void provider_start(struct provider *p, const struct hub_job *job, int64_t now_ms)
{
	enum channel_ask ask = channel_ask_of(job->effect, job->kind);
	struct errand *e = p->client ? calloc(1, sizeof *e) : NULL;
	struct channel_request request = { .n_headers = 0 };
	struct fault fault = { .code = p->client ? FAULT_OUT_OF_MEMORY : FAULT_NET_NO_HOST };

	if (e) {
		e->provider = p;
		e->job = *job;
		secret_wipe(e->job.code, sizeof e->job.code);
		if (!build(e, job, now_ms, &request, &fault) && !send(e, &request, &fault))
			e = NULL;
		else
			tell_not_sent(p, job, ask, fault_name(fault.code));
		channel_request_release(&request);
		free(e);
		return;
	}
	tell_not_sent(p, job, ask, fault_name(fault.code));
}

int provider_fd(const struct provider *provider)
{
	return provider->client ? net_client_fd(provider->client) : -1;
}

void provider_work(struct provider *provider)
{
	if (provider->client)
		net_client_work(provider->client);
}

enum fault_code provider_notice(const struct provider *provider, const struct channel_message *message,
				struct channel_notice *ret, struct fault *fault)
{
	if (!provider->client)
		return fault_set(fault, FAULT_HUB_NO_SUCH, "sandbox", NULL);
	return provider->driver->notice(&provider->options.account, message, ret, fault);
}

void provider_count(const struct provider *provider, struct provider_counts *ret)
{
	*ret = provider->counts;
}
