/* Base64: keys, digests and signatures as headers and URLs carry them. */
#include "base/base64.h"

#include <string.h>

static const char letters[2][65] = {
	[BASE64_STANDARD] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
	[BASE64_URL] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

void base64_format(enum base64_kind kind, const void *bytes, size_t n, char *out)
{
	const uint8_t *in = bytes;

	for (size_t at = 0; at < n; at += 3) {
		size_t left = n - at;
		uint32_t bits = (uint32_t)in[at] << 16;

		if (left > 1)
			bits |= (uint32_t)in[at + 1] << 8;
		if (left > 2)
			bits |= in[at + 2];
		for (size_t i = 0; i < 4; i++) {
			if (i <= left)
				*out++ = letters[kind][bits >> (18 - 6 * i) & 63];
			else if (kind == BASE64_STANDARD)
				*out++ = '=';
		}
	}
	*out = '\0';
}

/* How many of the letters are no padding; SIZE_MAX when the padding is wrong. */
static size_t without_padding(enum base64_kind kind, const char *text, size_t n)
{
	size_t pad = 0;

	if (kind == BASE64_URL)
		return n;
	if (n % 4)
		return SIZE_MAX;
	while (pad < 2 && pad < n && text[n - 1 - pad] == '=')
		pad++;
	return n - pad;
}

bool base64_parse(enum base64_kind kind, const char *text, size_t text_n,
		  uint8_t *ret_bytes, size_t max, size_t *ret_n)
{
	size_t n = without_padding(kind, text, text_n), done = 0;
	uint32_t bits = 0;
	int have = 0;

	if (n == SIZE_MAX || n % 4 == 1)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *at = memchr(letters[kind], text[i], 64);

		if (!at)
			return false;
		bits = bits << 6 | (uint32_t)(at - letters[kind]);
		have += 6;
		if (have < 8)
			continue;
		if (done == max)
			return false;
		have -= 8;
		ret_bytes[done++] = (uint8_t)(bits >> have);
		bits &= (1u << have) - 1;
	}
	if (bits)
		return false;
	*ret_n = done;
	return true;
}
