/* Runs the scripts of this folder: what a cashier types, and the pictures that
 * must be on the screen then.
 *
 * usage: screens [WORD]      (scripts whose name holds WORD)
 *
 * A line of a script is a command:
 *   language zh_CN           before anything else: en, zh_CN or zh_TW
 *   size ROWS COLS           of the terminal; 24 80 when not given
 *   setting LINE             a line of guitai.conf
 *   keys KEY "text" …        a person types (keys.h has the names of keys)
 *   scan TEXT                a scanner sends TEXT and Enter (^G in it is Ctrl-G);
 *                            burst TEXT no Enter
 *   wait MS                  time goes by
 *   hub WORD TEXT            the hub makes the till its own (enrol), does not
 *                            answer (away), or says how the oldest open
 *                            payment stands (pending URL, failed REASON, paid …)
 *   resize ROWS COLS
 *   restart                  the program ends and is started again
 *   bells N                  how often the bell rang since the last such line
 *   bytes N                  at most so many bytes go to an xterm-256color since
 *                            the last such line
 *   cursor ROW COL           where the cursor stands
 *   ended                    the program has ended
 *   picture                  the whole screen in the lines that follow, each
 *                            behind a |; behind a ~ it is not compared
 * Lines that begin with # are comments. With SCREENS_WRITE=1 the pictures are
 * written into the scripts instead of compared: look at them afterwards. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command/speech.h"
#include "screens.h"

enum { LINE_MAX_BYTES = 4096, OUT_MAX = 1 << 20 };

struct script {
	const char *path;
	FILE *in;
	char line[LINE_MAX_BYTES];
	bool have_line;      /* the line was read and not used */
	unsigned n;
	bool write;
	struct buffer out;   /* the script as it is written anew */
	unsigned failures;
	struct stage stage;
	bool open;
};

static bool next_line(struct script *s)
{
	if (s->have_line) {
		s->have_line = false;
		return true;
	}
	if (!fgets(s->line, sizeof s->line, s->in))
		return false;
	s->line[strcspn(s->line, "\n")] = '\0';
	s->n++;
	return true;
}

static void fail(struct script *s, const char *what)
{
	printf("%s:%u: %s\n", s->path, s->n, what);
	s->failures++;
}

/* The n-th line of a picture, "" behind its end. */
static const char *line_of(const char *text, size_t n, char *out, size_t size)
{
	while (n-- > 0 && *text) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	snprintf(out, size, "%.*s", (int)strcspn(text, "\n"), text);
	return out;
}

static void compare_line(struct script *s, const char *actual)
{
	const char *expected = s->line + 1;

	if (s->write)
		buffer_printf(&s->out, "%c%s\n", s->line[0], s->line[0] == '~' ? expected : actual);
	else if (s->line[0] == '|' && strcmp(expected, actual) != 0) {
		fail(s, "the picture differs");
		printf("  expected |%s\n  is       |%s\n", expected, actual);
	}
}

static void compare_picture(struct script *s)
{
	struct buffer picture = BUFFER_INIT(OUT_MAX);
	char actual[LINE_MAX_BYTES];
	size_t row = 0, rows = (size_t)s->stage.rows;

	stage_picture(&s->stage, &picture);
	while (next_line(s)) {
		if (s->line[0] != '|' && s->line[0] != '~') {
			s->have_line = true;
			break;
		}
		compare_line(s, line_of(buffer_text(&picture), row++, actual, sizeof actual));
	}
	for (; s->write && row < rows; row++)
		buffer_printf(&s->out, "|%s\n", line_of(buffer_text(&picture), row, actual, sizeof actual));
	if (row != rows)
		fail(s, "the picture has another number of lines than the screen");
	if (s->failures && !s->write)
		printf("  the whole screen:\n%s", buffer_text(&picture));
	buffer_release(&picture);
}

static void open_stage(struct script *s)
{
	struct paths paths;

	if (s->open)
		return;
	s->open = true;
	paths_find(&paths);
	speech_start("auto", &paths);
	if (!stage_make(&s->stage) || !stage_open(&s->stage)) {
		fail(s, "the till cannot be opened");
		exit(2);
	}
}

static void compare_cursor(struct script *s, const char *words)
{
	const struct grid *picture = term_memory_picture(s->stage.term);
	char is[64];

	snprintf(is, sizeof is, "%d %d", picture->cursor_row, picture->cursor_col);
	if (strcmp(words, is) != 0)
		fail(s, is);
}

