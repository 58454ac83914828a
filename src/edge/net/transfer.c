/* One request as libcurl's handle, and what its end means: a request is "not
 * sent" only if libcurl never came to hand over its first byte. */
#include "net/client_own.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mark.h"

enum {
	/* libcurl's buffers; it would take 16 and 64 KB for each request */
	READ_BUFFER = 16 << 10,
	WRITE_BUFFER = 16 << 10,
	TARGET_MAX = 8 << 10, /* path and query */
	HEADER_MAX = 8 << 10, /* one header with its name */
};

/* ---- what libcurl calls ---- */

/* Called when the connection stands and the request is next. A second call for
 * one request means that a kept connection died under it and libcurl would send
 * it again: it may have been carried out, and its nonce is used up. */
static int on_ready(void *ctx, char *peer, char *own, int peer_port, int own_port)
{
	struct transfer *t = ctx;

	(void)peer;
	(void)own;
	(void)peer_port;
	(void)own_port;
	if (t->may_be_sent)
		return CURL_PREREQFUNC_ABORT;
	t->may_be_sent = true;
	return CURL_PREREQFUNC_OK;
}

static size_t on_head(char *bytes, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;

	if (n >= 5 && memcmp(bytes, "HTTP/", 5) == 0)
		buffer_reset(&t->head); /* what came before was a 1xx */
	buffer_add(&t->head, bytes, size * n);
	return t->head.failed ? 0 : size * n;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;

	buffer_add(&t->reply, bytes, size * n);
	return t->reply.failed ? 0 : size * n;
}

/* ---- the request ---- */

static bool is_word(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

	return n > 0 && !text[n];
}

/* Printable ASCII from `first` on. */
static bool is_printable(const char *text, char first)
{
	for (; *text; text++)
		if (*text < first || *text > '~')
			return false;
	return true;
}

static bool is_target(const char *path, const char *query)
{
	return path[0] == '/' && is_printable(path, '!') && !strpbrk(path, "?#") &&
		(!query || (is_printable(query, '!') && !strchr(query, '#'))) &&
		strlen(path) + (query ? strlen(query) : 0) < TARGET_MAX;
}

static const char *wrong_with(const struct net_request *r)
{
	bool good = (!r->idempotency_key || is_printable(r->idempotency_key, '!')) &&
		(!r->content_type || is_printable(r->content_type, ' '));

	if (!is_word(r->method))
		return N_("its method is not a word");
	if (!is_target(r->path, r->query))
		return N_("its path or query is too long or has characters that are not escaped");
	if (strcmp(r->method, "GET") == 0 && r->body_n)
		return N_("a GET has no body");
	for (size_t i = 0; i < r->n_headers; i++)
		good = good && is_word(r->headers[i].name) && is_printable(r->headers[i].value, ' ');
	return good ? NULL : N_("a header has characters that cannot stand there");
}

/* Adds one line to the header; false, nothing added, when memory is short. */
static bool add_line(struct transfer *t, const char *line)
{
	struct curl_slist *longer = curl_slist_append(t->headers, line);

	if (longer)
		t->headers = longer;
	return longer != NULL;
}

static bool add_header(struct transfer *t, const char *name, const char *value)
{
	struct buffer line = BUFFER_INIT(HEADER_MAX);
	bool good;

	/* libcurl's way to write a header without a value */
	buffer_printf(&line, value[0] ? "%s: %s" : "%s;", name, value);
	good = !line.failed && add_line(t, line.data);
	buffer_release(&line);
	return good;
}

static bool add_headers(struct transfer *t, const struct net_request *r)
{
	/* a body goes at once: the server's "100 Continue" is not waited for */
	bool good = add_line(t, "Expect:");

	if (r->body_n)
		good = good && add_header(t, "Content-Type",
					  r->content_type ? r->content_type : "application/json");
	if (r->idempotency_key)
		good = good && add_header(t, "Idempotency-Key", r->idempotency_key);
	for (size_t i = 0; i < r->n_headers && good; i++)
		good = add_header(t, r->headers[i].name, r->headers[i].value);
	return good && curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK;
}

