/* The till of training and of the first look. */
#include "app/sample_till.h"

#include <libintl.h>

#include "app/till_open.h"
#include "base/utf8.h"

#define _(text) gettext(text)

enum { SAMPLE_FLOAT_MINOR = 10000 };

enum fault_code sample_till_make(const struct invocation *in, const char *dir, struct fault *fault)
{
	struct agent_options options;
	struct agent_birth birth = {
		.store = "000", .till = "01", .currency = in->settings->currency, .pin = SAMPLE_PIN,
		.first = { .id = SAMPLE_CASHIER, .role = ROLE_SUPERVISOR },
	};
	enum fault_code code = till_options(in, dir, true, &options, fault);

	if (code)
		return code;
	birth.shop = _("Sample shop");
	utf8_copy(birth.first.name, sizeof birth.first.name, _("Trainee"));
	code = agent_create(&options, &birth, fault);
	return code == FAULT_STORE_EXISTS ? FAULT_NONE : code;
}

static enum fault_code begin(struct agent *agent, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_LOGIN };
	enum fault_code code = agent_begin(agent, fault);

	if (!code && !counter_operator(agent_counter(agent))) {
		utf8_copy(ev.of.login.cashier, sizeof ev.of.login.cashier, SAMPLE_CASHIER);
		ev.of.login.pin_right = true;
		code = agent_do(agent, &ev, fault);
	}
	if (!code && !agent_counter(agent)->shift.open) {
		ev = (struct counter_event){ .kind = EVENT_OPEN_SHIFT,
					     .amount_minor = SAMPLE_FLOAT_MINOR };
		code = agent_do(agent, &ev, fault);
	}
	return code;
}

enum fault_code sample_till_open(const struct invocation *in, const char *dir, struct agent **ret,
				 struct fault *fault)
{
	struct agent_options options;
	struct agent *agent = NULL;
	enum fault_code code = sample_till_make(in, dir, fault);

	if (!code)
		code = till_options(in, dir, true, &options, fault);
	if (code)
		return code;
	options.rules.rounding_step_minor = 0;
	code = agent_open(&options, &agent, fault);
	if (!code && !agent_counter(agent)->training)
		code = fault_set(fault, FAULT_STORE_NOT_TRAINING, dir, NULL);
	if (!code)
		code = begin(agent, fault);
	if (code) {
		agent_close(agent);
		return code;
	}
	fault->code = FAULT_NONE;
	*ret = agent;
	return FAULT_NONE;
}
