/* Words of a file become typed fields here, or are refused with file, line,
 * name and what the setting takes. */
#include "settings/settings_value.h"

#include <libintl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mark.h"
#include "base/utf8.h"

#define _(text) gettext(text)

/* Labels of the tenders most shops record; a file may give others. */
static const struct setting_tender standard_tenders[] = {
	{ "card", N_("Bank card") },
	{ "cheque", N_("Cheque") },
	{ "mall_card", N_("Mall card") },
	{ "transfer", N_("Bank transfer") },
	{ "voucher", N_("Voucher") },
};

/* Names that batch's `pay` and the screen keep for themselves. */
static const char *const taken_tenders[] = { "cash", "code", "qr", "stored", "points", "other" };

struct setting_memory {
	struct setting_memory *next;
	char text[];
};

char *settings_keep(struct settings *s, const char *text)
{
	size_t n = strlen(text);
	struct setting_memory *m = malloc(sizeof *m + n + 1);

	if (!m)
		return NULL;
	memcpy(m->text, text, n + 1);
	m->next = s->memory;
	s->memory = m;
	return m->text;
}

void settings_release(struct settings *s)
{
	if (!s)
		return;
	while (s->memory) {
		struct setting_memory *next = s->memory->next;

		free(s->memory);
		s->memory = next;
	}
	*s = (struct settings){ .file = "" };
}

void settings_place(const char *file, int line, char *out, size_t size)
{
	enum { HEAD_MAX = 60 };
	size_t n = strlen(file), skip = n > HEAD_MAX ? n - HEAD_MAX : 0;

	while (skip && ((unsigned char)file[skip] & 0xC0) == 0x80)
		skip++;
	if (line > 0)
		snprintf(out, size, "%s%s:%d", skip ? "…" : "", file + skip, line);
	else
		snprintf(out, size, "%s%s", skip ? "…" : "", file + skip);
}

/* "file:line: name = value". */
static void place_value(const struct settings *s, const char *name, int line, const char *value,
			char *out, size_t size)
{
	char place[96];

	settings_place(s->file, line, place, sizeof place);
	snprintf(out, size, "%s: %s = %.80s", place, name, value);
}

enum fault_code setting_refuse_at(const struct settings *s, const char *name, int line,
				  const char *value, const char *allowed, struct fault *fault)
{
	char what[256];

	place_value(s, name, line, value, what, sizeof what);
	return fault_set(fault, FAULT_SETTING_BAD_VALUE, what, allowed);
}

enum fault_code settings_refuse(const struct settings *s, enum setting_id id, const char *value,
				const char *why, struct fault *fault)
{
	size_t n;
	const struct setting_row *rows = setting_rows(&n);
	char what[256];

	place_value(s, rows[id].name, s->line[id], value, what, sizeof what);
	return fault_set(fault, FAULT_SETTING_REFUSED, what, why);
}

static bool is_plain(const char *text, size_t most)
{
	size_t n = strlen(text);

	if (n > most || !utf8_valid(text, n))
		return false;
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		if (utf8_is_control(cp))
			return false;
	}
	return true;
}

/* The choice that text names, as it stands in the row; 0 length when none. */
static size_t find_choice(const char *choices, const char *text, const char **ret_choice)
{
	for (const char *p = choices; *p;) {
		size_t n = strcspn(p, " ");

		if (strlen(text) == n && memcmp(p, text, n) == 0) {
			*ret_choice = p;
			return n;
		}
		p += n + (p[n] == ' ');
	}
	return 0;
}

static bool take_bool(const char *word, bool *ret)
{
	static const char *const yes[] = { "yes", "on", "true" }, *const no[] = { "no", "off", "false" };

	for (size_t i = 0; i < 3; i++) {
		if (strcmp(word, yes[i]) == 0 || strcmp(word, no[i]) == 0) {
			*ret = strcmp(word, yes[i]) == 0;
			return true;
		}
	}
	return false;
}

