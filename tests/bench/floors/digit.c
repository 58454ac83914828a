/* The least that shows a typed digit: read it, paint it.
 *
 * usage: digit   (Enter empties the line, q ends it) */
#include <curses.h>

#include "floor.h"

int main(void)
{
	char line[64] = "";
	size_t n = 0;
	int key;

	floor_screen();
	mvaddstr(22, 1, "> ");
	refresh();
	while ((key = getch()) != 'q') {
		if (key == '\r' || key == '\n')
			n = 0;
		else if (n + 1 < sizeof line)
			line[n++] = (char)key;
		line[n] = '\0';
		mvaddstr(22, 3, line);
		clrtoeol();
		refresh();
	}
	endwin();
	return 0;
}
