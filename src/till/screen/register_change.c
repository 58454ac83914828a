/* What is typed for a change of a line or of the order, read into its event. */
#include <string.h>

#include "screen/register.h"

static enum fault_code read_discount(struct screen_loop *loop, const char *typed,
				     struct discount *ret, struct fault *fault)
{
	struct money amount;
	int32_t bp;
	enum fault_code code;

	if (strchr(typed, '%')) {
		code = percent_parse(typed, &bp, fault);
		if (!code)
			*ret = (struct discount){ DISCOUNT_PERCENT, bp };
		return code;
	}
	code = money_parse(typed, loop_counter(loop)->currency, false, &amount, fault);
	if (!code)
		*ret = (struct discount){ DISCOUNT_AMOUNT, amount.minor };
	return code;
}

bool register_read_change(struct screen_loop *loop, enum question question, uint32_t line,
			  const char *typed, struct counter_event *ret)
{
	enum currency currency = loop_counter(loop)->currency;
	struct counter_event ev = { .kind = EVENT_DISCOUNT };
	struct fault fault;
	struct money amount;
	enum fault_code code;

	ev.of.change.line = question == ASK_ORDER_DISCOUNT ? 0 : line;
	if (question == ASK_QUANTITY) {
		ev.kind = EVENT_QUANTITY;
		code = quantity_parse(typed, &ev.of.change.quantity, &fault);
	} else if (question == ASK_PRICE) {
		ev.kind = EVENT_PRICE;
		code = money_parse(typed, currency, false, &amount, &fault);
		ev.amount_minor = code ? 0 : amount.minor;
	} else {
		code = read_discount(loop, typed, &ev.of.change.discount, &fault);
	}
	if (code) {
		say_fault(loop, &fault);
		return false;
	}
	*ret = ev;
	return true;
}
