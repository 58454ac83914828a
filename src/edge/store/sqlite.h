/* What the files of this room share about SQLite; inside this room only. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>

#include "base/fault.h"

/* Turns a SQLite result into a fault about `path`: FAULT_STORE_FULL for a full
 * disk, FAULT_JOURNAL_DAMAGED for a damaged file, FAULT_OUT_OF_MEMORY,
 * FAULT_STORE_LOCKED, FAULT_STORE_IO for the rest. FAULT_NONE for SQLITE_OK,
 * SQLITE_ROW and SQLITE_DONE. */
enum fault_code sqlite_fault(sqlite3 *db, int result, const char *path, struct fault *fault);

/* Runs statements without results. */
enum fault_code sqlite_run(sqlite3 *db, const char *sql, const char *path, struct fault *fault);

/* Prepares a statement that is used again and again. */
enum fault_code sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret, const char *path,
			       struct fault *fault);

/* Reads one integer; `otherwise` when there is no row. */
enum fault_code sqlite_number(sqlite3 *db, const char *sql, sqlite3_int64 otherwise,
			      sqlite3_int64 *ret, const char *path, struct fault *fault);

#endif
