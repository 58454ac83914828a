/* How long the till lets its cashier wait; inside this room only. */
#ifndef SCREEN_LATENCY_H
#define SCREEN_LATENCY_H

#include <stddef.h>
#include <stdint.h>

enum { LATENCY_KEPT = 512 };

/* The newest times of one kind. */
struct latency {
	uint32_t us[LATENCY_KEPT];
	size_t n;     /* ever noted */
};

void latency_note(struct latency *l, int64_t us);

/* The time that `percent` of those kept do not pass; 0 when there are none. */
uint32_t latency_percentile(const struct latency *l, int percent);

#endif
