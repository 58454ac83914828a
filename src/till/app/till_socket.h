/* The directory's socket, till.sock: a running till listens there, and does
 * for other processes what only the holder of the directory's lock can do.
 *
 * A client sends one line, a command of batch, and waits for the line of JSON
 * that answers it; then it may send the next. Only a few words are taken
 * (till_socket.c). Nothing here waits for a client: one that hangs is dropped
 * after some seconds, and one that has gone before its line was read has its
 * line not run. */
#ifndef APP_TILL_SOCKET_H
#define APP_TILL_SOCKET_H

#include <stdbool.h>
#include <sys/un.h>

#include "agent/agent.h"
#include "settings/settings.h"

enum { TILL_SOCKET_CLIENT_MS = 5000 };

struct till_socket;

/* Listens in `dir`, whose lock the agent holds: a socket that is there is a
 * dead till's and is replaced. Mode 0600. FAULT_STORE_NOT_READABLE,
 * FAULT_OUT_OF_MEMORY. Agent and settings outlive it. */
enum fault_code till_socket_open(const char *dir, struct agent *agent,
				 const struct settings *settings, struct till_socket **ret,
				 struct fault *fault);

/* Stops listening and removes the socket. Accepts NULL. */
void till_socket_close(struct till_socket *s);

/* One descriptor for poll: readable when till_socket_serve has work, a
 * client's time that is over included. It belongs to the socket. */
int till_socket_fd(const struct till_socket *s);

/* Does what can be done without waiting. True when a command was run: what is
 * shown may have changed. */
bool till_socket_serve(struct till_socket *s);

/* The address of the socket of `dir` as this process can name it, however long
 * the path: through *ret_dir_fd, which the caller closes behind bind or
 * connect. False, errno set, when there is no such directory. */
bool till_socket_address(const char *dir, struct sockaddr_un *ret, int *ret_dir_fd);

#endif
