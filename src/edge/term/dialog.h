/* A box with a question or a message, and the keys that answer it. */
#ifndef TERM_DIALOG_H
#define TERM_DIALOG_H

#include "term/grid.h"
#include "term/keys.h"

enum { DIALOG_BUTTONS = 4, DIALOG_NONE = -1, DIALOG_CANCEL = -2 };

/* An answer: its label, and the character that chooses it at once (0: none). */
struct dialog_button {
	const char *label;
	uint32_t letter;
};

/* All texts are the caller's and must outlive the dialog. Tab, Left and Right
 * choose, Enter answers with the button chosen, Esc cancels: put the harmless
 * answer where `chosen` starts. */
struct dialog {
	const char *title, *text;
	struct dialog_button buttons[DIALOG_BUTTONS];
	int button_count;  /* 0: any key answers (button 0) */
	int chosen;
	unsigned attr;     /* of the title: ATTR_BAD for a refusal, ATTR_NOTE … */
};

/* The number of the button, DIALOG_CANCEL, or DIALOG_NONE while undecided. */
int dialog_key(struct dialog *d, struct key key);

/* Draws the box in the middle of the area, over what is there, and hides the
 * cursor, or puts it on the chosen button. Returns where the box stands. */
struct area dialog_paint(const struct dialog *d, struct grid *grid, struct area area);

#endif
