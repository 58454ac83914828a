/* Starting guitai-load and waiting for it. */
#include "app/load_process.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS_MAX = 64 };

extern char **environ;

static enum fault_code start(const char *program, char *const *argv, enum load_output output,
			     pid_t *ret, struct fault *fault)
{
	posix_spawn_file_actions_t actions;
	int result = posix_spawn_file_actions_init(&actions);

	if (result == 0 && output == LOAD_QUIET)
		result = posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
	if (result == 0)
		result = posix_spawn(ret, program, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (result)
		return fault_set(fault, FAULT_PROGRAM_NOT_STARTED, program, strerror(result));
	return FAULT_NONE;
}

enum fault_code load_process_run(const struct paths *paths, const char *const *words,
				 enum load_output output, int *ret_status, struct fault *fault)
{
	char program[PATH_MAX + 16];
	char *argv[WORDS_MAX + 2];
	size_t n = 0;
	pid_t child;
	int status;

	snprintf(program, sizeof program, "%s/guitai-load", paths->libexec);
	argv[n++] = program;
	for (; *words && n < WORDS_MAX; words++) {
		union { const char *in; char *out; } word = { *words };  /* execve's argv */

		argv[n++] = word.out;
	}
	argv[n] = NULL;
	if (start(program, argv, output, &child, fault))
		return fault->code;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return fault_set(fault, FAULT_PROGRAM_NOT_STARTED, program, strerror(errno));
	*ret_status = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
	return FAULT_NONE;
}
