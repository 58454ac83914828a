/* Scanner or person: decided here, from times, characters and the settings. */
#include "screen/burst.h"

#include <string.h>

#include "base/utf8.h"

enum { PIN_MOST = 12, CASHIER_MOST = 16, NUMBER_MOST = 7, CODE_LEAST = 6 };

/* No hand is quicker for a whole number: it takes longer for each key. */
enum { MACHINE_US = 20000 };

/* The byte a control key stands for: scanners send 1D and 02 as Ctrl keys. */
static size_t key_bytes(struct key key, char out[4])
{
	if (key.mods == 0)
		return utf8_encode(key.cp, out);
	if (key.mods == KEY_CTRL && key.cp < 0x80) {
		out[0] = (char)(key.cp & 0x1F);
		return 1;
	}
	return 0;
}

bool burst_add(struct burst *b, struct key key, int gap_ms)
{
	char bytes[4];
	size_t n;
	bool begins;

	if (key.code != KEY_TEXT)
		return false;
	n = key_bytes(key, bytes);
	begins = b->len == 0 || key.at_us - b->last_us > gap_ms * 1000LL;
	if (begins) {
		burst_forget(b);
		b->first_us = key.at_us;
	}
	b->last_us = key.at_us;
	if (b->len + n < sizeof b->bytes)
		memcpy(b->bytes + b->len, bytes, n);
	b->len += n;
	return begins;
}

static size_t count(const char *text, const char *of)
{
	size_t n = 0;

	for (; *text; text++)
		n += strchr(of, *text) != NULL;
	return n;
}

/* "3*", "9.90/", "-" before a code: a person's words, no scanner sends them. */
static bool has_prefixes(const char *text)
{
	size_t n = strspn(text, "-0123456789.");

	return text[0] == '-' || (n > 0 && (text[n] == '*' || text[n] == '/'));
}

static bool reads_as_scan(const char *text, size_t len, enum field_kind kind, bool by_machine)
{
	size_t digits = count(text, "0123456789");

	if (strstr(text, "://"))
		return true;
	switch (kind) {
	case FIELD_NONE:
		return true;
	case FIELD_CODE:
		return !has_prefixes(text);
	case FIELD_SEARCH:
	case FIELD_WORDS:
		return digits == len || (digits > 0 && len >= CODE_LEAST && !strchr(text, ' '));
	case FIELD_NUMBER:
		return len > NUMBER_MOST || by_machine ? !strchr(text, '.') : digits + count(text, ".%-") != len;
	case FIELD_PIN:
		return len > CASHIER_MOST || (digits == len && len > PIN_MOST);
	}
	return true;
}

static bool has_affixes(const struct burst *b, const struct settings *s)
{
	size_t prefix = strlen(s->scan_prefix), suffix = strlen(s->scan_suffix);
	size_t kept = b->len < sizeof b->bytes ? b->len : sizeof b->bytes - 1;

	if (prefix && !strstr(b->bytes, s->scan_prefix))
		return false;
	return kept < b->len ||
	       (kept >= suffix && memcmp(b->bytes + kept - suffix, s->scan_suffix, suffix) == 0);
}

bool burst_is_scan(const struct burst *b, struct key end, enum field_kind kind,
		   const struct settings *settings)
{
	int64_t took_us;

	if ((end.code != KEY_ENTER && end.code != KEY_TAB) || end.mods || b->len == 0)
		return false;
	if (end.at_us - b->last_us > settings->scan_gap_ms * 1000LL)
		return false;
	if (settings->scan_prefix[0] || settings->scan_suffix[0])
		return has_affixes(b, settings);
	took_us = end.at_us - b->first_us;
	return b->len >= BURST_LEAST && took_us <= BURST_MOST_US &&
	       reads_as_scan(b->bytes, b->len, kind, took_us <= (int64_t)b->len * MACHINE_US);
}

void burst_forget(struct burst *b)
{
	explicit_bzero(b, sizeof *b);
}
