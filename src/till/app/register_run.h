/* The register on this terminal, for a till that is open. */
#ifndef APP_REGISTER_RUN_H
#define APP_REGISTER_RUN_H

#include "agent/agent.h"
#include "app/command.h"

/* Runs until the cashier quits. `dir` is the till's. FAULT_TERMINAL_…,
 * FAULT_OUT_OF_MEMORY. */
enum fault_code register_run(const struct invocation *in, const char *dir, struct agent *agent,
			     struct fault *fault);

#endif
