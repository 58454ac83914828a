/* Sorting grams: runs of a million postings by radix, spilled as bytes, then
 * one merge. The ids of a run are all above those of the run before, so that a
 * gram's list is its parts of the runs one after the other. */
#include "store/catalog_gram_sort.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/catalog_posting.h"
#include "store/catalog_sql.h"

enum {
	RUN = 1 << 20,          /* postings of a run */
	RADIX_BITS = 11,
	RADIX = 1 << RADIX_BITS,
	WRITE_BYTES = 1 << 16,
	READ_BYTES = 1 << 15,   /* of each run while merging */
	RUNS_MAX = 1024,        /* a thousand million postings */
};

struct noted {
	uint32_t gram;
	uint32_t id;
};

/* A run in the spill file while it is merged: its bytes, and its next gram. */
struct run {
	off_t from, to;
	unsigned char *bytes;
	size_t at, n;
	uint32_t gram;
	uint32_t left;  /* ids of the gram still to be read */
	bool ended;
};

struct gram_sort {
	char *path;
	int fd;
	int error;      /* errno of the first failure */
	off_t written;
	size_t n_noted, n_runs, n_out;
	struct noted *noted, *spare;
	struct run run[RUNS_MAX];
	struct { uint32_t n, last; } counted[SEARCH_SHORT_GRAMS];
	unsigned char out[WRITE_BYTES];
};

enum fault_code gram_sort_new(const char *spill_path, struct gram_sort **ret, struct fault *fault)
{
	struct gram_sort *s = calloc(1, sizeof *s);

