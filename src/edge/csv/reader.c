/* A streaming reader: rows are parsed out of a window of raw bytes, so that a
 * broken quote can be given up and reading go on at the next line. */
#include "csv/csv.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = 4 * CSV_ROW_MAX };

struct csv_reader {
	csv_source *source;
	void *context;
	bool source_ended;
	bool skipping;   /* inside a line too long to be kept */
	char separator;
	size_t line;     /* of the byte at `at` */
	size_t at, end;  /* unread bytes of the window */
	size_t n_fields;
	size_t n_text;
	struct csv_field field[CSV_FIELDS_MAX];
	char text[CSV_ROW_MAX + CSV_FIELDS_MAX];
	char window[WINDOW];
};

enum fault_code csv_reader_new(csv_source *source, void *context, struct csv_reader **ret,
			       struct fault *fault)
{
	struct csv_reader *r = calloc(1, sizeof *r);

	if (!r)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	r->source = source;
	r->context = context;
	r->line = 1;
	*ret = r;
	return FAULT_NONE;
}

void csv_reader_free(struct csv_reader *r)
{
	free(r);
}

char csv_reader_separator(const struct csv_reader *r)
{
	return r->separator;
}

/* Reads on until a whole row of the longest kind is there or the source ends. */
static bool fill(struct csv_reader *r)
{
	if (r->source_ended || r->end - r->at > CSV_ROW_MAX)
		return true;
	memmove(r->window, r->window + r->at, r->end - r->at);
	r->end -= r->at;
	r->at = 0;
	while (!r->source_ended && r->end < WINDOW) {
		ssize_t n = r->source(r->context, r->window + r->end, WINDOW - r->end);

		if (n < 0)
			return false;
		r->source_ended = n == 0;
		r->end += (size_t)n;
	}
	return true;
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Behind the line end at p: CRLF is one. */
static size_t behind_line_end(const struct csv_reader *r, size_t p)
{
	if (r->window[p] == '\r' && p + 1 < r->end && r->window[p + 1] == '\n')
		return p + 2;
	return p + 1;
}

/* Behind the line that begins at p; r->end when it does not end. */
static size_t behind_line(const struct csv_reader *r, size_t p)
{
	while (p < r->end && !is_line_end(r->window[p]))
		p++;
	return p < r->end ? behind_line_end(r, p) : p;
}

/* Whether a line that begins in the window goes on behind it. */
static bool cut_short(const struct csv_reader *r, size_t behind)
{
	return behind == r->end && !r->source_ended && !is_line_end(r->window[behind - 1]);
}

static void move_to(struct csv_reader *r, size_t p)
{
	for (size_t i = r->at; i < p; i++)
		if (r->window[i] == '\n' ||
		    (r->window[i] == '\r' && !(i + 1 < r->end && r->window[i + 1] == '\n')))
			r->line++;
	r->at = p;
}

/* The commonest separator of the line at `at`, quotes left out. */
static char find_separator(const struct csv_reader *r)
{
	static const char candidates[] = ",\t;";
	size_t count[3] = { 0, 0, 0 }, best = 0;
	bool quoted = false;

	for (size_t p = r->at; p < r->end && !is_line_end(r->window[p]); p++) {
		const char *found = strchr(candidates, r->window[p]);

		if (r->window[p] == '"')
			quoted = !quoted;
		else if (!quoted && found && *found)
			count[found - candidates]++;
	}
	for (size_t i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return candidates[best];
}

static void add_byte(struct csv_reader *r, char c)
{
	if (r->n_text < sizeof r->text - 1)
		r->text[r->n_text++] = c;
}

/* Reads a quoted field whose quote stands at *p; *p moves behind its end. */
static enum csv_trouble read_quoted(struct csv_reader *r, size_t *p, size_t limit)
{
	size_t i = *p + 1;
	int lines = 0;

	for (;; i++) {
		if (i >= limit || lines > CSV_QUOTED_LINES_MAX)
			return CSV_QUOTE_OPEN;
		if (r->window[i] != '"') {
			add_byte(r, r->window[i]);
			lines += r->window[i] == '\n';
		} else if (i + 1 < limit && r->window[i + 1] == '"') {
			add_byte(r, '"');
			i++;
		} else {
			break;
		}
	}
	*p = i + 1;
	if (*p == limit || r->window[*p] == r->separator || is_line_end(r->window[*p]))
		return CSV_SOUND;
	/* On a later line it is most likely another field's quote that closed this. */
	return lines ? CSV_QUOTE_OPEN : CSV_TEXT_AFTER_QUOTE;
}

static enum csv_trouble read_plain(struct csv_reader *r, size_t *p, size_t limit)
{
	size_t i = *p;

	while (i < limit && r->window[i] != r->separator && !is_line_end(r->window[i]))
		i++;
	memcpy(r->text + r->n_text, r->window + *p, i - *p);
	r->n_text += i - *p;
	*p = i;
	return CSV_SOUND;
}

static enum csv_trouble read_field(struct csv_reader *r, size_t *p, size_t limit)
{
	struct csv_field *f;
	enum csv_trouble trouble;

	if (r->n_fields == CSV_FIELDS_MAX)
		return CSV_TOO_MANY_FIELDS;
	f = &r->field[r->n_fields];
	f->text = r->text + r->n_text;
	if (*p < limit && r->window[*p] == '"')
		trouble = read_quoted(r, p, limit);
	else
		trouble = read_plain(r, p, limit);
	f->len = (size_t)(r->text + r->n_text - f->text);
	add_byte(r, '\0');
	r->n_fields++;
	return trouble;
}

/* Reads the row at `at`; *ret_behind is where the next one begins. */
static enum csv_trouble read_row(struct csv_reader *r, size_t *ret_behind)
{
	size_t limit = r->end - r->at > CSV_ROW_MAX ? r->at + CSV_ROW_MAX : r->end;
	size_t p = r->at;
	enum csv_trouble trouble;

	r->n_fields = 0;
	r->n_text = 0;
	for (;;) {
		trouble = read_field(r, &p, limit);
		if (trouble != CSV_SOUND)
			break;
		if (p == limit && limit < r->end) {
			trouble = CSV_ROW_TOO_LONG;
			break;
		}
		if (p == limit || is_line_end(r->window[p])) {
			*ret_behind = p < limit ? behind_line_end(r, p) : p;
			return CSV_SOUND;
		}
		p++;
	}
	*ret_behind = behind_line(r, r->at);
	r->skipping = cut_short(r, *ret_behind);
	return trouble;
}

/* Passes the rest of a line too long, and empty lines. */
static bool pass_nothing(struct csv_reader *r)
{
	for (;;) {
		if (!fill(r))
			return false;
		if (r->skipping) {
			size_t behind = behind_line(r, r->at);

			r->skipping = cut_short(r, behind);
			move_to(r, behind);
		} else if (r->at < r->end && is_line_end(r->window[r->at])) {
			move_to(r, behind_line_end(r, r->at));
		} else {
			return true;
		}
	}
}

enum csv_status csv_reader_next(struct csv_reader *r, struct csv_row *ret)
{
	size_t behind;

	if (!pass_nothing(r))
		return CSV_FAILED;
	if (r->at == r->end)
		return CSV_END;
	if (!r->separator)
		r->separator = find_separator(r);
	ret->line = r->line;
	ret->trouble = read_row(r, &behind);
	ret->n = ret->trouble == CSV_SOUND ? r->n_fields : 0;
	ret->field = r->field;
	move_to(r, behind);
	return CSV_ROW;
}
