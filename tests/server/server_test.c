/* Tests of room server: what has no socket. */
#include "suite.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/command.h"
#include "server/identity.h"
#include "server/parked.h"
#include "server/queue.h"
#include "server/serve.h"

static void the_queue_keeps_the_order(void)
{
	struct ask asks[3] = { { .kind = ASK_API } };
	struct queue queue;
	struct pollfd fd = { .events = POLLIN };
	struct ask *list;
	size_t n;

	CU_ASSERT_FATAL(queue_init(&queue));
	fd.fd = queue.fd;
	CU_ASSERT_PTR_NULL(queue_take(&queue, &n));
	ASSERT_NUMBER(poll(&fd, 1, 0), 0);
	for (size_t i = 0; i < 3; i++)
		queue_put(&queue, &asks[i]);
	ASSERT_NUMBER(queue_length(&queue), 3);
	ASSERT_NUMBER(poll(&fd, 1, 0), 1);
	list = queue_take(&queue, &n);
	ASSERT_NUMBER(n, 3);
	CU_ASSERT(list == &asks[0] && list->next == &asks[1] && list->next->next == &asks[2]);
	ASSERT_NUMBER(poll(&fd, 1, 0), 0);
	queue_nudge(&queue);
	ASSERT_NUMBER(poll(&fd, 1, 0), 1);
	queue_release(&queue);
}

static void park(struct parked *parked, struct ask *ask, uint8_t merchant, int64_t deadline_ms)
{
	memset(ask, 0, sizeof *ask);
	memset(ask->reply.merchant.bytes, merchant, IDENT_BYTES);
	ask->reply.deadline_ms = deadline_ms;
	parked_add(parked, ask);
}

static size_t length(const struct ask *list)
{
	size_t n = 0;

	for (; list; list = list->next)
		n++;
	return n;
}

static void polls_are_found_by_merchant_and_by_deadline(void)
{
	static struct parked parked;
	struct ask asks[4];
	struct ident merchant;

	parked_init(&parked);
	CU_ASSERT_PTR_NULL(parked_take_due(&parked, INT64_MAX - 1));
	park(&parked, &asks[0], 1, 100);
	park(&parked, &asks[1], 2, 50);
	park(&parked, &asks[2], 1, 200);
	park(&parked, &asks[3], 3, 300);
	ASSERT_NUMBER(parked.next_ms, 50);
	CU_ASSERT_PTR_NULL(parked_take_due(&parked, 49));
	CU_ASSERT(parked_take_due(&parked, 50) == &asks[1]);
	ASSERT_NUMBER(parked.next_ms, 100);
	memset(merchant.bytes, 1, sizeof merchant.bytes);
	ASSERT_NUMBER(length(parked_take(&parked, &merchant)), 2);
	ASSERT_NUMBER(parked.n, 1);
	CU_ASSERT_PTR_NULL(parked_take(&parked, &merchant));
	CU_ASSERT(parked_take(&parked, NULL) == &asks[3]);
	ASSERT_NUMBER(parked.n, 0);
}

/* serve with a file of these lines; the file's name is in the argument. */
static enum fault_code read_file(const char *lines, struct serve_file *file, struct invocation *in,
				 struct fault *fault)
{
	static char name[] = "/tmp/guitai-serve-XXXXXX", config[64];
	static char program[] = "guitai-hub", serve[] = "serve", listen[] = "--listen=a:1";
	static char *argv[] = { program, serve, config, listen, NULL };
	enum fault_code code;
	FILE *out;
	int fd;

	strncpy(name + strlen(name) - 6, "XXXXXX", 7);
	fd = mkstemp(name);
	CU_ASSERT_FATAL(fd >= 0);
	out = fdopen(fd, "w");
	fputs(lines, out);
	fclose(out);
	snprintf(config, sizeof config, "--config=%s", name);
	argv[1] = serve;
	argv[2] = config;
	argv[3] = listen;
	fault->code = FAULT_NONE;
	CU_ASSERT_EQUAL_FATAL(invocation_read(in, &hub_commands, 4, argv, fault), FAULT_NONE);
	code = serve_file_read(in, file, fault);
	unlink(name);
	return code;
}

