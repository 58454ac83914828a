/* Files go into a backup in parts, with their digest. */
#include "store/backup_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mark.h"
#include "crypt/crypt.h"

enum { PART_BYTES = 1024 * 1024 };

const char *const backup_files[BACKUP_FILES] = { "till.key", "catalog.db" };

static const char tables[] =
	"CREATE TABLE backup_file (name TEXT PRIMARY KEY, digest BLOB NOT NULL);"
	"CREATE TABLE backup_part (name TEXT NOT NULL, bytes BLOB NOT NULL)";

static enum fault_code not_written(const char *path, struct fault *fault)
{
	return fault_set(fault, errno == ENOSPC || errno == EDQUOT ? FAULT_STORE_FULL
								    : FAULT_FILE_NOT_WRITABLE,
			 path, strerror(errno));
}

static enum fault_code damaged(const char *path, struct fault *fault)
{
	return fault_set(fault, FAULT_BACKUP_REFUSED, path, N_("a file in it is damaged"));
}

enum fault_code backup_path(const char *folder, const char *name, char out[BACKUP_PATH_MAX],
			    struct fault *fault)
{
	if (snprintf(out, BACKUP_PATH_MAX, "%s/%s", folder, name) < BACKUP_PATH_MAX)
		return FAULT_NONE;
	return fault_set(fault, FAULT_FILE_NOT_WRITABLE, folder, strerror(ENAMETOOLONG));
}

enum fault_code backup_sync(const char *path, struct fault *fault)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum fault_code code = FAULT_NONE;

	if (fd < 0 || fsync(fd) < 0)
		code = not_written(path, fault);
	if (fd >= 0)
		close(fd);
	return code;
}

enum fault_code backup_file_tables(sqlite3 *db, const char *path, struct fault *fault)
{
	return sqlite_run(db, tables, path, fault);
}

/* Reads the file into parts; *ret_digest is of the whole. */
static enum fault_code put_parts(sqlite3 *db, int fd, const char *path, const char *name,
				 uint8_t ret_digest[DIGEST_SIZE], struct fault *fault)
{
	char *bytes = malloc(PART_BYTES);
	struct hasher *hasher = hasher_new();
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = FAULT_OUT_OF_MEMORY;
	ssize_t n = 1;

	if (!bytes || !hasher) {
		fault_set(fault, code, NULL, NULL);
		goto done;
	}
	hasher_begin(hasher);
	code = sqlite_prepare(db, "INSERT INTO backup_part (name, bytes) VALUES (?1, ?2)", &stmt, path,
			      fault);
	while (!code && (n = read(fd, bytes, PART_BYTES)) > 0) {
		hasher_add(hasher, bytes, (size_t)n);
		sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
		sqlite3_bind_blob64(stmt, 2, bytes, (sqlite3_uint64)n, SQLITE_STATIC);
		code = sqlite_fault(db, sqlite3_step(stmt), path, fault);
		sqlite3_reset(stmt);
	}
	if (!code && n < 0)
		code = fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
	if (!code && hasher_end(hasher, ret_digest))
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
done:
	sqlite3_finalize(stmt);
	hasher_free(hasher);
	if (bytes)
		secret_wipe(bytes, PART_BYTES);
	free(bytes);
	return code;
}

enum fault_code backup_file_put(sqlite3 *db, const char *folder, const char *name, bool *ret_there,
				struct fault *fault)
{
	char path[BACKUP_PATH_MAX];
	uint8_t digest[DIGEST_SIZE];
	enum fault_code code = backup_path(folder, name, path, fault);
	int fd;

	if (code)
		return code;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	*ret_there = fd >= 0;
	if (fd < 0)
		return errno == ENOENT ? FAULT_NONE
		     : fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
	code = put_parts(db, fd, path, name, digest, fault);
	close(fd);
	return code ? code : backup_digest_put(db, name, digest, fault);
}

enum fault_code backup_digest_put(sqlite3 *db, const char *name, const uint8_t digest[DIGEST_SIZE],
				  struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(db, "INSERT INTO backup_file (name, digest) VALUES (?1, ?2)",
					      &stmt, name, fault);

	if (code)
		return code;
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_blob(stmt, 2, digest, DIGEST_SIZE, SQLITE_STATIC);
	code = sqlite_fault(db, sqlite3_step(stmt), name, fault);
	sqlite3_finalize(stmt);
	return code;
}

/* Whether the backup says that it holds the file, and its digest. */
static enum fault_code find_digest(sqlite3 *db, const char *name, bool *ret_there,
				 uint8_t ret_digest[DIGEST_SIZE], struct fault *fault)
{
	sqlite3_stmt *stmt = NULL;
	enum fault_code code = sqlite_prepare(db, "SELECT digest FROM backup_file WHERE name = ?1",
					      &stmt, name, fault);
	int result;

	if (code)
		return code;
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	result = sqlite3_step(stmt);
	code = sqlite_fault(db, result, name, fault);
	*ret_there = result == SQLITE_ROW;
	if (*ret_there && sqlite3_column_bytes(stmt, 0) == DIGEST_SIZE)
		memcpy(ret_digest, sqlite3_column_blob(stmt, 0), DIGEST_SIZE);
	else if (*ret_there)
		code = damaged(name, fault);
	sqlite3_finalize(stmt);
	return code;
}

enum fault_code backup_digest_find(sqlite3 *db, const char *name, uint8_t ret[DIGEST_SIZE],
				   struct fault *fault)
{
	bool there = false;
	enum fault_code code = find_digest(db, name, &there, ret, fault);

	return code || there ? code : damaged(name, fault);
}

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		bytes += done;
		n -= (size_t)done;
	}
	return true;
}

static enum fault_code take_parts(sqlite3 *db, int fd, const char *path, const char *name,
				  const uint8_t digest[DIGEST_SIZE], struct fault *fault)
{
	struct hasher *hasher = hasher_new();
	uint8_t own[DIGEST_SIZE];
	sqlite3_stmt *stmt = NULL;
	enum fault_code code;
	int result = SQLITE_DONE;

	if (!hasher)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	hasher_begin(hasher);
	code = sqlite_prepare(db, "SELECT bytes FROM backup_part WHERE name = ?1 ORDER BY rowid", &stmt,
			      path, fault);
	if (!code)
		sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	while (!code && (result = sqlite3_step(stmt)) == SQLITE_ROW) {
		const char *bytes = sqlite3_column_blob(stmt, 0);
		size_t n = (size_t)sqlite3_column_bytes(stmt, 0);

		hasher_add(hasher, bytes, n);
		if (!write_all(fd, bytes, n))
			code = not_written(path, fault);
	}
	if (!code)
		code = sqlite_fault(db, result, path, fault);
	if (!code && (hasher_end(hasher, own) || memcmp(own, digest, sizeof own) != 0))
		code = damaged(name, fault);
	sqlite3_finalize(stmt);
	hasher_free(hasher);
	return code;
}

enum fault_code backup_file_take(sqlite3 *db, const char *folder, const char *name, bool *ret_there,
				 struct fault *fault)
{
	char path[BACKUP_PATH_MAX];
	uint8_t digest[DIGEST_SIZE];
	enum fault_code code = backup_path(folder, name, path, fault);
	int fd;

	if (!code)
		code = find_digest(db, name, ret_there, digest, fault);
	if (code || !*ret_there)
		return code;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return not_written(path, fault);
	code = take_parts(db, fd, path, name, digest, fault);
	if (!code && fsync(fd) < 0)
		code = not_written(path, fault);
	close(fd);
	return code;
}
