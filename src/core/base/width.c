/* Display width by tables of ranges made from the Unicode character database. */
#include "base/width.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

struct range {
	uint32_t first, last;
};

#include "base/width_table.inc"

#define ELLIPSIS "\xE2\x80\xA6"

static bool within(const struct range *ranges, size_t n, uint32_t cp)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (cp > ranges[middle].last)
			low = middle + 1;
		else if (cp < ranges[middle].first)
			high = middle;
		else
			return true;
	}
	return false;
}

int width_of_codepoint(uint32_t cp)
{
	if (cp < 0x300)
		return cp >= 0x20 && (cp < 0x7F || cp >= 0xA0);
	if (within(zero, sizeof zero / sizeof zero[0], cp))
		return 0;
	return within(wide, sizeof wide / sizeof wide[0], cp) ? 2 : 1;
}

/* Walks over the longest prefix of at most `cols` columns; returns its bytes. */
static size_t walk(const char *text, size_t n, size_t cols, size_t *ret_used)
{
	size_t i = 0, used = 0;

	while (i < n) {
		uint32_t cp;
		size_t len = utf8_decode(text + i, n - i, &cp);
		size_t width = (size_t)width_of_codepoint(cp);

		if (used + width > cols)
			break;
		used += width;
		i += len;
	}
	*ret_used = used;
	return i;
}

size_t width_of_text(const char *text)
{
	size_t used;

	walk(text, strlen(text), SIZE_MAX, &used);
	return used;
}

size_t width_prefix(const char *text, size_t cols)
{
	size_t used;

	return walk(text, strlen(text), cols, &used);
}

/* Shortens n bytes to at most `room` bytes without cutting a character. */
static size_t whole_characters(const char *text, size_t n, size_t room)
{
	size_t i = 0;

	while (i < n) {
		uint32_t cp;
		size_t len = utf8_decode(text + i, n - i, &cp);

		if (i + len > room)
			break;
		i += len;
	}
	return i;
}

size_t width_cut(char *dst, size_t size, const char *src, size_t cols)
{
	size_t n = strlen(src), used, bytes = walk(src, n, cols, &used);
	bool ellipsis = bytes < n || bytes >= size;

	if (size == 0)
		return 0;
	if (ellipsis && (cols == 0 || size < sizeof ELLIPSIS)) {
		dst[0] = '\0';
		return 0;
	}
	if (ellipsis) {
		bytes = walk(src, n, cols - 1, &used);
		bytes = whole_characters(src, bytes, size - sizeof ELLIPSIS);
		walk(src, bytes, cols, &used);
	}
	memcpy(dst, src, bytes);
	dst[bytes] = '\0';
	if (ellipsis) {
		memcpy(dst + bytes, ELLIPSIS, sizeof ELLIPSIS);
		used++;
	}
	return used;
}
