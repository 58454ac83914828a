/* guitai-load as a process of its own: the till never links what it needs. */
#ifndef APP_LOAD_PROCESS_H
#define APP_LOAD_PROCESS_H

#include "command/paths.h"
#include "base/fault.h"

enum load_output {
	LOAD_SHOWN,  /* its stdout is ours */
	LOAD_QUIET,  /* its stdout goes to stderr */
};

/* Runs guitai-load with these words (NULL at the end) and waits; *ret_status
 * is its exit status, 1 when a signal ended it. FAULT_PROGRAM_NOT_STARTED. */
enum fault_code load_process_run(const struct paths *paths, const char *const *words,
				 enum load_output output, int *ret_status, struct fault *fault);

#endif
