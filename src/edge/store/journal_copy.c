/* A consistent copy of the journal while the till goes on. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store/journal_db.h"

static enum fault_code make_file(const char *path, struct fault *fault)
{
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
	close(fd);
	return FAULT_NONE;
}

static enum fault_code copy_pages(struct journal_store *s, sqlite3 *to, const char *path,
				  struct fault *fault)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "main", s->db, "main");
	int result;

	if (!copy)
		return sqlite_fault(to, sqlite3_errcode(to), path, fault);
	result = sqlite3_backup_step(copy, -1);
	sqlite3_backup_finish(copy);
	return sqlite_fault(to, result, path, fault);
}

enum fault_code journal_copy_to(struct journal_store *s, const char *path, struct fault *fault)
{
	sqlite3 *to = NULL;
	enum fault_code code = make_file(path, fault);
	int result;

	if (code)
		return code;
	result = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	code = sqlite_fault(to, result, path, fault);
	if (!code)
		code = copy_pages(s, to, path, fault);
	/* One file, without a log beside it. */
	if (!code)
		code = sqlite_run(to, "PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE", path, fault);
	if (sqlite3_close(to) != SQLITE_OK && !code)
		code = fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, "close");
	if (code)
		unlink(path);
	return code;
}
