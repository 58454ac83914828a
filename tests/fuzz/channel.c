/* Replies and notices of a provider that signs whatever it likes: nothing but
 * this payment, whole, is ever paid. */
#include "fuzz.h"

#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "channel/channel.h"

#define ABOUT "\"merchant\":\"1000\",\"out_no\":\"G1\","
#define PAID "{" ABOUT "\"kind\":\"qr\",\"state\":\"SUCCESS\",\"amount\":1234,\"currency\":\"CNY\"," \
	"\"wallet\":\"wechat\",\"channel_no\":\"SB77\",\"paid_at\":\"2026-11-21T17:23:20+08:00\"," \
	"\"expires_at\":\"2026-11-21T17:23:20+08:00\",\"pay_token\":\"tk\"}"

const struct fuzz_seed fuzz_seeds[] = {
	SEED(PAID), SEED("{\"event_id\":\"E\",\"kind\":\"payment\",\"payment\":" PAID "}"),
	SEED("{\"code\":\"ORDER_PAID\"," ABOUT "\"payment\":" PAID "}"),
	SEED("{" ABOUT "\"state\":\"REVOKED\",\"result\":\"SUCCESS\",\"recall\":\"N\"}"),
	SEED("{" ABOUT "\"refund_no\":\"R1\",\"state\":\"SUCCESS\",\"amount\":500,\"currency\":\"CNY\"}"),
	SEED("{\"code\":\"NOT_ENOUGH\"," ABOUT "\"message\":\"\"}"), SEED("{}"),
};
const size_t fuzz_n_seeds = sizeof fuzz_seeds / sizeof fuzz_seeds[0];

static struct sign_key *key;
static char letters[BASE64_SIZE(SIGNATURE_SIZE)];

static bool header(const void *ctx, const char *name, char *out, size_t size)
{
	const char *value = strcmp(name, "Sandbox-Merchant") == 0 ? "1000" :
			    strcmp(name, "Sandbox-Timestamp") == 0 ? "1795253000" :
			    strcmp(name, "Sandbox-Nonce") == 0 ? "nonce" : letters;

	(void)ctx;
	return utf8_copy(out, size, value) == strlen(value);
}

static bool seal(const uint8_t *data, size_t n)
{
	struct buffer text = BUFFER_INIT(1 << 20);
	uint8_t signature[SIGNATURE_SIZE];
	bool sealed;

	buffer_add_text(&text, "1795253000\nnonce\n");
	buffer_add(&text, data, n);
	buffer_add_byte(&text, '\n');
	sealed = !text.failed && !sign_key_sign(key, text.data, text.len, signature);
	if (sealed)
		base64_format(BASE64_STANDARD, signature, sizeof signature, letters);
	buffer_release(&text);
	return sealed;
}

static bool holds(const uint8_t *data, size_t n, const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i + len <= n; i++)
		if (memcmp(data + i, text, len) == 0)
			return true;
	return false;
}

static void check(const struct channel_answer *a)
{
	FUZZ_RULE(utf8_valid(a->detail, strnlen(a->detail, sizeof a->detail)));
	FUZZ_RULE(a->says != PAYMENT_EVENT_ANSWER_PAID || (a->channel_no[0] && a->amount.minor > 0 &&
							    a->amount.currency != CURRENCY_NONE));
}

static void read_reply(const struct channel_account *account, const struct channel_message *m,
		       enum channel_ask ask, const uint8_t *data, size_t n)
{
	struct channel_question q = {
		.ask = ask, .number = "G1", .amount = money_make(1234, CURRENCY_CNY), .refund_number = "R1",
		.refund_amount = money_make(500, CURRENCY_CNY), .channel_no = "", .now_ms = m->now_ms,
	};
	struct channel_answer a;

	channel_driver(PAYMENT_BY_SANDBOX)->read(account, &q, m, &a);
	check(&a);
	FUZZ_RULE(a.says != PAYMENT_EVENT_ANSWER_PAID || (a.amount.minor == 1234 && holds(data, n, "1234")));
	FUZZ_RULE(a.refund != CHANNEL_REFUND_DONE || ask >= CHANNEL_REFUND);
	FUZZ_RULE(a.says != PAYMENT_EVENT_REVERSED || ask < CHANNEL_REFUND);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint8_t seed[SIGN_SEED_SIZE] = { 2 };
	struct channel_account account = { .merchant = "1000", .notify_url = "" };
	struct channel_message m = { .header = header, .body = (const char *)data, .n_body = n,
				     .now_ms = INT64_C(1795253000123) };
	struct channel_notice notice;

	if (!key && sign_key_from_seed(seed, &key))
		return 0;
	memcpy(account.provider_key, sign_key_public(key), SIGN_PUBLIC_SIZE);
	if (!seal(data, n))
		return 0;
	/* One question a round: signatures are what takes time. */
	m.status = n % 2 ? 409 : 200;
	read_reply(&account, &m, (enum channel_ask)(n / 2 % CHANNEL_ASKS), data, n);
	if (!channel_driver(PAYMENT_BY_SANDBOX)->notice(&account, &m, &notice, NULL)) {
		check(&notice.answer);
		FUZZ_RULE(notice.number[0] && notice.id[0]);
	}
	return 0;
}
