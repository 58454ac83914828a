/* The document as text of so many columns. A hanzi takes two columns and is
 * never divided; figures stand at the right edge of their column. */
#include <stdio.h>

#include "base/utf8.h"
#include "base/width.h"
#include "receipt/receipt.h"

/* How wide the parts of an item are; the figures' columns have a space on
 * their left. No name column: the name has a line to itself. */
struct columns {
	unsigned all, name, quantity, price, amount;
};

static const struct columns known[] = {
	{ 32, 0, 10, 10, 12 },
	{ 42, 16, 8, 9, 9 },
	{ 48, 21, 8, 9, 10 },
};

enum { INDENT = 2, PRODUCT_WORDS_MAX = 128 };

static const struct columns *find_columns(unsigned columns)
{
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (known[i].all == columns)
			return &known[i];
	return NULL;
}

bool receipt_columns_known(unsigned columns)
{
	return find_columns(columns) != NULL;
}

static void spaces(struct buffer *out, size_t n)
{
	while (n-- > 0)
		buffer_add_byte(out, ' ');
}

static void end_line(struct buffer *out)
{
	while (!out->failed && out->len > 0 && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
	buffer_add_byte(out, '\n');
}

/* The next piece of a text that fits `cols` columns: its bytes; *text moves
 * behind it and the spaces that follow. */
static size_t next_piece(const char **text, size_t cols)
{
	size_t n = width_prefix(*text, cols);

	*text += n;
	while (**text == ' ')
		(*text)++;
	return n;
}

/* Columns of n bytes. */
static size_t width_of_bytes(const char *text, size_t n)
{
	size_t used = 0;

	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		used += (size_t)width_of_codepoint(cp);
	}
	return used;
}

/* The same for sentences: a word of Latin letters goes to the next line whole
 * when it is not longer than half a line. */
static size_t next_words(const char **text, size_t cols)
{
	const char *piece = *text;
	size_t n = width_prefix(piece, cols), at = n;

	while (at > n / 2 && piece[n] && piece[at - 1] != ' ' && !(piece[at - 1] & 0x80))
		at--;
	if (at <= n / 2 || (piece[n] & 0x80))
		at = n;
	*text += at;
	while (**text == ' ')
		(*text)++;
	return at;
}

static void put_centred(const char *text, unsigned cols, struct buffer *out)
{
	do {
		const char *piece = text;
		size_t n = next_words(&text, cols);

		spaces(out, (cols - width_of_bytes(piece, n)) / 2);
		buffer_add(out, piece, n);
		end_line(out);
	} while (*text);
}

/* The text in lines of `cols` columns behind an indent. Returns the columns
 * taken on the last line, which is not ended yet. */
static size_t put_wrapped(const char *text, size_t indent, size_t cols, struct buffer *out)
{
	for (;;) {
		const char *piece = text;
		size_t n = next_piece(&text, cols - indent);

		spaces(out, indent);
		buffer_add(out, piece, n);
		if (!*text)
			return indent + width_of_bytes(piece, n);
		end_line(out);
	}
}

/* `right` at the right edge, on this line when a space fits before it. */
static void put_right(const char *right, size_t used, size_t cols, struct buffer *out)
{
	if (*right && used > 0 && used + 1 + width_of_text(right) > cols) {
		end_line(out);
		used = 0;
	}
	while (*right) {
		const char *piece = right;
		size_t n = next_piece(&right, cols - used);

		spaces(out, cols - used - width_of_bytes(piece, n));
		buffer_add(out, piece, n);
		used = 0;
		if (*right)
			end_line(out);
	}
	end_line(out);
}

static void put_pair(const char *left, const char *right, size_t indent, size_t cols,
		     struct buffer *out)
{
	put_right(right, *left ? put_wrapped(left, indent, cols, out) : 0, cols, out);
}

static bool fits(const char *figure, unsigned cols)
{
	return width_of_text(figure) < cols;
}

