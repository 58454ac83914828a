/* Search keys: made from a name, written as text, read back. */
#include "catalog/search_key.h"

#include <string.h>

#include "base/utf8.h"

search_letters search_letters_of(uint32_t cp)
{
	if (cp >= 'a' && cp <= 'z')
		return UINT64_C(1) << (cp - 'a');
	if (cp >= '0' && cp <= '9')
		return UINT64_C(1) << (26 + cp - '0');
	return 0;
}

static bool is_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

/* Whether a start shows from the character before: anything beside a hanzi,
 * and a number beside a word. */
static bool starts_visibly(const struct search_key *key, uint32_t cp)
{
	uint32_t before;

	if (key->n == 0)
		return true;
	before = key->element[key->n - 1].cp;
	return cp >= 0x80 || before >= 0x80 || is_digit(cp) != is_digit(before);
}

static void add_element(struct search_key *key, uint32_t cp, search_letters letters, bool apart)
{
	struct search_element *e;

	if (key->n == SEARCH_ELEMENTS_MAX)
		return;
	e = &key->element[key->n];
	e->cp = cp;
	e->letters = letters;
	e->start = apart || starts_visibly(key, cp);
	key->n++;
}

/* Adds what one character folds to; returns whether it was a separator. */
static bool add_folded(struct search_key *key, uint32_t cp, bool apart,
		       search_reading_of *reading, void *context)
{
	struct search_reading found = { "", false, 0 };
	uint32_t folded[2];
	size_t n = search_fold(cp, folded);

	if (n == 0)
		return true;
	if (n == 2 || folded[0] < 0x80) {
		for (size_t i = 0; i < n; i++)
			add_element(key, folded[i], search_letters_of(folded[i]), apart && i == 0);
		return false;
	}
	reading(context, folded[0], &found);
	if (found.separator)
		return true;
	for (size_t i = 0; found.ascii[i]; i++) {
		uint32_t c = (unsigned char)found.ascii[i];

		if (search_letters_of(c))
			add_element(key, c, search_letters_of(c), apart && i == 0);
	}
	if (!found.ascii[0])
		add_element(key, folded[0], found.letters, apart);
	return false;
}

static void add_text(struct search_key *key, const char *text, search_reading_of *reading,
		     void *context)
{
	size_t n = strlen(text);
	bool apart = true;

	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		apart = add_folded(key, cp, apart, reading, context);
	}
}

void search_key_build(const char *name, const char *spec, search_reading_of *reading,
		      void *context, struct search_key *ret)
{
	ret->n = 0;
	add_text(ret, name, reading, context);
	add_text(ret, spec, reading, context);
}

static size_t write_letters(search_letters letters, char *out)
{
	size_t n = 0;
	bool several = (letters & (letters - 1)) != 0;

	if (!letters) {
		out[0] = '-';
		return 1;
	}
	if (several)
		out[n++] = '[';
	for (int bit = 0; bit < 26 && n < 10; bit++)
		if (letters >> bit & 1)
			out[n++] = (char)('a' + bit);
	if (several)
		out[n++] = ']';
	return n;
}

void search_key_write(const struct search_key *key, char folded[SEARCH_FOLDED_SIZE],
		      char initials[SEARCH_INITIALS_SIZE])
{
	size_t f = 0, in = 0;
	struct search_key before = { .n = 0 };
	bool wide = false;

	for (size_t i = 0; i < key->n; i++) {
		const struct search_element *e = &key->element[i];

		if (i) {
			before.n = 1;
			before.element[0] = key->element[i - 1];
		}
		if (e->start && !starts_visibly(&before, e->cp))
			folded[f++] = ' ';
		f += utf8_encode(e->cp, folded + f);
		if (e->cp < 0x80) {
			initials[in++] = (char)e->cp;
		} else {
			in += write_letters(e->letters, initials + in);
			wide = true;
		}
	}
	folded[f] = '\0';
	initials[wide ? in : 0] = '\0';
}

/* Reads one character's letters; *at moves behind them. */
static search_letters read_letters(const char **at)
{
	const char *p = *at;
	search_letters letters = 0;

	if (*p == '[') {
		for (p++; *p && *p != ']'; p++)
			letters |= search_letters_of((unsigned char)*p);
	} else if (*p) {
		letters = search_letters_of((unsigned char)*p);
	}
	*at = *p ? p + 1 : p;
	return letters;
}

void search_key_read(const char *folded, const char *initials, struct search_key *ret)
{
	size_t n = strlen(folded);
	bool wide = *initials != '\0', apart = true;

	ret->n = 0;
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(folded + i, n - i, &cp);
		if (cp == ' ') {
			apart = true;
			continue;
		}
		add_element(ret, cp, wide ? read_letters(&initials) : search_letters_of(cp), apart);
		apart = false;
	}
}
