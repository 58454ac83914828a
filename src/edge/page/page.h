/* Pages from templates: what is put into one is escaped unless it was itself
 * made by a template.
 *
 *   {name}    the value's text, escaped for where it stands: between tags, or
 *             inside double quotes of an attribute
 *   {{name}}  the value's piece, as it is; between tags alone
 *
 * In href, src, action and formaction a value that stands at the beginning
 * must be an address of https or of this host; behind a beginning it is
 * written with percent signs. Nowhere else in a tag, in no style or on…
 * attribute, in no comment, script or style element may a value stand. Text
 * keeps its line ends as spaces; control characters and what is no UTF-8
 * become U+FFFD. */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/fault.h"

enum {
	PAGE_MAX = 256 << 10,  /* bytes of a page */
	PAGE_NAME_MAX = 32,    /* characters of a value's name: a-z 0-9 _ */
};

/* What every page is sent with: no script, nothing from elsewhere, in no frame. */
#define PAGE_POLICY "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; " \
	"base-uri 'none'; frame-ancestors 'none'"

/* Markup that a template has made; only page_render writes into one. */
struct page_piece {
	struct buffer markup;
};

/* One of text and piece. */
struct page_value {
	const char *name;
	const char *text;
	const struct page_piece *piece;
};

void page_piece_init(struct page_piece *piece);

/* Frees the contents; usable again. Accepts NULL. */
void page_piece_release(struct page_piece *piece);

/* Appends the template with its values to the piece. On a refusal the piece is
 * as before: FAULT_PAGE_TEMPLATE (a value not given, of the wrong kind, or
 * where none may stand: arguments say where and what), FAULT_PAGE_ADDRESS,
 * FAULT_LIMIT_REACHED beyond PAGE_MAX or when memory is short. */
enum fault_code page_render(const char *template, const struct page_value *values, size_t n,
			    struct page_piece *piece, struct fault *fault);

#endif
