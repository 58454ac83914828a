/* GET /v1/payments/{payment}, and its cancellation. */
#include "service/hub_own.h"

/* Asked for what it never saw, the hub writes a tombstone: a request that was
 * held up on its way is refused when it comes after all. */
static enum fault_code bury(struct hub_call *call, const struct ident *id, struct hub_payment *p,
			    struct fault *fault)
{
	payment_tombstone(id, call->now.utc_ms, &p->attempt);
	p->attempt.amount.currency = call->currency;
	p->merchant = call->merchant;
	p->till = call->request->till;
	return hub_payment_add(call->hub, p, fault);
}

enum fault_code payment_get(struct hub_call *call, struct fault *fault)
{
	struct hub_payment p = { 0 };
	struct ident id;
	enum fault_code code = hub_part_ident(call, &id, fault);

	if (code)
		return code;
	code = hub_payment_load(call->hub, &call->merchant, &id, &p, fault);
	if (code == FAULT_HUB_NO_SUCH)
		code = bury(call, &id, &p, fault);
	if (!code)
		code = hub_payment_message(call->hub, &p, call->answer, fault);
	hub_payment_release(&p);
	return code;
}

enum fault_code payment_cancel(struct hub_call *call, struct fault *fault)
{
	struct payment_event cancel = { .kind = PAYMENT_EVENT_CANCEL };
	struct hub_payment p = { 0 };
	struct ident id;
	enum fault_code code = hub_part_ident(call, &id, fault);

	if (!code)
		code = hub_payment_load(call->hub, &call->merchant, &id, &p, fault);
	if (!code)
		code = hub_payment_do(call->hub, &p, &cancel, "", fault);
	if (!code)
		code = hub_payment_message(call->hub, &p, call->answer, fault);
	hub_payment_release(&p);
	return code;
}
