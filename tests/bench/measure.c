/* The turns, and what is drawn from the samples. */
#include "measure.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double ms(int64_t ns)
{
	return (double)ns / 1e6;
}

static void add_times(struct ledger *ledger, const char *what, const char *percentile,
		      double figure_ms, double floor_ms, double limit)
{
	struct ledger_row row = { .unit = "ms", .figure = figure_ms, .floor = floor_ms,
				  .bound = AT_MOST_RATIO, .limit = limit };

	snprintf(row.what, sizeof row.what, "%s%s", what, percentile);
	ledger_add(ledger, &row);
}

static bool start_once(struct actor *actor, struct samples *samples)
{
	int64_t ns;
	bool good = actor_start(actor, &ns);

	if (good)
		samples_add(samples, ns);
	actor_end(actor);
	return good;
}

/* The first turn warms the disk's cache and is not counted. */
bool measure_starts(struct ledger *ledger, const char *what, struct actor *a, struct actor *b,
		    unsigned n, double limit)
{
	struct samples of_a = { 0 }, of_b = { 0 }, warm = { 0 };
	bool good = start_once(a, &warm) && start_once(b, &warm);

	for (unsigned i = 0; good && i < n; i++)
		good = start_once(a, &of_a) && start_once(b, &of_b);
	if (good)
		add_times(ledger, what, "", ms(samples_percentile(&of_a, 50)),
			  ms(samples_percentile(&of_b, 50)), limit);
	samples_release(&of_a);
	samples_release(&of_b);
	samples_release(&warm);
	return good;
}

static bool step_once(struct actor *actor, actor_step *step, struct samples *samples)
{
	int64_t ns;

	if (!step(actor, &ns))
		return false;
	samples_add(samples, ns);
	return true;
}

bool measure_steps(struct ledger *ledger, const char *what, const struct pair *pair,
		   double limit_p50, double limit_p99)
{
	struct samples of_a = { 0 }, of_b = { 0 };
	bool good = true;

	for (unsigned i = 0; good && i < pair->n; i++) {
		if (pair->between && i > 0 && i % pair->each == 0)
			good = pair->between(pair->a, pair->b);
		good = good && step_once(pair->a, pair->step_a, &of_a) &&
		       step_once(pair->b, pair->step_b, &of_b);
	}
	if (good)
		add_times(ledger, what, " p50", ms(samples_percentile(&of_a, 50)),
			  ms(samples_percentile(&of_b, 50)), limit_p50);
	if (good && limit_p99 > 0)
		add_times(ledger, what, " p99", ms(samples_percentile(&of_a, 99)),
			  ms(samples_percentile(&of_b, 99)), limit_p99);
	samples_release(&of_a);
	samples_release(&of_b);
	return good;
}

static bool one_sale(struct actor *actor, int64_t *total_ns)
{
	int64_t from = now_ns(), ns;
	bool good = true;

	for (unsigned i = 0; good && i < 5; i++)
		good = actor->scan(actor, &ns);
	good = good && actor->cash(actor, &ns);
	*total_ns += now_ns() - from;
	return good;
}

bool measure_sales(struct ledger *ledger, const char *what, struct actor *a, struct actor *b,
		   unsigned n, double limit)
{
	int64_t of_a = 0, of_b = 0;
	bool good = true;

	for (unsigned i = 0; good && i < n; i++)
		good = one_sale(a, &of_a) && one_sale(b, &of_b);
	if (good) {
		struct ledger_row row = { .unit = "sales/s", .figure = n / ((double)of_a / 1e9),
					  .floor = n / ((double)of_b / 1e9),
					  .bound = AT_LEAST_RATIO, .limit = limit };

		snprintf(row.what, sizeof row.what, "%s", what);
		ledger_add(ledger, &row);
	}
	return good;
}

/* ---- programs without a terminal --------------------------------------------- */

static void become(const char *const *argv, const char *input, FILE *said)
{
	int in = open(input, O_RDONLY);
	int out = open("/dev/null", O_WRONLY);

	if (in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
	    (said && dup2(fileno(said), STDERR_FILENO) < 0))
		_exit(126);
	execv(argv[0], (char *const *)(uintptr_t)argv);
	_exit(127);
}

static bool run_measured(const char *const *argv, const char *input, int ok_status, FILE *said,
			 int64_t *ret_ns, long *ret_rss_kb)
{
	struct rusage usage;
	int64_t from = now_ns();
	int status = -1;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		become(argv, input, said);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid) {
		fprintf(stderr, "%s could not be run: %s\n", argv[0], strerror(errno));
		return false;
	}
	*ret_ns = now_ns() - from;
	if (ret_rss_kb)
		*ret_rss_kb = usage.ru_maxrss;
	if (WIFEXITED(status) && WEXITSTATUS(status) <= ok_status)
		return true;
	fprintf(stderr, "%s %s ended with status %d\n", argv[0], argv[1] ? argv[1] : "",
		WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	return false;
}

/* What the program said on stderr is shown when it failed, its end at least. */
static void show_said(FILE *said)
{
	char line[512];

	if (!said)
		return;
	if (fseek(said, -4000, SEEK_END) != 0)
		rewind(said);
	while (fgets(line, sizeof line, said))
		fputs(line, stderr);
}

bool measure_run(const char *const *argv, const char *input, int ok_status, int64_t *ret_ns,
		 long *ret_rss_kb)
{
	FILE *said = tmpfile();
	bool good = run_measured(argv, input, ok_status, said, ret_ns, ret_rss_kb);

	if (!good)
		show_said(said);
	if (said)
		fclose(said);
	return good;
}
double resident_mb(pid_t pid)
{
	char path[64], line[256];
	long kb = 0;
	FILE *in;

	snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
	in = fopen(path, "r");
	if (!in)
		return 0;
	while (fgets(line, sizeof line, in))
		if (sscanf(line, "VmRSS: %ld", &kb) == 1)
			break;
	fclose(in);
	return (double)kb / 1024;
}
