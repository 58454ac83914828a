/* The signing side of a provider. */
#include "provider.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"

void provider_open(struct provider *p)
{
	uint8_t ours[SIGN_SEED_SIZE], theirs[SIGN_SEED_SIZE];

	memset(ours, 1, sizeof ours);
	memset(theirs, 2, sizeof theirs);
	memset(p, 0, sizeof *p);
	CU_ASSERT_FATAL(!sign_key_from_seed(ours, &p->our_key));
	CU_ASSERT_FATAL(!sign_key_from_seed(theirs, &p->provider_key));
	p->account.merchant = "1000";
	p->account.key = p->our_key;
	p->account.notify_url = "https://hub.example/v1/notices/sandbox";
	memcpy(p->account.provider_key, sign_key_public(p->provider_key), SIGN_PUBLIC_SIZE);
	p->driver = channel_driver(PAYMENT_BY_SANDBOX);
	CU_ASSERT_FATAL(p->driver != NULL);
}

void provider_close(struct provider *p)
{
	sign_key_free(p->our_key);
	sign_key_free(p->provider_key);
}

struct channel_question question(enum channel_ask ask)
{
	struct channel_question q = {
		.ask = ask, .number = "G1", .amount = money_make(1234, CURRENCY_CNY),
		.expires_ms = NOW_MS + 30000, .code = "134567890123456700", .refund_number = "R1",
		.refund_amount = money_make(500, CURRENCY_CNY), .channel_no = "SB77", .now_ms = NOW_MS,
	};

	for (size_t i = 0; i < sizeof q.nonce; i++)
		q.nonce[i] = (uint8_t)i;
	return q;
}

void seal(const struct provider *p, const char *body, size_t n, int64_t at_s, struct envelope *ret)
{
	struct buffer text = BUFFER_INIT(65536);
	uint8_t signature[SIGNATURE_SIZE];

	memset(ret, 0, sizeof *ret);
	snprintf(ret->merchant, sizeof ret->merchant, "1000");
	snprintf(ret->timestamp, sizeof ret->timestamp, "%lld", (long long)at_s);
	snprintf(ret->nonce, sizeof ret->nonce, "nonce-of-the-provider");
	buffer_printf(&text, "%s\n%s\n", ret->timestamp, ret->nonce);
	buffer_add(&text, body, n);
	buffer_add_byte(&text, '\n');
	CU_ASSERT_FATAL(!sign_key_sign(p->provider_key, text.data, text.len, signature));
	base64_format(BASE64_STANDARD, signature, sizeof signature, ret->signature);
	buffer_release(&text);
}

static bool header(const void *ctx, const char *name, char *out, size_t size)
{
	const struct envelope *e = ctx;
	const char *value = strcasecmp(name, "sandbox-merchant") == 0 ? e->merchant :
			    strcasecmp(name, "sandbox-timestamp") == 0 ? e->timestamp :
			    strcasecmp(name, "sandbox-nonce") == 0 ? e->nonce :
			    strcasecmp(name, "sandbox-signature") == 0 ? e->signature : "";

	return value[0] && (size_t)snprintf(out, size, "%s", value) < size;
}

struct channel_message message(int status, const char *body, const struct envelope *envelope)
{
	return (struct channel_message){ .status = status, .header = header, .ctx = envelope,
					 .body = body, .n_body = strlen(body), .now_ms = NOW_MS };
}

struct channel_answer hear(const struct provider *p, enum channel_ask ask, int status, const char *body)
{
	struct channel_question q = question(ask);
	struct channel_answer answer;
	struct channel_message m;
	struct envelope e = { .nonce = "" };

	seal(p, body, strlen(body), NOW_MS / 1000, &e);
	m = message(status, body, &e);
	p->driver->read(&p->account, &q, &m, &answer);
	return answer;
}