static void put_figure(const char *figure, unsigned cols, struct buffer *out)
{
	spaces(out, cols - width_of_text(figure));
	buffer_add_text(out, figure);
}

static void put_figures(const struct columns *c, const char *const parts[RECEIPT_PARTS],
			struct buffer *out)
{
	put_figure(parts[RECEIPT_QUANTITY], c->quantity, out);
	put_figure(parts[RECEIPT_PRICE], c->price, out);
	put_figure(parts[RECEIPT_RIGHT], c->amount, out);
	end_line(out);
}

static void put_name(const char *name, unsigned cols, struct buffer *out)
{
	put_wrapped(name, 0, cols, out);
	end_line(out);
}

/* Figures too wide for their columns: "quantity x price" and the amount. */
static void put_wide_figures(const struct columns *c, const char *const parts[RECEIPT_PARTS],
			     struct buffer *out)
{
	char product[PRODUCT_WORDS_MAX];

	snprintf(product, sizeof product, "%s x %s", parts[RECEIPT_QUANTITY], parts[RECEIPT_PRICE]);
	put_pair(product, parts[RECEIPT_RIGHT], INDENT, c->all, out);
}

static void put_item(const struct columns *c, const char *const parts[RECEIPT_PARTS],
		     struct buffer *out)
{
	const char *name = parts[RECEIPT_LEFT], *piece = name;
	bool fit = fits(parts[RECEIPT_QUANTITY], c->quantity) &&
		   fits(parts[RECEIPT_PRICE], c->price) && fits(parts[RECEIPT_RIGHT], c->amount);
	size_t n;

	if (!fit || !c->name) {
		put_name(name, c->all, out);
		if (fit)
			put_figures(c, parts, out);
		else
			put_wide_figures(c, parts, out);
		return;
	}
	n = next_piece(&name, c->name);
	buffer_add(out, piece, n);
	spaces(out, c->name - width_of_bytes(piece, n));
	put_figures(c, parts, out);
	if (*name)
		put_name(name, c->name, out);
}

static void put_rule(unsigned cols, struct buffer *out)
{
	for (unsigned i = 0; i < cols; i++)
		buffer_add_byte(out, '-');
	end_line(out);
}

static void put_row(const struct columns *c, enum receipt_row_kind kind,
		    const char *const parts[RECEIPT_PARTS], struct buffer *out)
{
	switch (kind) {
	case RECEIPT_TITLE:
	case RECEIPT_CENTRED:
	case RECEIPT_MARK:
	case RECEIPT_SCAN:
		put_centred(parts[RECEIPT_LEFT], c->all, out);
		break;
	case RECEIPT_NOTE:
	case RECEIPT_DETAIL:
		put_pair(parts[RECEIPT_LEFT], parts[RECEIPT_RIGHT], INDENT, c->all, out);
		break;
	case RECEIPT_PAIR:
	case RECEIPT_TOTAL:
		put_pair(parts[RECEIPT_LEFT], parts[RECEIPT_RIGHT], 0, c->all, out);
		break;
	case RECEIPT_HEADING:
	case RECEIPT_ITEM:
		put_item(c, parts, out);
		break;
	case RECEIPT_RULE:
		put_rule(c->all, out);
		break;
	case RECEIPT_BLANK:
		end_line(out);
		break;
	}
}

bool receipt_layout_text(const struct receipt_document *doc, unsigned columns, struct buffer *out)
{
	const struct columns *c = find_columns(columns);

	if (!c || doc->failed)
		return false;
	for (size_t i = 0; i < doc->n_rows; i++) {
		const struct receipt_row *row = &doc->rows[i];
		const char *parts[RECEIPT_PARTS];

		for (int part = 0; part < RECEIPT_PARTS; part++)
			parts[part] = receipt_part(doc, row, (enum receipt_part)part);
		put_row(c, row->kind, parts, out);
	}
	return !out->failed;
}
