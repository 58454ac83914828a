/* The log: a line of JSON for each thing that happened, on standard error.
 * Nothing secret comes into it: no codes, no keys, no bodies, no tokens. */
#ifndef SERVER_LOG_H
#define SERVER_LOG_H

#include <stdint.h>

#include "base/fault.h"
#include "net/server.h"

/* One whole line, without its newline. Any thread. */
void log_line(const char *json);

/* Something that went wrong: {"at":…,"event":…,"error":…,"message":…}. */
void log_fault(const char *event, const struct fault *fault);

/* A request that has ended; `name` is its route's. */
void log_request(const struct server_access *access, const char *name, const char *till);

#endif
