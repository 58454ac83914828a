/* One payment from its beginning to its end, as a hub would see to it, without
 * a hub: the payment machine decides, the driver speaks, the provider answers. */
#ifndef TESTS_PROVIDER_ROUND_H
#define TESTS_PROVIDER_ROUND_H

#include "channel/channel.h"
#include "desk_sandbox.h"
#include "payment/payment.h"

struct round {
	struct desk desk;
	struct payment_timings timings;
	struct channel_account account;
	struct payment_attempt attempt;
	char code[32], token[64];
	int refunds;              /* made for money that did not fit */
	int requests;             /* made so far */
	int lose_reply, lose_request;  /* the n-th of them, from 1; 0 none */
	int twice;                /* this one arrives twice */
	size_t read_notices;
	int64_t idle_until_ms;    /* of the customer */
	size_t sent[CHANNEL_ASKS];
};

/* Begins with a code, or with a QR whose button of these digits is pressed as
 * soon as it is shown. */
void round_open(struct round *r);
void round_close(struct round *r);
void round_run(struct round *r, enum payment_kind kind, const char *digits);

/* What the provider kept: captured and not given back. */
int64_t round_kept_minor(struct round *r);

#endif
