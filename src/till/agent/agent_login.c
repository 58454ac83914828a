/* People: PINs are checked here and are never part of an event. */
#include <string.h>

#include "agent/agent_own.h"
#include "base/utf8.h"
#include "crypt/crypt.h"

enum { PIN_LEAST = 4, PIN_MOST = 12 };

enum fault_code agent_check_pin(const char *pin, struct fault *fault)
{
	size_t n = strlen(pin);

	if (n < PIN_LEAST || n > PIN_MOST || strspn(pin, "0123456789") != n)
		return fault_set(fault, FAULT_CASHIER_BAD_PIN, NULL, NULL);
	return FAULT_NONE;
}

enum fault_code agent_login(struct agent *agent, const char *cashier, const char *pin,
			    struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_LOGIN };
	int64_t wait = counter_login_wait_s(&agent->counter, agent_now(agent));
	pin_hash hash = "";
	enum fault_code code;

	if (wait > 0)
		return fault_set_number(fault, FAULT_CASHIER_LOCKED, wait, NULL);
	if (agent_suspect(agent))
		return fault_set(fault, FAULT_STORE_SUSPECT, agent->dir, NULL);
	code = journal_pin(agent->journal, cashier, hash, sizeof hash, fault);
	if (code)
		return code;
	utf8_copy_plain(ev.of.login.cashier, sizeof ev.of.login.cashier, cashier);
	ev.of.login.pin_right = pin_hash_verify(pin, hash);
	secret_wipe(hash, sizeof hash);
	return agent_do(agent, &ev, fault);
}

enum fault_code agent_add_cashier(struct agent *agent, const struct cashier *cashier,
				  const char *pin, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_ADD_CASHIER };
	pin_hash hash;
	enum fault_code code = agent_check_pin(pin, fault);

	if (code)
		return code;
	if (counter_cashier(&agent->counter, cashier->id))
		return fault_set(fault, FAULT_CASHIER_EXISTS, cashier->id, NULL);
	code = pin_hash_make(pin, hash);
	if (code)
		return fault_set(fault, code, NULL, NULL);
	journal_set_pin(agent->journal, cashier->id, hash);
	secret_wipe(hash, sizeof hash);
	ev.of.cashier = *cashier;
	return agent_do(agent, &ev, fault);
}
