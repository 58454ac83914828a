/* Two thousand waiting tills stay within their memory, and each is woken. */
#include "suite.h"

#include <stdio.h>

#include "waiting.h"

enum { TILLS = 2000, WAKES = 50 };

/* AddressSanitizer puts its own zones and a quarantine around what is measured:
 * with it the bytes say nothing of the server, and only a leak would show. */
#ifdef __SANITIZE_ADDRESS__
enum { MOST_BYTES = 400 << 10 };
#else
enum { MOST_BYTES = 20 << 10 };
#endif

static void two_thousand_tills_wait_in_little_memory(void)
{
	struct waiting result = { .n = 0 };

	ASSERT_NUMBER(waiting_measure(TILLS, WAKES, &result), 0);
	ASSERT_NUMBER(result.n, TILLS);
	printf("%ld bytes each ", result.bytes_each);
	CU_ASSERT(result.bytes_each > 0 && result.bytes_each <= MOST_BYTES);
}

static const struct test tests[] = {
	{ "two thousand tills wait in little memory", two_thousand_tills_wait_in_little_memory },
};

SUITE_MAIN("waiting", tests)
