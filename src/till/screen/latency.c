/* Times are kept in a ring and sorted only when somebody asks. */
#include "screen/latency.h"

#include <stdlib.h>
#include <string.h>

void latency_note(struct latency *l, int64_t us)
{
	if (us < 0 || us > UINT32_MAX)
		return;
	l->us[l->n++ % LATENCY_KEPT] = (uint32_t)us;
}

static int compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

uint32_t latency_percentile(const struct latency *l, int percent)
{
	uint32_t sorted[LATENCY_KEPT];
	size_t n = l->n < LATENCY_KEPT ? l->n : LATENCY_KEPT;

	if (n == 0)
		return 0;
	memcpy(sorted, l->us, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, compare);
	return sorted[(n - 1) * (size_t)percent / 100];
}
