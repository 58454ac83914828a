/* Encodings of Chinese text: which one a file is in, and conversion. */
#ifndef CHARSET_CHARSET_H
#define CHARSET_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/fault.h"

enum charset {
	CHARSET_ASCII,    /* nothing beyond ASCII was seen: not decided */
	CHARSET_UTF8,
	CHARSET_GB18030,  /* GB 18030-2005, which holds GBK and GB 2312 */
	CHARSET_GBK,      /* for printers; never detected */
};

/* "UTF-8", "GB18030", … */
const char *charset_name(enum charset c);

/* Which encoding the lines of a text are in, by the majority of the lines with
 * bytes beyond ASCII: a line that is well-formed UTF-8 is taken for it, since
 * GB18030 text hardly ever is. The last line may be cut. */
enum charset charset_detect(const char *bytes, size_t n);

/* Whether the bytes are well-formed GB18030 that has a meaning. */
bool charset_gb18030_valid(const char *bytes, size_t n);

/* The length of a UTF-8 byte order mark at the begin: 3 or 0. */
size_t charset_bom(const char *bytes, size_t n);

/* A converter between UTF-8 and another encoding. */
struct charset_converter;

/* FAULT_OUT_OF_MEMORY also when libc has not the encoding. */
enum fault_code charset_decoder_new(enum charset from, struct charset_converter **ret,
				    struct fault *fault);
enum fault_code charset_encoder_new(enum charset to, struct charset_converter **ret,
				    struct fault *fault);
void charset_converter_free(struct charset_converter *c);

/* Appends the n bytes as UTF-8 to out; false when they are malformed (out may
 * hold a part then) or out's limit is passed. */
bool charset_decode(struct charset_converter *c, const char *bytes, size_t n, struct buffer *out);

/* Appends UTF-8 text in the encoding to out; a character it has not is written
 * as `instead` (ASCII). Returns how many were. */
size_t charset_encode(struct charset_converter *c, const char *text, size_t n, char instead,
		      struct buffer *out);

#endif
