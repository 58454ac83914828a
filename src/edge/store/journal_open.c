/* Opening journal.db: schema, durability, head. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mark.h"
#include "base/utf8.h"
#include "crypt/crypt.h"
#include "store/journal_db.h"

const char journal_schema[] =
#include "store/till_schema.inc"
;

static const char *const journal_sql[SQL_STATEMENTS] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_ADD_ENTRY] = "INSERT INTO entry (seq, body, hash) VALUES (?1, ?2, ?3)",
	[SQL_ADD_OUTBOX] = "INSERT INTO outbox (seq, kind) VALUES (?1, ?2)",
	[SQL_DROP_OUTBOX] = "DELETE FROM outbox WHERE seq = ?1",
	[SQL_ADD_CLOSED] = "INSERT INTO closed_order (number, id, opened, closed) VALUES (?1, ?2, ?3, ?4)",
	[SQL_COUNT_PRINT] = "UPDATE closed_order SET prints = ?2 WHERE number = ?1",
	[SQL_UNCOUNT_PRINT] = "UPDATE closed_order SET prints = ?2 WHERE number = ?1 AND prints = ?2 + 1",
	[SQL_ADD_PIN] = "INSERT OR REPLACE INTO pin (cashier, hash) VALUES (?1, ?2)",
};

sqlite3_stmt *journal_statement(struct journal_store *s, enum journal_statement which,
				struct fault *fault)
{
	if (!s->statements[which] &&
	    sqlite_prepare(s->db, journal_sql[which], &s->statements[which], s->path, fault))
		return NULL;
	return s->statements[which];
}

enum fault_code journal_fault(struct journal_store *s, int result, struct fault *fault)
{
	enum fault_code code = sqlite_fault(s->db, result, s->path, fault);

	if (code == FAULT_STORE_IO || code == FAULT_JOURNAL_DAMAGED || code == FAULT_JOURNAL_BROKEN)
		s->suspect = true;
	return code;
}

bool journal_suspect(const struct journal_store *s)
{
	return s->suspect;
}

enum fault_code journal_chain(struct journal_store *s, const uint8_t previous[JOURNAL_HASH_BYTES],
			      const void *body, size_t n, uint8_t ret_hash[JOURNAL_HASH_BYTES])
{
	hasher_begin(s->hasher);
	hasher_add(s->hasher, previous, JOURNAL_HASH_BYTES);
	hasher_add(s->hasher, body, n);
	return hasher_end(s->hasher, ret_hash);
}

enum fault_code journal_hash_at(struct journal_store *s, uint64_t seq,
				uint8_t ret_hash[JOURNAL_HASH_BYTES], struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code;
	int result;

	memset(ret_hash, 0, JOURNAL_HASH_BYTES);
	if (seq == 0)
		return FAULT_NONE;
	code = sqlite_prepare(s->db, "SELECT hash FROM entry WHERE seq = ?1", &stmt, s->path, fault);
	if (code)
		return code;
	sqlite3_bind_int64(stmt, 1, (sqlite3_int64)seq);
	result = sqlite3_step(stmt);
	code = journal_fault(s, result, fault);
	if (!code && (result != SQLITE_ROW || sqlite3_column_bytes(stmt, 0) != JOURNAL_HASH_BYTES))
		code = fault_set_number(fault, FAULT_JOURNAL_BROKEN, (long long)seq, N_("its hash does not fit"));
	if (!code)
		memcpy(ret_hash, sqlite3_column_blob(stmt, 0), JOURNAL_HASH_BYTES);
	sqlite3_finalize(stmt);
	return code;
}

/* Brings the file to this version's schema in one transaction. */
static enum fault_code migrate(struct journal_store *s, enum journal_mode mode, struct fault *fault)
{
	sqlite3_int64 version = 0;
	char text[24];
	enum fault_code code = sqlite_number(s->db, "PRAGMA user_version", 0, &version, s->path, fault);

	if (code || version == JOURNAL_SCHEMA)
		return code;
	snprintf(text, sizeof text, "%lld", (long long)version);
	if (version > JOURNAL_SCHEMA)
		return fault_set(fault, FAULT_STORE_NEWER, s->path, text);
	if (mode == JOURNAL_READ)
		return fault_set(fault, FAULT_STORE_NOT_READABLE, s->path, "schema 0");
	code = sqlite_run(s->db, "BEGIN IMMEDIATE", s->path, fault);
	if (!code)
		code = sqlite_run(s->db, journal_schema, s->path, fault);
	if (!code)
		code = sqlite_run(s->db, "PRAGMA user_version = 1; COMMIT", s->path, fault);
	return code;
}

