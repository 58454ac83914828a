/* The program guitai-hub: reads its command line and hands over to the command. */
#include <config.h>
#include <stdio.h>

#include "command/speech.h"
#include "server/command.h"

static int run(struct invocation *in, struct fault *fault)
{
	char dir[PATH_MAX];
	int status;

	if (in->command->data) {
		if (paths_data_dir(invocation_option(in, "data"), "guitai-hub", "--data", dir, sizeof dir, fault))
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
	struct paths paths;
	int status = EXIT_DONE;

	paths_find(&paths);
	invocation_read(&in, &hub_commands, argc, argv, &usage);
	in.paths = &paths;
	speech_start("auto", &paths);
	if (usage.code != FAULT_NONE)
		status = command_refuse(&usage, EXIT_WRONG_USAGE);
	else if (in.wants_version)
		printf("guitai-hub (Guitai) %s\n", PACKAGE_VERSION);
	else if (in.wants_help)
		command_help(&in);
	else
		status = run(&in, &fault);
	return command_end(status);
}
