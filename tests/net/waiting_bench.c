/* make bench: ten thousand tills wait for events at one hub. */
#include <stdio.h>

#include "waiting.h"

enum { TILLS = 10000, WAKES = 500, MOST_BYTES = 20 << 10, MOST_WAKE_US = 50000 };

int main(void)
{
	struct waiting result = { .n = 0 };

	if (waiting_measure(TILLS, WAKES, &result) != 0)
		return 1;
	printf("%zu waiting tills: %ld bytes each (at most %d); all waiting after %ld ms\n",
	       result.n, result.bytes_each, MOST_BYTES, result.connect_ms);
	printf("one event to one till: p50 %ld us, p99 %ld us (at most %d)\n",
	       result.wake_us_p50, result.wake_us_p99, MOST_WAKE_US);
	return result.bytes_each > MOST_BYTES || result.wake_us_p99 > MOST_WAKE_US;
}
