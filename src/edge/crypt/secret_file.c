/* Files that only their owner reads, written whole or not at all. */
#include "crypt/crypt.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mark.h"

static bool write_all(int fd, const uint8_t *bytes, size_t n)
{
	while (n) {
		ssize_t put = write(fd, bytes, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		bytes += put;
		n -= (size_t)put;
	}
	return true;
}

/* A rename is only safe once the folder that holds it is. */
static bool sync_folder(const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int fd;
	bool good;

	snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
	fd = open(folder[0] ? folder : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	good = fsync(fd) == 0;
	close(fd);
	return good;
}

/* Writes and syncs a new file of mode 0600; removes it again when that fails. */
static bool write_new(const char *path, const void *bytes, size_t n)
{
	int fd, error;

	unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
	if (fd < 0)
		return false;
	if (write_all(fd, bytes, n) && fsync(fd) == 0)
		return close(fd) == 0;
	error = errno;
	close(fd);
	unlink(path);
	errno = error;
	return false;
}

enum fault_code secret_file_write(const char *path, const void *bytes, size_t n,
				  struct fault *fault)
{
	char beside[PATH_MAX];
	int len = snprintf(beside, sizeof beside, "%s.new", path);

	if (len < 0 || (size_t)len >= sizeof beside || n > SECRET_FILE_MAX)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, N_("it would be too long"));
	if (!write_new(beside, bytes, n))
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
	if (rename(beside, path) != 0) {
		fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
		unlink(beside);
		return FAULT_FILE_NOT_WRITABLE;
	}
	if (!sync_folder(path))
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(errno));
	return FAULT_NONE;
}

/* Reads up to max + 1 bytes, so that a longer file shows; -1 on an error. */
static ssize_t read_all(int fd, uint8_t *bytes, size_t max)
{
	size_t n = 0;
	uint8_t one_more;

	for (;;) {
		ssize_t got = n < max ? read(fd, bytes + n, max - n) : read(fd, &one_more, 1);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		n += (size_t)got;
		if (got == 0 || n > max)
			return (ssize_t)n;
	}
}

enum fault_code secret_file_read(const char *path, void *ret_bytes, size_t max, size_t *ret_n,
				 struct fault *fault)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	const char *reason = NULL;
	struct stat st;
	ssize_t n = 0;

	if (fd < 0)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
	if (fstat(fd, &st) != 0)
		reason = strerror(errno);
	else if (!S_ISREG(st.st_mode))
		reason = N_("it is not a plain file");
	else if (st.st_mode & (S_IRWXG | S_IRWXO))
		reason = N_("others may read or write it; give it the mode 0600");
	else if ((n = read_all(fd, ret_bytes, max)) < 0)
		reason = strerror(errno);
	else if ((size_t)n > max)
		reason = N_("it is too long");
	close(fd);
	if (reason)
		return fault_set(fault, FAULT_FILE_NOT_READABLE, path, reason);
	*ret_n = (size_t)n;
	return FAULT_NONE;
}
