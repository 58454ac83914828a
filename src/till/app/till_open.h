/* From settings to an open till: what register, batch and init share. */
#ifndef APP_TILL_OPEN_H
#define APP_TILL_OPEN_H

#include "agent/agent.h"
#include "app/command.h"

/* Options of the agent for this invocation; the strings belong to it. The
 * rules come from the settings. FAULT_SETTING_REFUSED. */
enum fault_code till_options(const struct invocation *in, const char *dir, bool training,
			     struct agent_options *ret, struct fault *fault);

/* Opens the till in `dir`: what agent_open says, and the settings'. A till of
 * training stays one, a real one real. */
enum fault_code till_open(const struct invocation *in, const char *dir, struct agent **ret,
			  struct fault *fault);

#endif
