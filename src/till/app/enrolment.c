/* The till's half of an enrolment. */
#include "app/enrolment.h"

#include <stdio.h>
#include <string.h>

#include "app/net_ask.h"
#include "app/till_hub.h"
#include "base/base64.h"
#include "base/utf8.h"
#include "json/json.h"

enum { KEY_LETTERS = 32 };

/* ---- what is sent ---- */

/* The same for a repeat of the same request, and no secret. */
static enum fault_code make_key(const struct buffer *body, digest_text out, struct fault *fault)
{
	uint8_t digest[DIGEST_SIZE];
	enum fault_code code = body->failed ? FAULT_OUT_OF_MEMORY
					    : digest_sha256(body->data, body->len, digest);

	if (code)
		return fault_set(fault, code, NULL, NULL);
	digest_format(digest, out);
	out[KEY_LETTERS] = '\0';
	return FAULT_NONE;
}

static enum fault_code post(struct net_client *client, const struct wire_enrol_request *body,
			    struct net_answer *answer, struct fault *fault)
{
	struct buffer text = BUFFER_INIT(4096);
	struct net_request request = { .method = "POST" };
	struct json_writer w;
	char path[64];
	digest_text key;
	enum fault_code code;

	wire_route_path(ROUTE_enrolment_create, "", path, sizeof path);
	json_writer_init(&w, &text);
	wire_put(&w, NULL, WIRE_enrol_request, body);
	code = make_key(&text, key, fault);
	request.path = path;
	request.idempotency_key = key;
	request.body = buffer_text(&text);
	request.body_n = text.len;
	if (!code)
		code = net_ask(client, &request, answer, fault);
	secret_wipe(text.data, text.len);
	buffer_release(&text);
	return code;
}

/* ---- what comes back ---- */

/* The refusal in the words of this program when it is about the code, else in
 * the hub's. */
static enum fault_code refused(const char *url, const struct json_value *body, int status,
			       struct fault *fault)
{
	static const enum fault_code known[] = {
		FAULT_ENROL_CODE_UNKNOWN, FAULT_ENROL_CODE_USED, FAULT_ENROL_CODE_EXPIRED,
	};
	const struct json_value *error = json_member(body, "error");
	const char *name = json_text_of(json_member(error, "name"));
	const char *message = json_text_of(json_member(error, "message"));
	char number[16];

	for (size_t i = 0; name && i < sizeof known / sizeof known[0]; i++)
		if (strcmp(name, fault_name(known[i])) == 0)
			return fault_set(fault, known[i], NULL, NULL);
	snprintf(number, sizeof number, "%d", status);
	return fault_set(fault, FAULT_ENROL_REFUSED, url, message ? message : number);
}

static enum fault_code check(const struct wire_enrol_code *code, struct enrolment *e,
			     struct fault *fault)
{
	const char *letters = e->reply.hub_key;
	uint8_t digest[DIGEST_SIZE];
	size_t n = 0;

	if (!base64_parse(BASE64_STANDARD, letters, strlen(letters), e->hub_key, sizeof e->hub_key, &n) ||
	    n != sizeof e->hub_key || !currency_parse(e->reply.currency, &e->currency) ||
	    e->reply.next_order_number < 1)
		return fault_set(fault, FAULT_ENROL_REFUSED, e->url, fault_name(FAULT_INPUT_BAD_FIELD));
	if (digest_sha256(e->hub_key, sizeof e->hub_key, digest))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (!digest_equal(digest, code->statement_pin, sizeof code->statement_pin))
		return fault_set(fault, FAULT_ENROL_OTHER_HUB, e->url, NULL);
	return FAULT_NONE;
}

static enum fault_code read_answer(const struct net_answer *answer, struct enrolment *e,
				   struct fault *fault)
{
	const int good = wire_route_row(ROUTE_enrolment_create)->status;
	struct json_value *body = NULL;
	enum fault_code code = json_parse(buffer_text(&answer->body), answer->body.len, &body, NULL);

	if (code || answer->status != good)
		code = refused(e->url, body, answer->status, fault);
	else if (wire_get(body, WIRE_enrol_reply, CURRENCY_CNY, &e->reply, NULL))
		code = fault_set(fault, FAULT_ENROL_REFUSED, e->url, fault_name(FAULT_INPUT_BAD_FIELD));
	json_value_free(body);
	return code;
}

/* ---- all of it ---- */

static enum fault_code make_client(const struct enrolment *e, struct net_client **ret,
				   struct fault *fault)
{
	const struct net_client_options options = {
		.base_url = e->url, .pin = e->pin, .body_max = NET_ASK_MAX,
	};

	return net_client_new(&options, ret, fault);
}

static void write_pin(const uint8_t digest[DIGEST_SIZE], certificate_pin out)
{
	static const char kind[] = "sha256//";

	memcpy(out, kind, sizeof kind);
	base64_format(BASE64_STANDARD, digest, DIGEST_SIZE, out + sizeof kind - 1);
}

enum fault_code enrolment_ask(const char *url, const struct wire_enrol_code *code,
			      const uint8_t public_key[SIGN_PUBLIC_SIZE], const char *previous_head,
			      struct enrolment *ret, struct fault *fault)
{
	struct wire_enrol_request request = { .code = "" };
	struct net_answer answer;
	struct net_client *client = NULL;
	enum fault_code failed;

	memset(ret, 0, sizeof *ret);
	net_answer_init(&answer);
	if (strlen(url) >= sizeof ret->url)
		return fault_set(fault, FAULT_NET_BAD_REQUEST, url, "> 80");
	utf8_copy(ret->url, sizeof ret->url, url);
	write_pin(code->tls_pin, ret->pin);
	ident_format(&code->secret, request.code);
	base64_format(BASE64_STANDARD, public_key, SIGN_PUBLIC_SIZE, request.public_key);
	utf8_copy(request.previous_head, sizeof request.previous_head, previous_head);
	failed = make_client(ret, &client, fault);
	if (!failed)
		failed = post(client, &request, &answer, fault);
	if (!failed)
		failed = read_answer(&answer, ret, fault);
	if (!failed)
		failed = check(code, ret, fault);
	secret_wipe(&request, sizeof request);
	net_client_free(client);
	net_answer_release(&answer);
	return failed;
}

enum fault_code enrolment_record(const struct enrolment *e, const char *dir, struct agent *agent,
				 struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_ENROLLED };
	enum currency currency = agent_counter(agent)->currency;
	enum fault_code code;

	if (currency != e->currency)
		return fault_set(fault, FAULT_ENROL_OTHER_CURRENCY, currency_letters(currency),
				 e->reply.currency);
	ev.of.enrolled.till = e->reply.till;
	ev.of.enrolled.merchant = e->reply.merchant;
	ev.of.enrolled.next_order_number = e->reply.next_order_number;
	memcpy(ev.of.enrolled.hub_key, e->hub_key, sizeof ev.of.enrolled.hub_key);
	utf8_copy(ev.of.enrolled.hub, sizeof ev.of.enrolled.hub, e->url);
	utf8_copy_plain(ev.of.enrolled.store_name, sizeof ev.of.enrolled.store_name, e->reply.store_name);
	utf8_copy_plain(ev.of.enrolled.store, sizeof ev.of.enrolled.store, e->reply.store_number);
	utf8_copy_plain(ev.of.enrolled.number, sizeof ev.of.enrolled.number, e->reply.till_number);
	code = till_hub_keep_pin(dir, e->pin, fault);
	return code ? code : agent_do(agent, &ev, fault);
}
