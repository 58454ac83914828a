/* What a scan is: every kind, every edge, every collision. */
#include "scan_test.h"

#include <stdio.h>

#include "base/utf8.h"

#define OWN_ID "014D2PF2DBSQQG28T5CY4TQKFFK"

struct scan_rules scan_test_rules(void)
{
	struct scan_rules rules;

	scan_rules_init(&rules, CURRENCY_CNY, 2026);
	CU_ASSERT_PTR_NULL(scan_rules_add_label(&rules, "21 CCCCC EEEEE K"));
	CU_ASSERT_PTR_NULL(scan_rules_add_label(&rules, "F WWWWW V EEEE C"));
	CU_ASSERT_PTR_NULL(scan_rules_add_label(&rules, "26 XXXXX MMMMM WWWWW C"));
	CU_ASSERT_PTR_NULL(scan_rules_add_label(&rules, "29 XXXXX MMMMM WWWWW C"));
	CU_ASSERT_PTR_NULL(scan_rules_add_label(&rules, "99 XXXXX MMMMM WWWWW C"));
	CU_ASSERT_PTR_NULL(scan_rules_add_card(&rules, "VIP######"));
	CU_ASSERT_PTR_NULL(scan_rules_add_card(&rules, "88@-*"));
	return rules;
}

enum fault_code scan_test_read(const char *text, struct scan *ret)
{
	struct scan_rules rules = scan_test_rules();

	return scan_read(text, strlen(text), SCAN_SCANNED, &rules, ret, NULL);
}

