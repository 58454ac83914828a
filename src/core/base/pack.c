/* Canonical packing: one value, one form. */
#include "base/pack.h"

#include <string.h>

void pack_unsigned(struct buffer *out, uint64_t value)
{
	uint8_t bytes[10];
	size_t n = 0;

	while (value >= 0x80) {
		bytes[n++] = (uint8_t)(value | 0x80);
		value >>= 7;
	}
	bytes[n++] = (uint8_t)value;
	buffer_add(out, bytes, n);
}

void pack_integer(struct buffer *out, int64_t value)
{
	pack_unsigned(out, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

void pack_bytes(struct buffer *out, const void *bytes, size_t n)
{
	pack_unsigned(out, n);
	buffer_add(out, bytes, n);
}

void pack_text(struct buffer *out, const char *text)
{
	pack_bytes(out, text, strlen(text));
}

void pack_ident(struct buffer *out, const struct ident *id)
{
	buffer_add(out, id->bytes, IDENT_BYTES);
}

void unpack_init(struct unpack *in, const void *bytes, size_t n)
{
	*in = (struct unpack){ bytes, n, false };
}

static const uint8_t *take(struct unpack *in, size_t n)
{
	const uint8_t *at = in->at;

	if (in->failed || n > in->left) {
		in->failed = true;
		return NULL;
	}
	in->at += n;
	in->left -= n;
	return at;
}

uint64_t unpack_unsigned(struct unpack *in)
{
	uint64_t value = 0;

	for (int shift = 0;; shift += 7) {
		const uint8_t *byte = take(in, 1);

		if (!byte)
			return 0;
		if (shift == 63 && *byte > 1)
			break;
		value |= (uint64_t)(*byte & 0x7F) << shift;
		if (*byte < 0x80) {
			if (*byte == 0 && shift > 0)
				break;
			return value;
		}
	}
	in->failed = true;
	return 0;
}

int64_t unpack_integer(struct unpack *in)
{
	uint64_t value = unpack_unsigned(in);

	return (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
}

uint64_t unpack_up_to(struct unpack *in, uint64_t most)
{
	uint64_t value = unpack_unsigned(in);

	if (value <= most)
		return value;
	in->failed = true;
	return 0;
}

int32_t unpack_integer32(struct unpack *in)
{
	int64_t value = unpack_integer(in);

	if (value == (int32_t)value)
		return (int32_t)value;
	in->failed = true;
	return 0;
}

const uint8_t *unpack_bytes(struct unpack *in, size_t *ret_n)
{
	uint64_t n = unpack_unsigned(in);
	const uint8_t *at = n <= in->left ? take(in, (size_t)n) : take(in, SIZE_MAX);

	*ret_n = at ? (size_t)n : 0;
	return at;
}

void unpack_text(struct unpack *in, char *dst, size_t size)
{
	size_t n;
	const uint8_t *at = unpack_bytes(in, &n);

	dst[0] = '\0';
	if (!at)
		return;
	if (n >= size || memchr(at, '\0', n)) {
		in->failed = true;
		return;
	}
	memcpy(dst, at, n);
	dst[n] = '\0';
}

void unpack_ident(struct unpack *in, struct ident *ret_id)
{
	const uint8_t *at = take(in, IDENT_BYTES);

	memset(ret_id, 0, sizeof *ret_id);
	if (at)
		memcpy(ret_id->bytes, at, IDENT_BYTES);
}

bool unpack_done(const struct unpack *in)
{
	return !in->failed && in->left == 0;
}
