/* A line of guitai batch: split into words, matched with its row. */
#ifndef APP_BATCH_WORDS_H
#define APP_BATCH_WORDS_H

#include <stddef.h>

#include "base/fault.h"

enum {
	BATCH_LINE_MAX = 8192,                 /* bytes, without the line's end */
	BATCH_WORDS_MAX = BATCH_LINE_MAX / 2 + 1,
};

/* One line; words and id point into text. n_words is 0 for an empty line and
 * for a comment. Controls other than blanks stay as they are: scans have them. */
struct batch_line {
	char text[BATCH_LINE_MAX + 1];
	const char *words[BATCH_WORDS_MAX];
	size_t n_words;
	const char *id;  /* TEXT of id=TEXT, NULL when not given */
};

/* Splits bytes[0..n), one line with or without its "\n" or "\r\n". Words are
 * parted by blanks and tabs; a double quote opens text that may hold blanks,
 * with \" and \\ for a quote and a backslash inside; # at the start of a word
 * begins a comment; the last word id=TEXT, unless quoted whole, is the id.
 * FAULT_INPUT_LINE_TOO_LONG, _NOT_UTF8, _BAD_TEXT (a NUL), _BAD_QUOTES; the
 * line then has no words. */
enum fault_code batch_line_split(struct batch_line *ret, const char *bytes, size_t n,
				 struct fault *fault);

struct batch;

/* Runs one command: args are the words behind its name, n is within the row's
 * limits. `batch` is what batch_command.c keeps between lines. */
typedef enum fault_code batch_handler(struct batch *batch, const char *const *args, size_t n,
				      struct fault *fault);

/* Every handler of the table. */
#define BATCH(word, least, most, synopsis, help, handler) batch_handler handler;
#include "app/batch_words.def"
#undef BATCH

struct batch_word {
	const char *word;
	size_t least, most;
	const char *synopsis;
	const char *help;  /* marked for translation */
	batch_handler *run;
};

/* All rows in the order of batch_words.def; *ret_n is their count. */
const struct batch_word *batch_word_rows(size_t *ret_n);

/* The row a line (with at least one word) begins with, two words before one,
 * and in *ret_args how many words its name has. Checks the number of words
 * behind it. NULL with FAULT_INPUT_UNKNOWN_COMMAND, _MISSING_WORD or
 * _EXTRA_WORD in *fault. */
const struct batch_word *batch_word_find(const struct batch_line *line, size_t *ret_args,
					 struct fault *fault);

/* The same in a table of the caller's. */
const struct batch_word *batch_word_find_in(const struct batch_word *rows, size_t n_rows,
					    const struct batch_line *line, size_t *ret_args,
					    struct fault *fault);

#endif
