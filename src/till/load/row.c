/* Rows checked, part after part. */
#include "load/row.h"

#include <stdio.h>
#include <string.h>

#include "base/check_digit.h"
#include "base/utf8.h"
#include "load/plain.h"
#include "money/quantity.h"
#include "store/catalog_build.h"

enum { CELL_MAX = 256 };

/* A cell that must be a number or a code: blanks at its ends dropped. */
static void copy_cell(const char *text, char out[CELL_MAX])
{
	size_t n;

	text += strspn(text, " \t\r\n");
	n = strlen(text);
	while (n && strchr(" \t\r\n", text[n - 1]))
		n--;
	if (n > CELL_MAX - 1)
		n = CELL_MAX - 1;
	memcpy(out, text, n);
	out[n] = '\0';
}

static bool is_blank(const char *text)
{
	return !text || text[strspn(text, " \t\r\n")] == '\0';
}

/* "6.90851E+12": digits a spreadsheet has thrown away. */
static bool is_rounded(const char *code)
{
	size_t n = strspn(code, "0123456789");

	if (n != 1 || code[1] != '.')
		return false;
	n = 2 + strspn(code + 2, "0123456789");
	return (code[n] == 'E' || code[n] == 'e') && code[n + 1] == '+' &&
	       code[n + 2] != '\0' && code[n + 2 + strspn(code + n + 2, "0123456789")] == '\0';
}

static bool has_control(const char *text)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		if (utf8_is_control(cp) || cp == UTF8_REPLACEMENT)
			return true;
	}
	return false;
}

static enum fault_code read_code(const struct row *row, struct product *p, struct fault *fault)
{
	bool barcode = !is_blank(row->text[PART_barcode]);
	const char *text = row->text[barcode ? PART_barcode : PART_code];
	char code[CELL_MAX], most[16];

	if (is_blank(text))
		return fault_set(fault, FAULT_CATALOG_NO_CODE, NULL, NULL);
	copy_cell(text, code);
	snprintf(most, sizeof most, "%d", (int)PRODUCT_CODE_MAX);
	if (strlen(code) > PRODUCT_CODE_MAX || has_control(code))
		return fault_set(fault, FAULT_CATALOG_BAD_CODE, code, most);
	if (is_rounded(code))
		return fault_set(fault, FAULT_CATALOG_ROUNDED_CODE, code, NULL);
	if (barcode && gtin_shaped(code) && !gtin_parse(code, NULL))
		return fault_set(fault, FAULT_CATALOG_CHECK_DIGIT, code, NULL);
	utf8_copy(p->code, sizeof p->code, code);
	return FAULT_NONE;
}

static void read_text(const struct row *row, enum part part, char *out, size_t size,
		      struct row_notes *notes)
{
	unsigned done = row->text[part] ? plain_text(row->text[part], out, size) : 0;

	if (done & PLAIN_STRIPPED)
		notes->stripped |= 1u << part;
	if (done & PLAIN_CUT)
		notes->cut |= 1u << part;
}

static enum fault_code read_price(const struct row *row, enum part part, enum currency currency,
				  bool *ret_has, struct money *ret, struct fault *fault)
{
	char cell[CELL_MAX];

	*ret = money_zero(currency);
	if (is_blank(row->text[part]))
		return FAULT_NONE;
	copy_cell(row->text[part], cell);
	*ret_has = true;
	return money_parse(cell, currency, false, ret, fault);
}

/* A fraction without a sign ("0.13") may mean 13 % or 0.13 %: it is refused. */
static enum fault_code read_tax(const struct row *row, int32_t *ret, struct fault *fault)
{
	char cell[CELL_MAX];
	int32_t bp;

	if (is_blank(row->text[PART_tax]))
		return FAULT_NONE;
	copy_cell(row->text[PART_tax], cell);
	if (percent_parse(cell, &bp, NULL) != FAULT_NONE ||
	    (bp > 0 && bp < PERCENT_WHOLE / 100 && !strchr(cell, '%')))
		return fault_set(fault, FAULT_CATALOG_BAD_TAX, cell, NULL);
	*ret = bp;
	return FAULT_NONE;
}

static unsigned given_parts(const struct row *row)
{
	static const struct { enum part part; unsigned bit; } bits[] = {
		{ PART_unit, CATALOG_GIVEN_UNIT }, { PART_spec, CATALOG_GIVEN_SPEC },
		{ PART_category, CATALOG_GIVEN_CATEGORY }, { PART_price, CATALOG_GIVEN_PRICE },
		{ PART_member_price, CATALOG_GIVEN_MEMBER_PRICE }, { PART_tax, CATALOG_GIVEN_TAX },
	};
	unsigned given = 0;

	for (size_t i = 0; i < sizeof bits / sizeof bits[0]; i++)
		if (row->text[bits[i].part])
			given |= bits[i].bit;
	return given;
}

enum fault_code row_product(const struct row *row, enum currency currency, struct product *ret,
			    unsigned *ret_given, struct row_notes *ret_notes, struct fault *fault)
{
	struct product p = { .tax_bp = -1 };
	struct row_notes notes = { 0, 0 };
	enum fault_code code = read_code(row, &p, fault);

	if (code != FAULT_NONE)
		return code;
	read_text(row, PART_name, p.name, sizeof p.name, &notes);
	read_text(row, PART_unit, p.unit, sizeof p.unit, &notes);
	read_text(row, PART_spec, p.spec, sizeof p.spec, &notes);
	read_text(row, PART_category, p.category, sizeof p.category, &notes);
	if (!p.name[0])
		return fault_set(fault, FAULT_CATALOG_NO_NAME, p.code, NULL);
	code = read_price(row, PART_price, currency, &p.has_price, &p.price, fault);
	if (code == FAULT_NONE)
		code = read_price(row, PART_member_price, currency, &p.has_member_price,
				  &p.member_price, fault);
	if (code == FAULT_NONE)
		code = read_tax(row, &p.tax_bp, fault);
	if (code != FAULT_NONE)
		return code;
	p.fractional = product_unit_is_fractional(p.unit);
	*ret = p;
	*ret_given = given_parts(row);
	*ret_notes = notes;
	return FAULT_NONE;
}
