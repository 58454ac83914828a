/* guitai without a word: the register, full screen. */
#include <config.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "app/register_run.h"
#include "app/till_hub.h"
#include "app/till_open.h"
#include "app/till_socket.h"
#include "command/speech.h"
#include "screen/screen.h"

static volatile sig_atomic_t stop;

static void on_stop(int number)
{
	(void)number;
	stop = 1;
}

/* A crash gives the terminal back before it ends the program. */
static void on_crash(int number)
{
	term_restore_now();
	signal(number, SIG_DFL);
	raise(number);
}

static void handle(int number, void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

/* Signals that end the till are let in while it waits and at no other time, so
 * that what was begun is done. *ret_waiting is the mask to wait with. */
static void set_signals(sigset_t *ret_waiting)
{
	static const int ends[] = { SIGTERM, SIGHUP, SIGINT };
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT };
	sigset_t blocked;

	sigemptyset(&blocked);
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		handle(ends[i], on_stop);
		sigaddset(&blocked, ends[i]);
	}
	for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
		handle(crashes[i], on_crash);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &blocked, ret_waiting);
	atexit(term_restore_now);
}

static void hear(void *ctx, int fd)
{
	(void)fd;
	till_hub_work(ctx);
}

/* A till whose hub's pin is gone sells for cash; the top line says offline. */
static struct till_hub *join_hub(const char *dir, struct agent *agent, struct screen_loop *loop)
{
	struct till_hub *hub = NULL;

	if (till_hub_open(dir, agent, &hub, NULL) == FAULT_NONE && hub)
		screen_loop_add_fd(loop, till_hub_fd(hub), hear, hub);
	return hub;
}

static void serve(void *ctx, int fd)
{
	(void)fd;
	till_socket_serve(ctx);
}

/* A till whose folder takes no socket sells all the same: the commands that
 * would ask it say themselves that another till runs. */
static struct till_socket *listen_beside(const struct invocation *in, const char *dir,
					 struct agent *agent, struct screen_loop *loop)
{
	struct till_socket *s = NULL;

	if (till_socket_open(dir, agent, in->settings, &s, NULL) == FAULT_NONE)
		screen_loop_add_fd(loop, till_socket_fd(s), serve, s);
	return s;
}

/* A terminal that has no hanzi is spoken to in English: one without UTF-8, and
 * the bare Linux console unless the settings insist. */
static void choose_language(const struct invocation *in, const struct term *term)
{
	const char *type = getenv("TERM");
	bool bare = type && strncmp(type, "linux", 5) == 0 && strcmp(in->settings->language, "auto") == 0;

	if (!term_is_utf8(term) || bare)
		speech_start("en", in->paths);
}

enum fault_code register_run(const struct invocation *in, const char *dir, struct agent *agent,
			     struct fault *fault)
{
	struct till_socket *socket = NULL;
	struct till_hub *hub = NULL;
	struct term_options options = TERM_OPTIONS_INIT;
	struct screen_loop *loop = NULL;
	struct term *term = NULL;
	sigset_t waiting;
	struct screen_context context = {
		.agent = agent, .settings = in->settings, .version = PACKAGE_VERSION,
		.wait_mask = &waiting, .stop = &stop,
	};
	enum fault_code code;

	options.monochrome = !in->settings->colour;
	set_signals(&waiting);
	code = term_open(&options, &term, fault);
	context.term = term;
	if (!code)
		choose_language(in, term);
	if (!code)
		code = screen_loop_new(&context, &loop, fault);
	if (!code) {
		socket = listen_beside(in, dir, agent, loop);
		hub = join_hub(dir, agent, loop);
		screen_loop_run(loop);
	}
	till_hub_close(hub);
	till_socket_close(socket);
	screen_loop_free(loop);
	term_free(term);
	return code;
}

int register_command(const struct invocation *in, struct fault *fault)
{
	struct agent *agent = NULL;
	enum fault_code code = screen_check_settings(in->settings, fault);

	if (!code)
		code = till_open(in, in->dir, &agent, fault);
	if (!code)
		code = register_run(in, in->dir, agent, fault);
	agent_close(agent);
	return code ? EXIT_REFUSED : EXIT_DONE;
}
