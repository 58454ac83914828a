/* Rows of the open register: digits, scans, cash, whole sales; the bytes each
 * costs the terminal; digits while an import runs. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define KEYS 600
#define SCANS 400
#define PAYMENTS 100
#define SALES 60
#define QUIET_MS 60

static bool both_cash(struct actor *a, struct actor *b)
{
	return a->cash(a, NULL) && b->cash(b, NULL);
}

static bool both_scan(struct actor *a, struct actor *b)
{
	return a->scan(a, NULL) && b->scan(b, NULL);
}

static bool measure_sale(struct bench *bench, struct actor *till)
{
	struct actor floor = floor_sale_actor(bench->floor_sale, bench->floor_db);
	struct pair scans = { till, &floor, till->scan, floor.scan, SCANS, 5, both_cash };
	struct pair cash = { till, &floor, till->cash, floor.cash, PAYMENTS, 1, both_scan };
	bool good = actor_start(&floor, NULL) &&
		    measure_steps(&bench->ledger, "scan -> line, committed", &scans, 2, 2) &&
		    measure_steps(&bench->ledger, "cash -> closed sale", &cash, 3, 0) &&
		    measure_sales(&bench->ledger, "five scans and cash at the terminal", till,
				  &floor, SALES, 0.5);

	actor_end(&floor);
	return good;
}

static bool measure_digits(struct bench *bench, struct actor *till)
{
	struct actor floor = floor_digit_actor(bench->floor_digit);
	struct pair digits = { till, &floor, till->digit, floor.digit, KEYS, 1, NULL };
	bool good = actor_start(&floor, NULL) &&
		    measure_steps(&bench->ledger, "digit -> shown", &digits, 2, 2);

	actor_end(&floor);
	return good;
}

/* ---- bytes ---------------------------------------------------------------------- */

static bool redraw(struct actor *till, int64_t *ret_ns)
{
	(void)ret_ns;
	return pty_screen_type_text(&till->screen, "\014");
}

/* The clock shows minutes: at most one passes until it changes. */
static bool wait_for_clock(struct actor *till, int64_t *ret_ns)
{
	(void)ret_ns;
	return pty_screen_wait_bytes(&till->screen, 65000);
}

static bool count_bytes(struct bench *bench, struct actor *till, const char *what,
			actor_step *step, double limit)
{
	struct ledger_row row = { .unit = "bytes", .bound = AT_MOST, .limit = limit };
	uint64_t before;

	pty_screen_settle(&till->screen, QUIET_MS);
	before = till->screen.bytes;
	if (!step(till, NULL))
		return false;
	pty_screen_settle(&till->screen, QUIET_MS);
	row.figure = (double)(till->screen.bytes - before);
	snprintf(row.what, sizeof row.what, "bytes: %s", what);
	ledger_add(&bench->ledger, &row);
	return true;
}

static bool measure_bytes(struct bench *bench, struct actor *till)
{
	return till->scan(till, NULL) && till->scan(till, NULL) &&
	       count_bytes(bench, till, "new line", till->scan, 288) &&
	       count_bytes(bench, till, "key", till->digit, 96) &&
	       count_bytes(bench, till, "full repaint", redraw, 2400) &&
	       count_bytes(bench, till, "clock tick", wait_for_clock, 12) &&
	       till->clear_line(till) && till->cash(till, NULL);
}

/* ---- while an import runs ------------------------------------------------------- */

static pid_t start_import(const struct bench *bench)
{
	pid_t pid = fork();

	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		if (null >= 0 && dup2(null, STDOUT_FILENO) >= 0 && dup2(null, STDERR_FILENO) >= 0)
			execl(bench->guitai, bench->guitai, "catalog", "import",
			      bench->million_csv, "--dir", bench->till_dir, (char *)NULL);
		_exit(127);
	}
	return pid;
}

static bool digits_while(struct actor *till, pid_t import, struct samples *samples)
{
	int64_t ns;
	bool good = true;

	while (good && (import ? waitpid(import, NULL, WNOHANG) == 0 : samples->n < KEYS)) {
		good = till->digit(till, &ns);
		if (good)
			samples_add(samples, ns);
	}
	return good;
}

/* The same keys idle and while a million products come in beside. */
static bool measure_import(struct bench *bench, struct actor *till)
{
	struct ledger_row row = { .what = "digit p99 while an import runs", .unit = "ms",
				  .bound = AT_MOST_RATIO, .limit = 2 };
	struct samples idle = { 0 }, busy = { 0 };
	pid_t import;
	bool good = digits_while(till, 0, &idle);

	import = good ? start_import(bench) : -1;
	good = import > 0 && digits_while(till, import, &busy);
	row.figure = (double)samples_percentile(&busy, 99) / 1e6;
	row.floor = (double)samples_percentile(&idle, 99) / 1e6;
	if (good)
		ledger_add(&bench->ledger, &row);
	samples_release(&idle);
	samples_release(&busy);
	return good;
}

/* ---- search --------------------------------------------------------------------- */

/* What is typed key by key: pinyin initials, a fragment of two hanzi, a code. */
static const struct {
	const char *what;
	const char *keys[14];
} searches[] = {
	{ "search p99: pinyin initials", { "k", "k", "k", "l" } },
	{ "search p99: two hanzi", { "可", "乐" } },
	{ "search p99: code prefix", { "6", "9", "0", "1", "2", "3" } },
};

static bool search_once(struct actor *till, const char *const *keys, struct samples *samples)
{
	char typed[64] = "> ";
	int64_t ns;

	for (; *keys; keys++) {
		strncat(typed, *keys, sizeof typed - strlen(typed) - 1);
		if (!pty_screen_type_text(&till->screen, *keys) ||
		    !pty_screen_wait_text(&till->screen, typed, 5000, &ns))
			return false;
		samples_add(samples, ns);
	}
	return true;
}

static bool measure_search(struct bench *bench, struct actor *till)
{
	bool good = true;

	for (size_t i = 0; good && i < sizeof searches / sizeof searches[0]; i++) {
		struct ledger_row row = { .unit = "ms", .bound = AT_MOST, .limit = 10 };
		struct samples samples = { 0 };

		for (int n = 0; good && n < 40; n++)
			good = till->search(till) &&
			       search_once(till, searches[i].keys, &samples) &&
			       till->clear_line(till);
		row.figure = (double)samples_percentile(&samples, 99) / 1e6;
		snprintf(row.what, sizeof row.what, "%s", searches[i].what);
		if (good)
			ledger_add(&bench->ledger, &row);
		samples_release(&samples);
	}
	return good;
}

bool bench_keys(struct bench *bench)
{
	struct actor till = till_actor(bench->guitai, bench->till_dir);
	bool good;

	if (!bench_wants(bench, "keys"))
		return true;
	good = bench_make_till(bench) && actor_start(&till, NULL) && till.enter(&till, NULL) &&
	       measure_sale(bench, &till) && measure_digits(bench, &till) &&
	       till.clear_line(&till) && measure_bytes(bench, &till) &&
	       measure_search(bench, &till) && measure_import(bench, &till);
	actor_end(&till);
	return good;
}
