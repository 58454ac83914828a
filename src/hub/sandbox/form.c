/* What a browser sends from a form (application/x-www-form-urlencoded). */
#include <string.h>

#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes text[0..n) into out[size]; false when it does not fit or is none. */
static bool decode(const char *text, size_t n, char *out, size_t size)
{
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		char c = text[i] == '+' ? ' ' : text[i];

		if (c == '%') {
			if (n - i < 3 || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0)
				return false;
			c = (char)(digit(text[i + 1]) * 16 + digit(text[i + 2]));
			i += 2;
		}
		if (!c || len + 1 >= size)
			return false;
		out[len++] = c;
	}
	out[len] = '\0';
	return utf8_valid(out, len);
}

bool form_field(const char *form, size_t n, const char *name, char *out, size_t size)
{
	size_t named = strlen(name), i = 0;
	const char *value = NULL;
	size_t value_n = 0;

	while (i < n) {
		const char *end = memchr(form + i, '&', n - i);
		size_t part = end ? (size_t)(end - form) - i : n - i;

		if (part > named && memcmp(form + i, name, named) == 0 && form[i + named] == '=') {
			if (value)
				return false;
			value = form + i + named + 1;
			value_n = part - named - 1;
		}
		i += part + 1;
	}
	return value && decode(value, value_n, out, size);
}
