/* SQLite's answers in the till's words. */
#include "store/catalog_sql.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum fault_code catalog_sql_unreadable(sqlite3 *db, const char *path, struct fault *fault)
{
	return fault_set(fault, FAULT_CATALOG_NOT_READABLE, path,
			 db ? sqlite3_errmsg(db) : "SQLite");
}

static bool is_full(int error)
{
	return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

enum fault_code catalog_sql_unwritable(sqlite3 *db, const char *path, struct fault *fault)
{
	int code = sqlite3_errcode(db);

	if (code == SQLITE_NOMEM)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (code == SQLITE_FULL)
		return fault_set(fault, FAULT_STORE_FULL, path, NULL);
	return fault_set(fault, FAULT_STORE_IO, path, sqlite3_errmsg(db));
}

enum fault_code catalog_file_unwritable(const char *path, struct fault *fault)
{
	if (errno == ENOMEM)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (is_full(errno))
		return fault_set(fault, FAULT_STORE_FULL, path, NULL);
	return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
}

static void copy_column(char *dst, size_t size, sqlite3_stmt *row, int column)
{
	const unsigned char *text = sqlite3_column_text(row, column);

	utf8_copy(dst, size, text ? (const char *)text : "");
}

/* The code as it was in the file: the key, or its last digits. */
static void copy_code(sqlite3_stmt *row, struct product *ret)
{
	int digits = sqlite3_column_int(row, 1);
	product_key key;
	size_t n;

	copy_column(key, sizeof key, row, 0);
	n = strlen(key);
	if (digits <= 0 || (size_t)digits > n)
		digits = (int)n;
	utf8_copy(ret->code, sizeof ret->code, key + n - (size_t)digits);
}

static bool copy_price(sqlite3_stmt *row, int column, struct money *ret)
{
	bool has = sqlite3_column_type(row, column) != SQLITE_NULL;

	*ret = money_make(has ? sqlite3_column_int64(row, column) : 0,
			  (enum currency)sqlite3_column_int(row, 6));
	return has;
}

void catalog_sql_product(sqlite3_stmt *row, struct product *ret)
{
	memset(ret, 0, sizeof *ret);
	copy_code(row, ret);
	copy_column(ret->name, sizeof ret->name, row, 2);
	copy_column(ret->unit, sizeof ret->unit, row, 3);
	copy_column(ret->spec, sizeof ret->spec, row, 4);
	copy_column(ret->category, sizeof ret->category, row, 5);
	ret->has_price = copy_price(row, 7, &ret->price);
	ret->has_member_price = copy_price(row, 8, &ret->member_price);
	ret->tax_bp = sqlite3_column_int(row, 9);
	ret->fractional = product_unit_is_fractional(ret->unit);
}

sqlite3_int64 catalog_sql_number(sqlite3 *db, const char *sql, sqlite3_int64 otherwise)
{
	sqlite3_stmt *statement = NULL;
	sqlite3_int64 number = otherwise;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

void catalog_sql_uri(const char *path, struct buffer *out)
{
	buffer_add_text(out, "file:");
	for (const char *p = path; *p; p++) {
		if (strchr("?#%", *p))
			buffer_printf(out, "%%%02X", (unsigned)(unsigned char)*p);
		else
			buffer_add_byte(out, (unsigned char)*p);
	}
	buffer_add_text(out, "?immutable=1");
}

enum fault_code catalog_sql_check(sqlite3 *db, const char *schema, const char *path,
				  struct fault *fault)
{
	char sql[64], number[24];
	sqlite3_int64 version;

	snprintf(sql, sizeof sql, "PRAGMA %s.application_id", schema);
	if (catalog_sql_number(db, sql, -1) != CATALOG_APPLICATION_ID) {
		if (sqlite3_errcode(db) != SQLITE_OK && sqlite3_errcode(db) != SQLITE_DONE &&
		    sqlite3_errcode(db) != SQLITE_ROW)
			return catalog_sql_unreadable(db, path, fault);
		return fault_set(fault, FAULT_CATALOG_NOT_READABLE, path, "it is no catalogue");
	}
	snprintf(sql, sizeof sql, "PRAGMA %s.user_version", schema);
	version = catalog_sql_number(db, sql, -1);
	if (version <= CATALOG_SCHEMA)
		return FAULT_NONE;
	snprintf(number, sizeof number, "%lld", (long long)version);
	return fault_set(fault, FAULT_STORE_NEWER, path, number);
}
