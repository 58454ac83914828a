/* Tests of room money. */
#include "suite.h"

#include <string.h>

#include "money/money.h"
#include "money/quantity.h"
#include "money/share.h"

static const int64_t TYPED_MAX = MONEY_TYPED_MAX_MINOR;

static void amounts_are_read_as_people_type_them(void)
{
	static const struct { const char *text; enum fault_code code; int64_t minor; } cases[] = {
		{ "12", FAULT_NONE, 1200 }, { "12.5", FAULT_NONE, 1250 }, { "12.50", FAULT_NONE, 1250 },
		{ ".5", FAULT_NONE, 50 }, { "5.", FAULT_NONE, 500 }, { "0", FAULT_NONE, 0 },
		{ "19.99", FAULT_NONE, 1999 }, { "0.07", FAULT_NONE, 7 },
		{ "999999999.99", FAULT_NONE, 99999999999 },
		{ "1000000000", FAULT_MONEY_TOO_LARGE, 0 },
		{ "99999999999999999999999", FAULT_MONEY_TOO_LARGE, 0 },
		{ "9223372036854775807", FAULT_MONEY_TOO_LARGE, 0 },
		{ "1.234", FAULT_MONEY_TOO_MANY_DECIMALS, 0 },
		{ "1.000", FAULT_MONEY_TOO_MANY_DECIMALS, 0 },
		{ "-1", FAULT_MONEY_NEGATIVE, 0 }, { "-0.001", FAULT_MONEY_TOO_MANY_DECIMALS, 0 },
		{ "", FAULT_MONEY_BAD_AMOUNT, 0 }, { ".", FAULT_MONEY_BAD_AMOUNT, 0 },
		{ "1,5", FAULT_MONEY_BAD_AMOUNT, 0 }, { "1.2.3", FAULT_MONEY_BAD_AMOUNT, 0 },
		{ "1e3", FAULT_MONEY_BAD_AMOUNT, 0 }, { " 1", FAULT_MONEY_BAD_AMOUNT, 0 },
		{ "--1", FAULT_MONEY_BAD_AMOUNT, 0 }, { "+1", FAULT_NONE, 100 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct money m = { 0, CURRENCY_NONE };
		struct fault f;

		ASSERT_NUMBER(money_parse(cases[i].text, CURRENCY_CNY, false, &m, &f), cases[i].code);
		ASSERT_NUMBER(m.minor, cases[i].minor);
	}
}

static void overflow_and_mismatch_are_told_apart(void)
{
	struct money most = money_make(MONEY_MAX_MINOR, CURRENCY_CNY);
	struct money one = money_make(1, CURRENCY_CNY), ret = money_zero(CURRENCY_CNY);

	ASSERT_NUMBER(money_add(most, one, &ret), FAULT_MONEY_OVERFLOW);
	ASSERT_NUMBER(ret.minor, 0);
	ASSERT_NUMBER(money_add(one, money_make(1, CURRENCY_USD), &ret), FAULT_MONEY_CURRENCY_MISMATCH);
	ASSERT_NUMBER(money_subtract(money_negate(most), one, &ret), FAULT_MONEY_OVERFLOW);
	ASSERT_NUMBER(money_subtract(most, one, &ret), FAULT_NONE);
	ASSERT_NUMBER(ret.minor, MONEY_MAX_MINOR - 1);
	ASSERT_NUMBER(money_scale(most, INT64_MAX, 1, ROUND_DOWN, &ret), FAULT_MONEY_OVERFLOW);
}

static void rounding_is_symmetric(void)
{
	static const struct { int64_t minor, step; enum rounding how; int64_t want; } cases[] = {
		{ 1566, 10, ROUND_DOWN, 1560 }, { 1566, 10, ROUND_HALF_UP, 1570 },
		{ 1565, 10, ROUND_HALF_UP, 1570 }, { 1564, 10, ROUND_HALF_UP, 1560 },
		{ 1561, 10, ROUND_UP, 1570 }, { -1565, 10, ROUND_HALF_UP, -1570 },
		{ -1566, 10, ROUND_DOWN, -1560 }, { -1, 10, ROUND_UP, -10 }, { 0, 100, ROUND_UP, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct money ret;

		ASSERT_NUMBER(money_round_to(money_make(cases[i].minor, CURRENCY_CNY), cases[i].step,
					     cases[i].how, &ret), FAULT_NONE);
		ASSERT_NUMBER(ret.minor, cases[i].want);
	}
}

static void amounts_are_written_with_two_decimals(void)
{
	money_text out;

	money_format(money_make(-5, CURRENCY_CNY), out);
	ASSERT_TEXT(out, "-0.05");
	money_format(money_make(TYPED_MAX, CURRENCY_CNY), out);
	ASSERT_TEXT(out, "999999999.99");
	money_format(money_zero(CURRENCY_CNY), out);
	ASSERT_TEXT(out, "0.00");
}

static void quantities_have_three_decimals(void)
{
	static const struct { const char *text; enum fault_code code; int64_t q; const char *out; } cases[] = {
		{ "3", FAULT_NONE, 3000, "3" }, { "0.734", FAULT_NONE, 734, "0.734" },
		{ "1.50", FAULT_NONE, 1500, "1.5" }, { "999999.999", FAULT_NONE, 999999999, "999999.999" },
		{ "1000000", FAULT_QUANTITY_TOO_LARGE, 0, NULL }, { "0", FAULT_QUANTITY_NOT_POSITIVE, 0, NULL },
		{ "-2", FAULT_QUANTITY_NOT_POSITIVE, 0, NULL }, { "x", FAULT_QUANTITY_BAD, 0, NULL },
		{ "1.2345", FAULT_QUANTITY_TOO_MANY_DECIMALS, 0, NULL },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		quantity q = 0;
		quantity_text out;

		ASSERT_NUMBER(quantity_parse(cases[i].text, &q, NULL), cases[i].code);
		ASSERT_NUMBER(q, cases[i].q);
		if (cases[i].out) {
			quantity_format(q, out);
			ASSERT_TEXT(out, cases[i].out);
		}
	}
}

static void a_price_times_a_quantity_rounds_half_up(void)
{
	struct money ret;

	ASSERT_NUMBER(quantity_price(734, money_make(798, CURRENCY_CNY), &ret), FAULT_NONE);
	ASSERT_NUMBER(ret.minor, 586);
	quantity_price(-734, money_make(798, CURRENCY_CNY), &ret);
	ASSERT_NUMBER(ret.minor, -586);
	quantity_price(500, money_make(1, CURRENCY_CNY), &ret);
	ASSERT_NUMBER(ret.minor, 1);
	ASSERT_NUMBER(quantity_price(QUANTITY_MAX, money_make(TYPED_MAX, CURRENCY_CNY), &ret),
		      FAULT_MONEY_OVERFLOW);
}

static void percentages_stay_between_nothing_and_all(void)
{
	int32_t bp = -1;

	ASSERT_NUMBER(percent_parse("12.5%", &bp, NULL), FAULT_NONE);
	ASSERT_NUMBER(bp, 1250);
	ASSERT_NUMBER(percent_parse("100", &bp, NULL), FAULT_NONE);
	ASSERT_NUMBER(percent_parse("100.01%", &bp, NULL), FAULT_PERCENT_BAD);
	ASSERT_NUMBER(percent_parse("-1%", &bp, NULL), FAULT_PERCENT_BAD);
	ASSERT_NUMBER(percent_parse("%", &bp, NULL), FAULT_PERCENT_BAD);
}

static void shares_lose_no_cent(void)
{
	int64_t parts[3];
	uint64_t seed = 1;

	CU_ASSERT(share_split(100, (int64_t[]){ 1, 1, 1 }, 3, parts));
	ASSERT_NUMBER(parts[0], 34);
	ASSERT_NUMBER(parts[2], 33);
	CU_ASSERT(share_split(-200, (int64_t[]){ 700, 480, 586 }, 3, parts));
	ASSERT_NUMBER(parts[0], -79);
	ASSERT_NUMBER(parts[1], -54);
	ASSERT_NUMBER(parts[2], -67);
	CU_ASSERT_FALSE(share_split(5, (int64_t[]){ 0, 0 }, 2, parts));
	for (int round = 0; round < 20000; round++) {
		int64_t w[3], sum = 0, total;

		for (int i = 0; i < 3; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			w[i] = seed >> 60 < 4 ? 0 : (int64_t)(seed >> 24);
		}
		total = (int64_t)(seed >> 22) - (INT64_C(1) << 40);
		if (w[0] + w[1] + w[2] == 0)
			continue;
		CU_ASSERT_FATAL(share_split(total, w, 3, parts));
		for (int i = 0; i < 3; i++) {
			sum += parts[i];
			CU_ASSERT_FATAL(w[i] != 0 || parts[i] == 0);
		}
		ASSERT_NUMBER(sum, total);
	}
}

static void signs_and_sizes_of_typed_amounts(void)
{
	static const struct { const char *text; bool negative; enum fault_code code; int64_t minor; } cases[] = {
		{ "-12.5", true, FAULT_NONE, -1250 }, { "-0", true, FAULT_NONE, 0 },
		{ "12.5", true, FAULT_NONE, 1250 }, { "-", true, FAULT_MONEY_BAD_AMOUNT, 0 },
		{ "-1000000000", true, FAULT_MONEY_TOO_LARGE, 0 },
		{ "1/", true, FAULT_MONEY_BAD_AMOUNT, 0 }, { "1:", true, FAULT_MONEY_BAD_AMOUNT, 0 },
		{ "461168601842738790", true, FAULT_MONEY_TOO_LARGE, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct money m = { 0, CURRENCY_NONE };

		ASSERT_NUMBER(money_parse(cases[i].text, CURRENCY_CNY, cases[i].negative, &m, NULL),
			      cases[i].code);
		ASSERT_NUMBER(m.minor, cases[i].minor);
	}
}

static void amounts_of_one_currency_compare(void)
{
	struct money one = money_make(1, CURRENCY_CNY), two = money_make(2, CURRENCY_CNY), ret;

	ASSERT_NUMBER(money_compare(one, two), -1);
	ASSERT_NUMBER(money_compare(two, one), 1);
	ASSERT_NUMBER(money_compare(one, one), 0);
	ASSERT_NUMBER(money_subtract(one, money_make(1, CURRENCY_HKD), &ret),
		      FAULT_MONEY_CURRENCY_MISMATCH);
	ASSERT_NUMBER(money_add(one, two, &ret), FAULT_NONE);
	ASSERT_NUMBER(ret.minor, 3);
}

static void currencies_are_rows(void)
{
	enum currency c = CURRENCY_NONE;
	char list[256], small[14];

	CU_ASSERT(currency_parse("CNY", &c));
	ASSERT_NUMBER(c, 156);
	ASSERT_TEXT(currency_letters(c), "CNY");
	ASSERT_TEXT(currency_sign(c), "¥");
	ASSERT_TEXT(currency_sign_wide(c), "￥");
	CU_ASSERT(currency_parse("GBP", &c));
	ASSERT_TEXT(currency_sign_wide(c), "GBP");
	CU_ASSERT_FALSE(currency_parse("cny", &c));
	CU_ASSERT_FALSE(currency_parse("", &c));
	ASSERT_NUMBER(c, CURRENCY_GBP);
	ASSERT_TEXT(currency_letters(CURRENCY_NONE), "");
	ASSERT_TEXT(currency_sign(CURRENCY_NONE), "");
	ASSERT_TEXT(currency_sign_wide((enum currency)999), "");
	currency_list(list, sizeof list);
	ASSERT_TEXT(list, "CNY, HKD, MOP, TWD, SGD, MYR, USD, EUR, GBP");
	currency_list(small, sizeof small);
	ASSERT_TEXT(small, "CNY, HKD");
}

static void numbers_too_large_for_their_scale(void)
{
	int64_t scaled = 42;
	quantity q = 42;
	int32_t bp = 42;
	quantity_text text;

	ASSERT_NUMBER(decimal_parse("4611686018427387903", 0, &scaled), DECIMAL_TOO_LARGE);
	ASSERT_NUMBER(decimal_parse("461168601842738790", 1, &scaled), DECIMAL_OK);
	ASSERT_NUMBER(scaled, 4611686018427387900);
	ASSERT_NUMBER(decimal_parse("461168601842738790", 2, &scaled), DECIMAL_TOO_LARGE);
	ASSERT_NUMBER(quantity_parse("99999999999999999999", &q, NULL), FAULT_QUANTITY_TOO_LARGE);
	ASSERT_NUMBER(q, 42);
	ASSERT_NUMBER(percent_parse("", &bp, NULL), FAULT_PERCENT_BAD);
	ASSERT_NUMBER(percent_parse("00000000000000012", &bp, NULL), FAULT_PERCENT_BAD);
	ASSERT_NUMBER(bp, 42);
	percent_format(1300, text);
	ASSERT_TEXT(text, "13");
	quantity_format(-1500, text);
	ASSERT_TEXT(text, "-1.5");
}

static void weights_below_zero_split_nothing(void)
{
	int64_t parts[10] = { 42 }, weights[10];

	CU_ASSERT_FALSE(share_split(5, (int64_t[]){ 3, -1 }, 2, parts));
	CU_ASSERT_FALSE(share_split(5, NULL, 0, parts));
	ASSERT_NUMBER(parts[0], 42);
	for (int i = 0; i < 10; i++)
		weights[i] = 1;
	CU_ASSERT(share_split(7, weights, 10, parts));
	for (int i = 0; i < 10; i++)
		ASSERT_NUMBER(parts[i], i < 7);
}

static const struct test tests[] = {
	{ "amounts are read as people type them", amounts_are_read_as_people_type_them },
	{ "overflow and mismatch are told apart", overflow_and_mismatch_are_told_apart },
	{ "rounding is symmetric", rounding_is_symmetric },
	{ "amounts are written with two decimals", amounts_are_written_with_two_decimals },
	{ "quantities have three decimals", quantities_have_three_decimals },
	{ "a price times a quantity rounds half up", a_price_times_a_quantity_rounds_half_up },
	{ "percentages stay between nothing and all", percentages_stay_between_nothing_and_all },
	{ "shares lose no cent", shares_lose_no_cent },
	{ "signs and sizes of typed amounts", signs_and_sizes_of_typed_amounts },
	{ "amounts of one currency compare", amounts_of_one_currency_compare },
	{ "currencies are rows", currencies_are_rows },
	{ "numbers too large for their scale", numbers_too_large_for_their_scale },
	{ "weights below zero split nothing", weights_below_zero_split_nothing },
};

SUITE_MAIN("money", tests)
