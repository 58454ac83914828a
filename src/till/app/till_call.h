/* Asking the running till of a directory, over its socket. */
#ifndef APP_TILL_CALL_H
#define APP_TILL_CALL_H

#include "base/buffer.h"
#include "base/fault.h"

enum { TILL_CALL_MS = 10000 };

/* Connects to the till that runs on `dir`. *ret_fd is -1 when none does.
 * FAULT_TILL_NOT_ANSWERING. The caller closes the descriptor. */
enum fault_code till_call_connect(const char *dir, int *ret_fd, struct fault *fault);

/* Sends a line of batch (with its newline) and reads the line that answers it,
 * without its newline, into `reply`. Waits at most TILL_CALL_MS for each turn.
 * FAULT_TILL_NOT_ANSWERING. */
enum fault_code till_call(int fd, const char *dir, const char *line, struct buffer *reply,
			  struct fault *fault);

#endif
