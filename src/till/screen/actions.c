/* The table of actions as C, and the keys bound to them. */
#include "screen/actions.h"

#include <stdio.h>
#include <string.h>

#include "screen/words.h"

static const struct action_row rows[ACTION_COUNT] = {
#define ACTION(id, keys, label, screens, order, help) \
	[ACTION_##id] = { #id, keys, label, screens, order, help },
#include "screen/actions.def"
#undef ACTION
};

const struct action_row *action_row(enum action action)
{
	return &rows[action];
}

static enum action find_action(const char *id)
{
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		if (strcmp(rows[a].id, id) == 0)
			return a;
	return ACTION_NONE;
}

/* "^L" is how terminals' manuals write Ctrl-L. */
static bool read_key(const char *word, struct key *ret)
{
	char ctrl[8];

	if (word[0] != '^' || !word[1] || word[2])
		return key_parse(word, ret);
	snprintf(ctrl, sizeof ctrl, "C-%c", word[1]);
	return key_parse(ctrl, ret);
}

/* Reads "F10 M-c" into the keys of an action; false at a word that is no key. */
static bool read_keys(struct action_keys *keys, enum action action, const char *text)
{
	char word[KEY_NAME_SIZE];

	keys->of[action].n = 0;
	while (*(text += strspn(text, " "))) {
		size_t n = strcspn(text, " ");

		if (n >= sizeof word || keys->of[action].n == ACTION_KEYS_MAX)
			return false;
		memcpy(word, text, n);
		word[n] = '\0';
		if (!read_key(word, &keys->of[action].keys[keys->of[action].n]))
			return false;
		keys->of[action].n++;
		text += n;
	}
	return true;
}

enum fault_code action_keys_read(struct action_keys *ret, const struct settings *settings,
				 struct fault *fault)
{
	*ret = (struct action_keys){ 0 };
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++)
		read_keys(ret, a, rows[a].keys);
	for (size_t i = 0; i < settings->key.n; i++) {
		const struct setting_pair *pair = &settings->key.items[i];
		enum action a = find_action(pair->name);

		if (a == ACTION_NONE)
			return settings_refuse(settings, SETTING_key, pair->name,
					       _("there is no action of that name; the key help (F1) lists them"),
					       fault);
		if (!read_keys(ret, a, pair->value))
			return settings_refuse(settings, SETTING_key, pair->value,
					       _("it is not a list of at most 6 keys such as \"F9 M-q ^L\""),
					       fault);
		ret->of[a].chosen = true;
	}
	return FAULT_NONE;
}

static enum action find_key(const struct action_keys *keys, enum screen_id screen, struct key key,
			    bool chosen)
{
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		if (keys->of[a].chosen != chosen || !(rows[a].screens & (1u << screen)))
			continue;
		for (size_t i = 0; i < keys->of[a].n; i++)
			if (key_equal(keys->of[a].keys[i], key))
				return a;
	}
	return ACTION_NONE;
}

enum action action_of_key(const struct action_keys *keys, enum screen_id screen, struct key key)
{
	enum action chosen = find_key(keys, screen, key, true);

	return chosen ? chosen : find_key(keys, screen, key, false);
}

void action_key_label(struct key key, char out[KEY_LABEL_SIZE])
{
	char name[KEY_NAME_SIZE];
	struct key plain = key;

	plain.mods = 0;
	key_name(plain, name);
	if (key.code == KEY_TEXT && (key.mods & (KEY_ALT | KEY_CTRL)) && name[0] >= 'a' && name[0] <= 'z')
		name[0] = (char)(name[0] - 'a' + 'A');
	if (key.mods == KEY_CTRL && key.code == KEY_TEXT)
		snprintf(out, KEY_LABEL_SIZE, "^%.8s", name);
	else
		snprintf(out, KEY_LABEL_SIZE, "%s%s%s%.8s", key.mods & KEY_CTRL ? "Ctrl-" : "",
			 key.mods & KEY_ALT ? "Alt-" : "", key.mods & KEY_SHIFT ? "Shift-" : "", name);
}
