/* guitai enrol: this machine becomes a till of a hub. */
#include <stdio.h>

#include "app/command.h"
#include "app/enrolment.h"
#include "command/speech.h"

static void tell(const struct agent *agent)
{
	const struct counter *c = agent_counter(agent);

	printf(_("This is now till %s of store %s, %s, at %s.\n"), c->till, c->store, c->shop, c->hub);
	if (c->n_cashiers == 0)
		printf(_("Nobody can log in yet: add a cashier with guitai-hub cashier add.\n"));
}

static const char *need(const struct invocation *in, const char *name, const char *shown,
			struct fault *fault)
{
	const char *value = invocation_option(in, name);

	if (!value)
		fault_set(fault, FAULT_USAGE_MISSING_WORD, "guitai enrol", shown);
	return value;
}

int enrol_command(const struct invocation *in, struct fault *fault)
{
	const char *url = need(in, "hub", "--hub URL", fault);
	const char *text = url ? need(in, "code", "--code CODE", fault) : NULL;
	struct wire_enrol_code code;
	struct agent *agent = NULL;

	if (!text)
		return EXIT_WRONG_USAGE;
	if (!wire_enrol_code_parse(text, &code)) {
		fault_set(fault, FAULT_ENROL_CODE_MALFORMED, NULL, NULL);
		return EXIT_REFUSED;
	}
	if (!enrolment_make_till(in, in->dir, false, url, &code, &agent, fault))
		tell(agent);
	agent_close(agent);
	secret_wipe(&code, sizeof code);
	return fault->code ? EXIT_REFUSED : EXIT_DONE;
}
