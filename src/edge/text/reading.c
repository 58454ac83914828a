/* Readings by ICU, each character asked once. */
#include "text/reading.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utrans.h>

/* Distinct characters remembered besides hanzi; a catalogue of every country
 * has some 2,000, and a full cache only costs time. */
enum { CACHE_BITS = 14, CACHE_SIZE = 1 << CACHE_BITS, CACHE_PROBES = 8 };

struct entry {
	uint32_t cp;  /* 0: empty */
	struct text_reading reading;
};

struct text_readings {
	UTransliterator *fold;   /* NULL until needed: opening costs milliseconds */
	UTransliterator *latin;
	struct entry cache[CACHE_SIZE];
};

enum fault_code text_readings_new(struct text_readings **ret, struct fault *fault)
{
	struct text_readings *r = calloc(1, sizeof *r);

	if (!r)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	*ret = r;
	return FAULT_NONE;
}

void text_readings_free(struct text_readings *r)
{
	if (!r)
		return;
	if (r->fold)
		utrans_close(r->fold);
	if (r->latin)
		utrans_close(r->latin);
	free(r);
}

/* Opens a transliterator by its ASCII rule once; NULL when ICU has it not. */
static UTransliterator *opened(UTransliterator **slot, const char *rule)
{
	UChar id[128];
	UErrorCode status = U_ZERO_ERROR;

	if (*slot)
		return *slot;
	u_uastrcpy(id, rule);
	*slot = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
	if (U_FAILURE(status))
		*slot = NULL;
	return *slot;
}

/* Transliterates one character; "" unless all of the result is ASCII. */
static void to_ascii(UTransliterator *t, uint32_t cp, char *out, size_t size)
{
	UChar text[64];
	int32_t n = 0, limit;
	UErrorCode status = U_ZERO_ERROR;
	size_t used = 0;

	out[0] = '\0';
	if (!t)
		return;
	U16_APPEND_UNSAFE(text, n, (UChar32)cp);
	limit = n;
	utrans_transUChars(t, text, &n, 64, 0, &limit, &status);
	if (U_FAILURE(status))
		return;
	for (int32_t i = 0; i < n && used + 1 < size; i++) {
		if (text[i] >= 0x80) {
			out[0] = '\0';
			return;
		}
		if (u_isalnum(text[i]))
			out[used++] = (char)u_tolower(text[i]);
	}
	out[used] = '\0';
}

static uint32_t letter_set(char c)
{
	return c >= 'a' && c <= 'z' ? UINT32_C(1) << (c - 'a') : 0;
}

/* What ICU says of a character that is no hanzi of the table. */
static struct text_reading ask(struct text_readings *r, uint32_t cp)
{
	struct text_reading found = { "", false, 0 };
	char latin[16];

	if (!u_isalnum((UChar32)cp) && u_charType((UChar32)cp) != U_OTHER_NUMBER) {
		found.separator = true;
		return found;
	}
	to_ascii(opened(&r->fold, "NFKD; [:Mn:] Remove; Latin-ASCII; Lower"), cp,
		 found.ascii, sizeof found.ascii);
	if (found.ascii[0])
		return found;
	to_ascii(opened(&r->latin, "Any-Latin; NFD; [^[:ASCII:]] Remove; Lower"), cp,
		 latin, sizeof latin);
	found.letters = letter_set(latin[0]);
	return found;
}

struct text_reading text_reading(struct text_readings *r, uint32_t cp)
{
	struct text_reading hanzi = { "", false, text_hanzi_initials(cp) };
	uint32_t start = (cp * UINT32_C(2654435761)) >> (32 - CACHE_BITS);
	struct entry *e = NULL;

	if (hanzi.letters)
		return hanzi;
	for (uint32_t i = 0; i < CACHE_PROBES; i++) {
		e = &r->cache[(start + i) % CACHE_SIZE];
		if (e->cp == cp)
			return e->reading;
		if (e->cp == 0)
			break;
	}
	/* All places near are taken: the last one is given up. */
	e->cp = cp;
	e->reading = ask(r, cp);
	return e->reading;
}
