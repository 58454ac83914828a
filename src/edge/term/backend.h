/* What stands behind the door: a real terminal or one in memory. */
#ifndef TERM_BACKEND_H
#define TERM_BACKEND_H

#include "term/term.h"

struct term_backend {
	const char *name;
	void (*free)(struct term *term);
	int (*fd)(const struct term *term);
	int (*wait_ms)(const struct term *term);
	bool (*next_key)(struct term *term, struct key *ret_key);
	void (*paint)(struct term *term, const struct grid *grid);
	void (*redraw)(struct term *term);
	void (*bell)(struct term *term);
	void (*suspend)(struct term *term);
	enum fault_code (*resume)(struct term *term, struct fault *fault);
};

/* The first member of each backend's own struct. */
struct term {
	const struct term_backend *backend;
	int rows, cols;
	bool utf8, color;
	uint64_t bytes_sent;
};

#endif
