/* Many measurements of one thing, and what a user would feel of them. */
#ifndef BENCH_SAMPLES_H
#define BENCH_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct samples {
	int64_t *ns;
	size_t n;
	size_t cap;
};

void samples_add(struct samples *s, int64_t ns);
void samples_release(struct samples *s);

/* The nearest-rank percentile, 0 < percent <= 100; 0 without samples. */
int64_t samples_percentile(struct samples *s, unsigned percent);

#endif
