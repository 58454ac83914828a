/* A till for trying out, made on the spot: shop, supervisor, open shift. */
#ifndef APP_SAMPLE_TILL_H
#define APP_SAMPLE_TILL_H

#include "agent/agent.h"
#include "app/command.h"

/* Supervisor of every sample till, and the PIN. */
#define SAMPLE_CASHIER "1"
#define SAMPLE_PIN "1234"

/* Makes a till in `dir` when there is none. */
enum fault_code sample_till_make(const struct invocation *in, const char *dir, struct fault *fault);

/* Opens it for batch --train: a cashier with all permissions logged in, a
 * shift open with a float of 100.00, cash rounding off; training marked.
 * FAULT_STORE_NOT_TRAINING when the till there is a real one: nobody sells in
 * it without a PIN. */
enum fault_code sample_till_open(const struct invocation *in, const char *dir, struct agent **ret,
				 struct fault *fault);

#endif
