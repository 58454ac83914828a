/* From the register to the payment, and to receipts. */
#include <string.h>

#include "screen/register.h"

static bool read_amount(struct screen_loop *loop, const char *typed, int64_t *ret_minor)
{
	struct fault fault;
	struct money amount;

	if (money_parse(typed, loop_counter(loop)->currency, false, &amount, &fault)) {
		say_fault(loop, &fault);
		return false;
	}
	*ret_minor = amount.minor;
	return true;
}

/* Whether there is something to pay; says why not. */
static bool can_pay(struct screen_loop *loop)
{
	const struct order *order = counter_order(loop_counter(loop));
	struct fault fault;

	if (order && order->live_lines)
		return true;
	fault_set(&fault, order ? FAULT_ORDER_EMPTY : FAULT_ORDER_NOT_OPEN, NULL, NULL);
	say_fault(loop, &fault);
	return false;
}

/* Empty line: the payment opens with the exact amount. An amount that is
 * enough is taken at once; one that is not opens the payment with it. */
struct reaction register_cash(struct screen_loop *loop, struct register_state *s)
{
	const struct order *order = counter_order(loop_counter(loop));
	struct handover *hand = &loop->handover;

	if (!can_pay(loop))
		return STAY;
	hand->has_amount = false;
	if (s->input.len == 0)
		return OPEN(TENDER);
	if (!read_amount(loop, s->input.text, &hand->amount_minor)) {
		loop->refused = true;
		return STAY;
	}
	field_clear(&s->input);
	hand->has_amount = true;
	if (order_due(order) <= 0 || hand->amount_minor < counter_cash_due(loop_counter(loop), order))
		return OPEN(TENDER);
	return tender_cash(loop, hand->amount_minor);
}

/* By QR what is due, or the amount typed; a payment that is open is shown. */
struct reaction register_qr(struct screen_loop *loop, struct register_state *s)
{
	const struct order *order = counter_order(loop_counter(loop));
	const struct counter_payment *open = order ? counter_open_payment(loop_counter(loop), &order->id) : NULL;
	struct reaction reaction;
	int64_t amount = 0;

	if (open)
		return pay_show(loop, &open->attempt.id);
	if (!can_pay(loop))
		return STAY;
	if (s->input.len && !read_amount(loop, s->input.text, &amount)) {
		loop->refused = true;
		return STAY;
	}
	reaction = pay_by_qr(loop, amount);
	if (reaction.kind != REACT_STAY)
		field_clear(&s->input);
	return reaction;
}

/* The closed order meant: of the number typed, or the last one. */
static bool find_closed(struct screen_loop *loop, struct register_state *s, struct closed_order *ret)
{
	struct fault fault;
	int64_t number = 0;

	if (s->input.len && (decimal_parse(s->input.text, 0, &number) || number <= 0)) {
		fault_set(&fault, FAULT_ORDER_NO_SUCH_ORDER, s->input.text, NULL);
		say_fault(loop, &fault);
		return false;
	}
	if (!number && !loop_counter(loop)->last_closed) {
		fault_set(&fault, FAULT_PRINT_NOTHING, NULL, NULL);
		say_fault(loop, &fault);
		return false;
	}
	if (agent_find_closed(loop->context.agent, (uint64_t)number, NULL, ret, &fault)) {
		say_fault(loop, &fault);
		return false;
	}
	return true;
}

struct reaction register_receipt(struct screen_loop *loop, struct register_state *s)
{
	if (!find_closed(loop, s, &loop->handover.closed))
		return STAY;
	field_clear(&s->input);
	return OPEN(RECEIPT);
}

struct reaction register_reprint(struct screen_loop *loop, struct register_state *s)
{
	struct closed_order closed;

	if (!find_closed(loop, s, &closed))
		return STAY;
	field_clear(&s->input);
	receipt_print(loop, &closed);
	return STAY;
}
