/* guitai init: a stand-alone till with its key and its first supervisor. */
#include <stdio.h>

#include "app/till_open.h"
#include "base/utf8.h"
#include "command/pin_ask.h"
#include "command/speech.h"
#include "crypt/crypt.h"

static enum fault_code create(const struct invocation *in, const char *pin, struct fault *fault)
{
	const struct settings *s = in->settings;
	const char *name = invocation_option(in, "name"), *cashier = invocation_option(in, "cashier");
	struct agent_options options;
	struct agent_birth birth = {
		.store = s->store_id, .currency = s->currency, .pin = pin,
		.first = { .id = "1", .role = ROLE_SUPERVISOR },
	};
	char till[TILL_NAME_MAX + 1];
	enum fault_code code = till_options(in, in->dir, false, &options, fault);

	if (code)
		return code;
	snprintf(till, sizeof till, "%02d", s->till_number);
	birth.till = till;
	birth.shop = name ? name : s->shop_name[0] ? s->shop_name : _("Shop");
	if (cashier)
		utf8_copy_plain(birth.first.id, sizeof birth.first.id, cashier);
	utf8_copy_plain(birth.first.name, sizeof birth.first.name, _("Supervisor"));
	return agent_create(&options, &birth, fault);
}

int init_command(const struct invocation *in, struct fault *fault)
{
	const char *cashier = invocation_option(in, "cashier");
	char pin[ASK_PIN_MAX] = "";
	bool made = false;

	if (!pin_ask(_("PIN of the first supervisor, 4 to 12 digits: "), pin, &made, fault) &&
	    !create(in, pin, fault)) {
		printf(_("A new till is in %s.\n"), in->dir);
		printf(_("First supervisor: cashier %s"), cashier ? cashier : "1");
		if (made)
			printf(_(", PIN %s (write it down; it is not kept)"), pin);
		printf("\n");
	}
	secret_wipe(pin, sizeof pin);
	return fault->code ? EXIT_REFUSED : EXIT_DONE;
}
