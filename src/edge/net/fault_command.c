/* What one tells the fault proxy, a line at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/fault_proxy_own.h"

enum { WORDS_MAX = 4, LINE_MAX_BYTES = 256 };

static const struct { const char *word; enum proxy_kind kind; } kinds[] = {
	{ "cut", PROXY_CUT }, { "reset", PROXY_RESET }, { "drop", PROXY_DROP },
	{ "half", PROXY_HALF }, { "duplicate", PROXY_DUPLICATE },
};

/* Divides a line at its spaces, in place; the number of its words. */
static size_t divide(char *line, char *words[WORDS_MAX + 1])
{
	size_t n = 0;

	while (n <= WORDS_MAX) {
		line += strspn(line, " \t\r\n");
		if (!*line)
			break;
		words[n++] = line;
		line += strcspn(line, " \t\r\n");
		if (*line)
			*line++ = '\0';
	}
	return n;
}

static bool parse_direction(const char *word, enum proxy_direction *ret_direction)
{
	if (strcmp(word, "up") != 0 && strcmp(word, "down") != 0)
		return false;
	*ret_direction = strcmp(word, "up") == 0 ? PROXY_UP : PROXY_DOWN;
	return true;
}

static bool parse_number(const char *word, int64_t *ret_number)
{
	char *end;
	long long number = strtoll(word, &end, 10);

	if (end == word || *end || number < 0)
		return false;
	*ret_number = number;
	return true;
}

static void order(struct fault_proxy *proxy, enum proxy_direction direction,
		  enum proxy_kind kind, int64_t after_bytes, bool once)
{
	proxy->orders[direction] = (struct proxy_order){
		.kind = kind, .after_bytes = after_bytes, .once = once, .number = ++proxy->last_order,
	};
}

static void pass(struct fault_proxy *proxy)
{
	for (int d = PROXY_UP; d <= PROXY_DOWN; d++) {
		order(proxy, d, PROXY_NONE, 0, false);
		proxy->delay_ms[d] = 0;
	}
	proxy_listen(proxy);
}

static void doom_all(struct fault_proxy *proxy)
{
	for (struct proxy_link *link = proxy->links; link; link = link->next)
		link->doomed = true;
	fault_proxy_work(proxy);
}

/* Commands of two words or fewer; false when it is none of them. */
static bool obey_short(struct fault_proxy *proxy, char **words, size_t n, struct buffer *reply)
{
	if (n == 1 && strcmp(words[0], "pass") == 0) {
		pass(proxy);
	} else if (n == 1 && strcmp(words[0], "kill") == 0) {
		doom_all(proxy);
	} else if (n == 1 && strcmp(words[0], "count") == 0) {
		buffer_printf(reply, "ok %zu %llu %llu\n", proxy->n_open,
			      (unsigned long long)proxy->n_ever, (unsigned long long)proxy->n_fired);
		return true;
	} else if (n == 2 && strcmp(words[0], "refuse") == 0 && strcmp(words[1], "on") == 0) {
		proxy_stop_listening(proxy);
	} else if (n == 2 && strcmp(words[0], "refuse") == 0 && strcmp(words[1], "off") == 0) {
		if (!proxy_listen(proxy))
			return false;
	} else if (n != 2 || strcmp(words[0], "target") != 0 ||
		   !proxy_parse_address(words[1], &proxy->target)) {
		return false;
	}
	buffer_add_text(reply, "ok\n");
	return true;
}

/* Commands with a direction and a number. */
static bool obey_long(struct fault_proxy *proxy, char **words, size_t n, struct buffer *reply)
{
	enum proxy_direction direction;
	bool once = n == 4 && strcmp(words[3], "once") == 0;
	int64_t number;

	if ((n != 3 && !once) || !parse_direction(words[1], &direction) ||
	    !parse_number(words[2], &number))
		return false;
	if (strcmp(words[0], "delay") == 0 && n == 3) {
		proxy->delay_ms[direction] = number;
		buffer_add_text(reply, "ok\n");
		return true;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(words[0], kinds[i].word) == 0) {
			order(proxy, direction, kinds[i].kind, number, once);
			buffer_add_text(reply, "ok\n");
			return true;
		}
	}
	return false;
}

void fault_proxy_command(struct fault_proxy *proxy, const char *line, struct buffer *reply)
{
	char copy[LINE_MAX_BYTES], *words[WORDS_MAX + 1];
	size_t n;

	snprintf(copy, sizeof copy, "%s", line);
	n = divide(copy, words);
	if (n == 0 || (!obey_short(proxy, words, n, reply) && !obey_long(proxy, words, n, reply)))
		buffer_printf(reply, "error: not a command: %.100s\n", n ? words[0] : "");
}
