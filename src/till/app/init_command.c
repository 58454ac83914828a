/* guitai init: a stand-alone till with its key and its first supervisor. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/ask.h"
#include "app/speech.h"
#include "app/till_open.h"
#include "base/utf8.h"
#include "crypt/crypt.h"

enum { MADE_PIN_DIGITS = 6 };

static enum fault_code ask_twice(char *pin, size_t size, struct fault *fault)
{
	char again[ASK_PIN_MAX];

	if (!ask_hidden(_("PIN of the first supervisor, 4 to 12 digits: "), pin, size) ||
	    !ask_hidden(_("The same PIN again: "), again, sizeof again))
		return fault_set(fault, FAULT_CASHIER_BAD_PIN, NULL, NULL);
	if (strcmp(pin, again) != 0)
		return fault_set(fault, FAULT_CASHIER_PINS_DIFFER, NULL, NULL);
	secret_wipe(again, sizeof again);
	return FAULT_NONE;
}

static enum fault_code make_pin(char *pin, struct fault *fault)
{
	uint8_t bytes[8];
	uint64_t number = 0;
	enum fault_code code = random_bytes(bytes, sizeof bytes);

	if (code)
		return fault_set(fault, code, "getrandom", NULL);
	for (size_t i = 0; i < sizeof bytes; i++)
		number = number << 8 | bytes[i];
	snprintf(pin, ASK_PIN_MAX, "%0*" PRIu64, MADE_PIN_DIGITS, number % 1000000);
	return FAULT_NONE;
}

/* From a person, from a line of input, or made here and told. */
static enum fault_code choose_pin(char *pin, bool *ret_made, struct fault *fault)
{
	*ret_made = false;
	if (isatty(STDIN_FILENO))
		return ask_twice(pin, ASK_PIN_MAX, fault);
	if (ask_line(pin, ASK_PIN_MAX) && pin[0])
		return FAULT_NONE;
	*ret_made = true;
	return make_pin(pin, fault);
}

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

	if (!choose_pin(pin, &made, fault) && !create(in, pin, fault)) {
		printf(_("A new till is in %s.\n"), in->dir);
		printf(_("First supervisor: cashier %s"), cashier ? cashier : "1");
		if (made)
			printf(_(", PIN %s (write it down; it is not kept)"), pin);
		printf("\n");
	}
	secret_wipe(pin, sizeof pin);
	return fault->code ? EXIT_REFUSED : EXIT_DONE;
}
