/* What reading and building the catalogue share of SQLite. */
#ifndef STORE_CATALOG_SQL_H
#define STORE_CATALOG_SQL_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "catalog/product.h"

/* PRAGMA application_id ("GTcl") and the newest schema this program knows. */
#define CATALOG_APPLICATION_ID 0x4754636C
#define CATALOG_SCHEMA 1

/* The columns catalog_sql_product reads, in its order. */
#define CATALOG_COLUMNS \
	"key, digits, name, unit, spec, category, currency, price, member_price, tax_bp"
enum { CATALOG_COLUMNS_N = 10 };

/* What SQLite's failure on a file means: reading, or writing a new one. */
enum fault_code catalog_sql_unreadable(sqlite3 *db, const char *path, struct fault *fault);
enum fault_code catalog_sql_unwritable(sqlite3 *db, const char *path, struct fault *fault);

/* The same for a failed call of the system, errno saying why. */
enum fault_code catalog_file_unwritable(const char *path, struct fault *fault);

/* Fills a product from a row whose columns are CATALOG_COLUMNS. */
void catalog_sql_product(sqlite3_stmt *row, struct product *ret);

/* A number from one row of a statement, `otherwise` when there is none. */
sqlite3_int64 catalog_sql_number(sqlite3 *db, const char *sql, sqlite3_int64 otherwise);

/* Writes "file:PATH?immutable=1" with what a URI needs escaped; the buffer
 * fails when it is too long. */
void catalog_sql_uri(const char *path, struct buffer *out);

/* Whether an open database is a catalogue this program can read:
 * FAULT_CATALOG_NOT_READABLE, FAULT_STORE_NEWER. */
enum fault_code catalog_sql_check(sqlite3 *db, const char *schema, const char *path,
				  struct fault *fault);

#endif