static bool set_target(struct transfer *t, const struct net_request *r)
{
	struct buffer url = BUFFER_INIT(2 * TARGET_MAX);
	const bool has_query = r->query && r->query[0];
	bool good;

	buffer_printf(&url, "%s%s%s%s", t->client->base_url, r->path, has_query ? "?" : "",
		      has_query ? r->query : "");
	/* the target again, byte for byte, as it may be signed */
	good = !url.failed && curl_easy_setopt(t->easy, CURLOPT_URL, url.data) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_REQUEST_TARGET,
				 url.data + strlen(t->client->base_url)) == CURLE_OK;
	buffer_release(&url);
	return good;
}

/* Method and body. */
static bool set_content(struct transfer *t, const struct net_request *r)
{
	if (r->body_n) {
		t->body = malloc(r->body_n);
		if (!t->body)
			return false;
		memcpy(t->body, r->body, r->body_n);
	}
	if (strcmp(r->method, "GET") == 0)
		return curl_easy_setopt(t->easy, CURLOPT_HTTPGET, 1L) == CURLE_OK;
	return curl_easy_setopt(t->easy, CURLOPT_POST, 1L) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE,
				 (curl_off_t)r->body_n) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, t->body ? t->body : "") == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, r->method) == CURLE_OK;
}

/* Whom to trust: nobody but the authority and the key that were handed in. */
static bool set_trust(CURL *easy, const struct net_client *client)
{
	struct curl_blob ca = { client->ca_pem, client->ca_pem ? strlen(client->ca_pem) : 0,
				CURL_BLOB_NOCOPY };
	const long verify = client->ca_pem != NULL;
	bool good = curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_CAINFO, NULL) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, verify) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, verify ? 2L : 0L) == CURLE_OK;

	if (client->ca_pem)
		good = good && curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &ca) == CURLE_OK;
	if (client->pin)
		good = good && curl_easy_setopt(easy, CURLOPT_PINNEDPUBLICKEY, client->pin) == CURLE_OK;
	return good;
}

/* No way around: https, straight to the host, no other place, no other user. */
static bool set_route(CURL *easy)
{
	return
#if LIBCURL_VERSION_NUM >= 0x075500
		curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK &&
#else
		curl_easy_setopt(easy, CURLOPT_PROTOCOLS, (long)CURLPROTO_HTTPS) == CURLE_OK &&
#endif
		curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_PROXY, "") == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_NOPROXY, "*") == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK;
}

static bool set_pace(CURL *easy, const struct net_client_options *o, int timeout_ms)
{
	return curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
#if LIBCURL_VERSION_NUM >= 0x075700
		/* a name server that does not answer must not hold up the end */
		curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK &&
#endif
		curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)o->connect_timeout_ms) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS,
				 (long)(timeout_ms ? timeout_ms : o->timeout_ms)) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, (long)o->idle_s) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_TCP_KEEPIDLE, 20L) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_TCP_KEEPINTVL, 10L) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)READ_BUFFER) == CURLE_OK &&
		curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, (long)WRITE_BUFFER) == CURLE_OK;
}

static bool set_calls(struct transfer *t)
{
	return curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->said) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_PREREQFUNCTION, on_ready) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_PREREQDATA, t) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_head) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK &&
		curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t) == CURLE_OK;
}

enum fault_code transfer_new(struct net_client *client, const struct net_request *request,
			     struct transfer **ret_transfer, struct fault *fault)
{
	const char *wrong = wrong_with(request);
	struct transfer *t;

