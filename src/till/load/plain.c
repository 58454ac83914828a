/* Stripping what a terminal or a printer would obey. */
#include "load/plain.h"

#include <string.h>

#include "base/utf8.h"

enum { ESC = 0x1B, BEL = 0x07, CSI = 0x9B };

/* Behind the parameters and the final byte of a control sequence. */
static size_t behind_csi(const char *s, size_t n, size_t at)
{
	while (at < n && s[at] >= 0x20 && s[at] < 0x40)
		at++;
	return at < n && s[at] >= 0x40 && s[at] < 0x7F ? at + 1 : at;
}

/* Behind a string that BEL or ESC \ ends; only its begin when nothing does. */
static size_t behind_string(const char *s, size_t n, size_t at)
{
	for (size_t i = at; i < n; i++) {
		if (s[i] == BEL)
			return i + 1;
		if (s[i] == ESC && i + 1 < n && s[i + 1] == '\\')
			return i + 2;
	}
	return at;
}

/* Behind the escape sequence whose ESC stands before `at` (ECMA-48). */
static size_t behind_escape(const char *s, size_t n, size_t at)
{
	if (at == n)
		return at;
	if (s[at] == '[')
		return behind_csi(s, n, at + 1);
	if (strchr("]P^_X", s[at]))
		return behind_string(s, n, at + 1);
	while (at < n && s[at] >= 0x20 && s[at] < 0x30)
		at++;
	return at < n && s[at] >= 0x30 && s[at] < 0x7F ? at + 1 : at;
}

/* Reads one character into *ret_cp, 0 for what is left out, and returns where
 * the next one is. */
static size_t next_plain(const char *s, size_t n, size_t at, uint32_t *ret_cp)
{
	uint32_t cp;

	at += utf8_decode(s + at, n - at, &cp);
	*ret_cp = 0;
	if (cp == ESC)
		return behind_escape(s, n, at);
	if (cp == CSI)
		return behind_csi(s, n, at);
	if (cp == '\t' || cp == '\n' || cp == '\r')
		*ret_cp = ' ';
	else if (!utf8_is_control(cp))
		*ret_cp = cp;
	return at;
}

static size_t without_blanks_at_end(const char *s, size_t n)
{
	while (n && strchr(" \t\r\n", s[n - 1]))
		n--;
	return n;
}

unsigned plain_text(const char *text, char *out, size_t size)
{
	size_t n = without_blanks_at_end(text, strlen(text)), used = 0;
	unsigned done = 0;

	for (size_t at = strspn(text, " \t\r\n"); at < n;) {
		char bytes[4];
		uint32_t cp;
		size_t len, next = next_plain(text, n, at, &cp);

		if (cp == 0 || (cp == ' ' && text[at] != ' '))
			done |= PLAIN_STRIPPED;
		at = next;
		if (cp == 0 || (cp == ' ' && used == 0))
			continue;
		len = utf8_encode(cp, bytes);
		if (used + len >= size) {
			done |= PLAIN_CUT;
			break;
		}
		memcpy(out + used, bytes, len);
		used += len;
	}
	used = without_blanks_at_end(out, used);
	out[used] = '\0';
	return done;
}
