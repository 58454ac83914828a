/* The system's clock and random bytes. */
#include <time.h>

#include "agent/agent.h"
#include "crypt/crypt.h"

/* The offset of local time is asked for once a quarter of an hour: it changes
 * at quarters only, and asking costs more than a line on an order. */
enum { QUARTER_S = 900 };

static int32_t offset_at(time_t t)
{
	static time_t quarter = -1;
	static int32_t offset_min;
	struct tm local;

	if (t / QUARTER_S != quarter && localtime_r(&t, &local)) {
		offset_min = (int32_t)(local.tm_gmtoff / 60);
		quarter = t / QUARTER_S;
	}
	return offset_min;
}

static struct instant system_now(void *ctx)
{
	struct timespec now;

	(void)ctx;
	clock_gettime(CLOCK_REALTIME, &now);
	return (struct instant){ (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000,
				 offset_at(now.tv_sec) };
}

static enum fault_code system_random(void *ctx, void *bytes, size_t n)
{
	(void)ctx;
	return random_bytes(bytes, n);
}

void agent_system_ports(struct agent_ports *ret)
{
	*ret = (struct agent_ports){ .now = system_now, .random = system_random };
}
