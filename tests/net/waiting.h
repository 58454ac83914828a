/* Many tills waiting for events at once: what they cost the server. */
#ifndef TESTS_NET_WAITING_H
#define TESTS_NET_WAITING_H

#include <stddef.h>

struct waiting {
	size_t n;                 /* tills that waited */
	long bytes_each;          /* resident memory of the server for each of them */
	long wake_us_p50, wake_us_p99; /* one event to one till: woken until its reply is here */
	long connect_ms;          /* until all of them wait */
};

/* Has a server process wait with n tills, each on a connection of its own, then
 * wakes `wakes` of them one by one, and at last all of them. Fills *ret_result;
 * returns 0, or -1 with a sentence on stderr. */
int waiting_measure(size_t n, size_t wakes, struct waiting *ret_result);

#endif
