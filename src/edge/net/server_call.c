/* The life of a request, from its first line until its answer has gone. */
#include "net/server_own.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { RETRY_WHEN_STOPPING_S = 1 };

/* ---- the beginning ---- */

void *server_on_target(void *ctx, const char *target, struct MHD_Connection *connection)
{
	struct server *server = ctx;
	struct server_call *call = calloc(1, sizeof *call);
	const union MHD_ConnectionInfo *own;
	char *query;

	if (!call)
		return NULL;
	call->target = strdup(target);
	if (!call->target) {
		free(call);
		return NULL;
	}
	query = strchr(call->target, '?');
	if (query)
		*query++ = '\0';
	call->server = server;
	call->connection = connection;
	call->came_us = server_now_us();
	call->request = (struct server_request){
		.method = "", .path = call->target, .query = query ? query : "", .body = "",
		.peer = call->peer,
	};
	buffer_init(&call->body, server->options.body_max);
	own = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	server_greeting_end(own ? own->socket_context : NULL);
	MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, server->options.idle_s);
	atomic_fetch_add(&server->calls_ever, 1);
	pthread_mutex_lock(&server->lock);
	server->n_calls++;
	pthread_mutex_unlock(&server->lock);
	return call;
}

/* The bytes of the peer's address by which its requests are counted, and their
 * number: of IPv6 the half that a provider gives to one customer. */
static size_t name_peer(struct server_call *call, uint8_t ret_bytes[16])
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(call->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *addr = info ? info->client_addr : NULL;

	if (addr && addr->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)addr;

		inet_ntop(AF_INET, &in->sin_addr, call->peer, sizeof call->peer);
		memcpy(ret_bytes, &in->sin_addr, 4);
		return 4;
	}
	if (addr && addr->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in = (const void *)addr;

		inet_ntop(AF_INET6, &in->sin6_addr, call->peer, sizeof call->peer);
		memcpy(ret_bytes, &in->sin6_addr, 8);
		return 8;
	}
	return 0;
}

static void refuse(struct server_call *call, enum fault_code code, const char *arg1, int retry_s)
{
	char seconds[16];

	if (call->refusal.code != FAULT_NONE)
		return;
	snprintf(seconds, sizeof seconds, "%d", retry_s);
	fault_set(&call->refusal, code, arg1, seconds);
	call->retry_after_s = retry_s;
	atomic_fetch_add(&call->server->refused_ever, 1);
}

static void check_rate(struct server_call *call)
{
	struct server *server = call->server;
	int64_t wait_ms = 0;
	uint8_t bytes[16];
	size_t n = name_peer(call, bytes);
	bool stopping;

	pthread_mutex_lock(&server->lock);
	stopping = server->stopping;
	if (server->rate)
		wait_ms = rate_limit_take(server->rate, bytes, n, call->came_us / 1000);
	pthread_mutex_unlock(&server->lock);
	if (wait_ms > 0)
		refuse(call, FAULT_HTTP_TOO_MANY_REQUESTS, call->peer, (int)((wait_ms + 999) / 1000));
	if (stopping)
		refuse(call, FAULT_HTTP_STOPPING, NULL, RETRY_WHEN_STOPPING_S);
}

/* Fields of which two would have two meanings. */
static const char *const single_fields[] = {
	"Authorization", "Content-Digest", "Content-Length", "Content-Type", "Host",
	"Idempotency-Key", "Signature", "Signature-Input",
};

struct single_search {
	const char *name;
	int n;
};

static enum MHD_Result count_field(void *ctx, enum MHD_ValueKind kind, const char *name,
				   const char *value)
{
	struct single_search *search = ctx;

	(void)kind;
	(void)value;
	search->n += strcasecmp(name, search->name) == 0;
	return MHD_YES;
}

static void check_fields(struct server_call *call)
{
	for (size_t i = 0; i < sizeof single_fields / sizeof single_fields[0]; i++) {
		struct single_search search = { single_fields[i], 0 };

		MHD_get_connection_values(call->connection, MHD_HEADER_KIND, count_field, &search);
		if (search.n > 1)
			refuse(call, FAULT_HTTP_HEADER_TWICE, search.name, 0);
	}
	if (call->request.path[0] != '/')
		refuse(call, FAULT_HTTP_BAD_TARGET, call->request.path, 0);
}

