/* The program guitai: reads its command line and its settings, and hands over
 * to the command. */
#include <config.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "app/command.h"
#include "command/speech.h"
#include "net/client_module.h"

/* A standard stream that was closed would be the next file opened: replies
 * would go into till.lock, commands would come from it. What stands in reads as
 * empty and takes no output. */
static void hold_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

/* A shop that is thrown away has a place of its own. */
static bool throws_away(const struct invocation *in)
{
	return in->command->run == batch_command && invocation_has(in, "train") &&
	       !invocation_has(in, "dir");
}

static int run(struct invocation *in, struct fault *fault)
{
	char dir[PATH_MAX];
	int status;

	if (in->command->data && !throws_away(in)) {
		if (paths_data_dir(invocation_option(in, "dir"), "guitai", "--dir", dir, sizeof dir, fault) != FAULT_NONE)
			return command_refuse(fault, EXIT_REFUSED);
		in->dir = dir;
	}
	status = in->command->run(in, fault);
	return fault->code == FAULT_NONE ? status : command_refuse(fault, status);
}

int main(int argc, char **argv)
{
	struct fault usage = { .code = FAULT_NONE }, fault = { .code = FAULT_NONE };
	struct invocation in;
	struct settings settings;
	struct paths paths;
	char net_module[PATH_MAX + 16];
	int status = EXIT_DONE;

	hold_streams();
	paths_find(&paths);
	snprintf(net_module, sizeof net_module, "%s/guitai-net.so", paths.libexec);
	net_client_module(net_module);
	settings_init(&settings);
	invocation_read(&in, &guitai_commands, argc, argv, &usage);
	settings_read(&settings, in.config, &fault);
	in.settings = &settings;
	in.paths = &paths;
	speech_start(settings.language, &paths);
	if (usage.code != FAULT_NONE)
		status = command_refuse(&usage, EXIT_WRONG_USAGE);
	else if (in.wants_version)
		printf("guitai (Guitai) %s\n", PACKAGE_VERSION);
	else if (in.wants_help)
		command_help(&in);
	else if (fault.code != FAULT_NONE)
		status = command_refuse(&fault, EXIT_REFUSED);
	else
		status = run(&in, &fault);
	settings_release(&settings);
	return command_end(status);
}
