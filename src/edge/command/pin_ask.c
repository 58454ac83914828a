/* Asking a person for a new PIN: on a terminal, from a pipe, or making one. */
#include "command/pin_ask.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command/speech.h"
#include "crypt/crypt.h"

enum { MADE_PIN_DIGITS = 6 };

static enum fault_code ask_twice(const char *question, char *pin, size_t size, struct fault *fault)
{
	char again[ASK_PIN_MAX];

	if (!ask_hidden(question, pin, size) || !ask_hidden(_("The same PIN again: "), again, sizeof again))
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

enum fault_code pin_ask(const char *question, char ret_pin[ASK_PIN_MAX], bool *ret_made,
			struct fault *fault)
{
	*ret_made = false;
	if (isatty(STDIN_FILENO))
		return ask_twice(question, ret_pin, ASK_PIN_MAX, fault);
	if (ask_line(ret_pin, ASK_PIN_MAX) && ret_pin[0])
		return FAULT_NONE;
	*ret_made = true;
	return make_pin(ret_pin, fault);
}
