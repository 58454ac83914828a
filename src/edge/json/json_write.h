/* Writes JSON straight into a buffer, on one line, in the order of the calls:
 * batch answers thousands of commands a second. */
#ifndef JSON_JSON_WRITE_H
#define JSON_JSON_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/ident.h"
#include "money/money.h"
#include "money/quantity.h"

enum { JSON_DEPTH_MAX = 31 };

/* What is being written. The buffer is the caller's; its `failed` tells, once
 * at the end, whether memory or its limit ran out or the calls did not nest. */
struct json_writer {
	struct buffer *out;
	int depth;
	uint32_t begun;   /* bit d: something stands at depth d already */
	uint32_t arrays;  /* bit d: depth d is an array */
};

/* Starts a value in `out`, behind what is there. */
void json_writer_init(struct json_writer *w, struct buffer *out);

/* `name` is a literal of letters, digits, _ and -: it is written as it is. In
 * an array and at the top it is NULL. Every open needs its close. */
void json_put_object(struct json_writer *w, const char *name);
void json_put_array(struct json_writer *w, const char *name);
void json_close(struct json_writer *w);

/* Text is escaped; malformed UTF-8 is written as U+FFFD, so that a line is
 * always JSON. NULL is written as null. */
void json_put_text(struct json_writer *w, const char *name, const char *text);
void json_put_bytes(struct json_writer *w, const char *name, const char *text, size_t n);
void json_put_number(struct json_writer *w, const char *name, int64_t number);
void json_put_bool(struct json_writer *w, const char *name, bool value);
void json_put_null(struct json_writer *w, const char *name);

/* "12.50": two decimals, the currency is not said. */
void json_put_money(struct json_writer *w, const char *name, struct money amount);

/* "0.734": no trailing zeros. */
void json_put_quantity(struct json_writer *w, const char *name, quantity q);

/* 26 letters; null when it is zero. */
void json_put_ident(struct json_writer *w, const char *name, const struct ident *id);

/* Ends the line: a newline, and the writer is ready for the next value.
 * Whatever is still open makes the buffer fail. */
void json_end_line(struct json_writer *w);

#endif
