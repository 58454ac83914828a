/* A receipt's way to a file, a folder, a device. */
#include "app/receipt_print.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/receipt_text.h"

enum { RECEIPT_TEXT_MAX = 4 * 1024 * 1024, NAMES_MAX = 1000 };

/* How much was written before something failed. */
static size_t write_some(int fd, const struct buffer *text)
{
	size_t done = 0;

	while (done < text->len) {
		ssize_t n = write(fd, text->data + done, text->len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	return done;
}

static enum print_outcome write_whole(int fd, const struct buffer *text)
{
	size_t done = write_some(fd, text);
	struct stat st;

	if (done == 0 && text->len)
		return PRINT_FAILED;
	if (done < text->len)
		return PRINT_DOUBTFUL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && fsync(fd) < 0)
		return PRINT_DOUBTFUL;
	return PRINT_DONE;
}

/* A name that is not taken: a receipt never goes over another one, not even
 * when a folder is shared or a till was restored. */
static int make_file(const char *folder, uint64_t number, uint64_t copy, char path[PATH_MAX])
{
	for (uint64_t n = copy + 1; n <= copy + NAMES_MAX; n++) {
		int len, fd;

		if (n == 1)
			len = snprintf(path, PATH_MAX, "%s/%" PRIu64 ".txt", folder, number);
		else
			len = snprintf(path, PATH_MAX, "%s/%" PRIu64 "-%" PRIu64 ".txt", folder, number, n);
		if (len >= PATH_MAX) {
			errno = ENAMETOOLONG;
			return -1;
		}
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

static enum print_outcome write_in_folder(const char *folder, uint64_t number, uint64_t copy,
					  const struct buffer *text)
{
	char path[PATH_MAX];
	int fd = make_file(folder, number, copy, path);
	enum print_outcome outcome;
	int why;

	if (fd < 0)
		return PRINT_FAILED;
	outcome = write_whole(fd, text);
	why = errno;
	/* A file that can be taken back leaves no doubt. */
	if (outcome != PRINT_DONE && unlink(path) == 0)
		outcome = PRINT_FAILED;
	close(fd);
	errno = why;
	return outcome;
}

enum print_outcome receipt_write(const char *path, uint64_t number, uint64_t copy,
				 const struct buffer *text)
{
	enum print_outcome outcome;
	struct stat st;
	int fd, why;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return write_in_folder(path, number, copy, text);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0644);
	if (fd < 0)
		return PRINT_FAILED;
	outcome = write_whole(fd, text);
	why = errno;
	close(fd);
	errno = why;
	return outcome;
}

enum print_outcome receipt_port(void *ctx, const struct counter *counter, const struct order *order,
				 const struct print_job *job, const uint8_t hash[JOURNAL_HASH_BYTES])
{
	const struct settings *settings = ctx;
	struct buffer text = BUFFER_INIT(RECEIPT_TEXT_MAX);
	enum print_outcome outcome = PRINT_FAILED;

	if (settings->receipt_to[0] &&
	    receipt_text_order(settings, counter, order, job->copy, hash, 0, &text))
		outcome = receipt_write(settings->receipt_to, job->order_number, job->copy, &text);
	buffer_release(&text);
	return outcome;
}
