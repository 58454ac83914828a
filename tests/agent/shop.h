/* A real till in a folder of its own, with a pinned clock and random bytes
 * that repeat: for tests of what stands on the agent. */
#ifndef TESTS_AGENT_SHOP_H
#define TESTS_AGENT_SHOP_H

#include "agent/agent.h"

struct shop {
	char dir[512];
	int64_t now_ms;
	uint64_t draws;
	struct agent_options options;
	enum print_outcome print;   /* how the next prints end */
	size_t prints;              /* how many there were */
	uint64_t last_copy;
};

/* A folder, a catalogue of some products, a till with cashier 1, PIN 1234. */
void shop_make(struct shop *shop);

/* Opens it; asserts that it opens. */
struct agent *shop_open(struct shop *shop);

/* Logs cashier 1 in and opens a shift with 100.00, without the PIN's cost. */
void shop_begin(struct agent *agent);

/* Imports one product beside what is running. */
void shop_import(struct shop *shop, const char *code, const char *name, int64_t price_minor);

/* Closes nothing: removes the folder with all in it. */
void shop_remove(struct shop *shop);

/* Types a code at the register. */
enum fault_code shop_type(struct agent *agent, const char *code, struct fault *fault);

enum fault_code shop_pay(struct agent *agent, int64_t amount_minor, struct fault *fault);

/* The state as bytes; the caller releases the buffer. */
void shop_state(const struct agent *agent, struct buffer *out);

#endif
