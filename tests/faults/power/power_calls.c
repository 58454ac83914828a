/* The calls by which the stores touch files past SQLite, led to the disk in
 * memory when the path is on it. The linker (--wrap, see test.am) sends every
 * call of the program here; paths elsewhere go on to the system. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "power_vfs.h"

/* What stands behind the descriptors of opened paths on the disk in memory.
 * The descriptor itself is an empty file of the system: it can be locked, and
 * what scratch files hold may be written there, for a cut loses them anyway. */
static struct opened {
	int fd;
	bool used;
	size_t file;  /* POWER_NO_FILE: a directory */
} opened[16];

int __real_open(const char *path, int flags, ...);
int __real_close(int fd);
int __real_fsync(int fd);
int __real_rename(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_access(const char *path, int mode);
int __real_stat(const char *path, struct stat *ret);

int __wrap_open(const char *path, int flags, ...);
int __wrap___open_2(const char *path, int flags);
int __wrap_close(int fd);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_access(const char *path, int mode);
int __wrap_stat(const char *path, struct stat *ret);

static bool is_ours(const char *path)
{
	size_t n = sizeof POWER_ROOT - 1;

	return strncmp(path, POWER_ROOT, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

static int missing(void)
{
	errno = ENOENT;
	return -1;
}

static struct opened *find_opened(int fd)
{
	for (size_t i = 0; i < sizeof opened / sizeof opened[0]; i++)
		if (opened[i].used && opened[i].fd == fd)
			return &opened[i];
	return NULL;
}

static int keep_opened(size_t file)
{
	for (size_t i = 0; i < sizeof opened / sizeof opened[0]; i++)
		if (!opened[i].used) {
			opened[i] = (struct opened){ memfd_create("power", MFD_CLOEXEC), true, file };
			return opened[i].fd;
		}
	errno = EMFILE;
	return -1;
}

static int open_ours(const char *path, int flags)
{
	struct power_disk *disk = power_vfs_disk();
	size_t file = power_disk_find(disk, path);

	if (flags & O_DIRECTORY)
		return keep_opened(POWER_NO_FILE);
	if (file == POWER_NO_FILE && !(flags & O_CREAT))
		return missing();
	if (file != POWER_NO_FILE && (flags & O_EXCL)) {
		errno = EEXIST;
		return -1;
	}
	if (file == POWER_NO_FILE)
		file = power_disk_create(disk, path, false);
	return keep_opened(file);
}

int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	int mode = 0;

	if (is_ours(path))
		return open_ours(path, flags);
	if (flags & (O_CREAT | O_TMPFILE)) {
		va_start(args, flags);
		mode = va_arg(args, int);
		va_end(args);
	}
	return __real_open(path, flags, mode);
}

int __wrap___open_2(const char *path, int flags)
{
	return is_ours(path) ? open_ours(path, flags) : __real_open(path, flags);
}

int __wrap_close(int fd)
{
	struct opened *o = find_opened(fd);

	if (o)
		o->used = false;
	return __real_close(fd);
}

int __wrap_fsync(int fd)
{
	const struct opened *o = find_opened(fd);

	if (!o)
		return __real_fsync(fd);
	if (o->file == POWER_NO_FILE) {
		power_disk_sync_directory(power_vfs_disk());
	} else if (!power_disk_sync(power_vfs_disk(), o->file)) {
		errno = EIO;
		return -1;
	}
	return 0;
}

int __wrap_rename(const char *from, const char *to)
{
	if (!is_ours(from))
		return __real_rename(from, to);
	if (power_disk_find(power_vfs_disk(), from) == POWER_NO_FILE)
		return missing();
	power_disk_rename(power_vfs_disk(), from, to);
	return 0;
}

int __wrap_unlink(const char *path)
{
	if (!is_ours(path))
		return __real_unlink(path);
	if (power_disk_find(power_vfs_disk(), path) == POWER_NO_FILE)
		return missing();
	power_disk_delete(power_vfs_disk(), path);
	return 0;
}

int __wrap_access(const char *path, int mode)
{
	if (!is_ours(path))
		return __real_access(path, mode);
	return power_disk_find(power_vfs_disk(), path) == POWER_NO_FILE ? missing() : 0;
}

int __wrap_stat(const char *path, struct stat *ret)
{
	const struct power_disk *disk = power_vfs_disk();
	size_t file;

	if (!is_ours(path))
		return __real_stat(path, ret);
	file = power_disk_find(disk, path);
	if (file == POWER_NO_FILE)
		return missing();
	memset(ret, 0, sizeof *ret);
	ret->st_mode = S_IFREG | 0600;
	ret->st_ino = file + 1;
	ret->st_size = (off_t)disk->files[file].size;
	return 0;
}
