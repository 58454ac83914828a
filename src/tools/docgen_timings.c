/* How payments are timed, and what the practice channel begins with, as a part
 * of guitai-hub(8). */
#include "tools/docgen.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "payment/channel.h"

void docgen_timings(void)
{
	const struct payment_timings *standard = &payment_channel_row(PAYMENT_BY_SANDBOX)->timings;
	size_t n;
	const struct payment_timing_row *rows = payment_timing_rows(&n);

	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++) {
		int64_t value;

		memcpy(&value, (const char *)standard + rows[i].offset, sizeof value);
		printf(".It Cm %s\n", rows[i].name);
		mdoc_sentences(rows[i].sentence);
		printf("%" PRId64 " to %" PRId64 " %s; %" PRId64 " to begin with.\n", rows[i].low,
		       rows[i].high, rows[i].unit, value);
	}
	puts(".El");
}
