/* The backend that needs no terminal: a queue of keys and the last picture. */
#include "term/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "term/backend.h"

enum { KEYS_WAITING = 4096, WORD_BYTES = 256 };

struct memory {
	struct term term;
	struct key *keys;
	size_t start, n, cap;
	struct grid picture;
	int64_t now_us;
	unsigned bells, paints;
};

static void memory_free(struct term *term)
{
	struct memory *m = (struct memory *)term;

	grid_release(&m->picture);
	free(m->keys);
	free(m);
}

static int memory_none(const struct term *term)
{
	(void)term;
	return -1;
}

static bool memory_next_key(struct term *term, struct key *ret_key)
{
	struct memory *m = (struct memory *)term;

	if (m->start == m->n) {
		m->start = m->n = 0;
		return false;
	}
	*ret_key = m->keys[m->start++];
	return true;
}

static void memory_paint(struct term *term, const struct grid *grid)
{
	struct memory *m = (struct memory *)term;

	if (grid_equal(&m->picture, grid))
		return;
	m->paints++;
	grid_copy(&m->picture, grid);
}

static void memory_nothing(struct term *term)
{
	(void)term;
}

static enum fault_code memory_resume(struct term *term, struct fault *fault)
{
	(void)term;
	(void)fault;
	return FAULT_NONE;
}

static void memory_bell(struct term *term)
{
	((struct memory *)term)->bells++;
}

static const struct term_backend backend = {
	.name = "memory",
	.free = memory_free,
	.fd = memory_none,
	.wait_ms = memory_none,
	.next_key = memory_next_key,
	.paint = memory_paint,
	.redraw = memory_nothing,
	.bell = memory_bell,
	.suspend = memory_nothing,
	.resume = memory_resume,
};

enum fault_code term_memory_open(int rows, int cols, struct term **ret_term)
{
	struct memory *m = calloc(1, sizeof *m);

	if (!m)
		return FAULT_OUT_OF_MEMORY;
	m->term = (struct term){ &backend, rows, cols, true, true, 0 };
	m->picture = (struct grid)GRID_INIT;
	if (grid_resize(&m->picture, rows, cols) != FAULT_NONE) {
		free(m);
		return FAULT_OUT_OF_MEMORY;
	}
	*ret_term = &m->term;
	return FAULT_NONE;
}

bool term_memory_key(struct term *term, struct key key)
{
	struct memory *m = (struct memory *)term;

	if (!vector_reserve((void **)&m->keys, &m->cap, m->n + 1, sizeof *m->keys, KEYS_WAITING))
		return false;
	key.at_us = m->now_us;
	m->keys[m->n++] = key;
	return true;
}

/* Types what stands between the quotes at *p and moves *p behind them. */
static bool type_text(struct term *term, const char **p)
{
	const char *s = *p + 1;

	while (*s && *s != '"') {
		uint32_t cp;

		if (*s == '\\' && (s[1] == '"' || s[1] == '\\'))
			s++;
		s += utf8_decode(s, strlen(s), &cp);
		if (!term_memory_key(term, key_text(cp)))
			return false;
	}
	*p = s + (*s == '"');
	return *s == '"';
}

static bool type_name(struct term *term, const char **p)
{
	size_t n = strcspn(*p, " \t\n");
	char word[WORD_BYTES];
	struct key key;

	if (n >= sizeof word)
		return false;
	memcpy(word, *p, n);
	word[n] = '\0';
	*p += n;
	return key_parse(word, &key) && term_memory_key(term, key);
}

bool term_memory_type(struct term *term, const char *script)
{
	struct memory *m = (struct memory *)term;
	size_t before = m->n;

	for (const char *p = script + strspn(script, " \t\n"); *p; p += strspn(p, " \t\n")) {
		if (!(*p == '"' ? type_text(term, &p) : type_name(term, &p))) {
			m->n = before;
			return false;
		}
	}
	return true;
}

void term_memory_resize(struct term *term, int rows, int cols)
{
	term->rows = rows;
	term->cols = cols;
	term_memory_key(term, key_named(KEY_RESIZE));
}

void term_memory_set_time(struct term *term, int64_t now_us)
{
	((struct memory *)term)->now_us = now_us;
}

const struct grid *term_memory_picture(const struct term *term)
{
	return &((const struct memory *)term)->picture;
}

unsigned term_memory_bells(const struct term *term)
{
	return ((const struct memory *)term)->bells;
}

unsigned term_memory_paints(const struct term *term)
{
	return ((const struct memory *)term)->paints;
}
