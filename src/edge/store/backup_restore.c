/* Restoring: unpacked beside, verified, made ready in one step, put in place. */
#include "store/backup_store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mark.h"
#include "crypt/crypt.h"
#include "store/backup_file.h"
#include "store/journal_db.h"

static enum fault_code refuse(const char *path, const char *why, struct fault *fault)
{
	return fault_set(fault, FAULT_BACKUP_REFUSED, path, why);
}

/* What makes the backup unfit is told as a refusal of it; a full disk and the
 * like stay what they are. */
static enum fault_code blame(enum fault_code code, const char *path, struct fault *fault)
{
	char why[FAULT_ARG_SIZE] = "";

	if (fault)
		memcpy(why, fault->arg[1], sizeof why);
	if (code == FAULT_JOURNAL_BROKEN || code == FAULT_JOURNAL_DAMAGED ||
	    code == FAULT_JOURNAL_ENTRY_UNREADABLE || code == FAULT_BACKUP_REFUSED ||
	    code == FAULT_STORE_NOT_READABLE || code == FAULT_STORE_IO)
		return refuse(path, why, fault);
	if (code == FAULT_JOURNAL_NEWER || code == FAULT_STORE_NEWER)
		return refuse(path, N_("a newer Guitai wrote it"), fault);
	if (code == FAULT_STORE_NOT_FOUND)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(ENOENT));
	return code;
}

/* What a restore that was cut short while it unpacked left behind. */
static void remove_unpacked(const char *folder)
{
	static const char *const names[] = {
		"journal.db", "journal.db-journal", "journal.db-wal", "journal.db-shm",
		"till.key", "catalog.db",
	};
	char path[BACKUP_PATH_MAX];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (!backup_path(folder, names[i], path, NULL))
			unlink(path);
	rmdir(folder);
}

static enum fault_code check_kind(struct journal_store *backup, struct fault *fault)
{
	sqlite3_int64 kind = 0;
	enum fault_code code = sqlite_number(backup->db, "PRAGMA application_id", 0, &kind,
					     backup->path, fault);

	if (!code && kind != BACKUP_APPLICATION)
		code = refuse(backup->path, N_("it is not a backup of Guitai"), fault);
	return code;
}

static enum fault_code unpack(const char *path, const char *folder, struct backup_info *info,
			      uint8_t ret_tables[DIGEST_SIZE], struct fault *fault)
{
	struct journal_store *backup = NULL;
	char journal[BACKUP_PATH_MAX];
	bool there[BACKUP_FILES] = { false };
	enum fault_code code = backup_path(folder, "journal.db", journal, fault);

	if (!code)
		code = journal_open_file(path, &backup, fault);
	if (!code)
		code = check_kind(backup, fault);
	for (size_t i = 0; i < BACKUP_FILES && !code; i++)
		code = backup_file_take(backup->db, folder, backup_files[i], &there[i], fault);
	if (!code && !there[0])
		code = refuse(path, N_("the till's key is missing"), fault);
	if (!code)
		code = backup_digest_find(backup->db, BACKUP_TABLES, ret_tables, fault);
	if (!code)
		code = journal_copy_to(backup, journal, fault);
	info->catalog = there[1];
	journal_close(backup);
	return code;
}

/* Makes of the backup's copy a journal and nothing more. */
static enum fault_code strip(const char *journal, struct fault *fault)
{
	sqlite3 *db = NULL;
	enum fault_code code = sqlite_fault(NULL, sqlite3_open_v2(journal, &db,
					    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL),
					    journal, fault);

	if (!code)
		code = sqlite_run(db,
				  "PRAGMA synchronous = FULL;"
				  "DROP TABLE backup_part; DROP TABLE backup_file;"
				  "PRAGMA application_id = 0; VACUUM", journal, fault);
	sqlite3_close(db);
	return code;
}

