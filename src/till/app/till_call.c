/* The client's end of the directory's socket. */
#include "app/till_call.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "command/speech.h"
#include "app/till_socket.h"
#include "base/mark.h"

static enum fault_code silent(const char *dir, const char *why, struct fault *fault)
{
	return fault_set(fault, FAULT_TILL_NOT_ANSWERING, dir, why);
}

enum fault_code till_call_connect(const char *dir, int *ret_fd, struct fault *fault)
{
	struct sockaddr_un address;
	int dir_fd, fd, result, why;

	*ret_fd = -1;
	if (!till_socket_address(dir, &address, &dir_fd))
		return FAULT_NONE;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	result = fd < 0 ? -1 : connect(fd, (struct sockaddr *)&address, sizeof address);
	why = errno;
	close(dir_fd);
	if (result == 0) {
		*ret_fd = fd;
		return FAULT_NONE;
	}
	if (fd >= 0)
		close(fd);
	/* Nobody, or a till that has died. */
	if (why == ENOENT || why == ECONNREFUSED)
		return FAULT_NONE;
	return silent(dir, strerror(why), fault);
}

static enum fault_code wait_for(int fd, short events, const char *dir, struct fault *fault)
{
	struct pollfd p = { .fd = fd, .events = events };
	int n;

	do
		n = poll(&p, 1, TILL_CALL_MS);
	while (n < 0 && errno == EINTR);
	if (n == 0)
		return silent(dir, N_("it is busy or stopped"), fault);
	return n < 0 ? silent(dir, strerror(errno), fault) : FAULT_NONE;
}

static enum fault_code send_line(int fd, const char *dir, const char *line, struct fault *fault)
{
	size_t n = strlen(line);

	while (n > 0) {
		ssize_t done;

		if (wait_for(fd, POLLOUT, dir, fault))
			return fault->code;
		done = send(fd, line, n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (done < 0 && errno != EAGAIN && errno != EINTR)
			return silent(dir, strerror(errno), fault);
		if (done > 0) {
			line += done;
			n -= (size_t)done;
		}
	}
	return FAULT_NONE;
}

enum fault_code till_call(int fd, const char *dir, const char *line, struct buffer *reply,
			  struct fault *fault)
{
	char bytes[4096];
	char *end = NULL;

	buffer_reset(reply);
	if (send_line(fd, dir, line, fault))
		return fault->code;
	while (!end) {
		ssize_t n;

		if (wait_for(fd, POLLIN, dir, fault))
			return fault->code;
		n = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0)
			return silent(dir, n < 0 ? strerror(errno) : N_("it closed the connection"),
				      fault);
		end = memchr(bytes, '\n', (size_t)n);
		buffer_add(reply, bytes, end ? (size_t)(end - bytes) : (size_t)n);
		if (reply->failed)
			return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	return FAULT_NONE;
}
