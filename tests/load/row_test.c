/* Columns, plain text and rows. */
#include "suite.h"

#include <string.h>

#include "load/column.h"
#include "load/plain.h"
#include "load/row.h"
#include "load_test.h"
#include "store/catalog_build.h"

void columns_have_english_and_chinese_names(void)
{
	static const struct { const char *name; enum part part; } cases[] = {
		{ "code", PART_code }, { " CODE ", PART_code }, { "plu", PART_code }, { "编码", PART_code },
		{ "barcode", PART_barcode }, { "GTIN", PART_barcode }, { "条码", PART_barcode },
		{ "name", PART_name }, { "name_zh", PART_name }, { "品名", PART_name }, { "名称", PART_name },
		{ "price", PART_price }, { "unit_price", PART_price }, { "单价", PART_price }, { "售价", PART_price },
		{ "unit", PART_unit }, { "单位", PART_unit }, { "spec", PART_spec }, { "规格", PART_spec },
		{ "category", PART_category }, { "分类", PART_category }, { "tax", PART_tax }, { "税率", PART_tax },
		{ "member_price", PART_member_price }, { "会员价", PART_member_price },
		{ "", PART_NONE }, { "names", PART_NONE }, { "cod", PART_NONE }, { "symbology", PART_NONE },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_NUMBER(part_of_column(cases[i].name), cases[i].part);
}

void nothing_a_terminal_obeys_stays(void)
{
	static const struct { const char *in, *out; unsigned done; } cases[] = {
		{ "plain", "plain", 0 }, { "  edges \t", "edges", 0 }, { "", "", 0 }, { " \n ", "", 0 },
		{ "a\033[31mred\033[0m", "ared", PLAIN_STRIPPED },
		{ "\033]0;title\007name", "name", PLAIN_STRIPPED },
		{ "\033]0;title\033\\name", "name", PLAIN_STRIPPED },
		{ "\033]8;;never ended", "8;;never ended", PLAIN_STRIPPED },
		{ "\033Pq#0\033\\x", "x", PLAIN_STRIPPED }, { "\033(0lqk", "lqk", PLAIN_STRIPPED },
		{ "\033cx", "x", PLAIN_STRIPPED }, { "x\033", "x", PLAIN_STRIPPED },
		{ "\xC2\x9B" "2Jx", "x", PLAIN_STRIPPED }, { "a\x01\x7F" "b", "ab", PLAIN_STRIPPED },
		{ "two\nlines", "two lines", PLAIN_STRIPPED }, { "a\tb", "a b", PLAIN_STRIPPED },
		{ "a\xE2\x80\xAE" "b", "ab", PLAIN_STRIPPED },  /* right-to-left override */
		{ "12345678901", "1234567890", PLAIN_CUT }, { "可口可乐", "可口可", PLAIN_CUT },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char out[32];
		size_t size = cases[i].done & PLAIN_CUT ? 11 : sizeof out;

		ASSERT_NUMBER(plain_text(cases[i].in, out, size), cases[i].done);
		ASSERT_TEXT(out, cases[i].out);
	}
}

#define ROW(code_, barcode_, name_, price_, tax_) \
	{ 2, { code_, barcode_, name_, price_, NULL, NULL, NULL, tax_, NULL } }

void rows_become_products_or_are_refused(void)
{
	static char long_code[] = "1234567890123456789012345678901234567890123456789";
	static const struct { struct row row; enum fault_code code; long long minor; } cases[] = {
		{ ROW("1", NULL, "a", "3.5", NULL), FAULT_NONE, 350 },
		{ ROW(" 1 ", NULL, "a", " 3.50 ", "13"), FAULT_NONE, 350 },
		{ ROW("1", NULL, "a", "", ""), FAULT_NONE, 0 }, { ROW("1", NULL, "a", NULL, NULL), FAULT_NONE, 0 },
		{ ROW("1", NULL, "a", "0", "0"), FAULT_NONE, 0 },
		{ ROW("1", NULL, "a", "1", "0.13%"), FAULT_NONE, 100 },
		{ ROW(NULL, "6908512108211", "a", "1", "13%"), FAULT_NONE, 100 },
		{ ROW(NULL, "6908512108212", "a", "1", NULL), FAULT_CATALOG_CHECK_DIGIT, 0 },
		{ ROW("6908512108212", NULL, "a", "1", NULL), FAULT_NONE, 100 },
		{ ROW("6908512108212", "", "a", "1", NULL), FAULT_NONE, 100 },
		{ ROW("7", "6908512108212", "a", "1", NULL), FAULT_CATALOG_CHECK_DIGIT, 0 },
		{ ROW(NULL, "12345", "a", "1", NULL), FAULT_NONE, 100 },
		{ ROW("", NULL, "a", "1", NULL), FAULT_CATALOG_NO_CODE, 0 },
		{ ROW(NULL, " ", "a", "1", NULL), FAULT_CATALOG_NO_CODE, 0 },
		{ ROW(long_code, NULL, "a", "1", NULL), FAULT_CATALOG_BAD_CODE, 0 },
		{ ROW("a\033b", NULL, "a", "1", NULL), FAULT_CATALOG_BAD_CODE, 0 },
		{ ROW("6.90851E+12", NULL, "a", "1", NULL), FAULT_CATALOG_ROUNDED_CODE, 0 },
		{ ROW("6.9", NULL, "a", "1", NULL), FAULT_NONE, 100 },
		{ ROW("1", NULL, "", "1", NULL), FAULT_CATALOG_NO_NAME, 0 },
		{ ROW("1", NULL, "\033[2J", "1", NULL), FAULT_CATALOG_NO_NAME, 0 },
		{ ROW("1", NULL, "a", "1.234", NULL), FAULT_MONEY_TOO_MANY_DECIMALS, 0 },
		{ ROW("1", NULL, "a", "-1", NULL), FAULT_MONEY_NEGATIVE, 0 },
		{ ROW("1", NULL, "a", "99999999999", NULL), FAULT_MONEY_TOO_LARGE, 0 },
		{ ROW("1", NULL, "a", "free", NULL), FAULT_MONEY_BAD_AMOUNT, 0 },
		{ ROW("1", NULL, "a", "1", "0.13"), FAULT_CATALOG_BAD_TAX, 0 },
		{ ROW("1", NULL, "a", "1", "101"), FAULT_CATALOG_BAD_TAX, 0 },
		{ ROW("1", NULL, "a", "1", "VAT"), FAULT_CATALOG_BAD_TAX, 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct product p = { .code = "untouched" };
		struct row_notes notes;
		struct fault fault;
		unsigned given;

		ASSERT_NUMBER(row_product(&cases[i].row, CURRENCY_CNY, &p, &given, &notes, &fault),
			      cases[i].code);
		if (cases[i].code != FAULT_NONE)
			ASSERT_TEXT(p.code, "untouched");
		else
			ASSERT_NUMBER(p.price.minor, cases[i].minor);
	}
}

void what_a_file_says_nothing_of_is_told(void)
{
	static const struct row row = { 2, { "1", NULL, "a\tb", "", "kg", NULL, NULL, NULL, NULL } };
	struct product p;
	struct row_notes notes;
	unsigned given;

	ASSERT_NUMBER(row_product(&row, CURRENCY_CNY, &p, &given, &notes, NULL), FAULT_NONE);
	ASSERT_NUMBER(given, CATALOG_GIVEN_PRICE | CATALOG_GIVEN_UNIT);
	ASSERT_NUMBER(notes.stripped, 1u << PART_name);
	ASSERT_NUMBER(notes.cut, 0);
	ASSERT_NUMBER(p.tax_bp, -1);
	CU_ASSERT(!p.has_price && p.fractional);
	ASSERT_NUMBER(p.price.currency, CURRENCY_CNY);
}
