/* Templates filled in: where each value stands decides how it is written. */
#include "page/page.h"

#include <string.h>

#include "base/mark.h"
#include "base/utf8.h"
#include "page/place.h"

struct filling {
	const struct page_value *values;
	size_t n;
	struct buffer *out;
	struct place place;
	struct fault *fault;
};

void page_piece_init(struct page_piece *piece)
{
	buffer_init(&piece->markup, PAGE_MAX);
}

void page_piece_release(struct page_piece *piece)
{
	if (piece)
		buffer_release(&piece->markup);
}

/* The next character of a value, fit to be shown. */
static size_t next_character(const char *text, char out[4], size_t *ret_n)
{
	uint32_t cp;
	size_t n = utf8_decode(text, strlen(text), &cp);

	if (cp == '\n' || cp == '\r' || cp == '\t')
		cp = ' ';
	else if (utf8_is_control(cp))
		cp = UTF8_REPLACEMENT;
	*ret_n = utf8_encode(cp, out);
	return n;
}

static void put_escaped(struct buffer *out, const char *text)
{
	char character[4];
	size_t n;

	while (*text) {
		text += next_character(text, character, &n);
		switch (character[0]) {
		case '&': buffer_add_text(out, "&amp;"); break;
		case '<': buffer_add_text(out, "&lt;"); break;
		case '>': buffer_add_text(out, "&gt;"); break;
		case '"': buffer_add_text(out, "&quot;"); break;
		case '\'': buffer_add_text(out, "&#39;"); break;
		default: buffer_add(out, character, n);
		}
	}
}

/* A part of an address: only what needs no percent sign stays (RFC 3986, 2.3). */
static void put_percent(struct buffer *out, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c && strchr("-._~", c)))
			buffer_add_byte(out, c);
		else
			buffer_printf(out, "%%%02X", c);
	}
}

/* Of this host, or https. A browser reads \ as / and skips controls, so
 * neither may be in it. */
static bool is_address(const char *text)
{
	for (const char *at = text; *at; at++)
		if ((unsigned char)*at <= ' ' || *at == '\\' || *at == 0x7F)
			return false;
	if (text[0] == '/')
		return text[1] != '/';
	return strncmp(text, "https://", 8) == 0 && text[8];
}

static enum fault_code refuse(struct filling *f, const char *at, const char *why)
{
	char where[48];

	utf8_copy_plain(where, sizeof where, at);
	return fault_set(f->fault, FAULT_PAGE_TEMPLATE, where, why);
}

static const struct page_value *find(const struct filling *f, const char *name, size_t n)
{
	for (size_t i = 0; i < f->n; i++)
		if (strlen(f->values[i].name) == n && memcmp(f->values[i].name, name, n) == 0)
			return &f->values[i];
	return NULL;
}

static enum fault_code put_text(struct filling *f, const char *at, const char *text)
{
	switch (place_kind(&f->place)) {
	case PLACE_TEXT:
	case PLACE_ATTRIBUTE:
		put_escaped(f->out, text);
		return FAULT_NONE;
	case PLACE_ADDRESS_BEGIN:
		if (!is_address(text))
			return fault_set(f->fault, FAULT_PAGE_ADDRESS, text, NULL);
		put_escaped(f->out, text);
		return FAULT_NONE;
	case PLACE_ADDRESS_PART:
		put_percent(f->out, text);
		return FAULT_NONE;
	case PLACE_NONE:
		break;
	}
	return refuse(f, at, N_("no value may stand here"));
}

/* Fills in what begins with the brace at `at`; *ret_end is behind it. */
static enum fault_code fill(struct filling *f, const char *at, const char **ret_end)
{
	bool piece = at[1] == '{';
	const char *name = at + (piece ? 2 : 1);
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
	const struct page_value *value;

	if (n == 0 || n > PAGE_NAME_MAX || name[n] != '}' || (piece && name[n + 1] != '}'))
		return refuse(f, at, N_("a brace begins no value"));
	*ret_end = name + n + (piece ? 2 : 1);
	value = find(f, name, n);
	if (!value)
		return refuse(f, at, N_("the value is not given"));
	if (piece != (value->piece != NULL) || piece == (value->text != NULL))
		return refuse(f, at, N_("text stands in one brace, a piece in two"));
	if (!piece)
		return put_text(f, at, value->text);
	if (place_kind(&f->place) != PLACE_TEXT)
		return refuse(f, at, N_("a piece stands between tags alone"));
	buffer_add(f->out, buffer_text(&value->piece->markup), value->piece->markup.len);
	return FAULT_NONE;
}

enum fault_code page_render(const char *template, const struct page_value *values, size_t n,
			    struct page_piece *piece, struct fault *fault)
{
	struct buffer out = BUFFER_INIT(PAGE_MAX);
	struct filling f = { .values = values, .n = n, .out = &out, .fault = fault };
	const char *at = template;
	enum fault_code code = FAULT_NONE;

	place_init(&f.place);
	while (*at && !code) {
		if (*at == '{') {
			code = fill(&f, at, &at);
			place_value(&f.place);
		} else {
			place_step(&f.place, *at);
			buffer_add_byte(&out, (unsigned char)*at++);
		}
	}
	if (!code && place_kind(&f.place) != PLACE_TEXT)
		code = refuse(&f, template, N_("the template ends within a tag"));
	if (!code && (out.failed || piece->markup.failed || piece->markup.len + out.len > PAGE_MAX))
		code = fault_set_number(fault, FAULT_LIMIT_REACHED, PAGE_MAX, "bytes");
	if (!code)
		buffer_add(&piece->markup, buffer_text(&out), out.len);
	buffer_release(&out);
	return code;
}
