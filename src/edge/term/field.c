/* Editing by characters, showing by columns. */
#include "term/field.h"

#include <string.h>

#include "base/utf8.h"
#include "base/width.h"

void field_init(struct field *f, size_t max_chars, bool masked)
{
	memset(f, 0, sizeof *f);
	f->max_chars = max_chars;
	f->masked = masked;
}

void field_clear(struct field *f)
{
	explicit_bzero(f->text, sizeof f->text);
	f->len = f->cursor = f->view = 0;
	f->full = false;
}

static size_t next(const struct field *f, size_t at)
{
	uint32_t cp;

	return at < f->len ? at + utf8_decode(f->text + at, f->len - at, &cp) : at;
}

static size_t previous(const struct field *f, size_t at)
{
	while (at > 0 && ((unsigned char)f->text[--at] & 0xC0) == 0x80)
		;
	return at;
}

/* Marks belong to the character before: steps cross both. */
static bool on_mark(const struct field *f, size_t at)
{
	uint32_t cp;

	if (at == 0 || at >= f->len)
		return false;
	utf8_decode(f->text + at, f->len - at, &cp);
	return width_of_codepoint(cp) == 0;
}

static size_t step_right(const struct field *f, size_t at)
{
	do
		at = next(f, at);
	while (on_mark(f, at));
	return at;
}

static size_t step_left(const struct field *f, size_t at)
{
	do
		at = previous(f, at);
	while (on_mark(f, at));
	return at;
}

static size_t count_chars(const char *text, size_t n)
{
	size_t chars = 0;

	for (size_t i = 0; i < n; i++)
		chars += ((unsigned char)text[i] & 0xC0) != 0x80;
	return chars;
}

bool field_insert(struct field *f, const char *text)
{
	size_t n = strlen(text);

	if (n >= sizeof f->text - f->len ||
	    (f->max_chars && count_chars(f->text, f->len) + count_chars(text, n) > f->max_chars))
		return false;
	memmove(f->text + f->cursor + n, f->text + f->cursor, f->len - f->cursor + 1);
	memcpy(f->text + f->cursor, text, n);
	f->len += n;
	f->cursor += n;
	return true;
}

static bool type(struct field *f, uint32_t cp)
{
	char bytes[5] = "";

	if (utf8_is_control(cp))
		cp = UTF8_REPLACEMENT;
	bytes[utf8_encode(cp, bytes)] = '\0';
	return field_insert(f, bytes);
}

void field_set(struct field *f, const char *text)
{
	size_t n = strlen(text);

	field_clear(f);
	for (size_t i = 0; i < n;) {
		uint32_t cp;

		i += utf8_decode(text + i, n - i, &cp);
		if (!utf8_is_control(cp) && !type(f, cp))
			break;
	}
}

static void erase(struct field *f, size_t from, size_t to)
{
	memmove(f->text + from, f->text + to, f->len - to + 1);
	f->len -= to - from;
	f->cursor = from;
}

static size_t word_start(const struct field *f)
{
	size_t at = f->cursor;

	while (at > 0 && f->text[at - 1] == ' ')
		at--;
	while (at > 0 && f->text[at - 1] != ' ')
		at--;
	return at;
}

static bool edit(struct field *f, enum key_code code)
{
	size_t at = f->cursor;

	if (code == KEY_BACKSPACE)
		erase(f, step_left(f, at), at);
	else if (code == KEY_DELETE)
		erase(f, at, step_right(f, at));
	else if (code == KEY_LEFT)
		f->cursor = step_left(f, at);
	else if (code == KEY_RIGHT)
		f->cursor = step_right(f, at);
	else if (code == KEY_HOME)
		f->cursor = 0;
	else if (code == KEY_END)
		f->cursor = f->len;
	else
		return false;
	return true;
}

bool field_key(struct field *f, struct key key)
{
	f->full = false;
	if (key.code == KEY_TEXT && key.mods == 0) {
		f->full = !type(f, key.cp);
		return true;
	}
	if (key.code == KEY_TEXT && key.mods == KEY_CTRL && key.cp == 'u') {
		field_clear(f);
		return true;
	}
	if (key.code == KEY_TEXT && key.mods == KEY_CTRL && key.cp == 'w') {
		erase(f, word_start(f), f->cursor);
		return true;
	}
	return key.mods == 0 && edit(f, key.code);
}

/* Columns of the text between two offsets. */
static size_t columns(const struct field *f, size_t from, size_t to)
{
	size_t cols = 0;

	while (from < to) {
		uint32_t cp;

		from += utf8_decode(f->text + from, to - from, &cp);
		cols += f->masked ? 1 : (size_t)width_of_codepoint(cp);
	}
	return cols;
}

/* The cursor needs a column of its own behind the text; going left past the
 * edge brings half a field of what stands before it. */
static void keep_in_view(struct field *f, size_t cols)
{
	if (f->view > f->cursor) {
		f->view = f->cursor;
		while (f->view > 0 && columns(f, f->view, f->cursor) < cols / 2)
			f->view = step_left(f, f->view);
	}
	while (f->view < f->cursor && columns(f, f->view, f->cursor) >= cols)
		f->view = step_right(f, f->view);
	while (f->view > 0 && columns(f, step_left(f, f->view), f->len) < cols)
		f->view = step_left(f, f->view);
}

void field_paint(struct field *f, struct grid *grid, int row, int col, int cols, unsigned attr)
{
	char shown[FIELD_BYTES];
	size_t n;

	if (cols < 1)
		return;
	keep_in_view(f, (size_t)cols);
	n = width_prefix(f->text + f->view, (size_t)cols);
	if (f->masked)
		n = columns(f, f->view, f->len) < (size_t)cols ? columns(f, f->view, f->len) : (size_t)cols;
	if (f->masked)
		memset(shown, '*', n);
	else
		memcpy(shown, f->text + f->view, n);
	shown[n] = '\0';
	grid_fill(grid, (struct area){ row, col, 1, cols }, attr);
	grid_put_text(grid, row, col, attr, shown);
	grid_place_cursor(grid, row, col + (int)columns(f, f->view, f->cursor));
}
