/* The shared ground of the floor programs. */
#include "floor.h"

#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

static void end(sqlite3 *db, const char *what)
{
	fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(db));
	exit(1);
}

void floor_run(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		end(db, sql);
}

sqlite3_stmt *floor_prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *statement = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		end(db, sql);
	return statement;
}

sqlite3 *floor_open(const char *path)
{
	sqlite3 *db = NULL;

	if (sqlite3_open(path, &db) != SQLITE_OK)
		end(db, path);
	floor_run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		      "CREATE TABLE IF NOT EXISTS product"
		      " (code TEXT PRIMARY KEY, name TEXT, price INTEGER) WITHOUT ROWID;"
		      "CREATE TABLE IF NOT EXISTS sale"
		      " (number INTEGER PRIMARY KEY, code TEXT, amount INTEGER)");
	return db;
}

static unsigned count_products(sqlite3 *db)
{
	sqlite3_stmt *query = floor_prepare(db, "SELECT count(*) FROM product");
	unsigned n = 0;

	if (sqlite3_step(query) == SQLITE_ROW)
		n = (unsigned)sqlite3_column_int(query, 0);
	sqlite3_finalize(query);
	return n;
}

long long floor_code(unsigned i)
{
	long long body = 690000000000LL + i, left = body;
	int sum = 0;

	for (int weight = 3; left; left /= 10, weight = 4 - weight)
		sum += (int)(left % 10) * weight;
	return body * 10 + (10 - sum % 10) % 10;
}

long long floor_price_minor(unsigned i)
{
	return 100 + i % 900;
}

void floor_fill(sqlite3 *db, unsigned n)
{
	sqlite3_stmt *insert;
	char code[16], name[32];

	if (count_products(db) == n)
		return;
	insert = floor_prepare(db, "INSERT INTO product VALUES (?1, ?2, ?3)");
	floor_run(db, "BEGIN; DELETE FROM product");
	for (unsigned i = 0; i < n; i++) {
		snprintf(code, sizeof code, "%lld", floor_code(i));
		snprintf(name, sizeof name, "Item %u", i);
		sqlite3_bind_text(insert, 1, code, -1, SQLITE_STATIC);
		sqlite3_bind_text(insert, 2, name, -1, SQLITE_STATIC);
		sqlite3_bind_int64(insert, 3, floor_price_minor(i));
		if (sqlite3_step(insert) != SQLITE_DONE)
			end(db, "fill");
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	floor_run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
}

void floor_screen(void)
{
	setlocale(LC_ALL, "");
	initscr();
	raw();
	nonl();
	noecho();
	leaveok(stdscr, FALSE);
}
