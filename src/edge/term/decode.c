/* The key decoder: terminfo's sequences first, then what terminals in use send.
 *
 * Both forms of the cursor keys are read (ESC [ A and ESC O A) and the keypad
 * is left in its numeric mode, because a till's digits come from the keypad.
 * A sequence nobody knows is swallowed whole: it must not turn into typing. */
#include "term/decode.h"

#include <string.h>

#include "base/utf8.h"

enum { ESC = 0x1B };

/* ESC [ <number> ~ (VT220, xterm, rxvt). */
static const struct { uint8_t number; uint8_t code; } tilde_keys[] = {
	{ 1, KEY_HOME }, { 2, KEY_INSERT }, { 3, KEY_DELETE }, { 4, KEY_END },
	{ 5, KEY_PAGE_UP }, { 6, KEY_PAGE_DOWN }, { 7, KEY_HOME }, { 8, KEY_END },
	{ 11, KEY_F1 }, { 12, KEY_F2 }, { 13, KEY_F3 }, { 14, KEY_F4 }, { 15, KEY_F5 },
	{ 17, KEY_F6 }, { 18, KEY_F7 }, { 19, KEY_F8 }, { 20, KEY_F9 }, { 21, KEY_F10 },
	{ 23, KEY_F11 }, { 24, KEY_F12 },
};

/* ESC [ <letter> and ESC O <letter>. */
static const struct { char letter; uint8_t code; } letter_keys[] = {
	{ 'A', KEY_UP }, { 'B', KEY_DOWN }, { 'C', KEY_RIGHT }, { 'D', KEY_LEFT },
	{ 'H', KEY_HOME }, { 'F', KEY_END }, { 'Z', KEY_BACKTAB },
	{ 'P', KEY_F1 }, { 'Q', KEY_F2 }, { 'R', KEY_F3 }, { 'S', KEY_F4 },
};

void decoder_init(struct decoder *d, bool utf8)
{
	memset(d, 0, sizeof *d);
	d->utf8 = utf8;
	d->cr_us = INT64_MIN;
}

size_t decoder_room(const struct decoder *d)
{
	return DECODE_BYTES - d->len;
}

void decoder_feed(struct decoder *d, const void *bytes, size_t n, int64_t now_us)
{
	if (n > decoder_room(d))
		n = decoder_room(d);
	if (d->start + d->len + n > DECODE_BYTES) {
		memmove(d->bytes, d->bytes + d->start, d->len);
		d->start = 0;
	}
	memcpy(d->bytes + d->start + d->len, bytes, n);
	d->len += n;
	d->at_us = now_us;
}

static struct key named(int code, unsigned mods)
{
	struct key key = key_named((enum key_code)code);

	key.mods = mods;
	if (key.code == KEY_BACKTAB)
		key.mods &= ~(unsigned)KEY_SHIFT;
	return key;
}

/* The keypad in application mode: digits, operators, Enter (ESC O p … ). */
static struct key keypad(unsigned char letter)
{
	if (letter == 'M')
		return key_named(KEY_ENTER);
	if (letter >= 'j' && letter <= 'y')
		return key_text((uint32_t)letter - 0x40);
	return key_named(KEY_NONE);
}

static struct key letter_key(unsigned char letter, unsigned mods)
{
	for (size_t i = 0; i < sizeof letter_keys / sizeof letter_keys[0]; i++)
		if (letter_keys[i].letter == (char)letter)
			return named(letter_keys[i].code, mods);
	return key_named(KEY_NONE);
}

static struct key tilde_key(unsigned number, unsigned mods)
{
	for (size_t i = 0; i < sizeof tilde_keys / sizeof tilde_keys[0]; i++)
		if (tilde_keys[i].number == number)
			return named(tilde_keys[i].code, mods);
	return key_named(KEY_NONE);
}

/* xterm's modifier parameter: 1 + (1 shift, 2 alt, 4 control). */
static unsigned xterm_mods(unsigned parameter)
{
	return parameter > 1 ? (parameter - 1) & (KEY_SHIFT | KEY_ALT | KEY_CTRL) : 0;
}

/* ESC [ parameters intermediates final. Returns the bytes used, 0 when more
 * are needed. */
static size_t read_csi(const unsigned char *p, size_t n, struct key *key)
{
	unsigned parameter[2] = { 0, 0 };
	size_t i = 2, which = 0;

	if (n > 2 && p[2] == '[') { /* the Linux console's F1 to F5 */
		if (n < 4)
			return 0;
		if (p[3] >= 'A' && p[3] <= 'E')
			*key = key_named((enum key_code)(KEY_F1 + (p[3] - 'A')));
		return 4;
	}
	for (; i < n && p[i] >= 0x20 && p[i] <= 0x3F; i++) {
		if (p[i] == ';')
			which++;
		else if (p[i] >= '0' && p[i] <= '9' && which < 2 && parameter[which] < 1000)
			parameter[which] = parameter[which] * 10 + (p[i] - '0');
	}
	if (i >= n)
		return 0;
	if (p[i] < 0x40 || p[i] > 0x7E)
		return i;
	if (p[i] == '~')
		*key = tilde_key(parameter[0], xterm_mods(parameter[1]));
	else if (parameter[0] <= 1) /* else a report, such as of the cursor's place */
		*key = letter_key(p[i], xterm_mods(parameter[1]));
	return i + 1;
}

static size_t read_ss3(const unsigned char *p, size_t n, struct key *key)
{
	unsigned mods = 0;
	size_t i = 2;

	if (i < n && p[i] >= '1' && p[i] <= '8')
		mods = xterm_mods((unsigned)(p[i++] - '0'));
	if (i >= n)
		return 0;
	*key = letter_key(p[i], mods);
	if (key->code == KEY_NONE)
		*key = keypad(p[i]);
	return i + 1;
}