	if (wrong)
		return fault_set(fault, FAULT_NET_BAD_REQUEST, client->base_url, wrong);
	t = calloc(1, sizeof *t);
	if (!t)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	t->client = client;
	buffer_init(&t->head, client->options.head_max);
	buffer_init(&t->reply, client->options.body_max);
	t->easy = curl_easy_init();
	if (t->easy && set_target(t, request) && set_content(t, request) && add_headers(t, request) &&
	    set_trust(t->easy, client) && set_route(t->easy) &&
	    set_pace(t->easy, &client->options, request->timeout_ms) && set_calls(t)) {
		*ret_transfer = t;
		return FAULT_NONE;
	}
	transfer_free(t);
	return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
}

void transfer_free(struct transfer *t)
{
	if (!t)
		return;
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	free(t->body);
	buffer_release(&t->head);
	buffer_release(&t->reply);
	free(t);
}

/* ---- its end ---- */

static enum fault_code reason_of(const struct transfer *t, CURLcode result)
{
	switch ((int)result) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return FAULT_NET_NO_HOST;
	case CURLE_COULDNT_CONNECT:
		return FAULT_NET_NO_CONNECTION;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
	case CURLE_SSL_ISSUER_ERROR:
		return FAULT_NET_NOT_TRUSTED;
	case CURLE_OPERATION_TIMEDOUT:
		return FAULT_NET_TIMED_OUT;
	case CURLE_OUT_OF_MEMORY:
		return FAULT_OUT_OF_MEMORY;
	default:
		if (t->head.failed || t->reply.failed)
			return FAULT_NET_REPLY_TOO_LARGE;
		return t->may_be_sent ? FAULT_NET_CUT : FAULT_NET_NO_CONNECTION;
	}
}

static void judge_reply(struct transfer *t)
{
	struct net_event *event = &t->event;
	char date[64];
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	event->end = NET_REPLY;
	event->status = (int)status;
	event->body = buffer_text(&t->reply);
	event->body_n = t->reply.len;
	event->head = buffer_text(&t->head);
	if (net_event_header(event, "Date", date, sizeof date))
		event->date_s = curl_getdate(date, NULL);
	if (event->date_s < 0)
		event->date_s = 0;
}

static void judge_failure(struct transfer *t, CURLcode result)
{
	enum fault_code code = reason_of(t, result);
	char limit[24];

	snprintf(limit, sizeof limit, "%zu", t->head.failed ? t->head.limit : t->reply.limit);
	t->event.end = t->may_be_sent ? NET_UNKNOWN : NET_NOT_SENT;
	fault_set(&t->event.fault, code, t->client->base_url,
		  code == FAULT_NET_REPLY_TOO_LARGE ? limit :
		  t->said[0] ? t->said : curl_easy_strerror(result));
}

void transfer_judge(struct transfer *t, CURLcode result)
{
	curl_off_t took_us = 0;
	long connections = 0;

	curl_easy_getinfo(t->easy, CURLINFO_TOTAL_TIME_T, &took_us);
	curl_easy_getinfo(t->easy, CURLINFO_NUM_CONNECTS, &connections);
	t->event.took_us = took_us;
	t->event.new_connection = connections > 0;
	if (result == CURLE_OK)
		judge_reply(t);
	else
		judge_failure(t, result);
}

/* The line of the header behind `line`; NULL at its end. */
static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end && end[1] ? end + 1 : NULL;
}

bool net_event_header(const struct net_event *event, const char *name, char *out, size_t size)
{
	const size_t name_n = strlen(name);
	const char *value = NULL;
	size_t n;

	for (const char *line = event->head; line; line = next_line(line)) {
		if (strncasecmp(line, name, name_n) != 0 || line[name_n] != ':')
			continue;
		if (value)
			return false;
		value = line + name_n + 1;
	}
	if (!value)
		return false;
	value += strspn(value, " \t");
	n = strcspn(value, "\r\n");
	while (n && (value[n - 1] == ' ' || value[n - 1] == '\t'))
		n--;
	if (n >= size)
		return false;
	memcpy(out, value, n);
	out[n] = '\0';
	return true;
}
