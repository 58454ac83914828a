/* The largest-remainder split. */
#include "money/share.h"

#include <stdlib.h>

#include "money/wide.h"

struct rest {
	uint64_t remainder;
	size_t index;
};

static int by_remainder(const void *a, const void *b)
{
	const struct rest *x = a, *y = b;

	if (x->remainder != y->remainder)
		return x->remainder < y->remainder ? 1 : -1;
	return (x->index > y->index) - (x->index < y->index);
}

bool share_split(int64_t total_minor, const int64_t *weights, size_t n, int64_t *parts)
{
	int64_t sign = total_minor < 0 ? -1 : 1;
	uint_wide total = (uint_wide)(sign * (int_wide)total_minor);
	uint_wide sum = 0;
	uint64_t left;
	struct rest *rests;

	for (size_t i = 0; i < n; i++) {
		if (weights[i] < 0)
			return false;
		sum += (uint64_t)weights[i];
	}
	if (sum == 0)
		return false;
	rests = malloc(n * sizeof *rests);
	if (!rests)
		return false;
	left = (uint64_t)total;
	for (size_t i = 0; i < n; i++) {
		uint_wide product = total * (uint64_t)weights[i];
		uint64_t whole = (uint64_t)(product / sum);

		parts[i] = sign * (int64_t)whole;
		left -= whole;
		rests[i] = (struct rest){ (uint64_t)(product % sum), i };
	}
	qsort(rests, n, sizeof *rests, by_remainder);
	for (size_t i = 0; left > 0; i++, left--)
		parts[rests[i].index] += sign;
	free(rests);
	return true;
}
