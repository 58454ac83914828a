/* How a payment stands. */
#include "base/utf8.h"
#include "sandbox/sandbox_own.h"

enum fault_code payment_get(struct call *call, struct fault *fault)
{
	struct payment p;
	bool found = false;
	enum fault_code code;

	if (!is_number(call->part))
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	utf8_copy(call->out_no, sizeof call->out_no, call->part);
	code = payment_find(call->sandbox, call->merchant, call->part, &p, &found, fault);
	if (code)
		return code;
	return found ? call_answer(call, &p, fault) : call_refuse(call, REFUSAL_ORDER_NOT_EXIST);
}