static enum fault_code check_pages(struct journal_store *s, struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(s->db, "PRAGMA integrity_check(1)", &stmt, s->path, fault);

	if (code)
		return code;
	if (sqlite3_step(stmt) != SQLITE_ROW ||
	    strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") != 0)
		code = refuse(s->path, N_("a part of it is damaged"), fault);
	sqlite3_finalize(stmt);
	return code;
}

/* What the chain does not hold: PINs, the index of orders. */
static enum fault_code check_tables(struct journal_store *s, const uint8_t tables[DIGEST_SIZE],
				    struct fault *fault)
{
	uint8_t own[DIGEST_SIZE];
	enum fault_code code = backup_digest_tables(s->db, s->path, own, fault);

	if (!code && memcmp(own, tables, sizeof own) != 0)
		code = refuse(s->path, N_("a part of it is damaged"), fault);
	return code;
}

static bool take_public_key(void *ctx, uint64_t seq, const struct entry *entry, const void *body,
			    size_t n, const uint8_t hash[JOURNAL_HASH_BYTES])
{
	uint8_t *key = ctx;

	(void)seq;
	(void)body;
	(void)n;
	(void)hash;
	if (entry && entry->kind == ENTRY_TILL_INITIALISED)
		memcpy(key, entry->of.till_initialised.public_key, SIGN_PUBLIC_SIZE);
	return false;
}

/* A till with another's key would sign what nobody believes. */
static enum fault_code check_key(struct journal_store *s, const char *folder, struct fault *fault)
{
	uint8_t public_key[SIGN_PUBLIC_SIZE] = { 0 };
	char path[BACKUP_PATH_MAX];
	struct sign_key *key = NULL;
	enum fault_code code = journal_each(s, 1, 1, take_public_key, public_key, fault);

	if (!code)
		code = backup_path(folder, "till.key", path, fault);
	if (!code)
		code = sign_key_load(path, &key, fault);
	if (!code && memcmp(sign_key_public(key), public_key, sizeof public_key) != 0)
		code = refuse(path, N_("its key is not the one of its journal"), fault);
	sign_key_free(key);
	return code;
}

static enum fault_code verify(const char *journal, const char *folder,
			      const uint8_t tables[DIGEST_SIZE], struct backup_info *info,
			      struct fault *fault)
{
	struct journal_store *s = NULL;
	enum fault_code code = journal_open_file(journal, &s, fault);

	if (!code)
		code = check_pages(s, fault);
	if (!code)
		code = check_tables(s, tables, fault);
	if (!code)
		code = journal_verify(s, NULL, NULL, &info->entries, fault);
	if (!code)
		code = check_key(s, folder, fault);
	if (!code)
		journal_head(s, info->hash);
	journal_close(s);
	return code;
}

/* Everything into `folder`, verified there and on the disk. */
static enum fault_code prepare(const char *path, const char *folder, struct backup_info *info,
			       struct fault *fault)
{
	char journal[BACKUP_PATH_MAX];
	uint8_t tables[DIGEST_SIZE];
	enum fault_code code = backup_path(folder, "journal.db", journal, fault);

	remove_unpacked(folder);
	if (!code && mkdir(folder, 0700) < 0)
		code = fault_set(fault, FAULT_FILE_NOT_WRITABLE, folder, strerror(errno));
	if (!code)
		code = unpack(path, folder, info, tables, fault);
	if (!code)
		code = strip(journal, fault);
	if (!code)
		code = verify(journal, folder, tables, info, fault);
	if (code)
		return blame(code, path, fault);
	code = backup_sync(journal, fault);
	return code ? code : backup_sync(folder, fault);
}

enum fault_code backup_restore(const char *path, const char *dir, bool replace,
			       struct backup_info *ret, struct fault *fault)
{
	struct backup_info info = { .entries = 0 };
	char unpacking[BACKUP_PATH_MAX], ready[BACKUP_PATH_MAX], journal[BACKUP_PATH_MAX];
	enum fault_code code = backup_finish(dir, info.kept, fault);

	if (code || backup_path(dir, BACKUP_UNPACKING, unpacking, fault) ||
	    backup_path(dir, BACKUP_READY, ready, fault) ||
	    backup_path(dir, "journal.db", journal, fault))
		return fault->code;
	if (!replace && access(journal, F_OK) == 0)
		return fault_set(fault, FAULT_STORE_EXISTS, dir, NULL);
	code = prepare(path, unpacking, &info, fault);
	/* From here on there is no way back: who takes the lock next goes on. */
	if (!code && rename(unpacking, ready) < 0)
		code = fault_set(fault, FAULT_FILE_NOT_WRITABLE, ready, strerror(errno));
	if (code) {
		remove_unpacked(unpacking);
		return code;
	}
	code = backup_sync(dir, fault);
	if (!code)
		code = backup_finish(dir, info.kept, fault);
	if (!code)
		*ret = info;
	return code;
}
