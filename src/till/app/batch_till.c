/* Words about people, shifts and reports. */
#include <string.h>

#include "app/batch.h"

enum fault_code batch_login(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	(void)n;
	return agent_login(b->agent, args[0], args[1], fault);
}

enum fault_code batch_logout(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	(void)args;
	(void)n;
	return batch_plain(b, EVENT_LOGOUT, fault);
}

static enum fault_code report_x(struct batch *b, struct fault *fault)
{
	if (!counter_report_x(agent_counter(b->agent), &b->report_space))
		return fault_set(fault, FAULT_SHIFT_NOT_OPEN, NULL, NULL);
	b->report = &b->report_space;
	return FAULT_NONE;
}

static enum fault_code report_z(struct batch *b, struct fault *fault)
{
	const struct counter *c = agent_counter(b->agent);

	if (!c->last_z.z_number)
		return fault_set(fault, FAULT_SHIFT_NO_REPORT, NULL, NULL);
	b->report_space = c->last_z;
	b->report = &b->report_space;
	return FAULT_NONE;
}

enum fault_code batch_shift_open(struct batch *b, const char *const *args, size_t n,
				 struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_OPEN_SHIFT };
	enum fault_code code = batch_amount(b, args[0], &ev.amount_minor, fault);

	(void)n;
	if (!code)
		code = agent_do(b->agent, &ev, fault);
	return code ? code : report_x(b, fault);
}

enum fault_code batch_shift_close(struct batch *b, const char *const *args, size_t n,
				  struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_CLOSE_SHIFT };
	enum fault_code code = batch_amount(b, args[0], &ev.amount_minor, fault);

	(void)n;
	if (!code)
		code = agent_do(b->agent, &ev, fault);
	return code ? code : report_z(b, fault);
}

static enum fault_code report(struct batch *b, const char *kind, struct fault *fault)
{
	enum fault_code code;

	if (strcmp(kind, "z") == 0)
		return report_z(b, fault);
	if (strcmp(kind, "x") != 0)
		return fault_set(fault, FAULT_INPUT_EXTRA_WORD, "report", kind);
	code = batch_plain(b, EVENT_REPORT_X, fault);
	return code ? code : report_x(b, fault);
}

enum fault_code batch_report(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	enum fault_code code;

	if (n > 1 && strcmp(args[1], "text") != 0)
		return fault_set(fault, FAULT_INPUT_EXTRA_WORD, "report", args[1]);
	code = report(b, args[0], fault);
	if (!code && n > 1)
		code = batch_report_text(b, fault);
	return code;
}
