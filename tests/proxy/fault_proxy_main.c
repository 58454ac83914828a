/* fault-proxy LISTEN TARGET: the fault proxy as a program, for stories.
 *
 * Prints the address it listens on, then obeys the lines of its standard input
 * (src/edge/net/fault_proxy.h lists them), each answered by one line, and ends
 * with its input. */
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "net/fault_proxy.h"

enum { INPUT_MAX = 4096 };

static char input[INPUT_MAX];
static size_t input_n;

/* Obeys the whole lines that have come. */
static void obey_lines(struct fault_proxy *proxy)
{
	struct buffer reply = BUFFER_INIT(INPUT_MAX);
	char *line = input, *end;

	while ((end = memchr(line, '\n', input_n - (size_t)(line - input)))) {
		*end = '\0';
		fault_proxy_command(proxy, line, &reply);
		line = end + 1;
		fputs(buffer_text(&reply), stdout);
		buffer_reset(&reply);
	}
	fflush(stdout);
	input_n -= (size_t)(line - input);
	memmove(input, line, input_n);
	buffer_release(&reply);
}

/* Reads what has come; false at the end of the input. */
static bool read_input(struct fault_proxy *proxy)
{
	ssize_t n = read(STDIN_FILENO, input + input_n, sizeof input - input_n);

	if (n <= 0)
		return false;
	input_n += (size_t)n;
	obey_lines(proxy);
	return true;
}

int main(int argc, char **argv)
{
	struct fault_proxy *proxy = NULL;
	struct fault fault = { .arg = { "" } };
	struct pollfd fds[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .events = POLLIN } };

	if (argc != 3) {
		fprintf(stderr, "usage: fault-proxy LISTEN TARGET (both ADDRESS:PORT)\n");
		return 2;
	}
	if (fault_proxy_new(argv[1], argv[2], &proxy, &fault) != FAULT_NONE) {
		fprintf(stderr, "fault-proxy: %s: %s\n", fault.arg[0], fault.arg[1]);
		return 1;
	}
	printf("%s\n", fault_proxy_address(proxy));
	fflush(stdout);
	fds[1].fd = fault_proxy_fd(proxy);
	for (;;) {
		poll(fds, 2, -1);
		fault_proxy_work(proxy);
		if ((fds[0].revents & (POLLIN | POLLHUP)) && !read_input(proxy))
			break;
	}
	fault_proxy_free(proxy);
	return 0;
}
