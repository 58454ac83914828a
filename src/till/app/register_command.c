/* guitai without a word: the register, full screen. */
#include <config.h>
#include <signal.h>
#include <stdlib.h>

#include "app/command.h"
#include "app/till_open.h"
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

static enum fault_code run(const struct invocation *in, struct agent *agent, struct fault *fault)
{
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
		code = screen_loop_new(&context, &loop, fault);
	if (!code)
		screen_loop_run(loop);
	screen_loop_free(loop);
	term_free(term);
	return code;
}

int register_command(const struct invocation *in, struct fault *fault)
{
	struct agent *agent = NULL;
	enum fault_code code = till_open(in, in->dir, false, &agent, fault);

	if (!code)
		code = run(in, agent, fault);
	agent_close(agent);
	return code ? EXIT_REFUSED : EXIT_DONE;
}
