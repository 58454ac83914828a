/* From the bytes a terminal sends to keys; knows the time, asks no clock. */
#ifndef TERM_DECODE_H
#define TERM_DECODE_H

#include "term/keys.h"

/* An ESC followed by nothing for this long was the Esc key itself; the same
 * span joins CR and LF, and the bytes of one character. */
enum { DECODE_WAIT_US = 25000, DECODE_BYTES = 4096, DECODE_SEQUENCE = 16 };

/* What this very terminal sends for a named key (from its terminfo entry),
 * asked before the sequences known everywhere. */
struct key_sequence {
	char bytes[DECODE_SEQUENCE]; /* terminated; empty: none */
};

struct decoder {
	unsigned char bytes[DECODE_BYTES];
	size_t start, len;
	int64_t at_us;      /* when the last bytes came */
	int64_t cr_us;      /* when the last key was a CR, else INT64_MIN */
	bool utf8;          /* else bytes above 7F are unreadable */
	struct key_sequence own[KEY_CODES];
};

void decoder_init(struct decoder *d, bool utf8);

/* Bytes that still fit; feeding more than that drops them. */
size_t decoder_room(const struct decoder *d);
void decoder_feed(struct decoder *d, const void *bytes, size_t n, int64_t now_us);

/* The next key, when its bytes are complete or their time is over. */
bool decoder_next(struct decoder *d, int64_t now_us, struct key *ret_key);

/* Microseconds until decoder_next can tell more without new bytes; -1: never. */
int64_t decoder_wait_us(const struct decoder *d, int64_t now_us);

#endif