static bool take_int(const struct setting_row *row, const char *word, int *ret)
{
	const char *choice;
	int64_t value;

	if (strlen(word) > 9 || decimal_parse(word, 0, &value) != DECIMAL_OK || strchr(word, '.') ||
	    value < row->low || value > row->high)
		return false;
	if (row->choices[0] && !find_choice(row->choices, word, &choice))
		return false;
	*ret = (int)value;
	return true;
}

static bool take_amount(int64_t low, int64_t high, const char *word, int64_t *ret)
{
	struct money m;

	if (money_parse(word, CURRENCY_CNY, false, &m, NULL) != FAULT_NONE || m.minor < low || m.minor > high)
		return false;
	*ret = m.minor;
	return true;
}

static bool take_rounding(const struct setting_row *row, const char *word, struct setting_rounding *ret)
{
	struct setting_rounding r = { 0, ROUND_DOWN };
	const char *choice;

	if (!find_choice(row->choices, word, &choice))
		return false;
	if (strncmp(word, "half_", 5) == 0)
		r.how = ROUND_HALF_UP;
	if (strcmp(word, "off") != 0 && !take_amount(1, MONEY_TYPED_MAX_MINOR, word + 5, &r.step_minor))
		return false;
	*ret = r;
	return true;
}

static bool take_amounts(const struct setting_row *row, const char *const *words, size_t n,
			 struct setting_amounts *ret)
{
	struct setting_amounts a = { .n = n };

	if (n > (size_t)row->high)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!take_amount(1, MONEY_TYPED_MAX_MINOR, words[i], &a.minor[i]))
			return false;
	*ret = a;
	return true;
}

static bool tender_name_ok(const char *name)
{
	size_t n = strlen(name);

	if (n == 0 || n > SETTING_NAME_MAX || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != n)
		return false;
	for (size_t i = 0; i < sizeof taken_tenders / sizeof taken_tenders[0]; i++)
		if (strcmp(name, taken_tenders[i]) == 0)
			return false;
	return true;
}

static const char *standard_label(const char *name)
{
	for (size_t i = 0; i < sizeof standard_tenders / sizeof standard_tenders[0]; i++)
		if (strcmp(standard_tenders[i].name, name) == 0)
			return standard_tenders[i].label;
	return name;
}

/* Splits "name=label" that this room keeps, and checks it against the first
 * `n` of the tenders. */
static bool take_tender(char *text, struct setting_tenders *t)
{
	char *label = strchr(text, '=');

	if (label)
		*label++ = '\0';
	if (!tender_name_ok(text) || (label && !label[0]))
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->items[i].name, text) == 0)
			return false;
	t->items[t->n++] = (struct setting_tender){ text, label ? label : standard_label(text) };
	return true;
}

/* Copies of n words; false with *ret_short when memory is. */
static bool keep_words(struct settings *s, const struct setting_row *row, const char *const *words,
		       size_t n, char **copies, bool *ret_short)
{
	if (n > (size_t)row->high)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!is_plain(words[i], SETTING_LINE_MAX))
			return false;
		copies[i] = settings_keep(s, words[i]);
		if (!copies[i]) {
			*ret_short = true;
			return false;
		}
	}
	return true;
}

static bool take_list(struct settings *s, const struct setting_row *row, const char *const *words,
		      size_t n, void *field, bool *ret_short)
{
	struct setting_list list = { .n = n };
	struct setting_tenders tenders = { .n = 0 };
	char *copies[SETTING_LIST_MAX];

	if (!keep_words(s, row, words, n, copies, ret_short))
		return false;
	if (row->type == SETTING_TYPE_list) {
		for (size_t i = 0; i < n; i++)
			list.items[i] = copies[i];
		memcpy(field, &list, sizeof list);
		return true;
	}
	for (size_t i = 0; i < n; i++) {
		if (!take_tender(copies[i], &tenders))
			return false;
	}
	memcpy(field, &tenders, sizeof tenders);
	return true;
}

