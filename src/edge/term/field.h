/* One line of typed text. */
#ifndef TERM_FIELD_H
#define TERM_FIELD_H

#include "term/grid.h"
#include "term/keys.h"

enum { FIELD_BYTES = 512 };

struct field {
	char text[FIELD_BYTES]; /* UTF-8, terminated, no control characters */
	size_t len;
	size_t cursor;          /* byte offset, on a character */
	size_t view;            /* byte offset of the first character shown */
	size_t max_chars;       /* 0: as many as fit in FIELD_BYTES */
	bool masked;            /* a PIN: shown as one '*' a character */
	bool full;              /* the last key was refused because of a limit */
};

void field_init(struct field *f, size_t max_chars, bool masked);

/* Empties the field and wipes what was typed. */
void field_clear(struct field *f);

/* Replaces the text (cut at the limit, control characters left out); the
 * cursor stands at its end. */
void field_set(struct field *f, const char *text);

/* Types a text at the cursor; false, unchanged, when it would pass the limit. */
bool field_insert(struct field *f, const char *text);

/* Typing, Backspace, Delete, Left, Right, Home, End, Ctrl-U (empty it), Ctrl-W
 * (a word back). False for a key the field does not know; a character refused
 * because of a limit is true and sets `full`. */
bool field_key(struct field *f, struct key key);

/* Draws into `cols` columns, scrolled so that the cursor shows, and places the
 * grid's cursor there. */
void field_paint(struct field *f, struct grid *grid, int row, int col, int cols, unsigned attr);

#endif
