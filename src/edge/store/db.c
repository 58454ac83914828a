/* The port over SQLite. */
#include "store/db.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "store/sqlite.h"

enum { STATEMENTS_MAX = 256, URL_MAX = 4096 };

struct db_rows {
	struct db *db;
	sqlite3_stmt *stmt;
	enum fault_code code;
	struct fault *fault;
};

struct db {
	sqlite3 *handle;
	char path[URL_MAX];
	struct {
		const char *sql;  /* its address is its name */
		struct db_rows rows;
	} statements[STATEMENTS_MAX];
	size_t n_statements;
	int64_t seen_version;  /* of the file, as db_changed_outside saw it */
};

struct db_value db_null(void)
{
	return (struct db_value){ DB_NULL, 0, NULL, 0 };
}

struct db_value db_number(int64_t number)
{
	return (struct db_value){ DB_NUMBER, number, NULL, 0 };
}

struct db_value db_text(const char *text)
{
	return (struct db_value){ DB_TEXT, 0, text, strlen(text) };
}

struct db_value db_bytes(const void *bytes, size_t n)
{
	return (struct db_value){ DB_BYTES, 0, bytes, n };
}

struct db_value db_ident(const struct ident *id)
{
	return db_bytes(id->bytes, IDENT_BYTES);
}

/* The statement of an SQL literal, prepared at its first use. */
static struct db_rows *statement(struct db *db, const char *sql, struct fault *fault)
{
	struct db_rows *rows;

	for (size_t i = 0; i < db->n_statements; i++)
		if (db->statements[i].sql == sql)
			return &db->statements[i].rows;
	if (db->n_statements == STATEMENTS_MAX) {
		fault_set_number(fault, FAULT_LIMIT_REACHED, STATEMENTS_MAX, "statements");
		return NULL;
	}
	rows = &db->statements[db->n_statements].rows;
	if (sqlite_prepare(db->handle, sql, &rows->stmt, db->path, fault))
		return NULL;
	db->statements[db->n_statements++].sql = sql;
	rows->db = db;
	return rows;
}

static void bind(sqlite3_stmt *stmt, const struct db_value *values, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct db_value *v = &values[i];
		int at = (int)i + 1;

		switch (v->kind) {
		case DB_NULL: sqlite3_bind_null(stmt, at); break;
		case DB_NUMBER: sqlite3_bind_int64(stmt, at, v->number); break;
		case DB_TEXT: sqlite3_bind_text64(stmt, at, v->bytes, v->n, SQLITE_TRANSIENT, SQLITE_UTF8); break;
		case DB_BYTES: sqlite3_bind_blob64(stmt, at, v->n ? v->bytes : "", v->n, SQLITE_TRANSIENT); break;
		}
	}
}

static enum fault_code result_of(struct db *db, int result, struct fault *fault)
{
	if ((result & 0xFF) == SQLITE_CONSTRAINT)
		return fault_set(fault, FAULT_STORE_EXISTS, db->path, NULL);
	return sqlite_fault(db->handle, result, db->path, fault);
}

enum fault_code db_run(struct db *db, const char *sql, const struct db_value *values, size_t n,
		       int64_t *ret_changed, struct fault *fault)
{
	struct db_rows *rows;
	enum fault_code code;
	struct fault own;
	int result;

	if (!fault)
		fault = &own;
	rows = statement(db, sql, fault);
	if (!rows)
		return fault->code;
	bind(rows->stmt, values, n);
	result = sqlite3_step(rows->stmt);
	code = result_of(db, result, fault);
	if (!code && ret_changed)
		*ret_changed = sqlite3_changes(db->handle);
	sqlite3_reset(rows->stmt);
	sqlite3_clear_bindings(rows->stmt);
	return code;
}

enum fault_code db_query(struct db *db, const char *sql, const struct db_value *values, size_t n,
			 struct db_rows **ret, struct fault *fault)
{
	struct db_rows *rows;
	struct fault own, *why = fault ? fault : &own;

	rows = statement(db, sql, why);
	if (!rows)
		return why->code ? why->code : FAULT_STORE_IO;
	sqlite3_reset(rows->stmt);
	bind(rows->stmt, values, n);
	rows->code = FAULT_NONE;
	rows->fault = fault;
	*ret = rows;
	return FAULT_NONE;
}

bool db_next(struct db_rows *rows)
{
	int result = sqlite3_step(rows->stmt);

	if (result == SQLITE_ROW)
		return true;
	rows->code = result_of(rows->db, result, rows->fault);
	return false;
}

int64_t db_row_number(struct db_rows *rows, int column)
{
	return sqlite3_column_int64(rows->stmt, column);
}

const char *db_row_text(struct db_rows *rows, int column)
{
	const char *text = (const char *)sqlite3_column_text(rows->stmt, column);

	return text ? text : "";
}

const void *db_row_bytes(struct db_rows *rows, int column, size_t *ret_n)
{
	const void *bytes = sqlite3_column_blob(rows->stmt, column);

	*ret_n = (size_t)sqlite3_column_bytes(rows->stmt, column);
	return bytes ? bytes : "";
}

