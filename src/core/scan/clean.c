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

static void take_affixes(const char **s, size_t *n, const struct scan_rules *rules)
{
	size_t prefix = strlen(rules->prefix), suffix = strlen(rules->suffix);

	if (prefix && *n >= prefix && memcmp(*s, rules->prefix, prefix) == 0) {
		*s += prefix;
		*n -= prefix;
	}
	if (suffix && *n >= suffix && memcmp(*s + *n - suffix, rules->suffix, suffix) == 0)
		*n -= suffix;
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
	int n = snprintf(text, sizeof text, "<%02X>", (unsigned)what);

	scan->stripped++;
	if (n > 0 && used + (size_t)n < sizeof scan->stripped_shown)
		memcpy(scan->stripped_shown + used, text, (size_t)n + 1);
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

	trim(&s, &n);
	if (scan->way == SCAN_SCANNED) {
		take_affixes(&s, &n, rules);
		trim(&s, &n);
		take_aim(&s, &n, scan->aim);
	}
	ret_elements->n = ret_elements->fnc1 = 0;
	sort_characters(s, n, rules->gs1_separator, scan, ret_elements);
}
