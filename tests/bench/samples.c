/* Samples are kept all; there are at most some thousand. */
#include "samples.h"

#include <stdlib.h>
#include <string.h>

void samples_add(struct samples *s, int64_t ns)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 256;
		int64_t *grown = realloc(s->ns, cap * sizeof *grown);

		if (!grown)
			abort();
		s->ns = grown;
		s->cap = cap;
	}
	s->ns[s->n++] = ns;
}

void samples_release(struct samples *s)
{
	if (!s)
		return;
	free(s->ns);
	memset(s, 0, sizeof *s);
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

int64_t samples_percentile(struct samples *s, unsigned percent)
{
	size_t rank;

	if (s->n == 0)
		return 0;
	qsort(s->ns, s->n, sizeof *s->ns, compare);
	rank = (s->n * percent + 99) / 100;
	return s->ns[rank ? rank - 1 : 0];
}
