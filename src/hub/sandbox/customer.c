/* Who comes to pay: the table of customers, and what payment codes say. */
#include <string.h>

#include "base/mark.h"
#include "sandbox/sandbox_own.h"

static const struct customer customers[CUSTOMERS] = {
#define CUSTOMER(digits, name, answer, deed, when, notices, recalls, refusal, button, help) \
	[CUSTOMER_##name] = { #digits, CUSTOMER_##answer, DEED_##deed, WHEN_##when, NOTICES_##notices, \
			      recalls, refusal, button, help },
#include "sandbox/customers.def"
#undef CUSTOMER
};

const struct wallet customer_wallets[] = {
	{ "wechat", N_("WeChat Pay") },
	{ "alipay", N_("Alipay") },
	{ "unionpay", N_("UnionPay") },
	{ "ecny", N_("e-CNY") },
	{ NULL, NULL },
};

/* How the wallets' payment codes begin and how long they are. */
static const struct code_shape {
	const char *wallet;
	int from, to;       /* the first two digits */
	size_t least, most; /* digits in all */
} shapes[] = {
	{ "wechat", 10, 15, 18, 18 },
	{ "alipay", 25, 30, 16, 24 },
	{ "unionpay", 62, 62, 19, 19 },
	{ "ecny", 1, 1, 19, 19 },
};

const struct customer *customer_of(int number)
{
	return &customers[number];
}

const char *customer_code_wallet(const char *code)
{
	size_t n = strspn(code, "0123456789");
	int begins;

	if (n < 2 || code[n])
		return NULL;
	begins = (code[0] - '0') * 10 + code[1] - '0';
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		if (begins >= shapes[i].from && begins <= shapes[i].to && n >= shapes[i].least &&
		    n <= shapes[i].most)
			return shapes[i].wallet;
	return NULL;
}

int customer_of_code(const char *code)
{
	size_t n = strlen(code);

	for (int i = 0; i < CUSTOMERS; i++)
		if (n >= 2 && strcmp(code + n - 2, customers[i].digits) == 0)
			return i;
	return CUSTOMER_PAYS;
}

const char *customer_other_wallet(const char *wallet)
{
	return customer_wallets[strcmp(wallet, customer_wallets[0].word) == 0].word;
}
