/* The command line of guitai-sandbox; inside this room only. */
#ifndef SANDBOX_OPTIONS_H
#define SANDBOX_OPTIONS_H

#include <stdbool.h>

#include "base/fault.h"
#include "sandbox/sandbox.h"

enum { OPTION_LIST_MAX = 16 };

struct options {
	const char *data, *listen, *notify_ca;
	const char *names[OPTION_LIST_MAX];
	size_t n_names;
	const char *merchants[OPTION_LIST_MAX];
	size_t n_merchants;
	struct sandbox_times times;
	bool help;
};

/* The texts stay argv's. FAULT_USAGE_…. */
enum fault_code options_read(struct options *ret, int argc, char **argv, struct fault *fault);

/* "--name ARGUMENT  what it is", a line each, on stdout. */
void options_help(void);

#endif
