/* The one binary form of entries and snapshots: integers as zigzag varints
 * (shortest form only), texts and bytes with their length before them. The
 * same values always give the same bytes. */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/ident.h"

void pack_unsigned(struct buffer *out, uint64_t value);
void pack_integer(struct buffer *out, int64_t value);
void pack_bytes(struct buffer *out, const void *bytes, size_t n);
void pack_text(struct buffer *out, const char *text);
void pack_ident(struct buffer *out, const struct ident *id);

/* Reads packed bytes in the order they were written. After the first thing
 * that does not fit, `failed` stays set and every read gives zero or "". */
struct unpack {
	const uint8_t *at;
	size_t left;
	bool failed;
};

void unpack_init(struct unpack *in, const void *bytes, size_t n);
uint64_t unpack_unsigned(struct unpack *in);
int64_t unpack_integer(struct unpack *in);

/* The same, failing for what is more than `most` (a flag, a word, a count with
 * a limit), and for what does not fit 32 bits. */
uint64_t unpack_up_to(struct unpack *in, uint64_t most);
int32_t unpack_integer32(struct unpack *in);

/* The bytes stay where they are: valid as long as the packed ones. */
const uint8_t *unpack_bytes(struct unpack *in, size_t *ret_n);

/* Copies a text into dst[size], terminated; fails when it does not fit or has
 * a NUL inside. */
void unpack_text(struct unpack *in, char *dst, size_t size);
void unpack_ident(struct unpack *in, struct ident *ret_id);

/* Whether all was read and nothing failed. */
bool unpack_done(const struct unpack *in);

#endif
