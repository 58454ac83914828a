/* A till whose terminal, clock and chance are the test's: keys go in, and what
 * the register paints is compared with the picture in the script. */
#ifndef TESTS_SCREENS_H
#define TESTS_SCREENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agent/agent.h"
#include "base/buffer.h"
#include "screen/screen.h"
#include "settings/settings.h"
#include "term/memory.h"

enum { STAGE_REQUESTS = 16 };

/* A request of the till that waits for the hub's answer. */
struct stage_request {
	uint64_t tag;
	char method[8], path[128];
};

struct stage_line;

struct stage {
	char dir[512];
	struct buffer conf;          /* settings of the script, line by line */
	struct settings settings;
	struct term *term;
	struct agent *agent;
	struct screen_loop *loop;
	int rows, cols;
	unsigned bells_before;
	struct stage_line *line;     /* what bytes are counted with (bytes.c) */
	bool enrolled;
	struct stage_request requests[STAGE_REQUESTS];
	size_t n_requests;
	int64_t events;              /* of the hub, so far */
	bool ended;                  /* the loop ended: somebody quit */
};

/* Makes the folder with its products and a till: cashier 1 (李娜), a
 * supervisor, and cashier 2 (王芳); the PIN of both is 1234. */
bool stage_make(struct stage *stage);

/* Opens till and screens; stage_shut closes them and keeps the folder. */
bool stage_open(struct stage *stage);
void stage_shut(struct stage *stage);

/* Shuts it and removes the folder. */
void stage_remove(struct stage *stage);

/* Keys as term_memory_type has them, a fifth of a second apart: a person. */
bool stage_keys(struct stage *stage, const char *script);

/* A text whose characters come a millisecond apart: a scanner; Enter behind it
 * unless it is cut off. */
void stage_scan(struct stage *stage, const char *text, bool enter);

/* Time goes by, nobody types. */
void stage_wait(struct stage *stage, int ms);

/* The hub says something: "enrol" makes the till its own, "away" loses what was
 * asked, and a payment's state with its QR text or the reason is said of the
 * oldest payment that is open. False when there is none. */
bool stage_hub(struct stage *stage, const char *words);

/* After the till was opened again. */
void stage_join_hub(struct stage *stage);

void stage_resize(struct stage *stage, int rows, int cols);

/* Bytes that bring a terminal from the picture of the last call to this one;
 * SIZE_MAX when they cannot be told. */
size_t stage_bytes(struct stage *stage);
void stage_line_free(struct stage_line *line);  /* accepts NULL */

/* The picture as lines; and how often the bell rang since the last call. */
void stage_picture(struct stage *stage, struct buffer *out);
unsigned stage_bells(struct stage *stage);

#endif