static void every_kind_is_recognised(void)
{
	static const struct { const char *text; enum scan_kind kind; const char *code, *gtin, *shown; } cases[] = {
		{ "6901234567892", SCAN_GTIN, "6901234567892", "06901234567892", "6901234567892" },
		{ "]E06901234567892\r\n", SCAN_GTIN, "6901234567892", "06901234567892", "6901234567892" },
		{ "012345000058", SCAN_GTIN, "012345000058", "00012345000058", "012345000058" },
		{ "0012345000058", SCAN_GTIN, "0012345000058", "00012345000058", "0012345000058" },
		{ "96385074", SCAN_GTIN, "96385074", "00000096385074", "96385074" },
		{ "]E496385074", SCAN_GTIN, "96385074", "00000096385074", "96385074" },
		{ "]I112345678901286", SCAN_GTIN, "12345678901286", "12345678901286", "12345678901286" },
		{ "]E39780201379624" "51995", SCAN_GTIN, "978020137962451995", "09780201379624", "978020137962451995" },
		{ "134650298812345678", SCAN_PAYMENT_CODE, "134650298812345678", "", "****5678" },
		{ "154650298812345678", SCAN_PAYMENT_CODE, "154650298812345678", "", "****5678" },
		{ "281234567890123456", SCAN_PAYMENT_CODE, "281234567890123456", "", "****3456" },
		{ "2512345678901234", SCAN_PAYMENT_CODE, "2512345678901234", "", "****1234" },
		{ "301234567890123456789012", SCAN_PAYMENT_CODE, "301234567890123456789012", "", "****9012" },
		{ "fp0123456789abcdefABCDEF0123456789a", SCAN_PAYMENT_CODE, "fp0123456789abcdefABCDEF0123456789a", "", "****789a" },
		{ "6212345678901234567", SCAN_PAYMENT_CODE, "6212345678901234567", "", "****4567" },
		{ "hQVDUFYwMWEaTwigAAADMwEBAlcPYiU=", SCAN_PAYMENT_CODE, "hQVDUFYwMWEaTwigAAADMwEBAlcPYiU=", "", "****YiU=" },
		{ "0112345678901234567", SCAN_PAYMENT_CODE, "0112345678901234567", "", "****4567" },
		{ "wxp://f2f0abcdef", SCAN_MERCHANT_QR, "wxp://f2f0abcdef", "", "WeChat Pay" },
		{ "HTTPS://QR.ALIPAY.COM/fkx0", SCAN_MERCHANT_QR, "HTTPS://QR.ALIPAY.COM/fkx0", "", "Alipay" },
		{ "http://shop.example/pay", SCAN_MERCHANT_QR, "http://shop.example/pay", "", "web address" },
		{ "00020101021129370016A0000006770101", SCAN_MERCHANT_QR, "00020101021129370016A0000006770101", "", "EMV merchant code" },
		{ "GM" OWN_ID, SCAN_MEMBER, "GM" OWN_ID, "", "****KFFK" },
		{ "GC" OWN_ID, SCAN_COUPON, "GC" OWN_ID, "", "****KFFK" },
		{ "GR" OWN_ID, SCAN_RECEIPT, "GR" OWN_ID, "", "GR" OWN_ID },
		{ "]Q1gb014d2pf2dbsqqg28t5cy4tqkffk", SCAN_BADGE, "gb014d2pf2dbsqqg28t5cy4tqkffk", "", "****kffk" },
		{ "VIP123456", SCAN_CARD, "VIP123456", "", "****3456" },
		{ "88a-\xe4\xb8\xad\xe6\x96\x87", SCAN_CARD, "88a-\xe4\xb8\xad\xe6\x96\x87", "", "****\xe6\x96\x87" },
		{ "12", SCAN_PLAIN, "12", "", "12" },
		{ "85123A", SCAN_PLAIN, "85123A", "", "85123A" },
		{ "gift 0001 ", SCAN_PLAIN, "gift 0001 ", "", "gift 0001 " },
		{ "\xe8\x8b\xb9\xe6\x9e\x9c", SCAN_PLAIN, "\xe8\x8b\xb9\xe6\x9e\x9c", "", "\xe8\x8b\xb9\xe6\x9e\x9c" },
		{ "]", SCAN_PLAIN, "]", "", "]" }, { "]^1x", SCAN_PLAIN, "]^1x", "", "]^1x" },
		{ "]E:x", SCAN_PLAIN, "]E:x", "", "]E:x" }, { "]E_x", SCAN_PLAIN, "]E_x", "", "]E_x" },
		{ "]E~x", SCAN_PLAIN, "]E~x", "", "]E~x" }, { "]E!x", SCAN_PLAIN, "]E!x", "", "]E!x" },
		{ "]91x", SCAN_PLAIN, "]91x", "", "]91x" },
		{ "]E36901234567892", SCAN_GTIN, "6901234567892", "06901234567892", "6901234567892" },
		{ "]E39780201379624" "519", SCAN_PLAIN, "9780201379624519", "", "9780201379624519" },
		{ "]E3978020137962X51", SCAN_PLAIN, "978020137962X51", "", "978020137962X51" }, { "]E0", SCAN_PLAIN, "]E0", "", "]E0" },
		{ "00000000", SCAN_PLAIN, "00000000", "", "00000000" },
		{ "2100123012343", SCAN_SCALE_LABEL, "2100123012343", "02100123012343", "2100123012343" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan s = { .kind = SCAN_UNDECIDED };

		ASSERT_NUMBER(scan_test_read(cases[i].text, &s), FAULT_NONE);
		ASSERT_TEXT(scan_kind_name(s.kind), scan_kind_name(cases[i].kind));
		ASSERT_TEXT(s.code, cases[i].code);
		ASSERT_NUMBER(s.length, strlen(cases[i].code));
		ASSERT_TEXT(s.gtin, cases[i].gtin);
		ASSERT_TEXT(s.shown, cases[i].shown);
		ASSERT_NUMBER(s.doubt, FAULT_NONE);
		ASSERT_NUMBER(s.stripped, 0);
	}
}

static void wallets_are_told_apart_by_prefix_and_length(void)
{
	static const struct { const char *code, *channel; } cases[] = {
		{ "100000000000000000", "wechat" }, { "150000000000000000", "wechat" },
		{ "160000000000000000", "" }, { "090000000000000000", "" },
		{ "10000000000000000", "" }, { "1000000000000000000", "" },
		{ "250000000000000", "" }, { "2500000000000000", "alipay" },
		{ "240000000000000000", "" }, { "310000000000000000", "" },
		{ "300000000000000000000000", "alipay" }, { "3000000000000000000000000", "" },
		{ "25000000000000000x", "" }, { "fp000000000000000000000000000000000", "alipay" },
		{ "fp00000000000000000000000000000000-", "" },
		{ "hQVDUFYwMWEaTwigAAADMwEB", "unionpay" }, { "hQVDUFYwMWEaTwigAAADMwE!", "" }, { "fp0000000000000000000000000000000000", "" },
		{ "6200000000000000000", "unionpay" }, { "620000000000000000", "" },
		{ "6100000000000000000", "" }, { "0100000000000000000", "ecny" },
		{ "010000000000000000", "" }, { "", "" }, { "2", "" },
	};
	struct scan_rules rules = scan_test_rules();

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct scan_wallet *w = scan_wallet_of(&rules, cases[i].code);

		ASSERT_TEXT(w ? w->channel : "", cases[i].channel);
	}
}

