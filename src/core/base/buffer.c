/* Growing bytes and arrays; every one knows its limit. */
#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_init(struct buffer *b, size_t limit)
{
	*b = (struct buffer)BUFFER_INIT(limit);
}

void buffer_release(struct buffer *b)
{
	if (!b)
		return;
	free(b->data);
	buffer_init(b, b->limit);
}

void buffer_reset(struct buffer *b)
{
	b->len = 0;
	b->failed = false;
	if (b->data)
		b->data[0] = '\0';
}

static bool make_room(struct buffer *b, size_t more)
{
	size_t cap = b->cap ? b->cap : 64;
	char *data;

	if (b->failed)
		return false;
	if (more > b->limit || b->len > b->limit - more) {
		b->failed = true;
		return false;
	}
	if (b->len + more + 1 <= b->cap)
		return true;
	while (cap < b->len + more + 1)
		cap *= 2;
	data = realloc(b->data, cap);
	if (!data) {
		b->failed = true;
		return false;
	}
	b->data = data;
	b->cap = cap;
	return true;
}

void buffer_add(struct buffer *b, const void *bytes, size_t n)
{
	if (!make_room(b, n))
		return;
	if (n)
		memcpy(b->data + b->len, bytes, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void buffer_add_byte(struct buffer *b, unsigned char byte)
{
	buffer_add(b, &byte, 1);
}

void buffer_add_text(struct buffer *b, const char *text)
{
	buffer_add(b, text, strlen(text));
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	if (n < 0) {
		b->failed = true;
	} else if (make_room(b, (size_t)n)) {
		vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
		b->len += (size_t)n;
	}
	va_end(again);
	va_end(args);
}

const char *buffer_text(const struct buffer *b)
{
	return b->data ? b->data : "";
}

bool vector_reserve(void **items, size_t *cap, size_t need, size_t item_size, size_t limit)
{
	size_t grown = *cap ? *cap : 8;
	void *moved;

	if (need <= *cap)
		return true;
	if (need > limit)
		return false;
	while (grown < need)
		grown *= 2;
	if (grown > limit)
		grown = limit;
	moved = realloc(*items, grown * item_size);
	if (!moved)
		return false;
	*items = moved;
	*cap = grown;
	return true;
}
