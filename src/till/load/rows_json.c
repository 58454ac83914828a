/* Product files as JSON lines: one object a line. */
#include <stdlib.h>
#include <string.h>

#include "base/mark.h"
#include "json/json_read.h"
#include "load/rows_form.h"

/* Reads a line into r->raw without its end: 1, 0 at the end of the file, -1
 * when it is unreadable. Of a line too long only the begin is kept, and the
 * buffer has failed. */
static int read_line(struct rows *r)
{
	bool any = false;

	buffer_reset(&r->raw);
	for (;;) {
		const char *from, *end;
		size_t n;

		if (r->at == r->n) {
			ssize_t got = source_read(r->source, r->block, sizeof r->block);

			if (got <= 0)
				return got < 0 ? -1 : any;
			r->at = 0;
			r->n = (size_t)got;
		}
		any = true;
		from = r->block + r->at;
		end = memchr(from, '\n', r->n - r->at);
		n = end ? (size_t)(end - from) : r->n - r->at;
		buffer_add(&r->raw, from, n);
		r->at += n + (end ? 1 : 0);
		if (end)
			return 1;
	}
}

static bool is_number_byte(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* Copies a line with every number in quotes: a price must keep its digits as
 * they are written, and a long code its zeros. */
static void quote_numbers(const char *line, size_t n, struct buffer *out)
{
	bool text = false;

	for (size_t i = 0; i < n; i++) {
		size_t from = i;

		if (!text && ((line[i] >= '0' && line[i] <= '9') || line[i] == '-')) {
			while (i + 1 < n && is_number_byte(line[i + 1]))
				i++;
			buffer_add_byte(out, '"');
			buffer_add(out, line + from, i + 1 - from);
			buffer_add_byte(out, '"');
			continue;
		}
		if (line[i] == '"')
			text = !text;
		else if (text && line[i] == '\\' && i + 1 < n)
			buffer_add_byte(out, (unsigned char)line[i++]);
		buffer_add_byte(out, (unsigned char)line[i]);
	}
}

/* Tells once of each column that is not used. */
static void tell_ignored(struct rows *r, const char *name)
{
	for (size_t i = 0; i < r->n_told; i++)
		if (strcmp(r->told[i], name) == 0)
			return;
	if (r->n_told == sizeof r->told / sizeof r->told[0])
		return;
	r->told[r->n_told] = strdup(name);
	if (r->told[r->n_told])
		r->n_told++;
	r->ignored(r->context, r->line, name);
}

/* Copies a member's text behind the others; true and false are words. */
static size_t keep(struct rows *r, const char *text)
{
	size_t at = r->text.len;

	buffer_add(&r->text, text, strlen(text) + 1);
	return at;
}

static enum fault_code read_members(struct rows *r, const struct json_value *object,
				    struct row *ret, struct fault *fault)
{
	size_t place[PART_COUNT];
	bool there[PART_COUNT] = { false };
	const struct json_value *value;
	const char *name;
	void *at = NULL;

	while (json_next_member(object, &at, &name, &value)) {
		enum part part = part_of_column(name);
		const char *text = json_text_of(value);

		if (part == PART_NONE)
			tell_ignored(r, name);
		else if (json_kind_of(value) != JSON_KIND_NULL && !text)
			return fault_set(fault, FAULT_INPUT_BAD_FIELD, name, N_("a text or a number"));
		else if (!there[part]) {
			there[part] = true;
			place[part] = keep(r, text ? text : "");
		}
	}
	if (r->text.failed)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	for (size_t part = 0; part < PART_COUNT; part++)
		if (there[part])
			ret->text[part] = buffer_text(&r->text) + place[part];
	return FAULT_NONE;
}

static enum fault_code read_object(struct rows *r, struct row *ret, struct fault *fault)
{
	struct buffer quoted = BUFFER_INIT(3 * LINE_MAX_BYTES);
	struct json_value *object = NULL;
	enum fault_code code;

	if (r->raw.failed || r->raw.len > LINE_MAX_BYTES)
		return fault_set_number(fault, FAULT_CATALOG_ROW_TOO_LONG, LINE_MAX_BYTES, "256");
	quote_numbers(r->raw.data, r->raw.len, &quoted);
	if (quoted.failed)
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	else
		code = json_parse(quoted.data, quoted.len, &object, fault);
	if (code == FAULT_NONE && json_kind_of(object) != JSON_KIND_OBJECT)
		code = fault_set(fault, FAULT_INPUT_BAD_JSON, "1", N_("an object was expected"));
	if (code == FAULT_NONE)
		code = read_members(r, object, ret, fault);
	json_value_free(object);
	buffer_release(&quoted);
	return code;
}

static bool is_empty(const struct buffer *line)
{
	return strspn(buffer_text(line), " \t\r") == line->len;
}

enum rows_status rows_json_next(struct rows *r, struct row *ret, struct fault *fault)
{
	int got;

	do {
		got = read_line(r);
		r->line++;
	} while (got > 0 && !r->raw.failed && is_empty(&r->raw));
	if (got < 0) {
		source_fault(r->source, fault);
		return ROWS_FAILED;
	}
	if (got == 0)
		return ROWS_END;
	ret->line = r->line;
	return read_object(r, ret, fault) == FAULT_NONE ? ROWS_ROW : ROWS_REFUSED;
}
