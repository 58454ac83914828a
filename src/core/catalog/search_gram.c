/* Grams of keys, codes and queries. */
#include "catalog/search_gram.h"

#include <string.h>

enum family {
	LETTERS_1, LETTERS_2, LETTERS_3,
	CHARS_1, CHARS_2,
	CODE_4,
	BEGINS = 8,  /* added to a family: at the begin of the name */
};

/* Spreads family and characters over 32 bits; two grams with one number only
 * cost a comparison. The multipliers are splitmix64's. */
static uint32_t spread(unsigned family, uint32_t a, uint32_t b, uint32_t c)
{
	uint64_t x = (uint64_t)family << 60 ^ (uint64_t)a << 40 ^ (uint64_t)b << 20 ^ c;

	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t)(x >> 32);
}

/* Where the products of a short list are counted. */
static int32_t place_of(unsigned family, uint32_t a, uint32_t b)
{
	int32_t later = family & BEGINS ? 1 : 0;

	switch (family & ~(unsigned)BEGINS) {
	case LETTERS_1:
		return later * 64 + (int32_t)a;
	case LETTERS_2:
		return 128 + later * 1600 + (int32_t)(a * 40 + b);
	case CHARS_1:
		return 4096 + later * 65536 + (int32_t)(a & 0xFFFF);
	default:
		return -1;
	}
}

static struct search_gram gram(unsigned family, uint32_t a, uint32_t b, uint32_t c)
{
	return (struct search_gram){ spread(family, a, b, c), place_of(family, a, b) };
}

/* The number of a single letter or digit in a set (1-36), and the set without it. */
static uint32_t take_letter(search_letters *letters)
{
	uint32_t bit = (uint32_t)__builtin_ctzll(*letters);

	*letters &= *letters - 1;
	return bit + 1;
}

struct sink {
	search_gram_sink *emit;
	void *context;
};

static void emit(struct sink s, unsigned family, uint32_t a, uint32_t b, uint32_t c, bool begins)
{
	s.emit(s.context, gram(family, a, b, c));
	if (begins)
		s.emit(s.context, gram(family | BEGINS, a, b, c));
}

/* Grams of letters from element e on; each combination of readings is one. */
static void letter_grams(struct sink s, const struct search_element *e, size_t left, bool begins)
{
	for (search_letters la = e[0].letters; la;) {
		uint32_t a = take_letter(&la);

		if (e[0].start)
			emit(s, LETTERS_1, a, 0, 0, begins);
		if (left < 2)
			continue;
		for (search_letters lb = e[1].letters; lb;) {
			uint32_t b = take_letter(&lb);

			if (e[0].start)
				emit(s, LETTERS_2, a, b, 0, begins);
			if (left < 3)
				continue;
			for (search_letters lc = e[2].letters; lc;)
				emit(s, LETTERS_3, a, b, take_letter(&lc), begins);
		}
	}
}

void search_key_grams(const struct search_key *key, search_gram_sink *sink, void *context)
{
	struct sink s = { sink, context };

	for (size_t i = 0; i < key->n; i++) {
		const struct search_element *e = &key->element[i];

		letter_grams(s, e, key->n - i, i == 0);
		if (e[0].cp < 0x80)
			continue;
		emit(s, CHARS_1, e[0].cp, 0, 0, i == 0);
		if (i + 1 < key->n && e[1].cp >= 0x80)
			emit(s, CHARS_2, e[0].cp, e[1].cp, 0, i == 0);
	}
}

static uint32_t lower(char c)
{
	unsigned char byte = (unsigned char)c;

	return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

static struct search_gram code_gram(const char *code)
{
	return gram(CODE_4, lower(code[0]) << 8 | lower(code[1]), lower(code[2]), lower(code[3]));
}

void search_code_grams(const char *code, search_gram_sink *sink, void *context)
{
	size_t n = strlen(code);

	for (size_t i = 0; i + SEARCH_CODE_PART <= n; i++)
		sink(context, code_gram(code + i));
}

size_t search_part_grams(const char *part, struct search_gram ret[SEARCH_QUERY_GRAMS_MAX])
{
	size_t len = strlen(part), n = 0;

	for (size_t i = 0; i + SEARCH_CODE_PART <= len && n < SEARCH_QUERY_GRAMS_MAX; i++)
		ret[n++] = code_gram(part + i);
	return n;
}

bool search_code_holds(const char *code, const char *part)
{
	size_t n = strlen(code), m = strlen(part);

	for (size_t i = 0; i + m <= n; i++) {
		size_t k = 0;

		while (k < m && lower(code[i + k]) == lower(part[k]))
			k++;
		if (k == m)
			return true;
	}
	return false;
}

/* A letter's number in a gram; 0 when it is none. */
static uint32_t letter_of(const struct search_term *t, size_t at)
{
	search_letters l = at < t->n ? search_letters_of(t->cp[at]) : 0;

	return l ? take_letter(&l) : 0;
}

static bool wide_at(const struct search_term *t, size_t at)
{
	return at < t->n && t->cp[at] >= 0x80;
}

struct list {
	struct search_gram *gram;
	size_t n;
};

static void add(struct list *to, struct search_gram g)
{
	if (to->n < SEARCH_QUERY_GRAMS_MAX)
		to->gram[to->n++] = g;
}

/* The gram at one place of a term: into `whole` or `brief` by its list. */
static void query_gram_at(const struct search_term *t, size_t at, unsigned begins,
			  struct list *whole, struct list *brief)
{
	uint32_t a = letter_of(t, at), b = letter_of(t, at + 1), c = letter_of(t, at + 2);

	if (a && b && c)
		add(whole, gram(LETTERS_3 | begins, a, b, c));
	else if (wide_at(t, at) && wide_at(t, at + 1))
		add(whole, gram(CHARS_2 | begins, t->cp[at], t->cp[at + 1], 0));
	else if (wide_at(t, at))
		add(brief, gram(CHARS_1 | begins, t->cp[at], 0, 0));
	else if (at > 0 || t->n > 2)
		return; /* short grams of letters exist only where a word starts */
	else if (a && b)
		add(brief, gram(LETTERS_2 | begins, a, b, 0));
	else if (a)
		add(brief, gram(LETTERS_1 | begins, a, 0, 0));
}

size_t search_query_grams(const struct search_query *query, bool begins,
			  struct search_gram ret[SEARCH_QUERY_GRAMS_MAX])
{
	struct search_gram few[SEARCH_QUERY_GRAMS_MAX];
	struct list whole = { ret, 0 }, brief = { few, 0 };

	for (size_t i = 0; i < query->n; i++)
		for (size_t at = 0; at < query->term[i].n; at++)
			query_gram_at(&query->term[i], at, begins && i == 0 && at == 0 ? BEGINS : 0,
				      &whole, &brief);
	if (whole.n)
		return whole.n;
	memcpy(ret, few, brief.n * sizeof *few);
	return brief.n;
}
