/* How a product is found by what a cashier types: part of its name, the
 * initials of its pinyin, Latin words. Pure: readings are handed in. */
#ifndef CATALOG_SEARCH_KEY_H
#define CATALOG_SEARCH_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Changes whenever the same product would get another key or other grams. */
#define SEARCH_KEY_VERSION 1

enum {
	SEARCH_ELEMENTS_MAX = 256,   /* of a name and its spec; more are left out */
	SEARCH_QUERY_MAX = 64,       /* characters of a query that count */
	SEARCH_TERMS_MAX = 8,        /* words of a query that count */
	SEARCH_QUERY_GRAMS_MAX = 12, /* grams a query is looked up by */
	SEARCH_CODE_PART = 4,        /* the shortest part of a code that is found */
	SEARCH_FOLDED_SIZE = 5 * SEARCH_ELEMENTS_MAX + 1,
	SEARCH_INITIALS_SIZE = 12 * SEARCH_ELEMENTS_MAX + 1,
};

/* A set of letters and digits: bit 0-25 a-z, bit 26-35 0-9. */
typedef uint64_t search_letters;
search_letters search_letters_of(uint32_t cp);

/* One character of a name, folded (lower case, no accents, ASCII where there
 * is one), and what may be typed for it: itself, or the first letters of all
 * its readings (行: h and x). `start`: a word, a number or a hanzi begins here. */
struct search_element {
	uint32_t cp;
	search_letters letters;
	bool start;
};

struct search_key {
	size_t n;
	struct search_element element[SEARCH_ELEMENTS_MAX];
};

/* What the caller's tables know of a character that is not ASCII and that
 * search_fold leaves as it is. */
struct search_reading {
	char ascii[8];           /* what it folds to, "ae"; "" when it stands for itself */
	bool separator;          /* neither letter nor digit */
	search_letters letters;  /* first letters of its readings; 0 when none */
};
typedef void search_reading_of(void *context, uint32_t cp, struct search_reading *ret);

/* Folds one character without any table of the outside: ASCII, full-width
 * forms, accented Latin, Greek and Cyrillic capitals. Writes 1 or 2 characters
 * and returns how many; 0 for a separator. */
size_t search_fold(uint32_t cp, uint32_t ret[2]);

/* Makes the key of a name and its spec (may be ""). */
void search_key_build(const char *name, const char *spec, search_reading_of *reading,
		      void *context, struct search_key *ret);

/* The key as two texts and back. `folded`: the characters, a space where a
 * word's begin would not show. `initials`: a letter for each character, [hx]
 * for several, - for none; "" when all characters are ASCII. */
void search_key_write(const struct search_key *key, char folded[SEARCH_FOLDED_SIZE],
		      char initials[SEARCH_INITIALS_SIZE]);
void search_key_read(const char *folded, const char *initials, struct search_key *ret);

/* A query: words that must all be found, each in a row of characters. */
struct search_term {
	size_t n;
	uint32_t cp[SEARCH_QUERY_MAX];
};
struct search_query {
	size_t n;
	struct search_term term[SEARCH_TERMS_MAX];
};
void search_query_read(const char *typed, struct search_query *ret);

/* Best first. A term of one or two characters is found only where something
 * starts; a longer one inside a word too. */
enum search_match {
	SEARCH_BEGINS,  /* the name begins with the first term */
	SEARCH_STARTS,  /* every term where a word or a hanzi starts */
	SEARCH_INSIDE,  /* some term inside a word */
	SEARCH_MISSED,
};
enum search_match search_key_match(const struct search_key *key, const struct search_query *query);

#endif
