/* Reading structured fields (RFC 8941), as much of them as signatures need.
 * Inside the room only. */
#ifndef NET_STRUCTURED_H
#define NET_STRUCTURED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in a field's value. After the first thing that does not fit, `failed`
 * stays set, every read gives nothing, and *wrong says why (untranslated). */
struct structured {
	const char *at, *end;
	bool failed;
	const char *wrong;
};

void structured_init(struct structured *in, const char *text, size_t n);

/* Takes one character when it is the next; says whether it was. */
bool structured_take(struct structured *in, char c);

/* The same, failing when it is not. */
void structured_expect(struct structured *in, char c);

/* Takes any spaces. */
void structured_spaces(struct structured *in);

/* A key (section 3.1.2) into ret[size], terminated; "" when it fails. */
void structured_key(struct structured *in, char *ret, size_t size);

/* A string (section 3.3.3) of plain characters: letters, digits and
 * - . _ : ~ + / = @, so that no two spellings mean the same. */
void structured_string(struct structured *in, char *ret, size_t size);

/* An integer (section 3.3.1) that is not negative, in its shortest form. */
int64_t structured_integer(struct structured *in);

/* A byte sequence (section 3.3.5) of exactly n bytes. */
void structured_bytes(struct structured *in, uint8_t *ret, size_t n);

/* Whether the text read as a string above would be read back the same. */
bool structured_is_plain(const char *text, size_t most);

/* Whether all was read and nothing failed. */
bool structured_done(struct structured *in);

#endif
