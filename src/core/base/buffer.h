/* Bytes that grow up to a limit, and growth of typed arrays. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* A growing run of bytes, born with its limit. After a failed append (no
 * memory, limit passed) `failed` stays set and later appends do nothing: the
 * caller checks once, at the end. `data` is always terminated by a NUL that
 * `len` does not count (NULL while nothing was ever appended). */
struct buffer {
	char *data;
	size_t len;
	size_t cap;
	size_t limit;
	bool failed;
};

#define BUFFER_INIT(limit_bytes) { NULL, 0, 0, (limit_bytes), false }

void buffer_init(struct buffer *b, size_t limit);

/* Frees the contents; the buffer is usable again with the same limit.
 * Accepts NULL and half-built objects. */
void buffer_release(struct buffer *b);

/* Forgets the contents and the failure, keeps the memory. */
void buffer_reset(struct buffer *b);

void buffer_add(struct buffer *b, const void *bytes, size_t n);
void buffer_add_byte(struct buffer *b, unsigned char byte);
void buffer_add_text(struct buffer *b, const char *text);
void buffer_printf(struct buffer *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The contents as text; "" when empty. Valid until the next append. */
const char *buffer_text(const struct buffer *b);

/* Makes room for `need` items of `item_size` bytes in the array *items with
 * capacity *cap, growing by doubling up to `limit` items. Returns false, and
 * changes nothing, when memory or the limit does not allow it. */
bool vector_reserve(void **items, size_t *cap, size_t need, size_t item_size, size_t limit);

#endif
