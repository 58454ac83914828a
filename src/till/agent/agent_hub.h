/* What the agent has under way with its hub; inside this room only. */
#ifndef AGENT_AGENT_HUB_H
#define AGENT_AGENT_HUB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/ident.h"
#include "counter/counter.h"

enum { HUB_REQUESTS_MAX = 32, HUB_CODE_SIZE = 129 };

enum hub_asked { HUB_NOTHING, HUB_ORDER, HUB_PAY, HUB_QUERY, HUB_CANCEL, HUB_EVENTS };

/* A request that has not ended. The customer's code is kept from the order's
 * upload to the payment's request, in memory, and wiped then. */
struct hub_request {
	enum hub_asked asked;
	uint64_t tag;
	struct ident payment;
	char code[HUB_CODE_SIZE];
};

struct agent_hub {
	struct hub_request requests[HUB_REQUESTS_MAX];
	uint64_t tags;
	bool online;            /* the last request was answered */
	bool listening;         /* a long poll is under way */
	int64_t listen_again_ms;
};

#endif
