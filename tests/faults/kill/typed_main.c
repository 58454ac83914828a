/* Kills the register with SIGKILL at each of its writes while a sale is typed
 * at a terminal, and starts it again: every line and the payment that were on
 * the screen must stand, and at most the one step more that was under way.
 *
 * usage: kill-typed   (GUITAI names the program, top_srcdir the source tree)
 *
 * Needs strace and the right to trace; fails with the reason without. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pty_screen.h"

#define PIN "135790"
#define LINES 4
#define PAID (LINES + 1)
#define TIMEOUT_MS 20000
#define SETTLE_MS 20

typedef char path_text[400];

struct trial {
	const char *guitai;
	path_text products, base, dir, trace;
};

static const char *const codes[LINES] = {
	"6901000000011", "6901000000028", "6901000000035", "6901000000042",
};

/* Runs a shell command; its status, or -1. */
static int run(const char *format, ...) __attribute__((format(printf, 1, 2)));

static int run(const char *format, ...)
{
	char command[1600];
	va_list args;
	int status;

	va_start(args, format);
	vsnprintf(command, sizeof command, format, args);
	va_end(args);
	status = system(command);
	return status >= 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool make_base(const struct trial *t)
{
	if (run("echo " PIN " | '%s' init --name Kill --dir '%s' >/dev/null", t->guitai,
		t->base) != 0 ||
	    run("'%s' catalog import '%s' --dir '%s' >/dev/null 2>&1", t->guitai, t->products,
		t->base) != 0)
		return false;
	return run("printf 'login 1 " PIN "\\nshift open 100\\nlogout\\n' | '%s' batch --dir '%s' "
		   ">/dev/null", t->guitai, t->base) == 0;
}

static bool enter(struct pty_screen *s)
{
	return pty_screen_wait_either(s, "Cashier number >", "To pay", TIMEOUT_MS, NULL) &&
	       (pty_screen_shows(s, "To pay") ||
		(pty_screen_type_text(s, "1\r") &&
		 pty_screen_wait_text(s, "PIN of cashier", TIMEOUT_MS, NULL) &&
		 pty_screen_type_text(s, PIN "\r") &&
		 pty_screen_wait_text(s, "To pay", TIMEOUT_MS, NULL)));
}

/* Types the sale until the register dies; the last step seen on the screen. */
static int type_sale(struct pty_screen *s)
{
	char text[40];

	if (!enter(s))
		return 0;
	for (int line = 1; line <= LINES; line++) {
		snprintf(text, sizeof text, "lines %d ", line);
		if (!pty_screen_type_text(s, codes[line - 1]) || !pty_screen_type_text(s, "\r") ||
		    !pty_screen_wait_text(s, text, TIMEOUT_MS, NULL))
			return line - 1;
	}
	if (pty_screen_type_text(s, "\033[21~") &&
	    pty_screen_wait_text(s, "Cash given >", TIMEOUT_MS, NULL) &&
	    pty_screen_type_text(s, "\r") &&
	    pty_screen_wait_text(s, " is paid", TIMEOUT_MS, NULL))
		return PAID;
	return LINES;
}

/* Starts the register under strace, to be killed at its n-th write (0: never),
 * and types the sale. */
static int typed_until_killed(const struct trial *t, int n)
{
	char inject[80] = "trace=pwrite64";
	const char *const argv[] = { "/usr/bin/env", "strace", "-f", "-qq", "-o", t->trace, "-e",
				     "trace=pwrite64", "-e", inject, t->guitai, "--dir", t->dir,
				     NULL };
	struct pty_screen s;
	int seen;

	if (n)
		snprintf(inject, sizeof inject, "inject=pwrite64:signal=SIGKILL:when=%d", n);
	if (!pty_screen_start(&s, argv))
		return -1;
	s.quiet = n > 0;
	seen = type_sale(&s);
	if (!s.ended)
		pty_screen_type_text(&s, "\021");
	pty_screen_end(&s, 0);
	return seen;
}

static int count_writes(const struct trial *t)
{
	char line[4096];
	int n = 0;
	FILE *in = fopen(t->trace, "r");

	while (in && fgets(line, sizeof line, in))
		n += strstr(line, "pwrite64(") != NULL;
	if (in)
		fclose(in);
	return n;
}

/* ---- after the kill --------------------------------------------------------------- */

/* The step the shop is at: lines of the open order, or PAID; -1 on an error. */
static int ask_shop(const struct trial *t)
{
	char command[1200], line[16384];
	int step = -1;
	FILE *said;

	snprintf(command, sizeof command,
		 "printf 'login 1 " PIN "\\nshow\\nreport x\\n' | '%s' batch --dir '%s' 2>&1",
		 t->guitai, t->dir);
	said = popen(command, "r");
	while (said && fgets(line, sizeof line, said)) {
		if (strstr(line, "\"cmd\":\"show\"")) {
			step = 0;
			for (const char *at = line; (at = strstr(at, "{\"n\":")); at++)
				step++;
		}
		if (step >= 0 && strstr(line, "\"sales\":1,"))
			step = PAID;
	}
	if (said)
		pclose(said);
	return step;
}

static bool shows_order(const struct trial *t, int step)
{
	const char *const argv[] = { t->guitai, "--dir", t->dir, NULL };
	struct pty_screen s;
	char text[40];
	bool good;

	snprintf(text, sizeof text, "lines %d ", step);
	if (!pty_screen_start(&s, argv))
		return false;
	good = enter(&s) && (step == 0 || step == PAID ||
			     pty_screen_wait_text(&s, text, TIMEOUT_MS, NULL));
	pty_screen_type_text(&s, "\021");
	pty_screen_end(&s, 0);
	return good;
}

static bool stands(const struct trial *t, int n, int seen)
{
	int step = ask_shop(t);

	if (step == seen || step == seen + 1) {
		if (run("'%s' journal verify --dir '%s' >/dev/null", t->guitai, t->dir) != 0)
			printf("killed at write %d: the journal does not verify\n", n);
		else if (!shows_order(t, step))
			printf("killed at write %d: the register does not show the order\n", n);
		else
			return true;
		return false;
	}
	printf("killed at write %d: the shop stands at step %d, the screen showed %d\n", n, step,
	       seen);
	return false;
}

static bool fresh_copy(const struct trial *t)
{
	return run("rm -rf '%s' && cp -a '%s' '%s'", t->dir, t->base, t->dir) == 0;
}

static bool kill_all(const struct trial *t)
{
	int writes, wrong = 0, further = 0;

	if (!fresh_copy(t) || typed_until_killed(t, 0) != PAID) {
		printf("the sale cannot be typed\n");
		return false;
	}
	writes = count_writes(t);
	for (int n = 1; n <= writes; n++) {
		int seen = fresh_copy(t) ? typed_until_killed(t, n) : -1;

		if (seen < 0 || !stands(t, n, seen))
			wrong++;
		further += seen == PAID;
	}
	printf("%d kills of a register at work (%d after the payment), %d wrong\n", writes, further,
	       wrong);
	return writes > 0 && wrong == 0;
}

int main(void)
{
	const char *guitai = getenv("GUITAI"), *tree = getenv("top_srcdir");
	char work[] = "/tmp/guitai-typed.XXXXXX";
	struct trial t = { .guitai = guitai };
	bool good;

	if (!guitai || !tree || !mkdtemp(work)) {
		fprintf(stderr, "kill-typed: set GUITAI and top_srcdir, as make check does\n");
		return 2;
	}
	if (run("strace -f -e trace=pwrite64 -o /dev/null true") != 0) {
		fprintf(stderr, "kill-typed: cannot trace programs here (strace, ptrace)\n");
		return 1;
	}
	snprintf(t.products, sizeof t.products, "%s/tests/faults/kill/products.csv", tree);
	snprintf(t.base, sizeof t.base, "%s/base", work);
	snprintf(t.dir, sizeof t.dir, "%s/run", work);
	snprintf(t.trace, sizeof t.trace, "%s/trace", work);
	good = make_base(&t) && kill_all(&t);
	run("rm -rf '%s'", work);
	return good ? 0 : 1;
}
