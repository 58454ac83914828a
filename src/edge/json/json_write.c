/* JSON by hand, as RFC 8259 has it. */
#include "json/json_write.h"

#include <string.h>

#include "base/utf8.h"

void json_writer_init(struct json_writer *w, struct buffer *out)
{
	*w = (struct json_writer){ .out = out };
}

static void put_escape(struct buffer *out, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *at = c ? strchr(plain, c) : NULL;
	char text[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };

	if (at) {
		text[1] = letters[at - plain];
		buffer_add(out, text, 2);
	} else {
		buffer_add(out, text, sizeof text);
	}
}

/* Bytes of the character at s that are written as they are; 0 when it has to
 * be escaped or replaced. */
static size_t unchanged(const char *s, size_t n)
{
	unsigned char c = (unsigned char)*s;
	uint32_t cp;
	size_t len;

	if (c < 0x80)
		return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
	len = utf8_decode(s, n, &cp);
	return len > 1 ? len : 0;
}

static void put_string(struct buffer *out, const char *s, size_t n)
{
	size_t from = 0, at = 0;

	buffer_add_byte(out, '"');
	while (at < n) {
		size_t len = unchanged(s + at, n - at);

		if (len) {
			at += len;
			continue;
		}
		buffer_add(out, s + from, at - from);
		if ((unsigned char)s[at] < 0x80)
			put_escape(out, (unsigned char)s[at]);
		else
			buffer_add(out, "\xef\xbf\xbd", 3);
		from = ++at;
	}
	buffer_add(out, s + from, at - from);
	buffer_add_byte(out, '"');
}

/* The comma and the name in front of a value. */
static void put_name(struct json_writer *w, const char *name)
{
	uint32_t here = UINT32_C(1) << w->depth;
	bool named = w->depth > 0 && !(w->arrays & here);

	if (named != (name != NULL) || (w->depth == 0 && w->begun & here))
		w->out->failed = true;
	if (w->begun & here)
		buffer_add_byte(w->out, ',');
	w->begun |= here;
	if (name) {
		buffer_add_byte(w->out, '"');
		buffer_add_text(w->out, name);
		buffer_add(w->out, "\":", 2);
	}
}

static void open(struct json_writer *w, const char *name, bool array)
{
	uint32_t inside;

	put_name(w, name);
	if (w->depth == JSON_DEPTH_MAX) {
		w->out->failed = true;
		return;
	}
	inside = UINT32_C(1) << ++w->depth;
	w->begun &= ~inside;
	w->arrays = array ? w->arrays | inside : w->arrays & ~inside;
	buffer_add_byte(w->out, array ? '[' : '{');
}

void json_put_object(struct json_writer *w, const char *name)
{
	open(w, name, false);
}

void json_put_array(struct json_writer *w, const char *name)
{
	open(w, name, true);
}

void json_close(struct json_writer *w)
{
	if (w->depth == 0) {
		w->out->failed = true;
		return;
	}
	buffer_add_byte(w->out, w->arrays & UINT32_C(1) << w->depth ? ']' : '}');
	w->depth--;
}

void json_put_bytes(struct json_writer *w, const char *name, const char *text, size_t n)
{
	put_name(w, name);
	put_string(w->out, text, n);
}

void json_put_text(struct json_writer *w, const char *name, const char *text)
{
	if (text)
		json_put_bytes(w, name, text, strlen(text));
	else
		json_put_null(w, name);
}

void json_put_number(struct json_writer *w, const char *name, int64_t number)
{
	char text[24];
	size_t at = sizeof text;
	uint64_t value = number < 0 ? -(uint64_t)number : (uint64_t)number;

	do
		text[--at] = (char)('0' + value % 10);
	while (value /= 10);
	if (number < 0)
		text[--at] = '-';
	put_name(w, name);
	buffer_add(w->out, text + at, sizeof text - at);
}

void json_put_bool(struct json_writer *w, const char *name, bool value)
{
	put_name(w, name);
	buffer_add_text(w->out, value ? "true" : "false");
}

void json_put_null(struct json_writer *w, const char *name)
{
	put_name(w, name);
	buffer_add(w->out, "null", 4);
}

void json_put_money(struct json_writer *w, const char *name, struct money amount)
{
	money_text text;

	money_format(amount, text);
	json_put_text(w, name, text);
}

void json_put_quantity(struct json_writer *w, const char *name, quantity q)
{
	quantity_text text;

	quantity_format(q, text);
	json_put_text(w, name, text);
}

void json_put_ident(struct json_writer *w, const char *name, const struct ident *id)
{
	ident_text text;

	if (ident_is_zero(id)) {
		json_put_null(w, name);
		return;
	}
	ident_format(id, text);
	json_put_bytes(w, name, text, IDENT_LETTERS);
}

void json_end_line(struct json_writer *w)
{
	if (w->depth != 0)
		w->out->failed = true;
	buffer_add_byte(w->out, '\n');
	json_writer_init(w, w->out);
}
