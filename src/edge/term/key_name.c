/* Names of keys, both ways, so that settings can remap keys and tests name them. */
#include "term/keys.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static const char *const names[KEY_CODES] = {
	[KEY_NONE] = "None",
	[KEY_TEXT] = "Text",
#define KEY_ROW(name, text, cap) [KEY_##name] = text,
#include "term/keys.def"
#undef KEY_ROW
};

static const struct {
	const char *prefix;
	unsigned mod;
} prefixes[] = {
	{ "C-", KEY_CTRL }, { "M-", KEY_ALT }, { "S-", KEY_SHIFT },
	{ "Ctrl-", KEY_CTRL }, { "Alt-", KEY_ALT }, { "A-", KEY_ALT }, { "Shift-", KEY_SHIFT },
};

struct key key_text(uint32_t cp)
{
	return (struct key){ KEY_TEXT, 0, cp, 0 };
}

struct key key_named(enum key_code code)
{
	return (struct key){ code, 0, 0, 0 };
}

bool key_equal(struct key a, struct key b)
{
	return a.code == b.code && a.mods == b.mods && (a.code != KEY_TEXT || a.cp == b.cp);
}

bool key_is(struct key key, char c)
{
	return key_equal(key, key_text((unsigned char)c));
}

void key_name(struct key key, char out[KEY_NAME_SIZE])
{
	char text[5] = "";
	const char *name = names[key.code];

	if (key.code == KEY_TEXT && key.cp == ' ') {
		name = "Space";
	} else if (key.code == KEY_TEXT) {
		text[utf8_encode(utf8_is_control(key.cp) ? UTF8_REPLACEMENT : key.cp, text)] = '\0';
		name = text;
	}
	snprintf(out, KEY_NAME_SIZE, "%s%s%s%s", key.mods & KEY_CTRL ? "C-" : "",
		 key.mods & KEY_ALT ? "M-" : "", key.mods & KEY_SHIFT ? "S-" : "", name);
}

/* Takes one prefix such as "M-" off; a lone "M-" or "-" is no prefix. */
static unsigned take_prefix(const char **name)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
		size_t n = strlen(prefixes[i].prefix);

		if (strncasecmp(*name, prefixes[i].prefix, n) == 0 && (*name)[n] != '\0') {
			*name += n;
			return prefixes[i].mod;
		}
	}
	return 0;
}

static bool parse_plain(const char *name, struct key *key)
{
	size_t n = strlen(name);
	uint32_t cp;

	if (strcasecmp(name, "Space") == 0) {
		*key = key_text(' ');
		return true;
	}
	for (int code = KEY_TEXT + 1; code < KEY_CODES; code++) {
		if (strcasecmp(name, names[code]) == 0) {
			*key = key_named((enum key_code)code);
			return true;
		}
	}
	if (n == 0 || !utf8_valid(name, n) || utf8_decode(name, n, &cp) != n || utf8_is_control(cp))
		return false;
	*key = key_text(cp);
	return true;
}

bool key_parse(const char *name, struct key *ret_key)
{
	struct key key;
	unsigned mods = 0, mod;

	while ((mod = take_prefix(&name)) != 0)
		mods |= mod;
	if (!parse_plain(name, &key) || (key.code == KEY_TEXT && mods & KEY_SHIFT))
		return false;
	if (key.code == KEY_TEXT && mods && key.cp >= 'A' && key.cp <= 'Z')
		key.cp += 'a' - 'A';
	key.mods = mods;
	*ret_key = key;
	return true;
}
