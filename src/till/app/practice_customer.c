/* Two pages, two forms, no script. */
#include "app/practice_customer.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "app/net_ask.h"
#include "crypt/certificate.h"

enum { FIELD_SIZE = 64, SEE_OTHER = 303, OK = 200, LOADS_MAX = 50, LOAD_AGAIN_MS = 100 };

/* A site as the customer's browser knows it. */
struct site {
	struct net_client *client;
	struct net_answer answer;
};

static enum fault_code site_open(struct site *s, const struct practice *p, const char *url,
				 const char *authority, struct fault *fault)
{
	char path[PATH_MAX], pem[CERTIFICATE_PEM_MAX];
	struct net_client_options options = { .base_url = url, .ca_pem = pem };
	FILE *in;
	size_t n;

	net_answer_init(&s->answer);
	practice_path(p, authority, path);
	in = fopen(path, "r");
	if (!in)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
	n = fread(pem, 1, sizeof pem - 1, in);
	pem[n] = '\0';
	fclose(in);
	return net_client_new(&options, &s->client, fault);
}

static void site_close(struct site *s)
{
	net_client_free(s->client);
	net_answer_release(&s->answer);
}

static enum fault_code ask(struct site *s, const char *method, const char *path, const char *query,
			   const char *form, int expected, struct fault *fault)
{
	const struct net_request request = {
		.method = method, .path = path, .query = query, .body = form, .body_n = strlen(form),
		.content_type = form[0] ? "application/x-www-form-urlencoded" : NULL,
	};
	enum fault_code code = net_ask(s->client, &request, &s->answer, fault);

	if (!code && s->answer.status != expected)
		code = fault_set_number(fault, FAULT_PRACTICE_PAGE, s->answer.status, path);
	return code;
}

/* The hidden field that proves that the form came from its page. */
static bool read_csrf(struct site *s, char out[FIELD_SIZE])
{
	static const char before[] = "name=\"csrf\" value=\"";
	const char *at = strstr(buffer_text(&s->answer.body), before);
	size_t n;

	if (!at)
		return false;
	at += sizeof before - 1;
	n = strcspn(at, "\"");
	if (n == 0 || n >= FIELD_SIZE)
		return false;
	memcpy(out, at, n);
	out[n] = '\0';
	return true;
}

/* Opens a page, and again until its form is there: the hub asks the provider
 * while the customer looks already. */
static enum fault_code load_form(struct site *s, const char *path, const char *query,
				 char csrf[FIELD_SIZE], struct fault *fault)
{
	for (int i = 0; i < LOADS_MAX; i++) {
		enum fault_code code = ask(s, "GET", path, query, "", OK, fault);

		if (code || read_csrf(s, csrf))
			return code;
		poll(NULL, 0, LOAD_AGAIN_MS);
	}
	return fault_set_number(fault, FAULT_PRACTICE_PAGE, s->answer.status, path);
}

/* Opens a page and sends its form with these fields. */
static enum fault_code press(struct site *s, const char *path, const char *query,
			     const char *fields, struct fault *fault)
{
	char csrf[FIELD_SIZE], form[256];
	enum fault_code code = load_form(s, path, query, csrf, fault);

	if (code)
		return code;
	snprintf(form, sizeof form, "csrf=%s&%s", csrf, fields);
	return ask(s, "POST", path, "", form, SEE_OTHER, fault);
}

/* What stands behind the host of a URL that begins with `base`; NULL for
 * another's. */
static const char *behind(const char *url, const char *base)
{
	size_t n = strlen(base);

	return strncmp(url, base, n) == 0 && url[n] == '/' ? url + n : NULL;
}

static enum fault_code pay_in_wallet(const struct practice *p, const char *location,
				     struct fault *fault)
{
	char path[NET_ASK_LOCATION], *query;
	const char *at = behind(location, p->sandbox_url);
	struct site wallet = { .client = NULL };
	enum fault_code code;

	if (!at)
		return fault_set_number(fault, FAULT_PRACTICE_PAGE, SEE_OTHER, location);
	snprintf(path, sizeof path, "%s", at);
	query = strchr(path, '?');
	if (query)
		*query++ = '\0';
	code = site_open(&wallet, p, p->sandbox_url, "sandbox/ca.pem", fault);
	if (!code)
		code = press(&wallet, path, query ? query : "", "wallet=wechat&customer=00", fault);
	site_close(&wallet);
	return code;
}

enum fault_code practice_pay_qr(const struct practice *p, const char *qr, struct fault *fault)
{
	const char *path = behind(qr, p->hub_url);
	struct site hub = { .client = NULL };
	enum fault_code code;

	if (!path)
		return fault_set_number(fault, FAULT_PRACTICE_PAGE, 0, qr);
	code = site_open(&hub, p, p->hub_url, "hub/ca.pem", fault);
	if (!code)
		code = press(&hub, path, "", "wallet=wechat", fault);
	if (!code)
		code = pay_in_wallet(p, hub.answer.location, fault);
	site_close(&hub);
	return code;
}