static void a_wrong_check_digit_is_flagged_and_the_code_kept(void)
{
	static const char *const cases[] = {
		"6901234567893", "12345678", "012345000059", "12345678901287", "GM" "014D2PF2DBSQQG28T5CY4TQKFFX",
		"2100123012344", "991234501586007342", "]E06901234567893",
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan s;
		struct scan_key keys[SCAN_KEYS_MAX];
		struct scan_context nothing = { 0 };

		ASSERT_NUMBER(scan_test_read(cases[i], &s), FAULT_NONE);
		ASSERT_TEXT(scan_kind_name(s.kind), "PLAIN");
		ASSERT_NUMBER(s.doubt, FAULT_SCAN_CHECK_DIGIT);
		ASSERT_NUMBER(scan_keys(&s, keys), 1);
		ASSERT_TEXT(keys[0].code, s.code);
		ASSERT_NUMBER(scan_resolve(&s, &nothing), SCAN_PLAIN);
	}
}

static void upc_e_is_expanded_when_the_symbol_says_so(void)
{
	static const struct { const char *text, *gtin; enum fault_code doubt; } cases[] = {
		{ "]E0425261", "00042100005264", FAULT_NONE }, { "]E004252614", "00042100005264", FAULT_NONE },
		{ "]E0123453", "00012300000451", FAULT_NONE }, { "]E0123454", "00012340000053", FAULT_NONE },
		{ "]E0123457", "00012345000072", FAULT_NONE }, { "]E0123450", "00012000003455", FAULT_NONE },
		{ "]E014252611", "00142100005261", FAULT_NONE },
		{ "]E004252615", "", FAULT_SCAN_CHECK_DIGIT }, { "04252614", "", FAULT_SCAN_CHECK_DIGIT },
		{ "]E096385074", "00000096385074", FAULT_NONE }, { "425261", "", FAULT_NONE },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan s;

		ASSERT_NUMBER(scan_test_read(cases[i].text, &s), FAULT_NONE);
		ASSERT_TEXT(s.gtin, cases[i].gtin);
		ASSERT_NUMBER(s.doubt, cases[i].doubt);
	}
}

