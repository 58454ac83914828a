/* Takes off what devices put around a code, and what no code may hold. */
#include "scan/clean.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Line ends, tabs, STX and ETX frame a scan: their leaving is no news. */
static bool is_framing(char c)
{
	return c == '\r' || c == '\n' || c == '\t' || c == '\0' || c == 0x02 || c == 0x03;
}

static void trim(const char **s, size_t *n)
{
	while (*n && is_framing((*s)[0])) {
		(*s)++;
		(*n)--;
	}
	while (*n && is_framing((*s)[*n - 1]))
		(*n)--;
}

static bool take_prefix(const char **s, size_t *n, const char *prefix)
{
	size_t len = strlen(prefix);

	if (*n < len || memcmp(*s, prefix, len) != 0)
		return false;
	*s += len;
	*n -= len;
	return true;
}

static bool take_suffix(const char *s, size_t *n, const char *suffix)
{
	size_t len = strlen(suffix);

	if (*n < len || memcmp(s + *n - len, suffix, len) != 0)
		return false;
	*n -= len;
	return true;
}

/* Prefix and suffix stand outside of the framing or inside of it, and may be
 * framing characters themselves; each is taken once. */
static void take_affixes(const char **s, size_t *n, const struct scan_rules *rules)
{
	bool prefix, suffix;

	while (*n && ((*s)[*n - 1] == '\r' || (*s)[*n - 1] == '\n'))
		(*n)--;
	prefix = take_prefix(s, n, rules->prefix);
	suffix = take_suffix(*s, n, rules->suffix);
	trim(s, n);
	if (!prefix)
		take_prefix(s, n, rules->prefix);
	if (!suffix)
		take_suffix(*s, n, rules->suffix);
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "]E0…": ISO/IEC 15424 symbology identifier. */
static void take_aim(const char **s, size_t *n, char aim[3])
{
	if (*n < 4 || (*s)[0] != ']' || !is_alnum((*s)[1]) || (*s)[1] <= '9' || !is_alnum((*s)[2]))
		return;
	aim[0] = (*s)[1];
	aim[1] = (*s)[2];
	aim[2] = '\0';
	*s += 3;
	*n -= 3;
}

void scan_report(struct scan *scan, uint32_t what)
{
	size_t used = strlen(scan->stripped_shown);
	char text[12];
	size_t n = (size_t)snprintf(text, sizeof text, "<%02X>", (unsigned)what);

	scan->stripped++;
	if (used + n < sizeof scan->stripped_shown)
		memcpy(scan->stripped_shown + used, text, n + 1);
}

static void put(char *out, size_t *used, const char *bytes, size_t n)
{
	memcpy(out + *used, bytes, n);
	*used += n;
}

/* Sorts the characters of s[0..n) into code and elements. */
static void sort_characters(const char *s, size_t n, char separator, struct scan *scan,
			    struct scan_elements *elements)
{
	static const char fnc1 = GS1_FNC1;

	for (size_t i = 0, len; i < n; i += len) {
		uint32_t cp;
		bool is_fnc1 = s[i] == fnc1 || (separator && s[i] == separator);

		len = utf8_decode(s + i, n - i, &cp);
		if (is_fnc1)
			put(elements->bytes, &elements->n, &fnc1, 1);
		if (s[i] == fnc1) {
			elements->fnc1++;
		} else if (len == 1 && ((unsigned char)s[i] & 0x80)) {
			scan_report(scan, (unsigned char)s[i]);
		} else if (utf8_is_control(cp)) {
			scan_report(scan, cp);
		} else {
			put(scan->code, &scan->length, s + i, len);
			if (!is_fnc1)
				put(elements->bytes, &elements->n, s + i, len);
		}
	}
	scan->code[scan->length] = '\0';
}

void scan_clean(const char *bytes, size_t n, const struct scan_rules *rules, struct scan *scan,
		struct scan_elements *ret_elements)
{
	const char *s = bytes;

	if (scan->way == SCAN_SCANNED)
		take_affixes(&s, &n, rules);
	trim(&s, &n);
	if (scan->way == SCAN_SCANNED)
		take_aim(&s, &n, scan->aim);
	ret_elements->n = ret_elements->fnc1 = 0;
	sort_characters(s, n, rules->gs1_separator, scan, ret_elements);
}
