/* CSV by RFC 4180 and as people's spreadsheets really write it. */
#ifndef CSV_CSV_H
#define CSV_CSV_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/fault.h"

enum {
	CSV_ROW_MAX = 65536,   /* bytes of a row, its line ends included */
	CSV_FIELDS_MAX = 256,  /* fields of a row */
	CSV_QUOTED_LINES_MAX = 16,  /* line ends within quotes */
};

/* Why a row cannot be read; the reader goes on behind it. */
enum csv_trouble {
	CSV_SOUND,
	CSV_QUOTE_OPEN,       /* a quote is never closed: the next row is the next line */
	CSV_TEXT_AFTER_QUOTE, /* "a"b: likewise */
	CSV_ROW_TOO_LONG,
	CSV_TOO_MANY_FIELDS,
};

struct csv_field {
	const char *text;  /* terminated, quotes undone; may hold zero bytes */
	size_t len;
};

/* A row is valid until the next call. Lines that are empty are no rows. */
struct csv_row {
	size_t line;  /* where it begins, from 1; CRLF, LF and CR end a line */
	enum csv_trouble trouble;
	size_t n;     /* 0 when in trouble */
	const struct csv_field *field;
};

/* Gives up to n bytes into out: their number, 0 at the end, -1 on an error. */
typedef ssize_t csv_source(void *context, char *out, size_t n);

/* Reads in bounded memory; bytes are not decoded (separators, quotes and line
 * ends are never part of a character, in UTF-8 and in GB18030 alike). */
struct csv_reader;

/* FAULT_OUT_OF_MEMORY. The separator is found in the first row: whichever of
 * comma, tab and semicolon it has most. */
enum fault_code csv_reader_new(csv_source *source, void *context, struct csv_reader **ret,
			       struct fault *fault);
void csv_reader_free(struct csv_reader *r);

enum csv_status { CSV_ROW, CSV_END, CSV_FAILED };
enum csv_status csv_reader_next(struct csv_reader *r, struct csv_row *ret);

/* The separator found; 0 before the first row. */
char csv_reader_separator(const struct csv_reader *r);

/* Appends a field, a comma before it unless it is the row's first, quoted
 * when it must be; and the end of a row (CRLF). */
void csv_write_field(struct buffer *out, const char *text, bool first);
void csv_write_end(struct buffer *out);

#endif