static void control_characters_are_left_out_and_reported(void)
{
	static const struct { const char *text, *code; unsigned stripped; const char *shown; } cases[] = {
		{ "12\x1b[31m34", "12[31m34", 1, "<1B>" }, { "\x02" "A1\x03\r\n", "A1", 0, "" },
		{ "A\x1d" "B\x7f", "AB", 2, "<7F><1D>" }, { "A\tB", "AB", 1, "<09>" },
		{ "A\xc2\x9b" "B", "AB", 1, "<9B>" }, { "A\xff\xfe" "B", "AB", 2, "<FF><FE>" },
		{ "A\xe2\x80\xae" "B", "AB", 1, "<202E>" }, { "A\xe4\xb8", "A", 2, "<E4><B8>" },
		{ "A\a\a\a\a\a\a\a\a\a\a\a\a", "A", 12, "<07><07><07><07><07><07><07><07><07><07>" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan s;

		ASSERT_NUMBER(scan_test_read(cases[i].text, &s), FAULT_NONE);
		ASSERT_TEXT(s.code, cases[i].code);
		ASSERT_NUMBER(s.stripped, cases[i].stripped);
		ASSERT_TEXT(s.stripped_shown, cases[i].shown);
	}
}

static void empty_and_overlong_scans_are_refused(void)
{
	struct scan_rules rules = scan_test_rules();
	char bytes[SCAN_BYTES_MAX + 1];
	struct scan s = { .shown = "untouched" };
	struct fault f;

	memset(bytes, 'x', sizeof bytes);
	ASSERT_NUMBER(scan_read("", 0, SCAN_SCANNED, &rules, &s, &f), FAULT_SCAN_EMPTY);
	ASSERT_NUMBER(scan_test_read("\r\n", &s), FAULT_SCAN_EMPTY);
	ASSERT_NUMBER(scan_test_read("  ", &s), FAULT_SCAN_EMPTY);
	ASSERT_NUMBER(scan_test_read("\x1b\x07", &s), FAULT_SCAN_EMPTY);
	ASSERT_NUMBER(scan_read(bytes, sizeof bytes, SCAN_TYPED, &rules, &s, &f), FAULT_SCAN_TOO_LONG);
	ASSERT_TEXT(f.arg[0], "512");
	ASSERT_NUMBER(scan_read(bytes, 49, SCAN_TYPED, &rules, &s, &f), FAULT_SCAN_TOO_LONG);
	ASSERT_TEXT(f.arg[0], "48");
	ASSERT_TEXT(s.shown, "untouched");
	ASSERT_NUMBER(scan_read(bytes, 48, SCAN_TYPED, &rules, &s, &f), FAULT_NONE);
	memcpy(bytes, "https://", 8);
	ASSERT_NUMBER(scan_read(bytes, 512, SCAN_SCANNED, &rules, &s, &f), FAULT_NONE);
	ASSERT_NUMBER(s.kind, SCAN_MERCHANT_QR);
}

static void a_wedge_may_frame_its_scans(void)
{
	struct scan_rules rules = scan_test_rules();
	struct scan s;

	memcpy(rules.prefix, "~@", 3);
	memcpy(rules.suffix, "#!", 3);
	scan_read("~@]E06901234567892#!\r", 21, SCAN_SCANNED, &rules, &s, NULL);
	ASSERT_TEXT(s.code, "6901234567892");
	ASSERT_TEXT(s.aim, "E0");
	scan_read("6901234567892", 13, SCAN_SCANNED, &rules, &s, NULL);
	ASSERT_TEXT(s.code, "6901234567892");
	ASSERT_NUMBER(scan_read("~@#!", 4, SCAN_SCANNED, &rules, &s, NULL), FAULT_SCAN_EMPTY);
	scan_read("~@~@x#!#!\r\n", 11, SCAN_SCANNED, &rules, &s, NULL);
	ASSERT_TEXT(s.code, "~@x#!");
	scan_read("x", 1, SCAN_SCANNED, &rules, &s, NULL);
	ASSERT_TEXT(s.code, "x");
	memcpy(rules.prefix, "\x02" "A", 3);
	memcpy(rules.suffix, "Z\x03", 3);
	scan_read("\x02" "AA1ZZ\x03\r", 8, SCAN_SCANNED, &rules, &s, NULL);
	ASSERT_TEXT(s.code, "A1Z");
	scan_read("\x02" "AA1ZZ\x03", 7, SCAN_SCANNED, &rules, &s, NULL);
	ASSERT_TEXT(s.code, "A1Z");
	scan_read("~@]E0x#!", 8, SCAN_TYPED, &rules, &s, NULL);
	ASSERT_TEXT(s.code, "~@]E0x#!");
	ASSERT_TEXT(s.aim, "");
}

static void cards_fit_the_stores_patterns(void)
{
	struct scan_rules rules = scan_test_rules();
	static const struct { const char *code; bool fits; } cases[] = {
		{ "VIP000000", true }, { "VIP00000", false }, { "VIP0000000", false }, { "VIP00000A", false },
		{ "vip000000", false }, { "88X-", true }, { "88x-anything", true }, { "881-", false }, { "88X", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_NUMBER(scan_card_fits(&rules, cases[i].code), cases[i].fits);
	CU_ASSERT_PTR_NOT_NULL(scan_rules_add_card(&rules, ""));
	CU_ASSERT_PTR_NOT_NULL(scan_rules_add_card(&rules, "*"));
	CU_ASSERT_PTR_NOT_NULL(scan_rules_add_card(&rules, "1*2"));
	CU_ASSERT_PTR_NOT_NULL(scan_rules_add_card(&rules, "123456789012345678901234567890123456789012345678"));
	while (rules.n_cards < SCAN_CARDS_MAX)
		CU_ASSERT_PTR_NULL_FATAL(scan_rules_add_card(&rules, "#"));
	CU_ASSERT_PTR_NOT_NULL(scan_rules_add_card(&rules, "#"));
	while (rules.n_labels < SCAN_LABELS_MAX)
		CU_ASSERT_PTR_NULL_FATAL(scan_rules_add_label(&rules, "X E K"));
	CU_ASSERT_PTR_NOT_NULL(scan_rules_add_label(&rules, "X E K"));
	rules.n_labels = 0;
	CU_ASSERT_PTR_NOT_NULL(scan_rules_add_label(&rules, "nonsense"));
	ASSERT_NUMBER(rules.n_labels, 0);
}

static void the_catalogue_is_asked_whole_codes_first(void)
{
	static const struct { const char *text, *keys; } cases[] = {
		{ "6901234567892", "GTIN 06901234567892" },
		{ "]E004252614", "GTIN 00042100005264, PLAIN 04252614" },
		{ "2100123012343", "GTIN 02100123012343, SCALE_LABEL 00123, SCALE_LABEL 123, SCALE_LABEL 2100123" },
		{ "2100000012343", "GTIN 02100000012343, SCALE_LABEL 00000, SCALE_LABEL 2100000" },
		{ "261234501586007341", "PLAIN 261234501586007341, SCALE_LABEL 12345, SCALE_LABEL 2612345" },
		{ "]C1010690123456789210A", "GS1 06901234567892" }, { "]C110A", "" },
		{ "GM" OWN_ID, "" }, { "wxp://x", "" }, { "85123A", "PLAIN 85123A" },
		{ "VIP123456", "PLAIN VIP123456" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan s;
		struct scan_key keys[SCAN_KEYS_MAX];
		char text[256] = "";
		size_t n, used = 0;

		ASSERT_NUMBER(scan_test_read(cases[i].text, &s), FAULT_NONE);
		n = scan_keys(&s, keys);
		for (size_t k = 0; k < n; k++)
			used += (size_t)snprintf(text + used, sizeof text - used, "%s%s %s", k ? ", " : "",
						 scan_kind_name(keys[k].kind), keys[k].code);
		ASSERT_TEXT(text, cases[i].keys);
	}
}

static void collisions_are_resolved_by_evidence_and_screen(void)
{
	enum { LABEL = 1 << SCAN_SCALE_LABEL, WHOLE = 1 << SCAN_PLAIN, GTIN = 1 << SCAN_GTIN,
		GS1 = 1 << SCAN_GS1 };
	static const struct {
		const char *text;
		bool tender;
		unsigned known;
		bool fits;
		enum scan_kind want;
	} cases[] = {
		/* an 18-digit label that could be an Alipay code */
		{ "261234501586007341", false, LABEL, true, SCAN_SCALE_LABEL },
		{ "261234501586007341", false, LABEL, false, SCAN_UNDECIDED },
		{ "261234501586007341", false, 0, false, SCAN_PAYMENT_CODE },
		{ "261234501586007341", true, LABEL, true, SCAN_PAYMENT_CODE },
		{ "261234501586007341", false, WHOLE, false, SCAN_PLAIN },
		{ "261234501586007342", false, LABEL, true, SCAN_PAYMENT_CODE },
		/* 13 digits: a label or a product of its own */
		{ "2100123012343", false, LABEL, false, SCAN_SCALE_LABEL },
		{ "2100123012343", false, GTIN | LABEL, false, SCAN_GTIN },
		{ "2100123012343", true, LABEL, false, SCAN_SCALE_LABEL },
		{ "2100123012343", false, 0, false, SCAN_SCALE_LABEL },
		/* a WeChat code is no label; a shop's very own 18 digits are its product */
		{ "134650298812345678", false, LABEL, true, SCAN_PAYMENT_CODE },
		{ "134650298812345678", false, WHOLE, false, SCAN_PLAIN },
		{ "134650298812345678", true, WHOLE, false, SCAN_PAYMENT_CODE },
		/* GS1 elements without claim that could be an e-CNY code */
		{ "0106901234567892101", false, GS1, false, SCAN_UNDECIDED },
		{ "0106901234567892101", false, 0, false, SCAN_PAYMENT_CODE },
		{ "0106901234567892101", true, GS1, false, SCAN_PAYMENT_CODE },
		{ "]C10106901234567892101", true, GS1, false, SCAN_GS1 },
		{ "]C10106901234567892101", false, 0, false, SCAN_GS1 },
		/* the rest */
		{ "VIP123456", false, 0, false, SCAN_CARD }, { "VIP123456", false, WHOLE, false, SCAN_PLAIN },
		{ "GM" OWN_ID, true, 0, false, SCAN_MEMBER }, { "wxp://x", true, 0, false, SCAN_MERCHANT_QR },
		{ "12345678", false, WHOLE, false, SCAN_PLAIN }, { "6901234567892", true, 0, false, SCAN_GTIN },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan s;
		struct scan_context c = { cases[i].tender, cases[i].known, cases[i].fits };

		ASSERT_NUMBER(scan_test_read(cases[i].text, &s), FAULT_NONE);
		ASSERT_TEXT(scan_kind_name(scan_resolve(&s, &c)), scan_kind_name(cases[i].want));
	}
}

static void a_upc_a_label_may_come_as_ean_13(void)
{
	struct scan s;

	ASSERT_NUMBER(scan_test_read("0212345928752", &s), FAULT_NONE);
	CU_ASSERT(s.readings & SCAN_SET(SCAN_SCALE_LABEL));
	ASSERT_TEXT(s.label.item, "12345");
	ASSERT_NUMBER(s.label.price.minor, 2875);
}

static void a_forgotten_scan_holds_nothing(void)
{
	static const struct scan empty;
	struct scan s;

	scan_test_read("134650298812345678", &s);
	scan_forget(&s);
	CU_ASSERT(memcmp(&s, &empty, sizeof s) == 0);
	ASSERT_NUMBER(scan_resolve(&s, &(struct scan_context){ 0 }), SCAN_UNDECIDED);
	ASSERT_TEXT(scan_kind_words(SCAN_MEMBER), "member card");
	ASSERT_TEXT(scan_kind_words(SCAN_UNDECIDED), "");
	ASSERT_TEXT(scan_kind_name(SCAN_UNDECIDED), "UNDECIDED");
}

static bool plain(const char *text, size_t size)
{
	size_t n = strnlen(text, size);

	if (n == size || !utf8_valid(text, n))
		return false;
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		if (utf8_is_control(cp))
			return false;
	}
	return true;
}

static bool keeps_secret(const struct scan *s)
{
	return !(s->readings & SCAN_SET(SCAN_PAYMENT_CODE)) ||
		(strncmp(s->shown, "****", 4) == 0 && strlen(s->shown) <= 8);
}

/* Random bytes, half of them from letters that make codes. */
static size_t fill(unsigned char *bytes, uint64_t *seed)
{
	static const char likely[] = "0123456789012345678901234567890123456789]ECdQ()GMwxp:/\x1d\r\n ";
	static const char *const starts[] = { "", "]C1", "]E0", "(01)", "01", "26", "GM", "\x1d", "000201", "99" };
	const char *start;
	size_t n, used;

	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	start = starts[(*seed >> 33) % 10];
	n = (*seed >> 40) % 60 < 58 ? (*seed >> 48) % 40 : (*seed >> 48) % 600;
	used = strlen(start);
	memcpy(bytes, start, used);
	for (size_t i = 0; i < n; i++) {
		*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		bytes[used++] = *seed >> 63 ? (unsigned char)(*seed >> 50)
			: (unsigned char)likely[(*seed >> 50) % (sizeof likely - 1)];
	}
	return used;
}

static void random_bytes_never_break_the_rules(void)
{
	struct scan_rules rules = scan_test_rules();
	uint64_t seed = 1;

	for (int round = 0; round < 100000; round++) {
		unsigned char bytes[640];
		size_t n = fill(bytes, &seed);
		struct scan s;
		struct scan_key keys[SCAN_KEYS_MAX];
		struct scan_context c = { seed & 1, (unsigned)(seed >> 8), seed & 2 };
		enum fault_code code = scan_read(bytes, n, seed & 4 ? SCAN_TYPED : SCAN_SCANNED,
						 &rules, &s, NULL);

		if (code != FAULT_NONE) {
			CU_ASSERT_FATAL(code == FAULT_SCAN_EMPTY || code == FAULT_SCAN_TOO_LONG ||
					code == FAULT_SCAN_BAD_GS1);
			continue;
		}
		CU_ASSERT_FATAL(plain(s.code, sizeof s.code) && plain(s.shown, sizeof s.shown));
		CU_ASSERT_FATAL(plain(s.stripped_shown, sizeof s.stripped_shown));
		CU_ASSERT_FATAL(s.length == strlen(s.code) && s.length > 0 && s.kind != SCAN_UNDECIDED);
		CU_ASSERT_FATAL(keeps_secret(&s));
		CU_ASSERT_FATAL(scan_keys(&s, keys) <= SCAN_KEYS_MAX);
		scan_resolve(&s, &c);
	}
}

static const struct test tests[] = {
	{ "every kind is recognised", every_kind_is_recognised },
	{ "wallets are told apart by prefix and length", wallets_are_told_apart_by_prefix_and_length },
	{ "a wrong check digit is flagged and the code kept", a_wrong_check_digit_is_flagged_and_the_code_kept },
	{ "UPC-E is expanded when the symbol says so", upc_e_is_expanded_when_the_symbol_says_so },
	{ "control characters are left out and reported", control_characters_are_left_out_and_reported },
	{ "empty and overlong scans are refused", empty_and_overlong_scans_are_refused },
	{ "a wedge may frame its scans", a_wedge_may_frame_its_scans },
	{ "cards fit the store's patterns", cards_fit_the_stores_patterns },
	{ "the catalogue is asked whole codes first", the_catalogue_is_asked_whole_codes_first },
	{ "collisions are resolved by evidence and screen", collisions_are_resolved_by_evidence_and_screen },
	{ "a UPC-A label may come as EAN-13", a_upc_a_label_may_come_as_ean_13 },
	{ "a forgotten scan holds nothing", a_forgotten_scan_holds_nothing },
	{ "random bytes never break the rules", random_bytes_never_break_the_rules },
	{ "GS1 elements give product, dates and amounts", gs1_elements_give_product_dates_and_amounts },
	{ "GS1 faults name the place", gs1_faults_name_the_place },
	{ "GS1 reading stays in its bounds", gs1_reading_stays_in_its_bounds },
	{ "GS1 years are the nearest", gs1_years_are_the_nearest },
	{ "GS1 is believed without claim only with a GTIN", gs1_is_believed_without_claim_only_with_a_gtin },
	{ "GS1 separators may be typed by a wedge", gs1_separators_may_be_typed_by_a_wedge },
	{ "label patterns mean what scale makers mean", label_patterns_mean_what_scale_makers_mean },
	{ "label patterns are refused with a reason", label_patterns_are_refused_with_a_reason },
	{ "label fields become quantity and price", label_fields_become_quantity_and_price },
	{ "a label's price check digit follows GS1", label_price_check_digit_follows_gs1 },
	{ "a label's price check digit holds for all digits", label_price_check_digit_holds_for_all_digits },
	{ "label patterns are tried in turn", label_patterns_are_tried_in_turn },
	{ "a label's price must fit its weight", label_price_must_fit_its_weight },
};

SUITE_MAIN("scan", tests)