static int count_pages(void *ctx, sqlite3 *db, const char *name, int pages)
{
	struct journal_store *s = ctx;

	(void)db;
	(void)name;
	s->wal_pages = pages;
	return SQLITE_OK;
}

/* FULL: the commit is on the disk when it returns. Checkpoints are made by
 * journal_tidy, so the hook that would make them only counts. */
static enum fault_code set_up(struct journal_store *s, enum journal_mode mode, struct fault *fault)
{
	enum fault_code code;

	sqlite3_busy_timeout(s->db, 2000);
	if (mode == JOURNAL_READ)
		return sqlite_run(s->db, "PRAGMA query_only = ON", s->path, fault);
	code = sqlite_run(s->db,
			  "PRAGMA journal_mode = WAL;"
			  "PRAGMA synchronous = FULL;"
			  "PRAGMA trusted_schema = OFF", s->path, fault);
	sqlite3_wal_hook(s->db, count_pages, s);
	return code;
}

enum fault_code journal_read_head(struct journal_store *s, struct fault *fault)
{
	sqlite3_int64 head = 0, snapshot = 0;
	enum fault_code code = sqlite_number(s->db, "SELECT max(seq) FROM entry", 0, &head, s->path,
					     fault);

	if (!code)
		code = sqlite_number(s->db, "SELECT max(seq) FROM snapshot", 0, &snapshot, s->path,
				     fault);
	if (code)
		return code;
	s->head = (uint64_t)head;
	s->snapshot_seq = (uint64_t)snapshot;
	return journal_hash_at(s, s->head, s->hash, fault);
}

static enum fault_code check_file(const char *path, enum journal_mode mode, const char *dir,
				  struct fault *fault)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;
	int fd;

	if (mode != JOURNAL_CREATE)
		return exists ? FAULT_NONE : fault_set(fault, FAULT_STORE_NOT_FOUND, dir, NULL);
	if (exists)
		return fault_set(fault, FAULT_STORE_EXISTS, dir, NULL);
	/* Only its owner reads the journal: PIN hashes are in it. */
	fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return fault_set(fault, FAULT_STORE_NOT_READABLE, path, strerror(errno));
	close(fd);
	return FAULT_NONE;
}

static enum fault_code open_path(struct journal_store *s, const char *dir, enum journal_mode mode,
				 struct fault *fault)
{
	int flags = mode == JOURNAL_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	enum fault_code code = check_file(s->path, mode, dir, fault);

	if (code)
		return code;
	code = sqlite_fault(NULL, sqlite3_open_v2(s->path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL),
			    s->path, fault);
	if (!code)
		code = set_up(s, mode, fault);
	if (!code)
		code = migrate(s, mode, fault);
	return code ? code : journal_read_head(s, fault);
}

static enum fault_code open_store(const char *path, const char *dir, enum journal_mode mode,
				  struct journal_store **ret, struct fault *fault)
{
	struct journal_store *s = calloc(1, sizeof *s);
	enum fault_code code;

	if (!s)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	buffer_init(&s->body, ENTRY_BODY_MAX);
	utf8_copy(s->path, sizeof s->path, path);
	s->hasher = hasher_new();
	code = s->hasher ? open_path(s, dir, mode, fault)
			 : fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (code) {
		journal_close(s);
		return code;
	}
	*ret = s;
	return FAULT_NONE;
}

enum fault_code journal_open(const char *dir, enum journal_mode mode, struct journal_store **ret,
			     struct fault *fault)
{
	char path[JOURNAL_PATH_MAX];

	if (snprintf(path, sizeof path, "%s/journal.db", dir) >= (int)sizeof path)
		return fault_set(fault, FAULT_STORE_NOT_READABLE, dir, strerror(ENAMETOOLONG));
	return open_store(path, dir, mode, ret, fault);
}

enum fault_code journal_open_file(const char *path, struct journal_store **ret, struct fault *fault)
{
	return open_store(path, path, JOURNAL_READ, ret, fault);
}

void journal_close(struct journal_store *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < SQL_STATEMENTS; i++)
		sqlite3_finalize(s->statements[i]);
	sqlite3_close(s->db);
	hasher_free(s->hasher);
	buffer_release(&s->body);
	free(s);
}

uint64_t journal_head(const struct journal_store *s, uint8_t ret_hash[JOURNAL_HASH_BYTES])
{
	memcpy(ret_hash, s->hash, JOURNAL_HASH_BYTES);
	return s->head;
}