	if (s) {
		s->fd = -1;
		s->path = strdup(spill_path);
		s->noted = malloc(RUN * sizeof *s->noted);
		s->spare = malloc(RUN * sizeof *s->spare);
	}
	if (!s || !s->path || !s->noted || !s->spare) {
		gram_sort_free(s);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	unlink(spill_path);
	s->fd = open(spill_path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (s->fd < 0) {
		gram_sort_free(s);
		return catalog_file_unwritable(spill_path, fault);
	}
	unlink(spill_path);
	*ret = s;
	return FAULT_NONE;
}

void gram_sort_free(struct gram_sort *sort)
{
	if (!sort)
		return;
	for (size_t i = 0; i < sort->n_runs; i++)
		free(sort->run[i].bytes);
	if (sort->fd >= 0)
		close(sort->fd);
	free(sort->path);
	free(sort->noted);
	free(sort->spare);
	free(sort);
}

static void flush(struct gram_sort *s)
{
	for (size_t at = 0; at < s->n_out && !s->error;) {
		ssize_t n = write(s->fd, s->out + at, s->n_out - at);

		if (n < 0 && errno != EINTR)
			s->error = errno;
		else if (n > 0)
			at += (size_t)n;
	}
	s->written += (off_t)s->n_out;
	s->n_out = 0;
}

static void put(struct gram_sort *s, uint32_t number)
{
	if (s->n_out + 5 > WRITE_BYTES)
		flush(s);
	s->n_out += posting_encode(number, s->out + s->n_out);
}

/* Sorts by gram; equal grams keep their order, which is that of ids. */
static void sort_run(struct gram_sort *s)
{
	for (unsigned shift = 0; shift < 32; shift += RADIX_BITS) {
		size_t begin[RADIX] = { 0 }, sum = 0;
		struct noted *sorted = s->spare;

		for (size_t i = 0; i < s->n_noted; i++)
			begin[s->noted[i].gram >> shift & (RADIX - 1)]++;
		for (size_t i = 0; i < RADIX; i++) {
			size_t n = begin[i];

			begin[i] = sum;
			sum += n;
		}
		for (size_t i = 0; i < s->n_noted; i++)
			sorted[begin[s->noted[i].gram >> shift & (RADIX - 1)]++] = s->noted[i];
		s->spare = s->noted;
		s->noted = sorted;
	}
}

/* Where the ids of the gram at i end. */
static size_t end_of_gram(const struct gram_sort *s, size_t i)
{
	size_t end = i;

	while (end < s->n_noted && s->noted[end].gram == s->noted[i].gram)
		end++;
	return end;
}

/* A run in the file: for each gram its difference, the number of ids and the
 * differences of the ids. */
static void spill(struct gram_sort *s)
{
	uint32_t before = 0;

	if (s->n_noted == 0)
		return;
	if (s->n_runs == RUNS_MAX) {
		s->error = EFBIG;
		return;
	}
	sort_run(s);
	s->run[s->n_runs].from = s->written;
	for (size_t i = 0; i < s->n_noted;) {
		size_t end = end_of_gram(s, i);
		uint32_t id = 0;

		put(s, s->noted[i].gram - before);
		put(s, (uint32_t)(end - i));
		before = s->noted[i].gram;
		for (; i < end; i++) {
			put(s, s->noted[i].id - id);
			id = s->noted[i].id;
		}
	}
	flush(s);
	s->run[s->n_runs++].to = s->written;
	s->n_noted = 0;
}

/* Counts a product for a short list; false when it has it or is full. */
static bool count(struct gram_sort *s, int32_t place, uint32_t id)
{
	if (s->counted[place].n == SEARCH_SHORT_LIST || s->counted[place].last == id)
		return false;
	s->counted[place].n++;
	s->counted[place].last = id;
	return true;
}

void gram_sort_add(struct gram_sort *sort, struct search_gram gram, uint32_t id)
{
	if (sort->error || (gram.short_place >= 0 && !count(sort, gram.short_place, id)))
		return;
	sort->noted[sort->n_noted++] = (struct noted){ gram.number, id };
	if (sort->n_noted == RUN)
		spill(sort);
}

static bool refill(struct gram_sort *s, struct run *r)
{
	size_t want = r->to - r->from < READ_BYTES ? (size_t)(r->to - r->from) : READ_BYTES;
	ssize_t n;

	do
		n = want ? pread(s->fd, r->bytes, want, r->from) : 0;
	while (n < 0 && errno == EINTR);
	r->at = 0;
	r->n = n > 0 ? (size_t)n : 0;
	r->from += (off_t)r->n;
	if (want && n <= 0)
		s->error = n < 0 ? errno : EIO;
	return r->n > 0;
}

/* The next number of a run; false at its end. */
static bool get(struct gram_sort *s, struct run *r, uint32_t *ret)
{
	uint32_t number = 0;

	for (unsigned shift = 0; shift < 35; shift += 7) {
		unsigned char byte;

		if (r->at == r->n && !refill(s, r))
			return false;
		byte = r->bytes[r->at++];
		number |= (uint32_t)(byte & 0x7F) << shift;
		if (!(byte & 0x80))
			break;
	}
	*ret = number;
	return true;
}

static void next_gram(struct gram_sort *s, struct run *r)
{
	uint32_t difference;

	if (!get(s, r, &difference) || !get(s, r, &r->left)) {
		r->ended = true;
		return;
	}
	r->gram += difference;
}

/* A chunk of a gram's list being made. */
struct chunk {
	uint32_t last;
	size_t ids, n;
	unsigned char bytes[POSTING_CHUNK_BYTES];
};

static enum fault_code give_chunk(struct chunk *c, uint32_t gram, gram_sort_sink *sink,
				  void *context, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;

	if (c->ids)
		code = sink(context, gram, c->last, c->bytes, c->n, fault);
	c->ids = c->n = 0;
	return code;
}

/* Takes a run's ids of its gram into chunks. An id that comes twice counts once. */
static enum fault_code take_ids(struct gram_sort *s, struct run *r, struct chunk *c,
				gram_sort_sink *sink, void *context, struct fault *fault)
{
	uint32_t id = 0, difference;
	enum fault_code code = FAULT_NONE;

	for (; r->left && code == FAULT_NONE && get(s, r, &difference); r->left--) {
		id += difference;
		if (c->ids == POSTING_CHUNK)
			code = give_chunk(c, r->gram, sink, context, fault);
		if (c->last == id)
			continue;
		c->n += posting_encode(c->ids ? id - c->last : id, c->bytes + c->n);
		c->ids++;
		c->last = id;
	}
	return code;
}

static enum fault_code merge_gram(struct gram_sort *s, uint32_t gram, gram_sort_sink *sink,
				  void *context, struct fault *fault)
{
	struct chunk c;
	enum fault_code code = FAULT_NONE;

	c.last = 0;
	c.ids = c.n = 0;
	for (size_t i = 0; i < s->n_runs && code == FAULT_NONE; i++) {
		struct run *r = &s->run[i];

		if (r->ended || r->gram != gram)
			continue;
		code = take_ids(s, r, &c, sink, context, fault);
		next_gram(s, r);
	}
	return code == FAULT_NONE ? give_chunk(&c, gram, sink, context, fault) : code;
}

/* The smallest gram any run is at; false when all have ended. */
static bool smallest(const struct gram_sort *s, uint32_t *ret)
{
	bool found = false;

	for (size_t i = 0; i < s->n_runs; i++)
		if (!s->run[i].ended && (!found || s->run[i].gram < *ret)) {
			*ret = s->run[i].gram;
			found = true;
		}
	return found;
}

static void begin_merge(struct gram_sort *s)
{
	for (size_t i = 0; i < s->n_runs && !s->error; i++) {
		s->run[i].bytes = malloc(READ_BYTES);
		if (s->run[i].bytes)
			next_gram(s, &s->run[i]);
		else
			s->error = ENOMEM;
	}
}

enum fault_code gram_sort_merge(struct gram_sort *sort, gram_sort_sink *sink, void *context,
				struct fault *fault)
{
	enum fault_code code = FAULT_NONE;
	uint32_t gram = 0;

	if (!sort->error)
		spill(sort);
	free(sort->noted);
	free(sort->spare);
	sort->noted = sort->spare = NULL;
	begin_merge(sort);
	while (!sort->error && code == FAULT_NONE && smallest(sort, &gram))
		code = merge_gram(sort, gram, sink, context, fault);
	if (sort->error) {
		errno = sort->error;
		return catalog_file_unwritable(sort->path, fault);
	}
	return code;
}
