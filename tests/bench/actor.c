/* Starting and ending an actor's program. */
#include "actor.h"

#include <signal.h>

#define START_TIMEOUT_MS 20000

bool actor_start(struct actor *actor, int64_t *ret_ns)
{
	actor->scans = actor->order_scans = actor->sales = actor->digits = 0;
	actor->order_minor = 0;
	return pty_screen_start(&actor->screen, actor->argv) &&
	       pty_screen_wait_either(&actor->screen, actor->first_text,
				      actor->open_text ? actor->open_text : actor->first_text,
				      START_TIMEOUT_MS, ret_ns);
}

void actor_end(struct actor *actor)
{
	if (!actor->screen.vterm)
		return;
	if (actor->end_keys && pty_screen_type_text(&actor->screen, actor->end_keys))
		pty_screen_end(&actor->screen, 0);
	else
		pty_screen_end(&actor->screen, SIGTERM);
}
