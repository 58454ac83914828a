/* Starts guitai-hub and guitai-sandbox, and runs their commands. */
#include <config.h>

#include "app/practice.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "command/speech.h"

enum { WORDS_MAX = 24, LINE_MAX_BYTES = 512, PATIENCE_MS = 10000 };

/* A program under way. */
struct child {
	pid_t pid;
	int in, out;  /* our ends */
};

void practice_path(const struct practice *p, const char *name, char out[PATH_MAX])
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof path, "%s/%s", p->dir, name);
	utf8_copy(out, PATH_MAX, path);
}

static enum fault_code refuse(struct fault *fault, const char *program, const char *why)
{
	return fault_set(fault, FAULT_PROGRAM_NOT_STARTED, program, why);
}

/* The same in the program's own words: the last line of the log, which may be
 * thrown away soon. */
static enum fault_code refuse_as_logged(const struct practice *p, const char *program,
					struct fault *fault)
{
	char path[PATH_MAX], line[LINE_MAX_BYTES] = "";
	FILE *in;

	practice_path(p, "log", path);
	in = fopen(path, "r");
	while (in && fgets(line, sizeof line, in))
		line[strcspn(line, "\n")] = '\0';
	if (in)
		fclose(in);
	return refuse(fault, program, line[0] ? line : path);
}

/* Beside guitai itself, or where its helpers are. */
static void find_program(const struct practice *p, const char *name, char out[PATH_MAX + 64])
{
	char self[PATH_MAX] = "";
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *slash = n > 0 ? strrchr(self, '/') : NULL;

	if (slash)
		*slash = '\0';
	snprintf(out, PATH_MAX + 64, "%s/%s", self, name);
	if (!slash || access(out, X_OK) != 0)
		snprintf(out, PATH_MAX + 64, "%s/%s", p->paths->libexec, name);
}

/* Becomes the program: in a group of its own, so that the terminal's keys do
 * not reach it, and ended when its parent ends. */
static void become(const struct practice *p, const char *const *words, const int fds[2])
{
	char program[PATH_MAX + 64], log[PATH_MAX];
	char *argv[WORDS_MAX + 1];
	size_t n = 0;
	int log_fd;

	practice_path(p, "log", log);
	log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	find_program(p, words[0], program);
	for (; words[n] && n < WORDS_MAX; n++) {
		union { const char *in; char *out; } word = { words[n] };  /* execve's argv */

		argv[n] = word.out;
	}
	argv[n] = NULL;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	setpgid(0, 0);
	dup2(fds[0], STDIN_FILENO);
	dup2(fds[1], STDOUT_FILENO);
	if (log_fd >= 0)
		dup2(log_fd, STDERR_FILENO);
	execv(program, argv);
	dprintf(STDERR_FILENO, "%s: %s\n", program, strerror(errno));
	_exit(127);
}

static enum fault_code start(const struct practice *p, const char *const *words, struct child *ret,
			     struct fault *fault)
{
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) != 0)
		return refuse(fault, words[0], strerror(errno));
	if (pipe2(out, O_CLOEXEC) != 0) {
		close(in[0]);
		close(in[1]);
		return refuse(fault, words[0], strerror(errno));
	}
	ret->pid = fork();
	if (ret->pid == 0)
		become(p, words, (const int[2]){ in[0], out[1] });
	close(in[0]);
	close(out[1]);
	ret->in = in[1];
	ret->out = out[0];
	if (ret->pid > 0)
		return FAULT_NONE;
	close(ret->in);
	close(ret->out);
	return refuse(fault, words[0], strerror(errno));
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The first line of its output; false when there is none in time. */
static bool read_line(int fd, char out[LINE_MAX_BYTES])
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t n = 0;

	while (n + 1 < LINE_MAX_BYTES) {
		ssize_t got;

		if (poll(&p, 1, PATIENCE_MS) <= 0)
			return false;
		got = read(fd, out + n, 1);
		if (got <= 0)
			return false;
		if (out[n] == '\n')
			break;
		n++;
	}
	out[n] = '\0';
	return true;
}

/* What else it says must reach somebody: it would fail otherwise. */
static void drain(int fd)
{
	char bytes[LINE_MAX_BYTES];

	while (read(fd, bytes, sizeof bytes) > 0)
		;
}

/* Runs a command to its end: `input` goes in, the first line comes out. */
static enum fault_code run(const struct practice *p, const char *const *words, const char *input,
			   char line[LINE_MAX_BYTES], struct fault *fault)
{
	struct child child;
	bool took;
	enum fault_code code = start(p, words, &child, fault);

	if (code)
		return code;
	took = write(child.in, input, strlen(input)) == (ssize_t)strlen(input);
	close(child.in);
	if (!read_line(child.out, line))
		line[0] = '\0';
	drain(child.out);
	close(child.out);
	return wait_for(child.pid) == 0 && took ? FAULT_NONE : refuse_as_logged(p, words[0], fault);
}