static void options_come_from_line_and_file(void)
{
	struct serve_file file;
	struct invocation in;
	struct fault fault;

	ASSERT_NUMBER(read_file("# a hub\n\nlisten = \"b:2\"\n  till-requests=7 \nsandbox = https://x\n", &file,
				&in, &fault), FAULT_NONE);
	ASSERT_TEXT(serve_option(&in, &file, "listen", "c:3"), "a:1");
	ASSERT_TEXT(serve_option(&in, &file, "till-requests", "600"), "7");
	ASSERT_TEXT(serve_option(&in, &file, "sandbox", NULL), "https://x");
	ASSERT_TEXT(serve_option(&in, &file, "timings", ""), "");
	serve_file_release(&file);
}

static void a_wrong_line_is_refused_by_its_number(void)
{
	static const struct { const char *lines; enum fault_code code; const char *where; } cases[] = {
		{ "listen = a\nlisten\n", FAULT_SETTING_BAD_VALUE, ":2" },
		{ "\n\nport = 3\n", FAULT_USAGE_UNKNOWN_OPTION, ":3" },
		{ "config = x\n", FAULT_USAGE_UNKNOWN_OPTION, ":1" },
		{ "merchant = x\n", FAULT_USAGE_UNKNOWN_OPTION, ":1" },
	};
	struct serve_file file;
	struct invocation in;
	struct fault fault;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ASSERT_NUMBER(read_file(cases[i].lines, &file, &in, &fault), cases[i].code);
		CU_ASSERT(strstr(fault.arg[0], cases[i].where) != NULL);
		serve_file_release(&file);
	}
}

static void the_table_of_commands_is_sound(void)
{
	const struct command_table *t = &hub_commands;

	for (size_t i = 0; i < t->n_commands; i++) {
		CU_ASSERT(t->commands[i].least <= t->commands[i].most);
		CU_ASSERT((t->commands[i].most == 0) == (t->commands[i].words[0] == '\0'));
		CU_ASSERT(t->commands[i].help[0] && t->commands[i].run);
	}
	for (size_t i = 0; i < t->n_options; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(t->options[i].name, t->options[k].name) == 0) {
				CU_ASSERT(t->options[i].owner != t->options[k].owner);
				ASSERT_NUMBER(t->options[i].argument[0] != '\0', t->options[k].argument[0] != '\0');
			}
}

static void keys_are_made_once_and_kept_private(void)
{
	static const char *const names[] = { "127.0.0.1" };
	char dir[] = "/tmp/guitai-keys-XXXXXX", command[64];
	struct wire_enrol_code code = { .tls_pin = { 0 } }, zero = { .tls_pin = { 0 } };
	struct identity id;
	struct fault fault = { .code = FAULT_NONE };

	CU_ASSERT_FATAL(mkdtemp(dir) != NULL);
	ASSERT_NUMBER(identity_load(dir, &id, &fault), FAULT_HUB_NOT_FOUND);
	ASSERT_NUMBER(identity_make(dir, names, 1, &fault), FAULT_NONE);
	ASSERT_NUMBER(identity_make(dir, names, 1, &fault), FAULT_HUB_ALREADY_THERE);
	ASSERT_NUMBER(identity_load(dir, &id, &fault), FAULT_NONE);
	ASSERT_NUMBER(identity_pins(&id, &code, &fault), FAULT_NONE);
	CU_ASSERT(memcmp(code.tls_pin, zero.tls_pin, sizeof code.tls_pin) != 0);
	CU_ASSERT(memcmp(code.statement_pin, zero.statement_pin, sizeof code.statement_pin) != 0);
	identity_release(&id);
	snprintf(command, sizeof command, "chmod 644 %s/statement.key", dir);
	ASSERT_NUMBER(system(command), 0);
	ASSERT_NUMBER(identity_load(dir, &id, &fault), FAULT_FILE_NOT_READABLE);
	snprintf(command, sizeof command, "rm -r %s", dir);
	ASSERT_NUMBER(system(command), 0);
}

static const struct test tests[] = {
	{ "the queue keeps the order", the_queue_keeps_the_order },
	{ "polls are found by merchant and by deadline", polls_are_found_by_merchant_and_by_deadline },
	{ "options come from line and file", options_come_from_line_and_file },
	{ "a wrong line is refused by its number", a_wrong_line_is_refused_by_its_number },
	{ "the table of commands is sound", the_table_of_commands_is_sound },
	{ "keys are made once and kept private", keys_are_made_once_and_kept_private },
};

SUITE_MAIN("server", tests)
