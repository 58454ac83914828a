/* The open journal; inside this room only. */
#ifndef STORE_JOURNAL_DB_H
#define STORE_JOURNAL_DB_H

#include "store/journal_store.h"
#include "store/sqlite.h"

struct hasher;

/* The log goes into the database in idle moments from so many pages on, and
 * without waiting for one when it has grown to the second number. */
enum { JOURNAL_TIDY_PAGES = 256, JOURNAL_LOG_MAX_PAGES = 8000 };

/* Statements prepared once, in the order of journal_sql[] (journal_open.c). */
enum journal_statement {
	SQL_BEGIN, SQL_COMMIT, SQL_ROLLBACK, SQL_ADD_ENTRY, SQL_ADD_OUTBOX, SQL_DROP_OUTBOX,
	SQL_ADD_CLOSED, SQL_COUNT_PRINT, SQL_UNCOUNT_PRINT, SQL_ADD_PIN, SQL_STATEMENTS,
};

struct journal_store {
	sqlite3 *db;
	char path[JOURNAL_PATH_MAX];
	sqlite3_stmt *statements[SQL_STATEMENTS];
	struct hasher *hasher;
	struct buffer body;       /* of the entry being written */
	uint64_t head;            /* last durable entry */
	uint8_t hash[JOURNAL_HASH_BYTES];
	uint64_t snapshot_seq;    /* newest snapshot */
	int wal_pages;            /* in the write-ahead log, not yet in the database */
	bool suspect;
	bool has_pin;             /* to be kept with the next commit */
	char pin_cashier[CASHIER_ID_MAX + 1];
	char pin_hash[128];
};

/* The words the tables are made by (journal_open.c). */
extern const char journal_schema[];

/* The statement, prepared at its first use; NULL with *fault filled. */
sqlite3_stmt *journal_statement(struct journal_store *s, enum journal_statement which,
				struct fault *fault);

/* hash = SHA-256(previous ‖ body). */
enum fault_code journal_chain(struct journal_store *s, const uint8_t previous[JOURNAL_HASH_BYTES],
			      const void *body, size_t n, uint8_t ret_hash[JOURNAL_HASH_BYTES]);

/* Fault of a result, remembering that I/O errors make the handle suspect. */
enum fault_code journal_fault(struct journal_store *s, int result, struct fault *fault);

/* Reads last entry and newest snapshot anew. */
enum fault_code journal_read_head(struct journal_store *s, struct fault *fault);

/* Hash of entry `seq` as stored; zeroes for seq 0. */
enum fault_code journal_hash_at(struct journal_store *s, uint64_t seq,
				uint8_t ret_hash[JOURNAL_HASH_BYTES], struct fault *fault);

#endif
