/* GS1 element strings. */
#include "scan_test.h"

#include <stdio.h>

#define GTIN "06901234567892"
#define GS "\x1d"

static struct gs1 parse(const char *s)
{
	struct gs1 out = { .gtin = "untouched" };
	struct fault f;

	ASSERT_NUMBER(gs1_parse(s, strlen(s), 2026, CURRENCY_CNY, &out, &f), FAULT_NONE);
	return out;
}

static void assert_date(struct gs1_date d, int year, int month, int day)
{
	ASSERT_NUMBER(d.year * 10000 + d.month * 100 + d.day, year * 10000 + month * 100 + day);
}

void gs1_elements_give_product_dates_and_amounts(void)
{
	struct gs1 g = parse("01" GTIN "11260105" "13260106" "15260228" "17270200" "10LOT-7/a" GS "21S1");

	ASSERT_TEXT(g.gtin, GTIN);
	ASSERT_TEXT(g.batch, "LOT-7/a");
	ASSERT_TEXT(g.serial, "S1");
	assert_date(g.produced, 2026, 1, 5);
	assert_date(g.packed, 2026, 1, 6);
	assert_date(g.best_before, 2026, 2, 28);
	assert_date(g.expiry, 2027, 2, 28);
	CU_ASSERT_FALSE(g.has_weight || g.has_price || g.has_count || g.has_unit_price);

	g = parse("01969012345678953103000734392215866" GS "30112" GS "8005002350");
	CU_ASSERT(g.has_weight && g.has_price && g.has_count && g.has_unit_price);
	ASSERT_NUMBER(g.weight, 734);
	ASSERT_NUMBER(g.price.minor, 15866);
	ASSERT_NUMBER(g.price.currency, CURRENCY_CNY);
	ASSERT_NUMBER(g.count, 112000);
	ASSERT_NUMBER(g.unit_price.minor, 2350);

	g = parse("3932344" "1586" GS GS);
	ASSERT_NUMBER(g.price.minor, 1586);
	ASSERT_NUMBER(g.price.currency, CURRENCY_HKD);
	ASSERT_NUMBER(parse("3100000012").weight, 12000);
	ASSERT_NUMBER(parse("3105012345").weight, 123);
	ASSERT_NUMBER(parse("3105012355").weight, 124);
	ASSERT_NUMBER(parse("392015").price.minor, 1500);
	ASSERT_NUMBER(parse("39231580").price.minor, 158);
	ASSERT_TEXT(parse("255" "6901234567892" "42").coupon, "690123456789242");
	ASSERT_TEXT(parse("3202001000" "4210123456789012" GS "7003260101" GS "95x" GS "01" GTIN).gtin, GTIN);
	ASSERT_TEXT(parse(GS "01" GTIN "01" GTIN).gtin, GTIN);
}

