/* A TCP proxy that breaks connections on demand, for tests: it delays, cuts,
 * resets, loses, repeats and refuses what passes, in each direction.
 *
 * Driven by the program's own loop: poll fault_proxy_fd() for reading, then
 * call fault_proxy_work(). Told what to do by lines (fault_proxy_command):
 *
 *   pass                     forget all faults below
 *   delay DIRECTION MS       every chunk arrives MS later
 *   cut DIRECTION N [once]   end both sides in order after N bytes
 *   reset DIRECTION N [once] end both sides with a TCP reset after N bytes
 *   drop DIRECTION N [once]  lose everything after N bytes, keep the connection
 *   half DIRECTION N [once]  end this direction after N bytes, not the other
 *   duplicate DIRECTION N [once]  send the chunk with byte N twice
 *   refuse on|off            do not listen
 *   kill                     reset all connections now
 *   target HOST:PORT         where new connections go
 *   count                    "ok OPEN EVER FIRED": connections, and faults that struck
 *
 * DIRECTION is up (to the server) or down (to the client). N counts from the
 * command on, for each connection, old or new; `once` strikes one connection
 * and is over. A direction has one fault beside its delay; a new one replaces
 * it. */
#ifndef NET_FAULT_PROXY_H
#define NET_FAULT_PROXY_H

#include "base/buffer.h"
#include "base/fault.h"

struct fault_proxy;

/* Listens on "127.0.0.1:PORT" (0: any) for connections to the target
 * "127.0.0.1:PORT". FAULT_NET_NOT_LISTENING, FAULT_OUT_OF_MEMORY. */
enum fault_code fault_proxy_new(const char *listen, const char *target,
				struct fault_proxy **ret_proxy, struct fault *fault);

/* Resets what is open. Accepts NULL. */
void fault_proxy_free(struct fault_proxy *proxy);

/* Where it listens, with its real port. */
const char *fault_proxy_address(const struct fault_proxy *proxy);

/* The descriptor to poll for POLLIN; timers are in it. */
int fault_proxy_fd(const struct fault_proxy *proxy);

/* Moves what can be moved without waiting. */
void fault_proxy_work(struct fault_proxy *proxy);

/* Obeys one line and adds its answer to `reply`: "ok", or "error" and why. */
void fault_proxy_command(struct fault_proxy *proxy, const char *line, struct buffer *reply);

#endif