static bool take_text(struct settings *s, const char *word, const char **ret, bool *ret_short)
{
	const char *kept = settings_keep(s, word);

	*ret_short = !kept;
	if (kept)
		*ret = kept;
	return kept;
}

static bool take_one(struct settings *s, const struct setting_row *row, const char *word, void *field,
		     bool *ret_short)
{
	const char *choice;

	switch (row->type) {
	case SETTING_TYPE_bool:
		return take_bool(word, field);
	case SETTING_TYPE_int:
		return take_int(row, word, field);
	case SETTING_TYPE_choice:
		return find_choice(row->choices, word, &choice) && take_text(s, word, field, ret_short);
	case SETTING_TYPE_text:
	case SETTING_TYPE_path:
		return is_plain(word, (size_t)row->high) && take_text(s, word, field, ret_short);
	case SETTING_TYPE_bytes:
		return strlen(word) <= (size_t)row->high && take_text(s, word, field, ret_short);
	case SETTING_TYPE_amount:
		return take_amount(row->low, row->high, word, field);
	case SETTING_TYPE_currency:
		return currency_parse(word, field);
	case SETTING_TYPE_rounding:
		return take_rounding(row, word, field);
	case SETTING_TYPE_amounts:
	case SETTING_TYPE_list:
	case SETTING_TYPE_tenders:
	case SETTING_TYPE_pairs:
		break;
	}
	return false;
}

/* All words of a refused value, for the message. */
static enum fault_code refuse(const struct settings *s, const struct setting_row *row,
			      const char *const *words, size_t n, int line, struct fault *fault)
{
	char allowed[256], value[128] = "";

	setting_allowed(row, allowed, sizeof allowed);
	for (size_t i = 0, used = 0; i < n && used < sizeof value; i++)
		used += (size_t)snprintf(value + used, sizeof value - used, "%s%s", i ? ", " : "", words[i]);
	return setting_refuse_at(s, row->name, line, value, allowed, fault);
}

enum fault_code setting_take(struct settings *s, const struct setting_row *row,
			     const char *const *words, size_t n, int line, struct fault *fault)
{
	void *field = (char *)s + row->offset;
	bool is_short = false, ok;

	switch (row->type) {
	case SETTING_TYPE_amounts:
		ok = take_amounts(row, words, n, field);
		break;
	case SETTING_TYPE_list:
	case SETTING_TYPE_tenders:
		ok = take_list(s, row, words, n, field, &is_short);
		break;
	case SETTING_TYPE_bool:
	case SETTING_TYPE_int:
	case SETTING_TYPE_choice:
	case SETTING_TYPE_text:
	case SETTING_TYPE_bytes:
	case SETTING_TYPE_path:
	case SETTING_TYPE_amount:
	case SETTING_TYPE_currency:
	case SETTING_TYPE_rounding:
	case SETTING_TYPE_pairs:
	default:
		ok = n == 1 && take_one(s, row, words[0], field, &is_short);
		break;
	}
	if (is_short)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	return ok ? FAULT_NONE : refuse(s, row, words, n, line, fault);
}

enum fault_code setting_take_pair(struct settings *s, const struct setting_row *row,
				  const char *name, const char *value, int line,
				  struct fault *fault)
{
	struct setting_pairs *pairs = (void *)((char *)s + row->offset);
	char whole[192], allowed[256];
	struct setting_pair pair;

	if (pairs->n == (size_t)row->high || !is_plain(name, SETTING_LINE_MAX) || !is_plain(value, SETTING_LINE_MAX)) {
		setting_allowed(row, allowed, sizeof allowed);
		snprintf(whole, sizeof whole, "%s.%.60s", row->name, name);
		return setting_refuse_at(s, whole, line, value, allowed, fault);
	}
	pair.name = settings_keep(s, name);
	pair.value = settings_keep(s, value);
	if (!pair.name || !pair.value)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	pairs->items[pairs->n++] = pair;
	return FAULT_NONE;
}
