/* The table of guitai batch's words, as C, and finding a line's row in it. */
#include "app/batch_words.h"

#include <stdio.h>
#include <string.h>

#include "base/mark.h"

/* Closed by a row without a word, so that it is never empty. */
static const struct batch_word words[] = {
#define BATCH(word, least, most, synopsis, help, handler) \
	{ word, least, most, synopsis, help, handler },
#include "app/batch_words.def"
#undef BATCH
	{ NULL, 0, 0, NULL, NULL, NULL },
};

const struct batch_word *batch_word_rows(size_t *ret_n)
{
	*ret_n = sizeof words / sizeof words[0] - 1;
	return words;
}

/* How many words of the line the row's name takes, 0 when it is another. */
static size_t name_length(const char *name, const struct batch_line *line)
{
	const char *second = strchr(name, ' ');
	size_t len = second ? (size_t)(second - name) : strlen(name);

	if (strlen(line->words[0]) != len || memcmp(line->words[0], name, len) != 0)
		return 0;
	if (!second)
		return 1;
	return line->n_words > 1 && strcmp(line->words[1], second + 1) == 0 ? 2 : 0;
}

/* What may follow the first word of rows like "shift open": "open, close". */
static void list_seconds(const struct batch_word *rows, size_t n_rows, const char *first,
			 char *out, size_t size)
{
	size_t used = 0, len = strlen(first);

	out[0] = '\0';
	for (size_t i = 0; i < n_rows && used < size; i++)
		if (strncmp(rows[i].word, first, len) == 0 && rows[i].word[len] == ' ')
			used += (size_t)snprintf(out + used, size - used, "%s%s", used ? ", " : "",
						 rows[i].word + len + 1);
}

static void refuse_unknown(const struct batch_word *rows, size_t n_rows,
			   const struct batch_line *line, struct fault *fault)
{
	char seconds[FAULT_ARG_SIZE];

	list_seconds(rows, n_rows, line->words[0], seconds, sizeof seconds);
	if (seconds[0] && line->n_words == 1)
		fault_set(fault, FAULT_INPUT_MISSING_WORD, line->words[0], seconds);
	else
		fault_set(fault, FAULT_INPUT_UNKNOWN_COMMAND, line->words[0], NULL);
}

/* The n-th word of a synopsis, for the message. */
static void refuse_missing(const struct batch_word *row, size_t n, struct fault *fault)
{
	const char *shown = row->synopsis;
	char what[FAULT_ARG_SIZE];

	for (; n > 0 && shown[strcspn(shown, " ")]; n--)
		shown += strcspn(shown, " ") + 1;
	snprintf(what, sizeof what, "%.*s", (int)strcspn(shown, " "), shown);
	fault_set(fault, FAULT_INPUT_MISSING_WORD, row->word, what);
}

const struct batch_word *batch_word_find_in(const struct batch_word *rows, size_t n_rows,
					    const struct batch_line *line, size_t *ret_args,
					    struct fault *fault)
{
	const struct batch_word *best = NULL;
	size_t length = 0, n_args;

	for (size_t i = 0; i < n_rows; i++) {
		size_t len = name_length(rows[i].word, line);

		if (len > length) {
			length = len;
			best = &rows[i];
		}
	}
	if (!best) {
		refuse_unknown(rows, n_rows, line, fault);
		return NULL;
	}
	n_args = line->n_words - length;
	if (n_args < best->least) {
		refuse_missing(best, n_args, fault);
		return NULL;
	}
	if (n_args > best->most) {
		fault_set(fault, FAULT_INPUT_EXTRA_WORD, best->word, line->words[length + best->most]);
		return NULL;
	}
	*ret_args = length;
	return best;
}

const struct batch_word *batch_word_find(const struct batch_line *line, size_t *ret_args,
					 struct fault *fault)
{
	size_t n;
	const struct batch_word *rows = batch_word_rows(&n);

	return batch_word_find_in(rows, n, line, ret_args, fault);
}
