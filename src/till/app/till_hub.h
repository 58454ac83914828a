/* An enrolled till's hub beside its loop: one descriptor to poll that brings
 * replies, queries that are due and the long poll for events. Costs next to
 * nothing until its first request. */
#ifndef APP_TILL_HUB_H
#define APP_TILL_HUB_H

#include "agent/agent.h"

struct till_hub;

/* Gives the agent a way to its hub. *ret is NULL for a till that belongs to
 * none. FAULT_FILE_NOT_READABLE: hub.pin, which enrolment left in `dir`, is
 * not there or not for the owner alone; the till sells on without a hub. */
enum fault_code till_hub_open(const char *dir, struct agent *agent, struct till_hub **ret,
			      struct fault *fault);

/* Before the agent is closed. Open requests end without being told: the next
 * start asks for what became of them. Accepts NULL. */
void till_hub_close(struct till_hub *hub);

/* Poll for POLLIN, then work; -1 for NULL. */
int till_hub_fd(const struct till_hub *hub);
void till_hub_work(struct till_hub *hub);

/* ---- what enrolment leaves for it ---- */

/* The pin of the hub's TLS key as hub.pin (mode 0600) in `dir`. */
enum fault_code till_hub_keep_pin(const char *dir, const char *pin, struct fault *fault);

#endif
