/* Files by zlib, which reads plain ones as they are. */
#include "load/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/mark.h"

struct source {
	gzFile gz;
	char *path;
	off_t size;
	const char *why;  /* not NULL: unreadable, and this is why */
	size_t head_at, head_n;
	char head[SOURCE_HEAD];
};

static enum fault_code unreadable(const char *path, struct fault *fault)
{
	return fault_set(fault, FAULT_FILE_NOT_READABLE, path, strerror(errno));
}

static ssize_t read_gz(struct source *s, char *out, size_t n)
{
	int error, got = gzread(s->gz, out, (unsigned)n);

	if (got > 0)
		return got;
	gzerror(s->gz, &error);
	if (got == 0 && (error == Z_OK || error == Z_STREAM_END))
		return 0;
	s->why = error == Z_ERRNO ? strerror(errno) : N_("the compressed file is damaged or cut short");
	return -1;
}

static bool fill_head(struct source *s)
{
	while (s->head_n < SOURCE_HEAD) {
		ssize_t n = read_gz(s, s->head + s->head_n, SOURCE_HEAD - s->head_n);

		if (n < 0)
			return false;
		if (n == 0)
			break;
		s->head_n += (size_t)n;
	}
	return true;
}

/* What people hand in by mistake. */
static const char *refusal(const struct source *s)
{
	if (s->head_n >= 4 && memcmp(s->head, "PK\3\4", 4) == 0)
		return N_("it is a spreadsheet or an archive; save it as CSV");
	if (s->head_n >= 2 && (memcmp(s->head, "\xFF\xFE", 2) == 0 || memcmp(s->head, "\xFE\xFF", 2) == 0))
		return N_("it is UTF-16 text; save it as UTF-8");
	if (s->head_n == 0)
		return N_("it is empty");
	return NULL;
}

static enum fault_code look_at(struct source *s, int fd, struct fault *fault)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return unreadable(s->path, fault);
	s->size = st.st_size;
	s->gz = gzdopen(fd, "rb");
	if (!s->gz)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	gzbuffer(s->gz, SOURCE_HEAD);
	if (!fill_head(s))
		return source_fault(s, fault);
	if (refusal(s))
		return fault_set(fault, FAULT_CATALOG_FILE_REFUSED, s->path, refusal(s));
	return FAULT_NONE;
}

enum fault_code source_open(const char *path, struct source **ret, struct fault *fault)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct source *s;
	enum fault_code code;

	if (fd < 0)
		return unreadable(path, fault);
	s = calloc(1, sizeof *s);
	if (!s || !(s->path = strdup(path))) {
		free(s);
		close(fd);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	code = look_at(s, fd, fault);
	if (code == FAULT_NONE) {
		*ret = s;
		return code;
	}
	if (!s->gz)
		close(fd);
	source_close(s);
	return code;
}

void source_close(struct source *s)
{
	if (!s)
		return;
	if (s->gz)
		gzclose(s->gz);
	free(s->path);
	free(s);
}

const char *source_head(const struct source *s, size_t *ret_n)
{
	*ret_n = s->head_n - s->head_at;
	return s->head + s->head_at;
}

void source_skip(struct source *s, size_t n)
{
	s->head_at += n;
}

ssize_t source_read(void *context, char *out, size_t n)
{
	struct source *s = context;
	size_t left = s->head_n - s->head_at;

	if (left == 0)
		return read_gz(s, out, n);
	if (n > left)
		n = left;
	memcpy(out, s->head + s->head_at, n);
	s->head_at += n;
	return (ssize_t)n;
}

enum fault_code source_fault(const struct source *s, struct fault *fault)
{
	return fault_set(fault, FAULT_FILE_NOT_READABLE, s->path, s->why);
}

int source_percent(const struct source *s)
{
	off_t at = gzoffset(s->gz);

	if (s->size <= 0 || at < 0)
		return 0;
	return at >= s->size ? 100 : (int)(100 * at / s->size);
}
