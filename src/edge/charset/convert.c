/* Conversion by libc's iconv. */
#include "charset/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

struct charset_converter {
	iconv_t cd;
};

static enum fault_code converter_new(const char *to, const char *from,
				     struct charset_converter **ret, struct fault *fault)
{
	struct charset_converter *c = malloc(sizeof *c);

	if (c)
		c->cd = iconv_open(to, from);
	if (!c || c->cd == (iconv_t)-1) {
		free(c);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	*ret = c;
	return FAULT_NONE;
}

enum fault_code charset_decoder_new(enum charset from, struct charset_converter **ret,
				    struct fault *fault)
{
	return converter_new("UTF-8", charset_name(from), ret, fault);
}

enum fault_code charset_encoder_new(enum charset to, struct charset_converter **ret,
				    struct fault *fault)
{
	return converter_new(charset_name(to), "UTF-8", ret, fault);
}

void charset_converter_free(struct charset_converter *c)
{
	if (!c)
		return;
	iconv_close(c->cd);
	free(c);
}

/* iconv's prototype takes char ** without const, but never writes there. */
static char *without_const(const char *s)
{
	union { const char *in; char *out; } u = { s };

	return u.out;
}

/* Converts until the input ends or a character is refused; returns the bytes
 * of the input taken. */
static size_t convert(struct charset_converter *c, const char *bytes, size_t n, struct buffer *out)
{
	char *in = without_const(bytes);
	size_t left = n;

	iconv(c->cd, NULL, NULL, NULL, NULL);
	while (left) {
		char piece[512], *to = piece;
		size_t room = sizeof piece;
		size_t result = iconv(c->cd, &in, &left, &to, &room);

		buffer_add(out, piece, sizeof piece - room);
		if (result == (size_t)-1 && errno != E2BIG)
			break;
	}
	return n - left;
}

bool charset_decode(struct charset_converter *c, const char *bytes, size_t n, struct buffer *out)
{
	return convert(c, bytes, n, out) == n && !out->failed;
}

size_t charset_encode(struct charset_converter *c, const char *text, size_t n, char instead,
		      struct buffer *out)
{
	size_t replaced = 0;

	for (size_t at = 0; at < n;) {
		uint32_t cp;

		at += convert(c, text + at, n - at, out);
		if (at == n)
			break;
		at += utf8_decode(text + at, n - at, &cp);
		buffer_add_byte(out, (unsigned char)instead);
		replaced++;
	}
	return replaced;
}
