/* From cells to the fewest bytes that make the terminal show them. */
#ifndef TERM_PAINT_H
#define TERM_PAINT_H

#include "term/grid.h"
#include "term/terminfo.h"

enum { PAINT_LIMIT = 4 << 20 };

/* What the terminal is known to show, and the bytes to send next. */
struct painter {
	const struct terminfo *info;
	bool utf8, color;
	bool known;          /* false: the next paint clears and writes all */
	struct grid shown;
	int row, col;        /* the terminal's cursor; -1 unknown */
	unsigned pen;        /* attributes the terminal writes with */
	bool cursor_hidden;
	struct buffer out;   /* taken and reset by whoever sends it */
};

/* `info` stays the caller's and must outlive the painter. */
void painter_init(struct painter *p, const struct terminfo *info, bool utf8, bool color);
void painter_release(struct painter *p);

/* Forgets what the terminal shows. */
void painter_forget(struct painter *p);

/* Appends to p->out what makes the terminal show g. */
enum fault_code painter_paint(struct painter *p, const struct grid *g);

/* For paint.c's helpers. */
void painter_goto(struct painter *p, int row, int col);
void painter_pen(struct painter *p, unsigned attr);
void painter_scroll(struct painter *p, const struct grid *g);

/* What an ASCII terminal gets for the character: one byte. */
char painter_ascii(uint32_t cp);

#endif