void gs1_faults_name_the_place(void)
{
	static const struct { const char *text, *place; } cases[] = {
		{ "", "" }, { GS, "" }, { "0", "0" }, { "x", "x" }, { "0169012345678", "0169012345678" },
		{ "01" "06901234567893", "0106901234567893" }, { "01" GTIN "10", "10" },
		{ "01" GTIN "17261301", "17261301" }, { "17260230", "17260230" }, { "1726023", "1726023" },
		{ "10" "123456789012345678901", "10123456789012345678901" },
		{ "10a b", "10a b" }, { "10a@", "10a@" }, { "10a[", "10a[" }, { "10a`", "10a`" }, { "10a{", "10a{" },
		{ "10A" GS "10AB", "10AB" }, { "17260013", "17260013" },
		{ "3920999999999999999", "3920999999999999999" }, { "10a\xc3\xa9", "10a\xc3\xa9" }, { "01" GTIN "0112345678901231", "0112345678901231" },
		{ "39231586", "39231586" }, { "3922", "3922" }, { "39229999999999999", "39229999999999999" },
		{ "3932999100", "3932999100" }, { "393215", "393215" }, { "30000", "30000" },
		{ "3012345678", "3012345678" }, { "3106000001", "3106000001" }, { "310300073", "310300073" },
		{ "25512", "25512" }, { "8005123", "8005123" }, { "0412345", "0412345" }, { "70", "70" },
		{ "310", "310" }, { "01" GTIN "ZZ", "ZZ" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct gs1 out = { .gtin = "untouched" };
		struct fault f = { 0 };
		const char *s = cases[i].text;

		ASSERT_NUMBER(gs1_parse(s, strlen(s), 2026, CURRENCY_CNY, &out, &f), FAULT_SCAN_BAD_GS1);
		ASSERT_TEXT(f.arg[0], cases[i].place);
		CU_ASSERT(f.arg[1][0] != '\0');
		ASSERT_TEXT(out.gtin, "untouched");
	}
}

void gs1_reading_stays_in_its_bounds(void)
{
	char text[33 * 10 + 1] = "";
	struct gs1 out;
	struct fault f;

	for (int i = 0; i < 33; i++)
		snprintf(text + 10 * i, 11, "31%02d000000", 10 + i);
	ASSERT_NUMBER(gs1_parse(text, 320, 2026, CURRENCY_CNY, &out, &f), FAULT_NONE);
	ASSERT_NUMBER(gs1_parse(text, 330, 2026, CURRENCY_CNY, &out, &f), FAULT_SCAN_BAD_GS1);
	ASSERT_NUMBER(gs1_parse("10a\0b", 5, 2026, CURRENCY_CNY, &out, &f), FAULT_SCAN_BAD_GS1);
	ASSERT_NUMBER(gs1_from_brackets("(10)ABC", 7, text, 6), 0);
	ASSERT_NUMBER(gs1_from_brackets("(10)ABC", 7, text, 7), 5);
}

void gs1_years_are_the_nearest(void)
{
	static const struct { int now; const char *date; int year, day; } cases[] = {
		{ 2026, "260228", 2026, 28 }, { 2026, "750228", 2075, 28 }, { 2026, "760228", 1976, 28 },
		{ 2026, "990228", 1999, 28 }, { 2026, "000200", 2000, 29 }, { 2060, "090200", 2109, 28 },
		{ 2060, "100200", 2010, 28 }, { 2060, "590200", 2059, 28 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct gs1 out;
		char text[9] = "17";

		memcpy(text + 2, cases[i].date, 7);
		ASSERT_NUMBER(gs1_parse(text, 8, cases[i].now, CURRENCY_CNY, &out, NULL), FAULT_NONE);
		assert_date(out.expiry, cases[i].year, 2, cases[i].day);
	}
}

void gs1_is_believed_without_claim_only_with_a_gtin(void)
{
	static const struct { const char *text; enum scan_kind kind; enum fault_code code; } cases[] = {
		{ "]C101" GTIN "10A", SCAN_GS1, FAULT_NONE }, { "]e001" GTIN, SCAN_GS1, FAULT_NONE },
		{ "]d201" GTIN, SCAN_GS1, FAULT_NONE }, { "]Q301" GTIN, SCAN_GS1, FAULT_NONE },
		{ "]C110ABC", SCAN_GS1, FAULT_NONE }, { GS "10ABC", SCAN_GS1, FAULT_NONE },
		{ "01" GTIN "17261231" "10A" GS "21B", SCAN_GS1, FAULT_NONE }, { "01" GTIN, SCAN_GS1, FAULT_NONE },
		{ "(01)" GTIN "(10)A(x)(21)B", SCAN_GS1, FAULT_NONE },
		{ "(01)" GTIN "(17)261231", SCAN_GS1, FAULT_NONE },
		{ "]C001" GTIN "10A", SCAN_PLAIN, FAULT_NONE }, { "10ABC", SCAN_PLAIN, FAULT_NONE },
		{ "0106901234567893", SCAN_PLAIN, FAULT_NONE }, { "(10)ABC", SCAN_PLAIN, FAULT_NONE },
		{ "(red)", SCAN_PLAIN, FAULT_NONE }, { "(10)ABCDEFGHIJKLM", SCAN_PLAIN, FAULT_NONE }, { "01" GTIN "ZZ", SCAN_PLAIN, FAULT_NONE },
		{ "]C1ABC", 0, FAULT_SCAN_BAD_GS1 }, { GS "ABC", 0, FAULT_SCAN_BAD_GS1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct scan s = { .kind = SCAN_UNDECIDED };

		ASSERT_NUMBER(scan_test_read(cases[i].text, &s), cases[i].code);
		ASSERT_TEXT(scan_kind_name(s.kind), scan_kind_name(cases[i].kind));
		ASSERT_NUMBER(s.stripped, 0);
	}
}

void gs1_separators_may_be_typed_by_a_wedge(void)
{
	struct scan_rules rules = scan_test_rules();
	static const char typed[] = "]C101" GTIN "10LOT|21S1\r";
	struct scan s;

	rules.gs1_separator = '|';
	ASSERT_NUMBER(scan_read(typed, sizeof typed - 1, SCAN_SCANNED, &rules, &s, NULL), FAULT_NONE);
	ASSERT_TEXT(s.gs1.batch, "LOT");
	ASSERT_TEXT(s.gs1.serial, "S1");
	ASSERT_TEXT(s.gtin, GTIN);
	ASSERT_NUMBER(scan_read("A|B", 3, SCAN_SCANNED, &rules, &s, NULL), FAULT_NONE);
	ASSERT_TEXT(s.code, "A|B");
}
