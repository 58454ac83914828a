/* The least a sale needs at a terminal: per scan one look-up, one durable
 * commit, one line painted; per cash payment one durable commit and a screen.
 *
 * usage: sale DATABASE   (a code and Enter scans, + takes cash, q ends it) */
#include <curses.h>
#include <string.h>
#include <unistd.h>

#include "floor.h"

struct sale {
	sqlite3 *db;
	sqlite3_stmt *find;
	sqlite3_stmt *insert;
	sqlite3_stmt *begin;
	sqlite3_stmt *commit;
	char line[64];
	size_t line_n;
	int rows;        /* of this order, on the screen */
	long long total;
	unsigned sales;
};

static void run(sqlite3_stmt *statement)
{
	sqlite3_step(statement);
	sqlite3_reset(statement);
}

static void keep(struct sale *s, const char *code, long long amount)
{
	run(s->begin);
	sqlite3_bind_text(s->insert, 1, code, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s->insert, 2, amount);
	run(s->insert);
	run(s->commit);
}

static void scan(struct sale *s)
{
	long long price;

	s->line[s->line_n] = '\0';
	s->line_n = 0;
	sqlite3_bind_text(s->find, 1, s->line, -1, SQLITE_STATIC);
	if (sqlite3_step(s->find) == SQLITE_ROW) {
		price = sqlite3_column_int64(s->find, 1);
		keep(s, s->line, price);
		s->total += price;
		mvprintw(3 + s->rows % 14, 2, "%3d %-40s %8lld.%02lld", s->rows + 1,
			 (const char *)sqlite3_column_text(s->find, 0), price / 100, price % 100);
		s->rows++;
		mvprintw(19, 50, "To pay %8lld.%02lld", s->total / 100, s->total % 100);
	}
	sqlite3_reset(s->find);
}

static void take_cash(struct sale *s)
{
	keep(s, "cash", s->total);
	s->sales++;
	erase();
	mvprintw(0, 0, "Floor");
	mvprintw(19, 2, "Paid %lld.%02lld, sale %u.", s->total / 100, s->total % 100, s->sales);
	s->rows = 0;
	s->total = 0;
}

int main(int argc, char **argv)
{
	struct sale s = { .db = floor_open(argc > 1 ? argv[1] : ":memory:") };
	char keys[256];
	ssize_t n;

	s.find = floor_prepare(s.db, "SELECT name, price FROM product WHERE code = ?1");
	s.insert = floor_prepare(s.db, "INSERT INTO sale (code, amount) VALUES (?1, ?2)");
	s.begin = floor_prepare(s.db, "BEGIN IMMEDIATE");
	s.commit = floor_prepare(s.db, "COMMIT");
	floor_screen();
	mvaddstr(0, 0, "Floor");
	refresh();
	while ((n = read(STDIN_FILENO, keys, sizeof keys)) > 0 && !memchr(keys, 'q', (size_t)n)) {
		for (ssize_t i = 0; i < n; i++) {
			if (keys[i] == '\r')
				scan(&s);
			else if (keys[i] == '+')
				take_cash(&s);
			else if (s.line_n + 1 < sizeof s.line)
				s.line[s.line_n++] = keys[i];
		}
		refresh();
	}
	endwin();
	return 0;
}
