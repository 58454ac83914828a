/* guitai-hub merchant add, store add, till add: what there is. */
#include <stdio.h>

#include "command/speech.h"
#include "server/command.h"
#include "server/desk.h"

int merchant_add_command(const struct invocation *in, struct fault *fault)
{
	const char *given = invocation_option(in, "currency");
	enum currency currency = CURRENCY_CNY;
	struct ident made;
	struct desk desk;

	if (given && !currency_parse(given, &currency)) {
		fault_set(fault, FAULT_INPUT_BAD_FIELD, "--currency", given);
		return EXIT_REFUSED;
	}
	if (!desk_open(in, &desk, fault))
		hub_add_merchant(desk.hub, in->words[0], currency, &made, fault);
	return desk_close(&desk, fault);
}

int store_add_command(const struct invocation *in, struct fault *fault)
{
	struct ident merchant, made;
	struct desk desk;

	if (!desk_open(in, &desk, fault) && !desk_merchant(in, &desk, &merchant, fault))
		hub_add_store(desk.hub, &merchant, in->words[0], in->words[1], &made, fault);
	return desk_close(&desk, fault);
}

int till_add_command(const struct invocation *in, struct fault *fault)
{
	struct ident merchant, made;
	struct desk desk;

	if (!desk_open(in, &desk, fault) && !desk_merchant(in, &desk, &merchant, fault))
		hub_add_till(desk.hub, &merchant, in->words[0], in->words[1], &made, fault);
	return desk_close(&desk, fault);
}
