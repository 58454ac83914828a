/* The directory's lock: flock on a file that names its holder. */
#include "store/dir_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOCK_PATH_MAX = 4096 };

/* mkdir -p, each new folder for its owner only. */
static int make_dirs(const char *dir)
{
	char path[LOCK_PATH_MAX];
	size_t n = strlen(dir);

	if (n >= sizeof path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(path, dir, n + 1);
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST)
			return -1;
		*p = '/';
	}
	return mkdir(path, 0700) < 0 && errno != EEXIST ? -1 : 0;
}

static enum fault_code held_by(int fd, const char *dir, struct fault *fault)
{
	char holder[24] = "?";
	ssize_t n = pread(fd, holder, sizeof holder - 1, 0);

	if (n > 0) {
		holder[n] = '\0';
		holder[strcspn(holder, "\n")] = '\0';
	}
	return fault_set(fault, FAULT_STORE_LOCKED, dir, holder);
}

enum fault_code dir_lock_take(struct dir_lock *lock, const char *dir, struct fault *fault)
{
	char path[LOCK_PATH_MAX], holder[24];
	enum fault_code code = FAULT_NONE;
	int fd, n;

	if (make_dirs(dir) < 0 ||
	    snprintf(path, sizeof path, "%s/till.lock", dir) >= (int)sizeof path)
		return fault_set(fault, FAULT_STORE_NOT_READABLE, dir, strerror(errno));
	fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0)
		return fault_set(fault, FAULT_STORE_NOT_READABLE, path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		code = held_by(fd, dir, fault);
		close(fd);
		return code;
	}
	n = snprintf(holder, sizeof holder, "%ld\n", (long)getpid());
	/* Who holds it is a help for people only; the lock itself is flock's. */
	if (ftruncate(fd, 0) == 0 && pwrite(fd, holder, (size_t)n, 0) < 0)
		errno = 0;
	lock->fd = fd;
	return FAULT_NONE;
}

void dir_lock_release(struct dir_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}
