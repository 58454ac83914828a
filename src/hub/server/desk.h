/* The hub as a command of the shell opens it, perhaps beside a server: for one
 * change, in one transaction. */
#ifndef SERVER_DESK_H
#define SERVER_DESK_H

#include "command/command.h"
#include "server/identity.h"
#include "service/service.h"

enum { DESK_URL_MAX = PATH_MAX + 16 };

struct desk {
	struct identity identity;
	struct hub *hub;
};

/* "sqlite:…/hub.db" unless --db says otherwise. */
void desk_db_url(const struct invocation *in, char out[DESK_URL_MAX]);

/* The channels' timings to begin with. */
void desk_timings(struct payment_timings timings[PAYMENT_CHANNELS]);

/* Opens and begins. FAULT_HUB_NOT_FOUND when init was not run. */
enum fault_code desk_open(const struct invocation *in, struct desk *ret, struct fault *fault);

/* The merchant of --merchant, or the only one. */
enum fault_code desk_merchant(const struct invocation *in, const struct desk *desk,
			      struct ident *ret, struct fault *fault);

/* Commits when *fault is FAULT_NONE, closes in any case; returns the exit
 * status. */
int desk_close(struct desk *desk, struct fault *fault);

#endif
