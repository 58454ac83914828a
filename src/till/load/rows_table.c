/* Product files as tables: CSV in UTF-8 or GB18030. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "load/rows_form.h"

static bool is_ascii(const struct csv_field *f)
{
	for (size_t i = 0; i < f->len; i++)
		if ((unsigned char)f->text[i] >= 0x80)
			return false;
	return true;
}

/* In a file whose head is ASCII the first field beyond it decides. */
static enum fault_code decide(struct rows *r, const struct csv_field *f, struct fault *fault)
{
	if (r->charset == CHARSET_ASCII)
		r->charset = charset_detect(f->text, f->len);
	if (r->charset != CHARSET_GB18030 || r->decoder)
		return FAULT_NONE;
	return charset_decoder_new(CHARSET_GB18030, &r->decoder, fault);
}

/* A field as UTF-8 at the end of r->text; *ret_at is where it begins. */
static enum fault_code decode(struct rows *r, const struct csv_field *f, size_t *ret_at,
			      struct fault *fault)
{
	enum fault_code code;
	bool ok;

	*ret_at = r->text.len;
	if (memchr(f->text, '\0', f->len))
		return fault_set(fault, FAULT_CATALOG_ZERO_BYTE, NULL, NULL);
	if (is_ascii(f)) {
		buffer_add(&r->text, f->text, f->len + 1);
		return FAULT_NONE;
	}
	code = decide(r, f, fault);
	if (code != FAULT_NONE)
		return code;
	if (r->charset == CHARSET_GB18030) {
		ok = charset_decode(r->decoder, f->text, f->len, &r->text);
		buffer_add_byte(&r->text, '\0');
	} else {
		ok = r->charset == CHARSET_UTF8 && utf8_valid(f->text, f->len);
		buffer_add(&r->text, f->text, f->len + 1);
	}
	if (ok)
		return FAULT_NONE;
	return fault_set(fault, FAULT_CATALOG_BAD_ENCODING,
			 charset_name(r->charset == CHARSET_ASCII ? CHARSET_UTF8 : r->charset), NULL);
}

static enum fault_code trouble(enum csv_trouble t, struct fault *fault)
{
	char fields[16];

	switch (t) {
	case CSV_SOUND:
		break;
	case CSV_QUOTE_OPEN:
		return fault_set(fault, FAULT_CATALOG_OPEN_QUOTE, NULL, NULL);
	case CSV_TEXT_AFTER_QUOTE:
		return fault_set(fault, FAULT_CATALOG_TEXT_AFTER_QUOTE, NULL, NULL);
	case CSV_ROW_TOO_LONG:
	case CSV_TOO_MANY_FIELDS:
		snprintf(fields, sizeof fields, "%d", (int)CSV_FIELDS_MAX);
		return fault_set_number(fault, FAULT_CATALOG_ROW_TOO_LONG, CSV_ROW_MAX, fields);
	}
	return FAULT_NONE;
}

static bool has_part(const struct rows *r, enum part part)
{
	for (size_t i = 0; i < r->n_columns; i++)
		if (r->part[i] == part)
			return true;
	return false;
}

/* Reads the names of the columns. */
static enum fault_code read_names(struct rows *r, const struct csv_row *row, struct fault *fault)
{
	r->n_columns = row->n;
	for (size_t i = 0; i < row->n; i++) {
		size_t at;
		enum fault_code code = decode(r, &row->field[i], &at, fault);
		const char *name = buffer_text(&r->text) + at;

		if (code != FAULT_NONE)
			return code;
		r->part[i] = part_of_column(name);
		if (r->part[i] == PART_NONE && name[0])
			r->ignored(r->context, (uint32_t)row->line, name);
	}
	if (!has_part(r, PART_code) && !has_part(r, PART_barcode))
		return fault_set(fault, FAULT_CATALOG_NO_CODE_COLUMN, r->path, NULL);
	if (!has_part(r, PART_name))
		return fault_set(fault, FAULT_CATALOG_NO_NAME_COLUMN, r->path, NULL);
	return FAULT_NONE;
}

enum fault_code rows_table_open(struct rows *r, struct fault *fault)
{
	struct csv_row row;
	enum fault_code code = csv_reader_new(source_read, r->source, &r->csv, fault);

	if (code != FAULT_NONE)
		return code;
	switch (csv_reader_next(r->csv, &row)) {
	case CSV_FAILED:
		return source_fault(r->source, fault);
	case CSV_END:
		return fault_set(fault, FAULT_CATALOG_NO_CODE_COLUMN, r->path, NULL);
	case CSV_ROW:
		break;
	}
	code = trouble(row.trouble, fault);
	return code == FAULT_NONE ? read_names(r, &row, fault) : code;
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

/* Puts the fields of a row in their places: of several columns for one part
 * the first that is not blank. Texts move while r->text grows, so their places
 * are noted first. */
static enum fault_code read_fields(struct rows *r, const struct csv_row *row, struct row *ret,
				   struct fault *fault)
{
	size_t place[PART_COUNT];
	bool there[PART_COUNT] = { false };

	for (size_t i = 0; i < r->n_columns; i++) {
		static const struct csv_field missing = { "", 0 };
		enum part part = r->part[i];
		size_t at;
		enum fault_code code;

		if (part == PART_NONE)
			continue;
		code = decode(r, i < row->n ? &row->field[i] : &missing, &at, fault);
		if (code != FAULT_NONE)
			return code;
		if (there[part] && !is_blank(buffer_text(&r->text) + place[part]))
			continue;
		there[part] = true;
		place[part] = at;
	}
	if (r->text.failed)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	for (size_t part = 0; part < PART_COUNT; part++)
		if (there[part])
			ret->text[part] = buffer_text(&r->text) + place[part];
	return FAULT_NONE;
}

enum rows_status rows_table_next(struct rows *r, struct row *ret, struct fault *fault)
{
	struct csv_row row;

	switch (csv_reader_next(r->csv, &row)) {
	case CSV_FAILED:
		source_fault(r->source, fault);
		return ROWS_FAILED;
	case CSV_END:
		return ROWS_END;
	case CSV_ROW:
		break;
	}
	ret->line = (uint32_t)row.line;
	if (trouble(row.trouble, fault) != FAULT_NONE || read_fields(r, &row, ret, fault) != FAULT_NONE)
		return ROWS_REFUSED;
	return ROWS_ROW;
}
