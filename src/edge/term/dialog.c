/* The box is as wide as its text needs, within the area. */
#include "term/dialog.h"

#include <string.h>

#include "base/width.h"
#include "term/wrap.h"

enum { MARGIN = 2, BUTTON_GAP = 2, WIDEST = 64, LINE_BYTES = WIDEST * 4 + 1 };

static int choose_letter(const struct dialog *d, uint32_t cp)
{
	for (int i = 0; i < d->button_count; i++) {
		uint32_t letter = d->buttons[i].letter;

		if (letter && (letter == cp || (letter < 0x80 && cp < 0x80 && (letter | 0x20) == (cp | 0x20))))
			return i;
	}
	return DIALOG_NONE;
}

int dialog_key(struct dialog *d, struct key key)
{
	int n = d->button_count;

	if (key.code == KEY_RESIZE || key.code == KEY_HANGUP)
		return DIALOG_NONE;
	if (key.code == KEY_ESC)
		return DIALOG_CANCEL;
	if (n == 0)
		return 0;
	if (key.code == KEY_ENTER)
		return d->chosen;
	if (key.code == KEY_TAB || key.code == KEY_RIGHT)
		d->chosen = (d->chosen + 1) % n;
	else if (key.code == KEY_BACKTAB || key.code == KEY_LEFT)
		d->chosen = (d->chosen + n - 1) % n;
	else if (key.code == KEY_TEXT && !(key.mods & KEY_CTRL))
		return choose_letter(d, key.cp);
	return DIALOG_NONE;
}

static int buttons_cols(const struct dialog *d)
{
	int cols = 0;

	for (int i = 0; i < d->button_count; i++)
		cols += (int)width_of_text(d->buttons[i].label) + 4 + (i ? BUTTON_GAP : 0);
	return cols;
}

static int longest_line(const char *text, int cols)
{
	const char *line;
	size_t len;
	int most = 0;

	while (wrap_next(&text, (size_t)cols, &line, &len)) {
		char copy[LINE_BYTES];

		len = len < sizeof copy ? len : sizeof copy - 1;
		memcpy(copy, line, len);
		copy[len] = '\0';
		most = (int)width_of_text(copy) > most ? (int)width_of_text(copy) : most;
	}
	return most;
}

static struct area place(const struct dialog *d, struct area area)
{
	int most = area.cols - 2 * MARGIN - 2 < WIDEST ? area.cols - 2 * MARGIN - 2 : WIDEST;
	int cols, rows;

	most = most < 1 ? 1 : most;
	cols = longest_line(d->text, most);
	cols = buttons_cols(d) > cols ? buttons_cols(d) : cols;
	cols = (int)width_of_text(d->title) > cols ? (int)width_of_text(d->title) : cols;
	cols = cols > most ? most : cols;
	rows = (int)wrap_count(d->text, (size_t)cols) + 3 + (d->button_count ? 2 : 0);
	rows = rows > area.rows ? area.rows : rows;
	cols += 2 * MARGIN + 2;
	cols = cols > area.cols ? area.cols : cols;
	return (struct area){ area.row + (area.rows - rows) / 2, area.col + (area.cols - cols) / 2,
			      rows, cols };
}

static void paint_buttons(const struct dialog *d, struct grid *grid, struct area box)
{
	int col = box.col + (box.cols - buttons_cols(d)) / 2, row = box.row + box.rows - 2;

	for (int i = 0; i < d->button_count; i++) {
		unsigned attr = i == d->chosen ? ATTR_REVERSE : ATTR_PLAIN;
		int start = col;

		col += grid_put_text(grid, row, col, attr, "[ ");
		col += grid_put_text(grid, row, col, attr, d->buttons[i].label);
		col += grid_put_text(grid, row, col, attr, " ]");
		if (i == d->chosen)
			grid_place_cursor(grid, row, start + 2);
		col += BUTTON_GAP;
	}
}

struct area dialog_paint(const struct dialog *d, struct grid *grid, struct area area)
{
	struct area box = place(d, area);
	int inside = box.cols - 2 * MARGIN - 2, row = box.row + 2;
	int end = box.row + box.rows - (d->button_count ? 3 : 1);
	const char *text = d->text, *line;
	size_t len;

	grid_frame(grid, box, ATTR_PLAIN);
	grid_hide_cursor(grid);
	if (inside < 1)
		return box;
	grid_put_field(grid, box.row + 1, box.col + 1 + MARGIN, inside, ALIGN_LEFT,
		       d->attr | ATTR_BOLD, d->title);
	while (row < end && wrap_next(&text, (size_t)inside, &line, &len)) {
		char copy[LINE_BYTES];

		len = len < sizeof copy ? len : sizeof copy - 1;
		memcpy(copy, line, len);
		copy[len] = '\0';
		grid_put_field(grid, row++, box.col + 1 + MARGIN, inside, ALIGN_LEFT, ATTR_PLAIN, copy);
	}
	paint_buttons(d, grid, box);
	return box;
}
