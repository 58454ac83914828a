/* The program guitai-load: the part of the till that reads the world's scripts,
 * apart from it so that a till at the counter stays small. Run by the till.
 *
 * usage: guitai-load import (--dir DIR | --catalog-db PATH) [--strict]
 *                    [--replace] [--progress] [--currency LETTERS]
 *                    [--locale-dir DIR] FILE...
 *
 * stdout: one line, how many products were imported and rows refused.
 * stderr: the report. Exit status 0 done, 1 refused or failed, 2 wrong usage.
 */
#include <config.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "load/import.h"
#include "load/speech.h"

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_WRONG_USAGE = 2 };

enum option_id { OPTION_DIR = 256, OPTION_DB, OPTION_STRICT, OPTION_REPLACE, OPTION_PROGRESS,
		 OPTION_CURRENCY, OPTION_LOCALE_DIR, OPTION_HELP };

static const struct option long_options[] = {
	{ "dir", required_argument, NULL, OPTION_DIR },
	{ "catalog-db", required_argument, NULL, OPTION_DB },
	{ "strict", no_argument, NULL, OPTION_STRICT },
	{ "replace", no_argument, NULL, OPTION_REPLACE },
	{ "progress", no_argument, NULL, OPTION_PROGRESS },
	{ "currency", required_argument, NULL, OPTION_CURRENCY },
	{ "locale-dir", required_argument, NULL, OPTION_LOCALE_DIR },
	{ "help", no_argument, NULL, OPTION_HELP },
	{ NULL, 0, NULL, 0 },
};

static volatile sig_atomic_t asked_to_stop;

/* A read that begins right after the flag was looked at would wait for ever on
 * a pipe: the alarm comes back each second and breaks it off. */
static void ask_to_stop(int signal_number)
{
	(void)signal_number;
	asked_to_stop = 1;
	alarm(1);
}

static bool stopped(void)
{
	return asked_to_stop != 0;
}

/* The till may go away while an import runs: it then runs to its end. */
static void catch_signals(void)
{
	struct sigaction stop = { .sa_handler = ask_to_stop }, ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGHUP, &stop, NULL);
	sigaction(SIGALRM, &stop, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	/* A limit on the size of files is a full disk, not a death. */
	sigaction(SIGXFSZ, &ignore, NULL);
}

static int64_t now_utc_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Makes a folder and those it is in. */
static enum fault_code make_folder(const char *path, struct fault *fault)
{
	char part[PATH_MAX];
	size_t n = strlen(path);

	if (n == 0 || n >= sizeof part)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, path, strerror(ENAMETOOLONG));
	memcpy(part, path, n + 1);
	for (size_t i = 1; i <= n; i++) {
		if (part[i] != '/' && part[i] != '\0')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0700) != 0 && errno != EEXIST)
			return fault_set(fault, FAULT_FILE_NOT_WRITABLE, part, strerror(errno));
		part[i] = path[i];
	}
	return FAULT_NONE;
}

static int say_fault(const struct fault *fault, int status)
{
	char sentence[1024];

	speech_sentence(fault, sentence, sizeof sentence);
	fprintf(stderr, "guitai-load: %s\n", sentence);
	return status;
}

static int say_usage(FILE *out, int status)
{
	fputs(_("Usage: guitai-load import (--dir DIR | --catalog-db PATH) [--strict] [--replace] [--progress] [--currency LETTERS] FILE...\n"),
	      out);
	return status;
}

struct words {
	const char *dir, *catalog, *locale_dir, *currency;
	bool strict, replace, progress, help, wrong;
};

static void read_words(struct words *w, int argc, char **argv)
{
	int id;

	while ((id = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		switch (id) {
		case OPTION_DIR:
			w->dir = optarg;
			break;
		case OPTION_DB:
			w->catalog = optarg;
			break;
		case OPTION_STRICT:
			w->strict = true;
			break;
		case OPTION_REPLACE:
			w->replace = true;
			break;
		case OPTION_PROGRESS:
			w->progress = true;
			break;
		case OPTION_CURRENCY:
			w->currency = optarg;
			break;
		case OPTION_LOCALE_DIR:
			w->locale_dir = optarg;
			break;
		case OPTION_HELP:
			w->help = true;
			break;
		default:
			w->wrong = true;
			break;
		}
}

static int run_import(const struct words *w, struct import *im)
{
	char path[PATH_MAX];
	struct fault fault;
	enum fault_code code = FAULT_NONE;

	if (w->dir) {
		snprintf(path, sizeof path, "%s/catalog.db", w->dir);
		code = make_folder(w->dir, &fault);
	} else {
		snprintf(path, sizeof path, "%s", w->catalog);
	}
	im->catalog = path;
	if (w->progress)
		im->report.progress = PROGRESS_LINES;
	else if (isatty(STDERR_FILENO))
		im->report.progress = PROGRESS_TERMINAL;
	if (code == FAULT_NONE)
		code = import_run(im, &fault);
	if (code != FAULT_NONE)
		return say_fault(&fault, EXIT_REFUSED);
	printf(_("%llu products imported, %llu refused\n"), (unsigned long long)im->imported,
	       (unsigned long long)im->refused);
	return EXIT_DONE;
}

int main(int argc, char **argv)
{
	struct words w = { .locale_dir = GUITAI_LOCALEDIR, .currency = "CNY" };
	struct import im = { .stopped = stopped, .now_utc_ms = now_utc_ms() };
	struct fault fault;

	read_words(&w, argc, argv);
	speech_start(w.locale_dir);
	if (w.help)
		return say_usage(stdout, EXIT_DONE);
	if (w.wrong || argc - optind < 2 || strcmp(argv[optind], "import") != 0 ||
	    !w.dir == !w.catalog)
		return say_usage(stderr, EXIT_WRONG_USAGE);
	if (!currency_parse(w.currency, &im.currency)) {
		char known[256];

		currency_list(known, sizeof known);
		fault_set(&fault, FAULT_CURRENCY_UNKNOWN, w.currency, known);
		return say_fault(&fault, EXIT_WRONG_USAGE);
	}
	im.files = argv + optind + 1;
	im.n_files = (size_t)(argc - optind - 1);
	im.strict = w.strict;
	im.replace = w.replace;
	catch_signals();
	return run_import(&w, &im);
}
