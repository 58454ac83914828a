/* The bytes of a product file, plain or compressed. */
#ifndef LOAD_SOURCE_H
#define LOAD_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/fault.h"

enum { SOURCE_HEAD = 65536 };

struct source;

/* Opens a file and reads its head. FAULT_FILE_NOT_READABLE, and
 * FAULT_CATALOG_FILE_REFUSED for spreadsheets and UTF-16. */
enum fault_code source_open(const char *path, struct source **ret, struct fault *fault);
void source_close(struct source *s);

/* The first bytes, up to SOURCE_HEAD; they are still to be read. */
const char *source_head(const struct source *s, size_t *ret_n);

/* Passes the first n bytes of the head. */
void source_skip(struct source *s, size_t n);

/* Reads up to n bytes: their number, 0 at the end, -1 when unreadable (then
 * source_fault says why). `context` is the source. */
ssize_t source_read(void *context, char *out, size_t n);
enum fault_code source_fault(const struct source *s, struct fault *fault);

/* How much of the file was read, 0 … 100. */
int source_percent(const struct source *s);

#endif