/* Starts a server; its first line says where it listens. */
static enum fault_code serve(const struct practice *p, const char *const *words,
			     struct practice_server *ret, char line[LINE_MAX_BYTES],
			     struct fault *fault)
{
	struct child child;
	enum fault_code code = start(p, words, &child, fault);

	if (code)
		return code;
	*ret = (struct practice_server){ child.pid, child.out };
	close(child.in);
	if (read_line(child.out, line))
		return FAULT_NONE;
	return refuse_as_logged(p, words[0], fault);
}

/* ---- what is set up ---- */

static enum fault_code set_up(const struct practice *p, const char *hub, struct fault *fault)
{
	/* TRANSLATORS: the shop's name on the lock screen tells how to log in */
	const char *name = _("Practice shop · cashier 1 · PIN 1234");
	const char *const init[] = { "guitai-hub", "init", "--data", hub, "--name", name, NULL };
	const char *const cashier[] = { "guitai-hub", "cashier", "add", PRACTICE_CASHIER, _("Trainee"),
					"--role", "supervisor", "--data", hub, NULL };
	char key[PATH_MAX], line[LINE_MAX_BYTES];
	enum fault_code code;

	practice_path(p, "hub/tls.key", key);
	if (access(key, F_OK) == 0)
		return FAULT_NONE;
	code = run(p, init, "", line, fault);
	return code ? code : run(p, cashier, PRACTICE_PIN "\n", line, fault);
}

static enum fault_code start_sandbox(struct practice *p, struct fault *fault)
{
	static const char listens[] = "listen ";
	char data[PATH_MAX], key[PATH_MAX], ca[PATH_MAX], merchant[PATH_MAX + 64], line[LINE_MAX_BYTES];
	const char *const words[] = { "guitai-sandbox", "--data", data, "--listen", "127.0.0.1:0",
				      "--merchant", merchant, "--notify-ca", ca, NULL };
	enum fault_code code;

	practice_path(p, "sandbox", data);
	practice_path(p, "hub/sandbox.pub", key);
	practice_path(p, "hub/ca.pem", ca);
	snprintf(merchant, sizeof merchant, "1000=%s,%s", key, _("Practice shop"));
	code = serve(p, words, &p->sandbox, line, fault);
	if (!code && strncmp(line, listens, sizeof listens - 1) != 0)
		code = refuse(fault, words[0], line);
	if (!code)
		utf8_copy(p->sandbox_url, sizeof p->sandbox_url, line + sizeof listens - 1);
	return code;
}

static enum fault_code start_hub(struct practice *p, const char *hub, struct fault *fault)
{
	char ca[PATH_MAX], key[PATH_MAX], line[LINE_MAX_BYTES];
	const char *const words[] = { "guitai-hub", "serve", "--data", hub, "--listen", "127.0.0.1:0",
				      "--sandbox", p->sandbox_url, "--sandbox-ca", ca,
				      "--sandbox-key", key, NULL };
	enum fault_code code;

	practice_path(p, "sandbox/ca.pem", ca);
	practice_path(p, "sandbox/sandbox.pub", key);
	code = serve(p, words, &p->hub, line, fault);
	if (!code)
		snprintf(p->hub_url, sizeof p->hub_url, "https://%.100s", line);
	return code;
}

enum fault_code practice_start(struct practice *p, const struct paths *paths, const char *dir,
			       struct fault *fault)
{
	char hub[PATH_MAX];
	enum fault_code code;

	memset(p, 0, sizeof *p);
	p->paths = paths;
	utf8_copy(p->dir, sizeof p->dir, dir);
	signal(SIGPIPE, SIG_IGN);  /* a program that ended at once is told by its status */
	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return fault_set(fault, FAULT_FILE_NOT_WRITABLE, dir, strerror(errno));
	practice_path(p, "hub", hub);
	code = set_up(p, hub, fault);
	if (!code)
		code = start_sandbox(p, fault);
	return code ? code : start_hub(p, hub, fault);
}

static void stop(struct practice_server *server)
{
	if (server->pid <= 0)
		return;
	kill(server->pid, SIGTERM);
	wait_for(server->pid);
	close(server->out);
	server->pid = 0;
}

void practice_stop(struct practice *p)
{
	stop(&p->hub);
	stop(&p->sandbox);
}

enum fault_code practice_code(const struct practice *p, struct wire_enrol_code *ret,
			      struct fault *fault)
{
	char hub[PATH_MAX], line[LINE_MAX_BYTES];
	const char *const words[] = { "guitai-hub", "till", "code", "001", "01", "--data", hub, NULL };
	enum fault_code code;

	practice_path(p, "hub", hub);
	code = run(p, words, "", line, fault);
	if (!code && !wire_enrol_code_parse(line, ret))
		code = fault_set(fault, FAULT_ENROL_CODE_MALFORMED, NULL, NULL);
	return code;
}