/* The longest of the terminal's own sequences at p. `*more` is set when the
 * bytes could still grow into one. */
static size_t read_own(const struct decoder *d, const unsigned char *p, size_t n,
		       struct key *key, bool *more)
{
	size_t best = 0;

	for (int code = KEY_TEXT + 1; code < KEY_CODES; code++) {
		const char *own = d->own[code].bytes;
		size_t len = strlen(own);

		if (len == 0)
			continue;
		if (len > n && memcmp(own, p, n) == 0)
			*more = true;
		if (len <= n && len > best && memcmp(own, p, len) == 0) {
			*key = key_named((enum key_code)code);
			best = len;
		}
	}
	return best;
}

static struct key control(unsigned char byte)
{
	struct key key;

	switch (byte) {
	case '\r': case '\n': return key_named(KEY_ENTER);
	case '\t': return key_named(KEY_TAB);
	case 0x08: case 0x7F: return key_named(KEY_BACKSPACE);
	case ESC: return key_named(KEY_ESC);
	default: break;
	}
	key = key_text(byte == 0 ? ' ' : byte < 0x1B ? byte + 'a' - 1u : byte + 0x40u);
	key.mods = KEY_CTRL;
	return key;
}

/* Bytes the UTF-8 character that begins with `first` should have. */
static size_t promised(unsigned char first)
{
	return first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
}

static bool could_grow(const unsigned char *p, size_t n)
{
	if (n >= promised(p[0]) || p[0] > 0xF4)
		return false;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xC0) != 0x80)
			return false;
	return true;
}

static size_t read_character(const struct decoder *d, const unsigned char *p, size_t n,
			     bool over, struct key *key)
{
	uint32_t cp;
	size_t len;

	if (p[0] < 0x20 || p[0] == 0x7F) {
		*key = control(p[0]);
		return 1;
	}
	if (d->utf8 && !over && p[0] >= 0xC2 && could_grow(p, n))
		return 0;
	len = utf8_decode((const char *)p, n, &cp);
	if (!d->utf8 && p[0] >= 0x80) {
		cp = UTF8_REPLACEMENT;
		len = 1;
	}
	*key = key_text(cp);
	return len;
}

static size_t read_key(const struct decoder *d, const unsigned char *p, size_t n, bool over,
		       struct key *key);

/* ESC and a key is that key with Alt. */
static size_t read_alt(const struct decoder *d, const unsigned char *p, size_t n, bool over,
		       struct key *key)
{
	struct key plain = key_named(KEY_NONE);
	size_t len;

	/* ESC ESC [ 1 5 ~ is Alt-F5; ESC ESC f is Esc, then Alt-F. */
	if (n >= 2 && p[1] == ESC && (n == 2 || (p[2] != '[' && p[2] != 'O'))) {
		*key = key_named(KEY_ESC);
		return over || n > 2 ? 1 : 0;
	}
	len = n < 2 ? 0 : read_key(d, p + 1, n - 1, over, &plain);
	if (len == 0) {
		*key = key_named(KEY_ESC);
		return over ? 1 : 0;
	}
	plain.mods |= plain.code == KEY_NONE ? 0 : KEY_ALT;
	if (plain.code == KEY_TEXT && plain.cp >= 'A' && plain.cp <= 'Z')
		plain.cp += 'a' - 'A';
	*key = plain;
	return len + 1;
}

/* One key at p; returns its bytes, 0 when more must come first. When their
 * time is `over` something is always read. KEY_NONE: nothing anyone knows. */
static size_t read_key(const struct decoder *d, const unsigned char *p, size_t n, bool over,
		       struct key *key)
{
	bool more = false;
	size_t len = read_own(d, p, n, key, &more);

	if (len)
		return len;
	if (p[0] != ESC)
		return more && !over ? 0 : read_character(d, p, n, over, key);
	if (n == 1)
		return read_alt(d, p, n, over, key);
	if (p[1] == '[' || p[1] == 'O')
		len = p[1] == '[' ? read_csi(p, n, key) : read_ss3(p, n, key);
	else
		return more && !over ? 0 : read_alt(d, p, n, over, key);
	if (len == 0 && over) { /* Alt and the bracket itself, or a torn sequence */
		*key = n == 2 ? key_text(p[1] == 'O' ? 'o' : p[1]) : key_named(KEY_NONE);
		key->mods = n == 2 ? KEY_ALT : 0;
		return n;
	}
	return len;
}

/* A scanner ends its code with CR LF: the LF is no second Enter. */
static bool is_second_half(struct decoder *d, unsigned char byte)
{
	bool joined = byte == '\n' && d->cr_us != INT64_MIN && d->at_us - d->cr_us <= DECODE_WAIT_US;

	d->cr_us = byte == '\r' ? d->at_us : INT64_MIN;
	return joined;
}

bool decoder_next(struct decoder *d, int64_t now_us, struct key *ret_key)
{
	bool over = now_us - d->at_us >= DECODE_WAIT_US;

	while (d->len) {
		const unsigned char *p = d->bytes + d->start;
		struct key key = key_named(KEY_NONE);
		size_t len = read_key(d, p, d->len, over, &key);
		bool skip;

		if (len == 0)
			return false;
		skip = is_second_half(d, p[0]) || key.code == KEY_NONE;
		d->start += len;
		d->len -= len;
		if (!skip) {
			key.at_us = d->at_us;
			*ret_key = key;
			return true;
		}
	}
	d->start = 0;
	return false;
}

int64_t decoder_wait_us(const struct decoder *d, int64_t now_us)
{
	int64_t left = d->at_us + DECODE_WAIT_US - now_us;

	return d->len == 0 ? -1 : left > 0 ? left : 0;
}
