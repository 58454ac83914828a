/* Text as mdoc (mdoc(7)) takes it. */
#include "tools/docgen.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { LINE_COLS = 78 };

static void print_codepoint(uint32_t cp)
{
	if (cp == '\\')
		fputs("\\e", stdout);
	else if (cp < 0x80)
		putchar((int)cp);
	else
		printf("\\[u%04X]", (unsigned)cp);
}

static void print_bytes(const char *text, size_t n)
{
	if (n && (text[0] == '.' || text[0] == '\''))
		fputs("\\&", stdout);
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		print_codepoint(cp);
	}
}

/* One sentence over lines of at most LINE_COLS. */
static void print_filled(const char *text, size_t n)
{
	size_t col = 0;

	while (n) {
		const char *blank = memchr(text, ' ', n);
		size_t word = blank ? (size_t)(blank - text) : n;

		if (col) {
			putchar(col + 1 + word > LINE_COLS ? '\n' : ' ');
			col = col + 1 + word > LINE_COLS ? 0 : col + 1;
		}
		print_bytes(text, word);
		col += word;
		text += word + (blank ? 1 : 0);
		n -= word + (blank ? 1 : 0);
	}
	putchar('\n');
}

void mdoc_sentences(const char *text)
{
	while (*text) {
		const char *end = strstr(text, ". ");
		size_t n = end ? (size_t)(end - text) + 1 : strlen(text);

		print_filled(text, n);
		text += n + (end ? 1 : 0);
	}
}

void mdoc_argument(const char *text)
{
	putchar('"');
	for (size_t n = strlen(text), i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		if (cp == '"')
			fputs("\\(dq", stdout);
		else
			print_codepoint(cp);
	}
	putchar('"');
}
