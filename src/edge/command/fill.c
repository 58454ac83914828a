/* Filling lines: Western text breaks at blanks, Chinese between characters. */
#include "command/fill.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/width.h"

/* Marks that do not begin a line: U+3001 、 U+3002 。 U+300D 」 U+300F 』
 * U+FF01 ！ U+FF09 ） U+FF0C ， U+FF1A ： U+FF1B ； U+FF1F ？ */
static bool closes(uint32_t cp)
{
	static const uint32_t marks[] = {
		0x3001, 0x3002, 0x300D, 0x300F, 0xFF01, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F,
	};

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (marks[i] == cp)
			return true;
	return false;
}

/* U+300C 「 U+300E 『 U+FF08 （ do not end a line. */
static bool opens(uint32_t cp)
{
	return cp == 0x300C || cp == 0x300E || cp == 0xFF08;
}

static bool may_break(uint32_t before, uint32_t after)
{
	if (before == ' ' || after == ' ')
		return before != ' ';
	if (closes(after) || opens(before))
		return false;
	return width_of_codepoint(before) == 2 || width_of_codepoint(after) == 2;
}

size_t fill_line(const char *text, size_t cols)
{
	size_t n = strlen(text), used = 0, best = 0, i = 0;
	uint32_t before = 0, cp;

	while (i < n) {
		size_t len = utf8_decode(text + i, n - i, &cp);
		size_t width = (size_t)width_of_codepoint(cp);

		if (i && may_break(before, cp))
			best = i;
		if (used + width > cols && i)
			return best ? best : i;
		used += width;
		before = cp;
		i += len;
	}
	return n;
}

void fill_print(const char *text, size_t indent)
{
	do {
		size_t n = fill_line(text, FILL_COLS - indent);

		printf("%.*s\n", (int)n, text);
		text += n + strspn(text + n, " ");
		if (*text)
			printf("%*s", (int)indent, "");
	} while (*text);
}