/* The body's announced length; the largest number for one that is not announced. */
static unsigned long long body_length(struct server_call *call)
{
	const char *length = server_call_header(call, "Content-Length");

	if (server_call_header(call, "Transfer-Encoding"))
		return UINT64_MAX;
	return length ? strtoull(length, NULL, 10) : 0;
}

static void check_body(struct server_call *call, unsigned long long length)
{
	char limit[24];

	if (length == UINT64_MAX)
		refuse(call, FAULT_HTTP_LENGTH_NEEDED, NULL, 0);
	snprintf(limit, sizeof limit, "%zu", call->server->options.body_max);
	if (length > call->server->options.body_max)
		refuse(call, FAULT_HTTP_BODY_TOO_LARGE, limit, 0);
}

/* ---- the answer ---- */

static bool add_fields(struct MHD_Response *response, const struct server_reply *reply)
{
	bool good = !reply->content_type ||
		MHD_add_response_header(response, "Content-Type", reply->content_type) == MHD_YES;

	for (size_t i = 0; i < reply->n_headers && good; i++)
		good = MHD_add_response_header(response, reply->headers[i].name,
					       reply->headers[i].value) == MHD_YES;
	return good;
}

/* The reply as libmicrohttpd's; NULL when memory is short or a header is bad. */
static struct MHD_Response *make_response(const struct server_reply *reply)
{
	/* with MUST_COPY the bytes are only read */
	struct MHD_Response *response = MHD_create_response_from_buffer(
		reply->body_n, (void *)(uintptr_t)reply->body, MHD_RESPMEM_MUST_COPY);

	if (response && !add_fields(response, reply)) {
		MHD_destroy_response(response);
		response = NULL;
	}
	return response;
}

/* Hands the answer to libmicrohttpd. */
static enum MHD_Result send_answer(struct server_call *call)
{
	struct server *server = call->server;
	bool stopping;

	if (!call->response)
		return MHD_NO; /* no memory for it: the connection is closed */
	pthread_mutex_lock(&server->lock);
	stopping = server->stopping;
	pthread_mutex_unlock(&server->lock);
	if (stopping)
		MHD_add_response_header(call->response, "Connection", "close");
	return MHD_queue_response(call->connection, (unsigned)call->status, call->response);
}

void server_answer(struct server_call *call, const struct server_reply *reply)
{
	struct server *server = call->server;
	struct MHD_Response *response = make_response(reply);

	pthread_mutex_lock(&server->lock);
	if (call->answered) {
		pthread_mutex_unlock(&server->lock);
		if (response)
			MHD_destroy_response(response);
		return;
	}
	call->answered = true;
	call->response = response;
	call->status = response ? reply->status : 0;
	call->reply_n = reply->body_n;
	server_unwatch(call);
	if (call->state == CALL_PARKED)
		server_unpark(call);
	pthread_mutex_unlock(&server->lock);
}

static const char *refuse_plainly(void *ctx, const struct fault *fault, struct buffer *body)
{
	char sentence[512];

	(void)ctx;
	fault_render(fault, fault_row(fault->code)->sentence, sentence, sizeof sentence);
	buffer_printf(body, "%s\n", sentence);
	return "text/plain; charset=utf-8";
}

static enum MHD_Result send_refusal(struct server_call *call)
{
	const struct server_options *options = &call->server->options;
	struct buffer body = BUFFER_INIT(4096);
	char seconds[16];
	const struct server_header headers[] = { { "Retry-After", seconds } };
	struct server_reply reply = {
		.status = fault_row(call->refusal.code)->http_status,
		.headers = headers, .n_headers = call->retry_after_s ? 1 : 0,
	};

	snprintf(seconds, sizeof seconds, "%d", call->retry_after_s);
	reply.content_type = (options->refuse ? options->refuse : refuse_plainly)(
		options->ctx, &call->refusal, &body);
	reply.body = buffer_text(&body);
	reply.body_n = body.len;
	server_answer(call, &reply);
	buffer_release(&body);
	return send_answer(call);
}

/* ---- running the handler ---- */

