/* SQLite's results in the till's words. */
#include "store/sqlite.h"

#include <errno.h>
#include <string.h>

static const char *reason(sqlite3 *db, int result)
{
	int os = db ? sqlite3_system_errno(db) : 0;

	if ((result & 0xFF) == SQLITE_IOERR && os)
		return strerror(os);
	return db ? sqlite3_errmsg(db) : sqlite3_errstr(result);
}

enum fault_code sqlite_fault(sqlite3 *db, int result, const char *path, struct fault *fault)
{
	switch (result & 0xFF) {
	case SQLITE_OK: case SQLITE_ROW: case SQLITE_DONE:
		return FAULT_NONE;
	case SQLITE_NOMEM:
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	case SQLITE_FULL:
		return fault_set(fault, FAULT_STORE_FULL, path, NULL);
	/* Our own statements are sound: one that SQLite cannot understand meets a
	 * file that is not as it was made. */
	case SQLITE_CORRUPT: case SQLITE_NOTADB: case SQLITE_ERROR:
		return fault_set(fault, FAULT_JOURNAL_DAMAGED, path, reason(db, result));
	case SQLITE_BUSY: case SQLITE_LOCKED:
		return fault_set(fault, FAULT_STORE_LOCKED, path, "?");
	case SQLITE_CANTOPEN: case SQLITE_PERM: case SQLITE_READONLY: case SQLITE_AUTH:
		return fault_set(fault, FAULT_STORE_NOT_READABLE, path, reason(db, result));
	case SQLITE_IOERR:
		if (db && (sqlite3_system_errno(db) == ENOSPC || sqlite3_system_errno(db) == EDQUOT))
			return fault_set(fault, FAULT_STORE_FULL, path, NULL);
		break;
	default:
		break;
	}
	return fault_set(fault, FAULT_STORE_IO, path, reason(db, result));
}

enum fault_code sqlite_run(sqlite3 *db, const char *sql, const char *path, struct fault *fault)
{
	return sqlite_fault(db, sqlite3_exec(db, sql, NULL, NULL, NULL), path, fault);
}

enum fault_code sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret, const char *path,
			       struct fault *fault)
{
	return sqlite_fault(db, sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL),
			    path, fault);
}

enum fault_code sqlite_number(sqlite3 *db, const char *sql, sqlite3_int64 otherwise,
			      sqlite3_int64 *ret, const char *path, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(db, sql, &stmt, path, fault);
	int result;

	if (code)
		return code;
	result = sqlite3_step(stmt);
	code = sqlite_fault(db, result, path, fault);
	if (!code)
		*ret = result == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : otherwise;
	sqlite3_finalize(stmt);
	return code;
}
