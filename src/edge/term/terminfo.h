/* What the terminal's terminfo entry says, with ncurses kept behind it. */
#ifndef TERM_TERMINFO_H
#define TERM_TERMINFO_H

#include "base/buffer.h"
#include "base/fault.h"
#include "term/decode.h"

enum cap {
#define CAP(name, text) CAP_##name,
#include "term/caps.def"
#undef CAP
	CAPS
};

enum { CAP_SIZE = 128 };

/* A capability that is missing, or too long to be true, is "". Padding for
 * hardware of the time of paper tape is left out. */
struct terminfo {
	char caps[CAPS][CAP_SIZE];
	bool ansi;        /* moves the cursor as ECMA-48 says: short forms are understood */
	bool corner_safe; /* a character in the last column of the last line scrolls nothing */
	int colors;       /* 0: monochrome */
	int rows, cols;   /* 0: the entry does not say */
};

/* Loads the entry of that name (the value of TERM); own[KEY_CODES] gets the
 * keys it names. FAULT_TERMINAL_MISSING says what is wrong with the entry. */
enum fault_code terminfo_load(struct terminfo *t, const char *name, int fd,
			      struct key_sequence *own, struct fault *fault);

/* Appends a capability with up to two parameters filled in. */
void terminfo_add(const struct terminfo *t, struct buffer *out, enum cap cap, int a, int b);

#endif
