/* A refund in the books; inside this room only. */
#ifndef SANDBOX_REFUND_H
#define SANDBOX_REFUND_H

#include "sandbox/sandbox_own.h"

struct refund {
	char refund_no[NUMBER_MAX + 1], out_no[NUMBER_MAX + 1];
	char refund_id[TOKEN_LETTERS + 1];
	char channel_no[CHANNEL_NO_MAX + 1];  /* of the capture it is taken from */
	char asked_for[CHANNEL_NO_MAX + 1];   /* what the request named, "" the first */
	struct money amount;
	int64_t accepted_ms, done_ms;
};

enum fault_code refund_find(struct call *call, const char *refund_no, struct refund *ret, bool *ret_found,
			    struct fault *fault);
void refund_answer(struct call *call, const struct refund *r);

#endif
