/* The least a till's start needs: ncurses, a SQLite file with 100,000 products,
 * one row read, one screen painted.
 *
 * usage: start DATABASE   (q ends it) */
#include <curses.h>

#include "floor.h"

int main(int argc, char **argv)
{
	sqlite3 *db = floor_open(argc > 1 ? argv[1] : ":memory:");
	sqlite3_stmt *query = floor_prepare(db, "SELECT name FROM product LIMIT 1");

	sqlite3_step(query);
	floor_screen();
	mvaddstr(0, 0, (const char *)sqlite3_column_text(query, 0));
	mvaddstr(10, 30, "PIN: LOCKED");
	refresh();
	while (getch() != 'q')
		;
	endwin();
	sqlite3_finalize(query);
	sqlite3_close(db);
	return 0;
}
