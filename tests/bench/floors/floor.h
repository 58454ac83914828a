/* What the floor programs share: a database as durable as the till's journal,
 * products to look up, and a bare terminal. */
#ifndef BENCH_FLOORS_FLOOR_H
#define BENCH_FLOORS_FLOOR_H

#include <sqlite3.h>
#include <stddef.h>

/* Opens (makes) the database at path with WAL and synchronous=FULL, with the
 * tables product (code, name, price) and sale (number, code, amount), or ends
 * the program with a sentence. */
sqlite3 *floor_open(const char *path);

/* Product number i of every benchmark: an EAN-13 code with its check digit, and
 * a price. Its name is "Item i". */
long long floor_code(unsigned i);
long long floor_price_minor(unsigned i);

/* Fills product with n rows in one transaction. Does nothing when there are n
 * already. */
void floor_fill(sqlite3 *db, unsigned n);

sqlite3_stmt *floor_prepare(sqlite3 *db, const char *sql);

/* Runs SQL or ends the program. */
void floor_run(sqlite3 *db, const char *sql);

/* ncurses on, raw keys, no echo. */
void floor_screen(void);

#endif
