/* Running the real guitai-load on files in a directory of the test's own. */
#ifndef TESTS_LOAD_RUN_H
#define TESTS_LOAD_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "catalog/product.h"
#include "store/catalog_store.h"

/* Makes the directory and goes into it; load_end leaves and removes it. */
void load_begin(void);
void load_end(void);

/* Writes a file in it. */
void load_write(const char *name, const void *bytes, size_t n);
void load_write_text(const char *name, const char *text);

struct load_result {
	int status;       /* exit status; -1 when a signal ended it */
	char out[4096];
	char err[65536];
};

/* Starts guitai-load with words (split at blanks); file_limit (bytes) unless 0
 * is the largest file it may write. */
pid_t load_start(const char *words, size_t file_limit);

/* Waits for it and reads what it said. */
void load_wait(pid_t child, struct load_result *ret);

/* Both: import into the catalogue of the directory. */
void load_run(const char *words, struct load_result *ret);

/* Opens the catalogue; asserts that it does. */
struct catalog_store *load_catalog(void);

/* The name of a product of the catalogue, NULL when it has not the code. */
const char *load_name(const char *code);

/* How many products it has. */
long long load_count(void);

#endif
