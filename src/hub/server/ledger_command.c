/* guitai-hub migrate, check and backup: the database as a whole. */
#include <stdio.h>

#include "command/speech.h"
#include "server/command.h"
#include "server/desk.h"

int migrate_command(const struct invocation *in, struct fault *fault)
{
	struct desk desk;
	int64_t schema = 0;

	if (!desk_open(in, &desk, fault))
		schema = hub_schema_version();
	if (desk_close(&desk, fault) != EXIT_DONE)
		return EXIT_REFUSED;
	printf(_("The database has schema %lld.\n"), (long long)schema);
	return EXIT_DONE;
}

static void say(void *ctx, const char *sentence)
{
	(void)ctx;
	printf("%s\n", sentence);
}

int check_command(const struct invocation *in, struct fault *fault)
{
	struct desk desk;
	size_t n = 0;

	if (!desk_open(in, &desk, fault)) {
		hub_rollback(desk.hub);
		n = hub_check(desk.hub, say, NULL);
		hub_begin(desk.hub, fault);
	}
	if (n && fault->code == FAULT_NONE)
		fault_set_number(fault, FAULT_HUB_BROKEN, (long long)n, NULL);
	if (desk_close(&desk, fault) != EXIT_DONE)
		return EXIT_REFUSED;
	printf("%s\n", _("The ledgers hold together."));
	return EXIT_DONE;
}

int backup_command(const struct invocation *in, struct fault *fault)
{
	struct desk desk;

	if (!desk_open(in, &desk, fault)) {
		hub_rollback(desk.hub);
		hub_backup(desk.hub, in->words[0], fault);
		if (fault->code == FAULT_NONE)
			hub_begin(desk.hub, fault);
	}
	return desk_close(&desk, fault);
}
