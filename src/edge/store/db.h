/* A database of the hub: one port, SQLite behind it, PostgreSQL to come. SQL is
 * written once, with ?1 … ?N for its values, and uses only what both know.
 * Not for the till: journal and catalogue are stores of their own. */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/ident.h"

struct db;
struct db_rows;

/* What a statement is given. Made by the functions below; texts and bytes stay
 * the caller's and must live until the call returns. */
struct db_value {
	enum { DB_NULL, DB_NUMBER, DB_TEXT, DB_BYTES } kind;
	int64_t number;
	const void *bytes;
	size_t n;
};

struct db_value db_null(void);
struct db_value db_number(int64_t number);
struct db_value db_text(const char *text);
struct db_value db_bytes(const void *bytes, size_t n);
struct db_value db_ident(const struct ident *id);

/* Opens "sqlite:PATH" (":memory:" too) and brings it to the schema: `schema`
 * holds the migrations in order, each run in a transaction of its own; the
 * file remembers how many it has. FAULT_STORE_NEWER, _NOT_READABLE, _IO,
 * _FULL. */
enum fault_code db_open(const char *url, const char *const *schema, size_t n_schema,
			struct db **ret, struct fault *fault);
/* Accepts NULL. */
void db_close(struct db *db);

/* Whether somebody else has written since this was last asked; the first time
 * it has. */
bool db_changed_outside(struct db *db);

/* Checks the pages and indexes; FAULT_STORE_IO says what is broken. */
enum fault_code db_verify(struct db *db, struct fault *fault);

/* Writes a consistent copy to a file that is not there yet. FAULT_FILE_NOT_WRITABLE,
 * FAULT_STORE_FULL, _IO. */
enum fault_code db_copy(struct db *db, const char *path, struct fault *fault);

/* A transaction, and steps inside it that can be taken back one by one. */
enum fault_code db_begin(struct db *db, struct fault *fault);
enum fault_code db_commit(struct db *db, struct fault *fault);
void db_rollback(struct db *db);
enum fault_code db_step_begin(struct db *db, struct fault *fault);
enum fault_code db_step_keep(struct db *db, struct fault *fault);
void db_step_drop(struct db *db);

/* Runs a statement without rows; *ret_changed (NULL allowed) is how many rows
 * it changed. `sql` is a literal: statements are kept by its address.
 * FAULT_STORE_EXISTS when a row with that key is there already. */
enum fault_code db_run(struct db *db, const char *sql, const struct db_value *values, size_t n,
		       int64_t *ret_changed, struct fault *fault);

/* Runs a query. db_next moves to the next row: false behind the last or with
 * a fault, which db_end returns. Rows are read column by column, from 0; texts
 * and bytes live until the next db_next. One query of an SQL literal at a time. */
enum fault_code db_query(struct db *db, const char *sql, const struct db_value *values, size_t n,
			 struct db_rows **ret, struct fault *fault);
bool db_next(struct db_rows *rows);
int64_t db_row_number(struct db_rows *rows, int column);
const char *db_row_text(struct db_rows *rows, int column);  /* "" for null */
const void *db_row_bytes(struct db_rows *rows, int column, size_t *ret_n);
void db_row_ident(struct db_rows *rows, int column, struct ident *ret);  /* zero for null */
enum fault_code db_end(struct db_rows *rows);

/* VALUES(db_number(1), db_text("a")): the array and its length as arguments. */
#define DB_VALUES(...) \
	(const struct db_value[]){ __VA_ARGS__ }, \
	sizeof((const struct db_value[]){ __VA_ARGS__ }) / sizeof(struct db_value)

#endif
