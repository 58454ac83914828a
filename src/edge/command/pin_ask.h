/* Asking a person for a new PIN. */
#ifndef COMMAND_PIN_ASK_H
#define COMMAND_PIN_ASK_H

#include "base/fault.h"
#include "command/ask.h"

/* A new PIN: asked for twice, without showing it, on a terminal, the first time
 * with `question`; else the first line of standard input; when there is none,
 * six digits are made, and *ret_made is true: they must be told. Whether the
 * PIN will do is the caller's to judge. FAULT_CASHIER_BAD_PIN (nothing was
 * typed), FAULT_CASHIER_PINS_DIFFER. The caller wipes it. */
enum fault_code pin_ask(const char *question, char ret_pin[ASK_PIN_MAX], bool *ret_made,
			struct fault *fault);

#endif
