/* A refusal: which error of the registry, and what it is about. */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stddef.h>

enum fault_code {
	FAULT_NONE = 0,
#define ERROR(number, name, http, retry, sentence) FAULT_##name = number,
#include "base/errors.def"
#undef ERROR
};

enum fault_retry { FAULT_RETRY_never, FAULT_RETRY_same_key, FAULT_RETRY_new_key };

#define FAULT_ARG_SIZE 128

/* What a refused call leaves behind. `code` is FAULT_NONE when nothing was
 * refused. `arg` holds what {1} and {2} of the sentence stand for: UTF-8,
 * terminated, cut on a character when too long, control characters replaced. */
struct fault {
	enum fault_code code;
	char arg[2][FAULT_ARG_SIZE];
};

/* One row of the registry. */
struct fault_row {
	enum fault_code code;
	const char *name;      /* "CATALOG_UNKNOWN_CODE" */
	int http_status;
	enum fault_retry retry;
	const char *sentence;  /* English, untranslated, with {1} and {2} */
};

/* Fills *fault (NULL is allowed) and returns `code`, so that a function can
 * end with `return fault_set(...)`. arg1 and arg2 may be NULL. */
enum fault_code fault_set(struct fault *fault, enum fault_code code,
			  const char *arg1, const char *arg2);

/* The same with a number as the first argument. */
enum fault_code fault_set_number(struct fault *fault, enum fault_code code,
				 long long arg1, const char *arg2);

/* The row of an error; NULL for FAULT_NONE and for numbers not registered. */
const struct fault_row *fault_row(enum fault_code code);

/* All rows in order of number; *ret_n is their count. */
const struct fault_row *fault_rows(size_t *ret_n);

/* "CATALOG_UNKNOWN_CODE"; "NONE" for FAULT_NONE, "UNKNOWN" for others. */
const char *fault_name(enum fault_code code);

/* Writes `sentence` (the row's, translated by the caller) into out[size] with
 * {1} and {2} replaced; always terminated, cut on a character. */
void fault_render(const struct fault *fault, const char *sentence, char *out, size_t size);

#endif
