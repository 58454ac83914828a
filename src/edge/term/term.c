/* The door itself: each call goes to the backend. */
#include "term/term.h"

#include <string.h>
#include <strings.h>

#include "term/backend.h"

void term_free(struct term *term)
{
	if (term)
		term->backend->free(term);
}

int term_fd(const struct term *term)
{
	return term->backend->fd(term);
}

int term_wait_ms(const struct term *term)
{
	return term->backend->wait_ms(term);
}

bool term_next_key(struct term *term, struct key *ret_key)
{
	return term->backend->next_key(term, ret_key);
}

int term_rows(const struct term *term)
{
	return term->rows;
}

int term_cols(const struct term *term)
{
	return term->cols;
}

bool term_is_utf8(const struct term *term)
{
	return term->utf8;
}

bool term_has_color(const struct term *term)
{
	return term->color;
}

void term_paint(struct term *term, const struct grid *grid)
{
	term->backend->paint(term, grid);
}

void term_redraw(struct term *term)
{
	term->backend->redraw(term);
}

void term_bell(struct term *term)
{
	term->backend->bell(term);
}

void term_suspend(struct term *term)
{
	term->backend->suspend(term);
}

enum fault_code term_resume(struct term *term, struct fault *fault)
{
	return term->backend->resume(term, fault);
}

uint64_t term_bytes_sent(const struct term *term)
{
	return term->bytes_sent;
}

bool term_charset_of(const char *locale, const char *type)
{
	const char *set = locale ? strchr(locale, '.') : NULL;

	if (set)
		return strncasecmp(set, ".utf-8", 6) == 0 || strncasecmp(set, ".utf8", 5) == 0;
	if (locale && *locale && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0)
		return false;
	return !type || strncmp(type, "vt", 2) != 0;
}
