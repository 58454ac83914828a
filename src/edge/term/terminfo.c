/* The only file that includes ncurses: its terminfo database and parameters.
 *
 * ncurses' own painting is not used: it measures text with the locale's
 * wcwidth, turns the keypad into its application mode and needs more bytes
 * than a line of 9,600 baud has for a clock tick. */
#include "term/terminfo.h"

#include <libintl.h>
#include <string.h>

#include <ncurses_dll.h>
#include <term.h>

#define _(text) gettext(text)

static const char *const cap_names[CAPS] = {
#define CAP(name, text) text,
#include "term/caps.def"
#undef CAP
};

static const char *const key_caps[KEY_CODES] = {
#define KEY_ROW(name, text, cap) [KEY_##name] = cap,
#include "term/keys.def"
#undef KEY_ROW
};

/* The capability; NULL when the entry lacks it. */
static const char *string_cap(const char *name)
{
	const char *value = tigetstr(name);

	return value == (const char *)-1 ? NULL : value;
}

/* Copies a capability without its "$<5/>" delays. */
static void copy_cap(char out[CAP_SIZE], const char *value)
{
	size_t used = 0;

	out[0] = '\0';
	while (value && *value) {
		if (value[0] == '$' && value[1] == '<' && strchr(value, '>')) {
			value = strchr(value, '>') + 1;
			continue;
		}
		if (used + 1 >= CAP_SIZE) {
			out[0] = '\0';
			return;
		}
		out[used++] = *value++;
	}
	out[used] = '\0';
}

/* Where "ESC [ m" is part of the way to plain, the rest of it (leaving line
 * drawing sets that are never entered) is bytes for nothing. */
static void shorten(struct terminfo *t)
{
	static const char reset[] = "\033[m";

	t->ansi = strcmp(t->caps[CAP_MOVE], "\033[%i%p1%d;%p2%dH") == 0;
	if (t->ansi && strstr(t->caps[CAP_ATTR_OFF], reset))
		memcpy(t->caps[CAP_ATTR_OFF], reset, sizeof reset);
}

static void load_keys(struct key_sequence *own)
{
	for (int code = KEY_TEXT + 1; code < KEY_CODES; code++) {
		const char *value = key_caps[code][0] ? string_cap(key_caps[code]) : NULL;

		own[code].bytes[0] = '\0';
		if (value && value[0] == '\033' && value[1] && strlen(value) < DECODE_SEQUENCE)
			memcpy(own[code].bytes, value, strlen(value) + 1);
	}
}

static int positive(const char *name)
{
	int n = tigetnum(name);

	return n > 0 ? n : 0;
}

static void load_caps(struct terminfo *t)
{
	memset(t, 0, sizeof *t);
	for (int i = 0; i < CAPS; i++)
		copy_cap(t->caps[i], string_cap(cap_names[i]));
	t->colors = positive("colors");
	if (t->colors < 8 || !t->caps[CAP_FOREGROUND][0] || !t->caps[CAP_BACKGROUND][0])
		t->colors = 0;
	t->rows = positive("lines");
	t->cols = positive("cols");
	t->corner_safe = tigetflag("am") != 1 || tigetflag("xenl") == 1;
	shorten(t);
}

enum fault_code terminfo_load(struct terminfo *t, const char *name, int fd,
			      struct key_sequence *own, struct fault *fault)
{
	int why = 0;

	if (!name || !*name)
		return fault_set(fault, FAULT_TERMINAL_MISSING, "TERM", _("it is not set"));
	if (setupterm(name, fd, &why) != 0)
		return fault_set(fault, FAULT_TERMINAL_MISSING, name,
				 why < 0 ? _("there is no terminfo database")
					 : _("terminfo does not know it"));
	load_caps(t);
	load_keys(own);
	del_curterm(cur_term); /* all that is needed was copied */
	if (!t->caps[CAP_MOVE][0] || !t->caps[CAP_CLEAR][0])
		return fault_set(fault, FAULT_TERMINAL_MISSING, name, _("it cannot move its cursor"));
	return FAULT_NONE;
}

void terminfo_add(const struct terminfo *t, struct buffer *out, enum cap cap, int a, int b)
{
	const char *text = t->caps[cap];

	if (strchr(text, '%'))
		text = tiparm(text, a, b);
	if (text)
		buffer_add_text(out, text);
}