static enum server_why why_now(struct server_call *call, bool first)
{
	return call->server->stopping ? (first ? SERVER_NEW : SERVER_STOPPING) :
		first ? SERVER_NEW : call->woken ? SERVER_WOKEN : SERVER_TIMED_OUT;
}

/* Runs the handler until it has answered, waits, or left the call to others. */
static enum MHD_Result run(struct server_call *call, bool first)
{
	struct server *server = call->server;
	bool answered, again;

	do {
		enum server_why why;

		pthread_mutex_lock(&server->lock);
		answered = call->answered;
		why = why_now(call, first);
		call->woken = call->waits = false;
		pthread_mutex_unlock(&server->lock);
		if (answered)
			break;
		server->options.handle(server->options.ctx, call, why);
		first = false;
		pthread_mutex_lock(&server->lock);
		answered = call->answered;
		again = !answered && call->waits &&
			(call->woken || call->timed_out || server->stopping);
		if (!answered && !again)
			server_park(call);
		pthread_mutex_unlock(&server->lock);
	} while (again);
	return answered ? send_answer(call) : MHD_YES;
}

/* The header is there. */
static enum MHD_Result begin(struct server_call *call, const char *method)
{
	unsigned long long length;

	call->request.method = method;
	call->state = CALL_READING;
	check_rate(call);
	check_fields(call);
	length = body_length(call);
	check_body(call, length);
	/* a body of any length is not read only to be thrown away */
	if (call->refusal.code != FAULT_NONE && length > DISCARD_MAX)
		return send_refusal(call);
	return MHD_YES;
}

enum MHD_Result server_on_access(void *ctx, struct MHD_Connection *connection, const char *url,
				 const char *method, const char *version, const char *upload,
				 size_t *upload_n, void **ret_call)
{
	struct server_call *call = *ret_call;
	bool first;

	(void)ctx;
	(void)connection;
	(void)url;
	(void)version;
	if (!call)
		return MHD_NO;
	if (call->state == CALL_NEW)
		return begin(call, method);
	if (*upload_n) {
		if (call->refusal.code == FAULT_NONE)
			buffer_add(&call->body, upload, *upload_n);
		*upload_n = 0;
		return call->body.failed ? MHD_NO : MHD_YES;
	}
	if (call->refusal.code != FAULT_NONE)
		return send_refusal(call);
	first = call->state == CALL_READING;
	if (first) {
		call->state = CALL_RUNNING;
		call->request.body = buffer_text(&call->body);
		call->request.body_n = call->body.len;
	}
	return run(call, first);
}

/* ---- the end ---- */

static void log_access(const struct server_call *call, bool broken)
{
	const struct server_options *options = &call->server->options;
	const struct server_access access = {
		.request = &call->request, .status = call->status, .reply_n = call->reply_n,
		.took_us = server_now_us() - call->came_us, .broken = broken, .kept = call->kept,
	};

	if (options->log)
		options->log(options->ctx, &access);
}

void server_on_completed(void *ctx, struct MHD_Connection *connection, void **ret_call,
			 enum MHD_RequestTerminationCode how)
{
	struct server *server = ctx;
	struct server_call *call = *ret_call;

	(void)connection;
	if (!call)
		return;
	*ret_call = NULL;
	log_access(call, how != MHD_REQUEST_TERMINATED_COMPLETED_OK);
	if (call->release)
		call->release(call->kept);
	if (call->response)
		MHD_destroy_response(call->response);
	buffer_release(&call->body);
	pthread_mutex_lock(&server->lock);
	server_unwatch(call);
	server->n_calls--;
	pthread_cond_signal(&server->ended);
	pthread_mutex_unlock(&server->lock);
	free(call->target);
	free(call);
}

/* ---- what a handler asks ---- */

const struct server_request *server_call_request(const struct server_call *call)
{
	return &call->request;
}

const char *server_call_header(const struct server_call *call, const char *name)
{
	return MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, name);
}

void server_call_keep(struct server_call *call, void *data, void (*release)(void *data))
{
	if (call->release)
		call->release(call->kept);
	call->kept = data;
	call->release = release;
}

void *server_call_kept(const struct server_call *call)
{
	return call->kept;
}