void db_row_ident(struct db_rows *rows, int column, struct ident *ret)
{
	size_t n;
	const void *bytes = db_row_bytes(rows, column, &n);

	memset(ret, 0, sizeof *ret);
	if (n == IDENT_BYTES)
		memcpy(ret->bytes, bytes, IDENT_BYTES);
}

enum fault_code db_end(struct db_rows *rows)
{
	enum fault_code code = rows->code;

	sqlite3_reset(rows->stmt);
	sqlite3_clear_bindings(rows->stmt);
	return code;
}

enum fault_code db_begin(struct db *db, struct fault *fault)
{
	return db_run(db, "BEGIN IMMEDIATE", NULL, 0, NULL, fault);
}

enum fault_code db_commit(struct db *db, struct fault *fault)
{
	return db_run(db, "COMMIT", NULL, 0, NULL, fault);
}

void db_rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		db_run(db, "ROLLBACK", NULL, 0, NULL, NULL);
}

enum fault_code db_step_begin(struct db *db, struct fault *fault)
{
	return db_run(db, "SAVEPOINT step", NULL, 0, NULL, fault);
}

enum fault_code db_step_keep(struct db *db, struct fault *fault)
{
	return db_run(db, "RELEASE step", NULL, 0, NULL, fault);
}

void db_step_drop(struct db *db)
{
	db_run(db, "ROLLBACK TO step", NULL, 0, NULL, NULL);
	db_run(db, "RELEASE step", NULL, 0, NULL, NULL);
}

bool db_changed_outside(struct db *db)
{
	struct db_rows *rows;
	int64_t version = 0;
	bool changed;

	if (db_query(db, "PRAGMA data_version", NULL, 0, &rows, NULL))
		return false;
	if (db_next(rows))
		version = db_row_number(rows, 0);
	db_end(rows);
	changed = version != db->seen_version;
	db->seen_version = version;
	return changed;
}

enum fault_code db_verify(struct db *db, struct fault *fault)
{
	struct db_rows *rows;
	char said[FAULT_ARG_SIZE] = "";
	enum fault_code code = db_query(db, "PRAGMA integrity_check(1)", NULL, 0, &rows, fault);

	if (code)
		return code;
	if (db_next(rows))
		utf8_copy_plain(said, sizeof said, db_row_text(rows, 0));
	code = db_end(rows);
	if (!code && strcmp(said, "ok") != 0)
		code = fault_set(fault, FAULT_JOURNAL_BROKEN, db->path, said);
	return code;
}

enum fault_code db_copy(struct db *db, const char *path, struct fault *fault)
{
	struct fault why;

	if (access(path, F_OK) == 0)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(EEXIST));
	if (!db_run(db, "VACUUM INTO ?1", DB_VALUES(db_text(path)), NULL, &why))
		return FAULT_NONE;
	return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, why.arg[1]);
}

static enum fault_code migrate(struct db *db, const char *const *schema, size_t n,
			       struct fault *fault)
{
	sqlite3_int64 has = 0;
	char text[40];
	enum fault_code code = sqlite_number(db->handle, "PRAGMA user_version", 0, &has, db->path, fault);

	if (code)
		return code;
	if ((size_t)has > n) {
		snprintf(text, sizeof text, "%lld", (long long)has);
		return fault_set(fault, FAULT_STORE_NEWER, db->path, text);
	}
	for (size_t i = (size_t)has; i < n && !code; i++) {
		snprintf(text, sizeof text, "PRAGMA user_version = %zu; COMMIT", i + 1);
		code = sqlite_run(db->handle, "BEGIN IMMEDIATE", db->path, fault);
		if (!code)
			code = sqlite_run(db->handle, schema[i], db->path, fault);
		if (!code)
			code = sqlite_run(db->handle, text, db->path, fault);
		if (code)
			sqlite_run(db->handle, "ROLLBACK", db->path, NULL);
	}
	return code;
}

enum fault_code db_open(const char *url, const char *const *schema, size_t n_schema,
			struct db **ret, struct fault *fault)
{
	static const char scheme[] = "sqlite:";
	struct db *db;
	enum fault_code code;

	if (strncmp(url, scheme, sizeof scheme - 1) != 0)
		return fault_set(fault, FAULT_STORE_NOT_READABLE, url, "sqlite:PATH");
	db = calloc(1, sizeof *db);
	if (!db)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	utf8_copy(db->path, sizeof db->path, url + sizeof scheme - 1);
	code = sqlite_fault(NULL, sqlite3_open_v2(db->path, &db->handle,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL), db->path, fault);
	if (!code)
		code = sqlite_run(db->handle,
				  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
				  "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF", db->path, fault);
	if (!code) {
		sqlite3_busy_timeout(db->handle, 5000);
		code = migrate(db, schema, n_schema, fault);
	}
	if (code) {
		db_close(db);
		return code;
	}
	*ret = db;
	return FAULT_NONE;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->n_statements; i++)
		sqlite3_finalize(db->statements[i].rows.stmt);
	sqlite3_close(db->handle);
	free(db);
}
