/* The agent's own parts; inside this room only. */
#ifndef AGENT_AGENT_OWN_H
#define AGENT_AGENT_OWN_H

#include "agent/agent.h"
#include "agent/agent_hub.h"
#include "store/dir_lock.h"

enum { AGENT_PATH_MAX = 4096, AGENT_RANDOM_POOL = 512 };

struct agent {
	struct agent_options options;
	char dir[AGENT_PATH_MAX];
	char version[VERSION_MAX + 1];
	struct dir_lock lock;
	struct journal_store *journal;
	struct catalog_store *catalog;
	struct counter counter;
	struct counter_step step;
	struct agent_hub hub;
	bool begun;  /* the start is in the journal */
	uint8_t random[AGENT_RANDOM_POOL];  /* drawn ahead: one call serves many events */
	size_t random_left;
};

/* Copies what the caller's strings point to, sets defaults. */
void agent_init(struct agent *agent, const struct agent_options *options);

/* Builds "DIR/NAME"; FAULT_STORE_NOT_READABLE when it is too long. */
enum fault_code agent_path(const struct agent *agent, const char *name, char ret[AGENT_PATH_MAX],
			   struct fault *fault);

/* Takes the directory's lock, and ends a restore that was cut short. */
enum fault_code agent_lock(struct agent *agent, struct fault *fault);

/* Whether the PIN has 4 to 12 digits; FAULT_CASHIER_BAD_PIN. */
enum fault_code agent_check_pin(const char *pin, struct fault *fault);

/* Goes over to a catalogue that was swapped in and records it; true when what
 * is shown may have changed. */
bool agent_take_up_catalog(struct agent *agent);
/* Performs the effects of a step that is durable. */
void agent_perform(struct agent *agent, const struct effect *effects, size_t n);

/* Records a start and the settings; nobody is logged in after it. */
enum fault_code agent_record_start(struct agent *agent, struct fault *fault);

/* Opens the journal anew and loads it: after an error, or at the start. */
enum fault_code agent_reopen(struct agent *agent, struct fault *fault);

#endif
