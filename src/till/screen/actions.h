/* Actions, and the keys that ask for them. */
#ifndef SCREEN_ACTIONS_H
#define SCREEN_ACTIONS_H

#include "settings/settings.h"
#include "term/keybar.h"
#include "term/keys.h"

enum screen_id {
#define SCREEN(name, noun, title, help) SCREEN_##name,
#include "screen/screens.def"
#undef SCREEN
	SCREEN_COUNT
};

/* Sets of screens. */
#define ON(name) (1u << SCREEN_##name)
#define ON_ALL ((1u << SCREEN_COUNT) - 1)

enum action {
	ACTION_NONE,
#define ACTION(id, keys, label, screens, order, help) ACTION_##id,
#include "screen/actions.def"
#undef ACTION
	ACTION_COUNT
};

struct action_row {
	const char *id;
	const char *keys;
	const char *label;  /* marked for translation; "" named by the screen */
	unsigned screens;
	int order;
	const char *help;   /* marked for translation */
};

/* The row of an action; not for ACTION_NONE. */
const struct action_row *action_row(enum action action);

enum { ACTION_KEYS_MAX = 6 };

/* The keys in force: the rows' own, or the settings'. */
struct action_keys {
	struct {
		struct key keys[ACTION_KEYS_MAX];
		size_t n;
		bool chosen;  /* by the settings: goes before the rows' own keys */
	} of[ACTION_COUNT];
};

/* FAULT_SETTING_REFUSED for an action or a key that is none. */
enum fault_code action_keys_read(struct action_keys *ret, const struct settings *settings,
				 struct fault *fault);

/* The action that `key` asks for on a screen; ACTION_NONE when none. */
enum action action_of_key(const struct action_keys *keys, enum screen_id screen, struct key key);

enum { KEY_LABEL_SIZE = 16 };

/* "F2", "Alt-Q", "^L": a key as key caps and cashiers have it. */
void action_key_label(struct key key, char out[KEY_LABEL_SIZE]);

#endif
