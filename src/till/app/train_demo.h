/* A till that plays by itself: one sale each for cash, by QR and by payment
 * code, told step by step on standard output. */
#ifndef APP_TRAIN_DEMO_H
#define APP_TRAIN_DEMO_H

#include "agent/agent.h"
#include "app/practice.h"

/* Plays on an enrolled till with the sample catalogue. True when all three
 * orders were paid and have their receipt; what went wrong was told. */
bool train_demo_play(const struct invocation *in, const struct practice *practice, const char *dir,
		     struct agent *agent);

#endif
