/* Making a backup, beside a till that sells. */
#include <config.h>

#include "store/backup_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "store/backup_file.h"
#include "store/journal_store.h"

static enum fault_code not_written(const char *path, int why, struct fault *fault)
{
	return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(why));
}

/* What a backup that was cut short left behind. */
static void remove_unfinished(const char *path)
{
	char beside[BACKUP_PATH_MAX + 16];

	unlink(path);
	snprintf(beside, sizeof beside, "%s-journal", path);
	unlink(beside);
}

static enum fault_code add_files(sqlite3 *db, const char *dir, struct backup_info *info,
				 struct fault *fault)
{
	enum fault_code code = FAULT_NONE;
	bool there[BACKUP_FILES] = { false };

	for (size_t i = 0; i < BACKUP_FILES && !code; i++)
		code = backup_file_put(db, dir, backup_files[i], &there[i], fault);
	if (!code && !there[0])
		code = fault_set(fault, FAULT_FILE_NOT_READABLE, backup_files[0], strerror(ENOENT));
	info->catalog = there[1];
	return code;
}

/* Makes of the copied journal a backup. */
static enum fault_code complete(const char *path, const char *dir, struct backup_info *info,
				struct fault *fault)
{
	sqlite3 *db = NULL;
	char mark[64];
	uint8_t tables[DIGEST_SIZE];
	enum fault_code code = sqlite_fault(NULL, sqlite3_open_v2(path, &db,
					    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL),
					    path, fault);

	snprintf(mark, sizeof mark, "PRAGMA application_id = %d", BACKUP_APPLICATION);
	if (!code)
		code = sqlite_run(db, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE", path, fault);
	if (!code)
		code = backup_file_tables(db, path, fault);
	if (!code)
		code = add_files(db, dir, info, fault);
	if (!code)
		code = backup_digest_tables(db, path, tables, fault);
	if (!code)
		code = backup_digest_put(db, BACKUP_TABLES, tables, fault);
	if (!code)
		code = sqlite_run(db, mark, path, fault);
	if (!code)
		code = sqlite_run(db, "COMMIT", path, fault);
	sqlite3_close(db);
	return code;
}

/* A backup of a journal that is broken would be believed in. */
static enum fault_code check(const char *path, struct backup_info *info, struct fault *fault)
{
	struct journal_store *copy = NULL;
	enum fault_code code = journal_open_file(path, &copy, fault);

	if (!code)
		code = journal_verify(copy, NULL, NULL, &info->entries, fault);
	if (!code)
		journal_head(copy, info->hash);
	journal_close(copy);
	return code;
}

/* Gives the finished file its name; false with errno. */
static bool give_name(const char *unfinished, const char *path, bool replace)
{
	if (replace)
		return rename(unfinished, path) == 0;
	if (renameat2(AT_FDCWD, unfinished, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return true;
	/* A file system that cannot do this in one step. */
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	if (access(path, F_OK) == 0) {
		errno = EEXIST;
		return false;
	}
	return rename(unfinished, path) == 0;
}

static enum fault_code sync_folder_of(const char *path, struct fault *fault)
{
	const char *slash = strrchr(path, '/');
	char folder[BACKUP_PATH_MAX];

	if (!slash)
		return backup_sync(".", fault);
	utf8_copy(folder, sizeof folder, path);
	folder[slash == path ? 1 : slash - path] = '\0';
	return backup_sync(folder, fault);
}

enum fault_code backup_make(const char *dir, const char *path, bool replace,
			    struct backup_info *ret, struct fault *fault)
{
	struct journal_store *journal = NULL;
	struct backup_info info = { .entries = 0 };
	char unfinished[BACKUP_PATH_MAX];
	enum fault_code code;

	if (!replace && access(path, F_OK) == 0)
		return not_written(path, EEXIST, fault);
	if (snprintf(unfinished, sizeof unfinished, "%s.unfinished", path) >= (int)sizeof unfinished)
		return not_written(path, ENAMETOOLONG, fault);
	code = journal_open(dir, JOURNAL_READ, &journal, fault);
	if (code)
		return code;
	remove_unfinished(unfinished);
	code = journal_copy_to(journal, unfinished, fault);
	if (!code)
		code = complete(unfinished, dir, &info, fault);
	if (!code)
		code = check(unfinished, &info, fault);
	if (!code)
		code = backup_sync(unfinished, fault);
	if (!code && !give_name(unfinished, path, replace))
		code = not_written(path, errno, fault);
	if (!code)
		code = sync_folder_of(path, fault);
	if (code)
		remove_unfinished(unfinished);
	else
		*ret = info;
	journal_close(journal);
	return code;
}
