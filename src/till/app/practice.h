/* A hub and a practice provider of their own, for training: two programs on
 * this machine's loopback that end with this one. */
#ifndef APP_PRACTICE_H
#define APP_PRACTICE_H

#include <limits.h>
#include <sys/types.h>

#include "command/command.h"
#include "wire/enrol_code.h"

/* Who may log in: the hub's one cashier, a supervisor. */
#define PRACTICE_CASHIER "1"
#define PRACTICE_PIN "1234"

struct practice {
	const struct paths *paths;
	char dir[PATH_MAX];          /* hub/, sandbox/, till/ and the logs */
	struct practice_server {
		pid_t pid;           /* 0: not started */
		int out;             /* its output, kept open */
	} hub, sandbox;
	char hub_url[128], sandbox_url[128];
};

/* Sets up a merchant with a store, a till and a cashier in `dir`, when they are
 * not there from the last time, and starts both. End it in any case.
 * FAULT_PROGRAM_NOT_STARTED, FAULT_FILE_NOT_WRITABLE. */
enum fault_code practice_start(struct practice *practice, const struct paths *paths, const char *dir,
			       struct fault *fault);

/* Stops both and waits for their end. */
void practice_stop(struct practice *practice);

/* A code that enrols the one till. */
enum fault_code practice_code(const struct practice *practice, struct wire_enrol_code *ret,
			      struct fault *fault);

/* The path of a file in the practice's folder. */
void practice_path(const struct practice *practice, const char *name, char out[PATH_MAX]);

#endif
