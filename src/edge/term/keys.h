/* What a cashier's hands can send: named keys, characters, and their names. */
#ifndef TERM_KEYS_H
#define TERM_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* KEY_TEXT is a character (`cp`); RESIZE and HANGUP are the terminal's own
 * messages: its size changed, it went away. */
enum key_code {
	KEY_NONE,
	KEY_TEXT,
#define KEY_ROW(name, text, cap) KEY_##name,
#include "term/keys.def"
#undef KEY_ROW
	KEY_CODES
};

enum { KEY_SHIFT = 1, KEY_ALT = 2, KEY_CTRL = 4 };

/* A key press. Letters with Alt or Ctrl are lower case whatever Caps Lock
 * says; SHIFT is only told for named keys. `at_us` is when its bytes were
 * read (monotonic microseconds): keys of one burst, such as a scanner's, have
 * the same or nearly the same time. */
struct key {
	enum key_code code;
	unsigned mods;
	uint32_t cp;
	int64_t at_us;
};

enum { KEY_NAME_SIZE = 24 };

/* A character without modifiers; a named key. */
struct key key_text(uint32_t cp);
struct key key_named(enum key_code code);

/* Same key and modifiers, whatever the time. */
bool key_equal(struct key a, struct key b);

/* The name: "F9", "Enter", "M-q" (Alt or Esc and q), "C-l", "S-F3", "Space",
 * "7", "可". key_parse reads what key_name writes, names in any case and Alt
 * also as "A-" or "Alt-"; false, *ret_key untouched, for anything else. */
void key_name(struct key key, char out[KEY_NAME_SIZE]);
bool key_parse(const char *name, struct key *ret_key);

/* Whether the key is the ASCII character c without modifiers. */
bool key_is(struct key key, char c);

#endif
