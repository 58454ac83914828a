/* guitai train: a till, its hub and a practice provider on this machine, for
 * learning; thrown away afterwards. */
#include <stdio.h>

#include "app/enrolment.h"
#include "app/load_process.h"
#include "app/practice.h"
#include "app/register_run.h"
#include "app/throw_away.h"
#include "app/train_demo.h"
#include "command/speech.h"
#include "crypt/crypt.h"

static enum fault_code import_sample(const struct invocation *in, const char *till,
				     struct fault *fault)
{
	char file[PATH_MAX + 32];
	const char *const words[] = { "import", "--dir", till, file, NULL };
	int status = 0;

	snprintf(file, sizeof file, "%s/sample/products.csv", in->paths->data);
	if (load_process_run(in->paths, words, LOAD_QUIET, &status, fault))
		return fault->code;
	return status == EXIT_DONE ? FAULT_NONE
	     : fault_set(fault, FAULT_CATALOG_FILE_REFUSED, file, "guitai-load");
}

static enum fault_code open_till(const struct invocation *in, const struct practice *practice,
				 const char *till, struct agent **ret, struct fault *fault)
{
	struct wire_enrol_code code;
	enum fault_code failed = import_sample(in, till, fault);

	if (!failed)
		failed = practice_code(practice, &code, fault);
	if (!failed)
		failed = enrolment_make_till(in, till, true, practice->hub_url, &code, ret, fault);
	secret_wipe(&code, sizeof code);
	return failed;
}

static int train(const struct invocation *in, const char *dir, struct fault *fault)
{
	struct practice practice;
	struct agent *agent = NULL;
	char till[PATH_MAX];
	int status = EXIT_REFUSED;
	enum fault_code code = practice_start(&practice, in->paths, dir, fault);

	practice_path(&practice, "till", till);
	if (!code)
		code = open_till(in, &practice, till, &agent, fault);
	if (!code && invocation_has(in, "demo"))
		status = train_demo_play(in, &practice, till, agent) ? EXIT_DONE : EXIT_REFUSED;
	else if (!code && register_run(in, till, agent, fault) == FAULT_NONE)
		status = EXIT_DONE;
	agent_close(agent);
	practice_stop(&practice);
	return status;
}

int train_command(const struct invocation *in, struct fault *fault)
{
	char temporary[THROW_AWAY_MAX];
	int status;

	if (invocation_has(in, "dir"))
		return train(in, in->dir, fault);
	if (throw_away_make(temporary, fault))
		return EXIT_REFUSED;
	status = train(in, temporary, fault);
	throw_away_remove(temporary);
	return status;
}
