/* guitai-hub till code and till revoke: which machine is a till. */
#include <stdio.h>
#include <stdlib.h>

#include "command/speech.h"
#include "server/command.h"
#include "server/desk.h"

enum { MINUTES = 60, MINUTES_MAX = 7 * 24 * 60, MINUTE_MS = 60000 };

static enum fault_code read_minutes(const struct invocation *in, int64_t *ret_ms, struct fault *fault)
{
	const char *text = invocation_option(in, "minutes");
	char *end = NULL;
	long minutes = text ? strtol(text, &end, 10) : MINUTES;

	if (text && (!*text || *end || minutes < 1 || minutes > MINUTES_MAX))
		return fault_set(fault, FAULT_INPUT_BAD_NUMBER, text, NULL);
	*ret_ms = (int64_t)minutes * MINUTE_MS;
	return FAULT_NONE;
}

static enum fault_code make_code(const struct invocation *in, struct desk *desk,
				 wire_enrol_code_text out, struct fault *fault)
{
	struct wire_enrol_code code;
	struct ident merchant;
	ident_text secret;
	int64_t valid_ms = 0;
	enum fault_code failed = read_minutes(in, &valid_ms, fault);

	if (!failed)
		failed = desk_merchant(in, desk, &merchant, fault);
	if (!failed)
		failed = hub_make_code(desk->hub, &merchant, in->words[0], in->words[1], valid_ms, secret,
				       fault);
	if (!failed)
		failed = identity_pins(&desk->identity, &code, fault);
	if (failed)
		return failed;
	ident_parse(secret, false, &code.secret);
	wire_enrol_code_format(&code, out);
	return FAULT_NONE;
}

int till_code_command(const struct invocation *in, struct fault *fault)
{
	wire_enrol_code_text text;
	struct desk desk;

	if (!desk_open(in, &desk, fault))
		make_code(in, &desk, text, fault);
	if (desk_close(&desk, fault) != EXIT_DONE)
		return EXIT_REFUSED;
	printf("%s\n", text);
	return EXIT_DONE;
}

int till_revoke_command(const struct invocation *in, struct fault *fault)
{
	struct ident merchant;
	struct desk desk;

	if (!desk_open(in, &desk, fault) && !desk_merchant(in, &desk, &merchant, fault))
		hub_revoke_till(desk.hub, &merchant, in->words[0], in->words[1], fault);
	return desk_close(&desk, fault);
}
