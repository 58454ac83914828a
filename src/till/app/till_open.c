/* Settings become the agent's options here. */
#include <config.h>

#include "app/till_open.h"

#include "app/receipt_print.h"
#include "app/shop_rules.h"

enum fault_code till_options(const struct invocation *in, const char *dir, bool training,
			     struct agent_options *ret, struct fault *fault)
{
	struct instant_civil civil;

	*ret = (struct agent_options){ .dir = dir, .version = PACKAGE_VERSION, .training = training };
	agent_system_ports(&ret->ports);
	ret->ports.ctx = (void *)(uintptr_t)in->settings;  /* receipt_port only reads it */
	ret->ports.print = receipt_port;
	instant_civil(ret->ports.now(ret->ports.ctx), &civil);
	shop_counter_rules(in->settings, &ret->rules);
	return shop_scan_rules(in->settings, civil.year, &ret->scan, fault);
}

enum fault_code till_open(const struct invocation *in, const char *dir, struct agent **ret,
			  struct fault *fault)
{
	struct agent_options options;
	enum fault_code code = till_options(in, dir, false, &options, fault);

	options.keep_training = true;
	return code ? code : agent_open(&options, ret, fault);
}
