/* Labels of scales. */
#include "scan_test.h"

#include "base/check_digit.h"

void label_patterns_mean_what_scale_makers_mean(void)
{
	static const struct { const char *pattern, *field; int weight, price; } cases[] = {
		{ "FF CCCCC EEEEE K", "2FXXXXXMMMMMK", 3, 2 },
		{ "F WWWWWW EEEEE C", "2XXXXXXMMMMMK", 3, 2 },
		{ "F WWWWW NNNNN C", "2XXXXXWWWWWK", 3, 2 },
		{ "26 XXXXX MMMMM WWWWW C", "26XXXXXMMMMMWWWWWK", 3, 2 },
		{ "26XXXXXMMM.MWW.WWWK", "26XXXXXMMMMWWWWWK", 3, 1 },
		{ "2CCCCCVEEEEK", "2XXXXXVMMMMK", 3, 2 },
		{ "21 XXXXX WWWWW. K", "21XXXXXWWWWWK", 0, 2 },
		{ "X EEEE. K", "XMMMMK", 3, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan_label label = { .digits = 0 };

		CU_ASSERT_PTR_NULL(scan_label_parse(cases[i].pattern, &label));
		ASSERT_TEXT(label.field, cases[i].field);
		ASSERT_NUMBER(label.digits, strlen(cases[i].field));
		ASSERT_NUMBER(label.weight_decimals, cases[i].weight);
		ASSERT_NUMBER(label.price_decimals, cases[i].price);
	}
}

void label_patterns_are_refused_with_a_reason(void)
{
	static const char *const bad[] = {
		"", "   ", "FF CCCCC EEEEE", "FF EEEEE K", "FF CCCCC K", "FF CCCCC ZZZZZ K",
		"FF CC EE CC K", "FF CCCCC EE WW EE K", "FF CCCCC K EEEEE", "K FF CCCCC EEEEE K",
		"FF CCCCC EEEEE VV K", "FF CCCCC WWWWW V K", "FF CCCCC EEE V K", "FF CCC.CC EEEEE K",
		"FF CCCCC E.EEEE K", "FF CCCCC E.EE.EE K", "FF CCCCC W.WWWW K", "FF CCCCC .EEEEE K",
		"FF XXXXXXXXXXXXXXX EEEEE K", "FF XXXXX EEEEEEEEE K", "FF XXXXXXXXXXXX EEEEEE WWWWW K",
		"FF CCCCC EEEEE K          and a great deal more than that", "ff ccccc eeeee k",
		"C", "- X EEE K", ".X EEE K", "X WW EE WW K", "X WWWWWWWWW K", "X W.W.W K", "X EE WW",
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct scan_label label = { .digits = 77 };

		CU_ASSERT_PTR_NOT_NULL(scan_label_parse(bad[i], &label));
		ASSERT_NUMBER(label.digits, 77);
	}
}

void label_fields_become_quantity_and_price(void)
{
	static const struct {
		const char *pattern, *code;
		enum label_match match;
		const char *flag, *item;
		int64_t quantity, price;
	} cases[] = {
		{ "FF CCCCC EEEEE K", "2100123012343", LABEL_YES, "21", "00123", 0, 1234 },
		{ "FF CCCCC EEEEE K", "2100123012344", LABEL_BAD_CHECK, "", "", 0, 0 },
		{ "FF CCCCC EEEEE K", "6901234567892", LABEL_NO, "", "", 0, 0 },
		{ "FF CCCCC EEEEE K", "210012301234X", LABEL_NO, "", "", 0, 0 },
		{ "FF CCCCC EEEEE K", "21001230123435", LABEL_NO, "", "", 0, 0 },
		{ "F WWWWWW EEEEE C", "2200123056788", LABEL_YES, "2", "200123", 0, 5678 },
		{ "21 XXXXX NNNNN C", "2100123012343", LABEL_YES, "21", "00123", 1234, 0 },
		{ "22 XXXXX NNNNN C", "2100123012343", LABEL_NO, "", "", 0, 0 },
		{ "21 XXXXX NNNNN. C", "2100123012343", LABEL_YES, "21", "00123", 1234000, 0 },
		{ "21 XX NNNNNNNN. C", "2112999999994", LABEL_NO, "", "", 0, 0 },
		{ "21 XXXXX NNNN.N C", "2100123012343", LABEL_YES, "21", "00123", 123400, 0 },
		{ "21 XXXXX EEEEE. C", "2100123012343", LABEL_YES, "21", "00123", 0, 123400 },
		{ "FF CCCCC EEEEE K", "2100000000005", LABEL_YES, "21", "00000", 0, 0 },
		{ "26 XXXXX MMMMM WWWWW C", "261234501586007341", LABEL_YES, "26", "12345", 734, 1586 },
		{ "26 XXXXX MMMMM WWWWW C", "261234501586007342", LABEL_BAD_CHECK, "", "", 0, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan_label label;
		struct scan_weighed w = { .flag = "" };

		CU_ASSERT_PTR_NULL_FATAL(scan_label_parse(cases[i].pattern, &label));
		ASSERT_NUMBER(scan_label_match(&label, cases[i].code, CURRENCY_CNY, &w), cases[i].match);
		ASSERT_TEXT(w.flag, cases[i].flag);
		ASSERT_TEXT(w.item, cases[i].item);
		ASSERT_NUMBER(w.quantity, cases[i].quantity);
		ASSERT_NUMBER(w.has_quantity, cases[i].quantity > 0);
		ASSERT_NUMBER(w.price.minor, cases[i].price);
		ASSERT_NUMBER(w.has_price, cases[i].price > 0);
	}
}

/* Prices 28.75 and 146.85 have the check digits 9 and 6 by GS1's tables. */
void label_price_check_digit_follows_gs1(void)
{
	static const struct { const char *pattern, *digits; enum label_match match; } cases[] = {
		{ "F XXXXX V MMMM K", "21234592875", LABEL_YES }, { "F XXXXX V MMMM K", "21234582875", LABEL_BAD_CHECK },
		{ "F XXXXX V MMMMM K", "212345614685", LABEL_YES }, { "F XXXXX V MMMMM K", "212345714685", LABEL_BAD_CHECK },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan_label label;
		struct scan_weighed w;
		size_t n = strlen(cases[i].digits);
		char code[16];

		memcpy(code, cases[i].digits, n);
		code[n] = (char)('0' + check_digit_gs1(code, n));
		code[n + 1] = '\0';
		CU_ASSERT_PTR_NULL_FATAL(scan_label_parse(cases[i].pattern, &label));
		ASSERT_NUMBER(scan_label_match(&label, code, CURRENCY_CNY, &w), cases[i].match);
	}
}

/* The same by the definition instead of its tables: the digit times its weight,
 * tens added to (+) or taken from (-) the units. */
static int by_definition(int digit, int factor, int tens)
{
	int product = digit * factor;

	return (product % 10 + tens * (product / 10) + 10) % 10;
}

void label_price_check_digit_holds_for_all_digits(void)
{
	static const int factors[] = { 5, 2, 5, 5, 2 }, tens[] = { 1, -1, -1, 1, -1 };
	struct scan_label label;

	CU_ASSERT_PTR_NULL_FATAL(scan_label_parse("2 X V MMMMM K", &label));
	for (int i = 0; i < 50; i++) {
		char code[10] = "210000000";
		struct scan_weighed w;
		int yes = 0, sum = by_definition(i % 10, factors[i / 10], tens[i / 10]);

		code[3 + i / 10] = (char)('0' + i % 10);
		for (int v = 0; v < 10; v++) {
			bool right = (by_definition(v, 5, -1) + sum) % 10 == 0;

			code[2] = (char)('0' + v);
			code[8] = (char)('0' + check_digit_gs1(code, 8));
			CU_ASSERT_EQUAL(scan_label_match(&label, code, CURRENCY_CNY, &w),
					right ? LABEL_YES : LABEL_BAD_CHECK);
			yes += right;
		}
		ASSERT_NUMBER(yes, 1);
	}
}

void label_patterns_are_tried_in_turn(void)
{
	struct scan_rules rules;
	struct scan s;

	scan_rules_init(&rules, CURRENCY_CNY, 2026);
	CU_ASSERT_PTR_NULL(scan_rules_add_label(&rules, "2 XXXXXXXXXX V MMMM K"));
	CU_ASSERT_PTR_NULL(scan_rules_add_label(&rules, "2 XXXXXXXXXX MMMMM K"));
	scan_read("20000000000100005", 17, SCAN_SCANNED, &rules, &s, NULL);
	ASSERT_TEXT(scan_kind_name(s.kind), "SCALE_LABEL");
	ASSERT_NUMBER(s.label.price.minor, 10000);
	ASSERT_NUMBER(s.doubt, FAULT_NONE);
}

void label_price_must_fit_its_weight(void)
{
	static const struct { int64_t weight, price, unit; bool fits; } cases[] = {
		{ 734, 586, 798, true }, { 734, 585, 798, true }, { 734, 587, 798, true },
		{ 734, 584, 798, false }, { 734, 588, 798, false }, { 0, 586, 798, false },
		{ 734, 0, 798, false }, { 734, 586, 0, false }, { QUANTITY_MAX, 1, MONEY_MAX_MINOR, false },
	};
	struct scan_weighed w = { .has_quantity = true, .has_price = true, .quantity = 734,
		.price = { 586, CURRENCY_CNY } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan_weighed c = { .has_quantity = cases[i].weight > 0,
			.has_price = cases[i].price > 0, .quantity = cases[i].weight,
			.price = { cases[i].price, CURRENCY_CNY } };

		ASSERT_NUMBER(scan_label_price_fits(&c, money_make(cases[i].unit, CURRENCY_CNY)),
			      cases[i].fits);
	}
	CU_ASSERT_FALSE(scan_label_price_fits(&w, money_make(798, CURRENCY_HKD)));
}