static void compare_bytes(struct script *s, const char *words)
{
	size_t n = stage_bytes(&s->stage);
	char is[64];

	snprintf(is, sizeof is, "%zu bytes were written", n);
	if (n > strtoul(words, NULL, 10))
		fail(s, is);
}

static void do_command(struct script *s, const char *command, const char *words)
{
	struct stage *stage = &s->stage;
	int a = 0, b = 0;

	open_stage(s);
	if (strcmp(command, "keys") == 0) {
		if (!stage_keys(stage, words))
			fail(s, "has a key that does not exist");
	} else if (strcmp(command, "scan") == 0) {
		stage_scan(stage, words, true);
	} else if (strcmp(command, "burst") == 0) {
		stage_scan(stage, words, false);
	} else if (strcmp(command, "wait") == 0) {
		stage_wait(stage, (int)strtol(words, NULL, 10));
	} else if (strcmp(command, "hub") == 0) {
		if (!stage_hub(stage, words))
			fail(s, "the hub cannot say that now");
		stage_wait(stage, 0);
	} else if (strcmp(command, "resize") == 0 && sscanf(words, "%d %d", &a, &b) == 2) {
		stage_resize(stage, a, b);
	} else if (strcmp(command, "restart") == 0) {
		stage_shut(stage);
		if (!stage_open(stage))
			fail(s, "the till cannot be opened again");
	} else if (strcmp(command, "bells") == 0) {
		if (stage_bells(stage) != (unsigned)strtoul(words, NULL, 10))
			fail(s, "the bell rang another number of times");
	} else if (strcmp(command, "bytes") == 0) {
		compare_bytes(s, words);
	} else if (strcmp(command, "cursor") == 0) {
		compare_cursor(s, words);
	} else if (strcmp(command, "ended") == 0) {
		if (!stage->ended)
			fail(s, "the program has not ended");
	} else if (strcmp(command, "picture") == 0) {
		compare_picture(s);
	} else {
		fail(s, "is no command");
	}
}

static void run_line(struct script *s)
{
	char command[32];
	size_t n = strcspn(s->line, " ");
	const char *words = s->line + n + (s->line[n] == ' ');

	if (s->write)
		buffer_printf(&s->out, "%s\n", s->line);
	if (s->line[0] == '#' || s->line[0] == '\0')
		return;
	snprintf(command, sizeof command, "%.*s", (int)n, s->line);
	if (strcmp(command, "language") == 0)
		setenv("LANGUAGE", words, 1);
	else if (strcmp(command, "size") == 0)
		sscanf(words, "%d %d", &s->stage.rows, &s->stage.cols);
	else if (strcmp(command, "setting") == 0)
		buffer_printf(&s->stage.conf, "%s\n", words);
	else
		do_command(s, command, words);
}

/* A script runs in a process of its own: the language is the process's. */
static int run_script(const char *path)
{
	struct script s = { .path = path, .in = fopen(path, "r") };

	if (!s.in) {
		perror(path);
		return 2;
	}
	s.write = getenv("SCREENS_WRITE") != NULL;
	s.stage.rows = 24;
	s.stage.cols = 80;
	settings_init(&s.stage.settings);
	buffer_init(&s.out, OUT_MAX);
	buffer_init(&s.stage.conf, OUT_MAX);
	while (next_line(&s))
		run_line(&s);
	fclose(s.in);
	stage_remove(&s.stage);
	if (s.write && (s.in = fopen(path, "w"))) {
		fputs(buffer_text(&s.out), s.in);
		fclose(s.in);
	}
	buffer_release(&s.out);
	buffer_release(&s.stage.conf);
	return s.failures ? 1 : 0;
}

static bool run_apart(const char *path)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		status = run_script(path);
		fflush(stdout);
		exit(status);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return false;
	printf("%s: %s\n", WIFEXITED(status) && WEXITSTATUS(status) == 0 ? "passed" : "FAILED", path);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv)
{
	const char *source = getenv("top_srcdir");
	char pattern[LINE_MAX_BYTES];
	unsigned failed = 0, run = 0;
	glob_t found;

	snprintf(pattern, sizeof pattern, "%s/tests/screens/*.script", source ? source : ".");
	if (glob(pattern, 0, NULL, &found) != 0) {
		printf("screens: there is no %s\n", pattern);
		return 2;
	}
	for (size_t i = 0; i < found.gl_pathc; i++) {
		if (argc > 1 && !strstr(found.gl_pathv[i], argv[1]))
			continue;
		run++;
		failed += !run_apart(found.gl_pathv[i]);
	}
	globfree(&found);
	printf("%u scripts, %u failed\n", run, failed);
	return failed || !run;
}
