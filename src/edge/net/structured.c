/* Structured fields, read strictly: what is signed must have one meaning. */
#include "net/structured.h"

#include <string.h>

#include "base/base64.h"
#include "base/mark.h"

static void fail(struct structured *in, const char *wrong)
{
	if (in->failed)
		return;
	in->failed = true;
	in->wrong = wrong;
	in->at = in->end;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_plain(char c)
{
	return is_digit(c) || is_lower(c) || (c >= 'A' && c <= 'Z') ||
		(c && strchr("-._:~+/=@", c));
}

static bool is_key(char c)
{
	return is_digit(c) || is_lower(c) || (c && strchr("_-.*", c));
}

void structured_init(struct structured *in, const char *text, size_t n)
{
	*in = (struct structured){ .at = text, .end = text + n };
	structured_spaces(in);
	while (in->end > in->at && in->end[-1] == ' ')
		in->end--;
}

bool structured_take(struct structured *in, char c)
{
	if (in->at == in->end || *in->at != c)
		return false;
	in->at++;
	return true;
}

void structured_expect(struct structured *in, char c)
{
	if (!structured_take(in, c))
		fail(in, c == ')' ? N_("a closing parenthesis is missing") :
			 c == '"' ? N_("a closing quote is missing, or something stands where text should") :
			 c == ':' ? N_("a colon around bytes is missing") :
				    N_("it has another form than the API describes"));
}

void structured_spaces(struct structured *in)
{
	while (structured_take(in, ' '))
		;
}

/* Copies the letters that is_part allows; fails when there is none, or too many. */
static void take_run(struct structured *in, bool (*is_part)(char), char *ret, size_t size)
{
	size_t n = 0;

	while (in->at + n < in->end && is_part(in->at[n]))
		n++;
	if (n == 0)
		fail(in, N_("a word is missing or has characters that may not be there"));
	else if (n >= size)
		fail(in, N_("a word is too long"));
	if (in->failed)
		n = 0;
	memcpy(ret, in->at, n);
	ret[n] = '\0';
	in->at += n;
}

void structured_key(struct structured *in, char *ret, size_t size)
{
	if (in->at < in->end && !is_lower(*in->at) && *in->at != '*')
		fail(in, N_("a name does not begin with a small letter"));
	take_run(in, is_key, ret, size);
}

void structured_string(struct structured *in, char *ret, size_t size)
{
	structured_expect(in, '"');
	take_run(in, is_plain, ret, size);
	structured_expect(in, '"');
}

int64_t structured_integer(struct structured *in)
{
	char digits[16]; /* 15 at most, says the RFC */
	int64_t value = 0;

	take_run(in, is_digit, digits, sizeof digits);
	if (digits[0] == '0' && digits[1])
		fail(in, N_("a number begins with a zero"));
	for (const char *p = digits; *p && !in->failed; p++)
		value = 10 * value + (*p - '0');
	return value;
}

void structured_bytes(struct structured *in, uint8_t *ret, size_t n)
{
	const char *begin, *colon;
	size_t got = 0;

	structured_expect(in, ':');
	begin = in->at;
	colon = in->failed ? NULL : memchr(begin, ':', (size_t)(in->end - begin));
	if (!colon || !base64_parse(BASE64_STANDARD, begin, (size_t)(colon - begin), ret, n, &got) ||
	    got != n)
		fail(in, N_("bytes are not base64, or not as many as there should be"));
	else
		in->at = colon + 1;
}

bool structured_is_plain(const char *text, size_t most)
{
	size_t n = 0;

	while (n <= most && is_plain(text[n]))
		n++;
	return n > 0 && n <= most && !text[n];
}

bool structured_done(struct structured *in)
{
	if (in->at != in->end)
		fail(in, N_("there is more behind it than one signature has"));
	return !in->failed;
}
