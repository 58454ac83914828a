/* guitai-hub cashier add: who may log in at the tills. */
#include <stdio.h>
#include <string.h>

#include "command/pin_ask.h"
#include "command/speech.h"
#include "server/command.h"
#include "server/desk.h"

enum { PIN_DIGITS_MIN = 4, PIN_DIGITS_MAX = 12 };

static enum fault_code check_pin(const char *pin, struct fault *fault)
{
	size_t n = strspn(pin, "0123456789");

	if (n < PIN_DIGITS_MIN || n > PIN_DIGITS_MAX || pin[n])
		return fault_set(fault, FAULT_CASHIER_BAD_PIN, NULL, NULL);
	return FAULT_NONE;
}

static enum fault_code check_role(const char *role, struct fault *fault)
{
	if (strcmp(role, "cashier") == 0 || strcmp(role, "supervisor") == 0)
		return FAULT_NONE;
	return fault_set(fault, FAULT_INPUT_BAD_FIELD, "--role", "cashier, supervisor");
}

static enum fault_code add(const struct invocation *in, const char *role, const char *pin,
			   struct fault *fault)
{
	struct ident merchant;
	struct desk desk = { .hub = NULL };
	pin_hash hash;
	enum fault_code code = check_pin(pin, fault);

	if (!code)
		code = pin_hash_make(pin, hash);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	if (!desk_open(in, &desk, fault) && !desk_merchant(in, &desk, &merchant, fault))
		hub_add_cashier(desk.hub, &merchant, in->words[0], in->words[1], role, hash, fault);
	desk_close(&desk, fault);
	return fault->code;
}

int cashier_add_command(const struct invocation *in, struct fault *fault)
{
	const char *role = invocation_option(in, "role");
	char pin[ASK_PIN_MAX] = "";
	bool made = false;

	role = role ? role : "cashier";
	if (!check_role(role, fault) &&
	    !pin_ask(_("PIN of the cashier, 4 to 12 digits: "), pin, &made, fault) &&
	    !add(in, role, pin, fault) && made)
		printf(_("Cashier %s has the PIN %s (write it down; it is not kept)\n"), in->words[0], pin);
	secret_wipe(pin, sizeof pin);
	return fault->code == FAULT_NONE ? EXIT_DONE : EXIT_REFUSED;
}
