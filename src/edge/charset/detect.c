/* Telling UTF-8 from GB18030. */
#include "charset/charset.h"

#include <string.h>

#include "base/utf8.h"

const char *charset_name(enum charset c)
{
	switch (c) {
	case CHARSET_ASCII:
		return "ASCII";
	case CHARSET_UTF8:
		return "UTF-8";
	case CHARSET_GB18030:
		return "GB18030";
	case CHARSET_GBK:
		return "GBK";
	}
	return "";
}

size_t charset_bom(const char *bytes, size_t n)
{
	return n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* The length of the GB18030 character at p (n > 0 bytes), 0 when malformed. */
static size_t gb18030_length(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] == 0x80 || p[0] == 0xFF || n < 2)
		return 0;
	if (p[1] >= 0x40 && p[1] <= 0xFE && p[1] != 0x7F)
		return 2;
	if (n >= 4 && p[1] >= 0x30 && p[1] <= 0x39 && p[2] >= 0x81 && p[2] <= 0xFE &&
	    p[3] >= 0x30 && p[3] <= 0x39)
		return 4;
	return 0;
}

bool charset_gb18030_valid(const char *bytes, size_t n)
{
	const unsigned char *p = (const unsigned char *)bytes;

	for (size_t i = 0; i < n;) {
		size_t len = gb18030_length(p + i, n - i);

		if (len == 0)
			return false;
		i += len;
	}
	return true;
}

static bool all_ascii(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return false;
	return true;
}

enum charset charset_detect(const char *bytes, size_t n)
{
	size_t utf8 = 0, gb18030 = 0;

	for (size_t i = 0; i < n;) {
		const char *line = bytes + i, *end = memchr(line, '\n', n - i);
		size_t len = end ? (size_t)(end - line) : n - i;

		i += len + 1;
		if (all_ascii(line, len) || (!end && utf8 + gb18030))
			continue;
		if (utf8_valid(line, len))
			utf8++;
		else if (charset_gb18030_valid(line, len))
			gb18030++;
	}
	if (utf8 + gb18030 == 0)
		return CHARSET_ASCII;
	return utf8 >= gb18030 ? CHARSET_UTF8 : CHARSET_GB18030;
}
