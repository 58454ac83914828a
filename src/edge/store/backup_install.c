/* Putting a restored till in place. Each step can be done again: a file that
 * still waits in the folder of what is ready has not come to its place, and
 * what stands there is the old one. The journal comes last. */
#include "store/backup_store.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/backup_file.h"

enum { NAMES_MAX = 100 };

/* One restore on its way into place. */
struct install {
	const char *dir;
	char ready[BACKUP_PATH_MAX], old[BACKUP_PATH_MAX];
	struct fault *fault;
};

static enum fault_code failed(struct install *in, const char *path)
{
	return fault_set(in->fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
}

/* Moves folder/name to folder/name of another; none to move is fine. */
static enum fault_code move(struct install *in, const char *from_folder, const char *to_folder,
			    const char *name)
{
	char from[BACKUP_PATH_MAX], to[BACKUP_PATH_MAX];
	enum fault_code code = backup_path(from_folder, name, from, in->fault);

	if (!code)
		code = backup_path(to_folder, name, to, in->fault);
	if (!code && rename(from, to) < 0 && errno != ENOENT)
		code = failed(in, to);
	return code;
}

static bool waits(struct install *in, const char *name)
{
	char path[BACKUP_PATH_MAX];

	return !backup_path(in->ready, name, path, in->fault) && access(path, F_OK) == 0;
}

/* What SQLite keeps beside a file goes with it: a log left behind would be
 * taken for the new file's. */
static enum fault_code put_in_place(struct install *in, const char *name)
{
	static const char *const beside[] = { "", "-wal", "-shm", "-journal" };
	char full[64];
	enum fault_code code = FAULT_NONE;

	if (!waits(in, name))
		return FAULT_NONE;
	for (size_t i = 0; i < sizeof beside / sizeof beside[0] && !code; i++) {
		snprintf(full, sizeof full, "%s%s", name, beside[i]);
		code = move(in, in->dir, in->old, full);
	}
	/* On the disk in this order, too. */
	if (!code)
		code = backup_sync(in->old, in->fault);
	if (!code)
		code = backup_sync(in->dir, in->fault);
	return code ? code : move(in, in->ready, in->dir, name);
}

/* "replaced-20261121-094107", with -2 … when there are more in a second. */
static enum fault_code keep_old(struct install *in, char ret_kept[BACKUP_KEPT_MAX])
{
	char to[BACKUP_PATH_MAX], stamp[32] = "";
	time_t now = time(NULL);
	struct tm local;

	ret_kept[0] = '\0';
	if (rmdir(in->old) == 0 || errno == ENOENT)
		return FAULT_NONE;
	if (localtime_r(&now, &local))
		strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
	for (int n = 1; n <= NAMES_MAX; n++) {
		snprintf(ret_kept, BACKUP_KEPT_MAX, n == 1 ? "replaced-%s" : "replaced-%s-%d", stamp, n);
		if (backup_path(in->dir, ret_kept, to, in->fault))
			return in->fault->code;
		if (access(to, F_OK) < 0)
			return rename(in->old, to) == 0 ? FAULT_NONE : failed(in, to);
	}
	errno = EEXIST;
	return failed(in, to);
}

static enum fault_code install(struct install *in, char ret_kept[BACKUP_KEPT_MAX])
{
	enum fault_code code = FAULT_NONE;

	if (mkdir(in->old, 0700) < 0 && errno != EEXIST)
		return failed(in, in->old);
	for (size_t i = 0; i < BACKUP_FILES && !code; i++)
		code = put_in_place(in, backup_files[i]);
	if (!code)
		code = put_in_place(in, "journal.db");
	if (!code)
		code = backup_sync(in->dir, in->fault);
	if (!code)
		code = keep_old(in, ret_kept);
	if (!code && rmdir(in->ready) < 0)
		code = failed(in, in->ready);
	return code ? code : backup_sync(in->dir, in->fault);
}

enum fault_code backup_finish(const char *dir, char ret_kept[BACKUP_KEPT_MAX], struct fault *fault)
{
	struct fault own;
	struct install in = { .dir = dir, .fault = fault ? fault : &own };

	ret_kept[0] = '\0';
	if (backup_path(dir, BACKUP_READY, in.ready, in.fault))
		return in.fault->code;
	if (access(in.ready, F_OK) < 0)
		return FAULT_NONE;
	if (backup_path(in.ready, BACKUP_OLD, in.old, in.fault))
		return in.fault->code;
	return install(&in, ret_kept);
}
