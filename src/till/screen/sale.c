/* From a code to a line of the order: what the register, the search and the
 * questions do alike. */
#include "screen/loop.h"

#include <string.h>

#include "base/utf8.h"

/* Copies the number in front of the operator at text[n]. */
static void number_before(const char *text, size_t n, char out[64])
{
	n = n < 63 ? n : 63;
	memcpy(out, text, n);
	out[n] = '\0';
}

const char *sale_read_prefixes(struct screen_loop *loop, const char *text, struct agent_item *item)
{
	struct fault fault;
	char number[64];
	struct money price;
	size_t n;

	for (;;) {
		enum fault_code code = FAULT_NONE;

		n = strspn(text, "0123456789.");
		if (text[0] == '-') {
			item->is_return = true;
			text++;
			continue;
		}
		if (n == 0 || (text[n] != '*' && text[n] != '/'))
			return text;
		number_before(text, n, number);
		if (text[n] == '*') {
			item->has_quantity = true;
			code = quantity_parse(number, &item->quantity, &fault);
		} else {
			item->has_price = true;
			code = money_parse(number, loop_counter(loop)->currency, false, &price, &fault);
			item->price_minor = code ? 0 : price.minor;
		}
		if (code) {
			say_fault(loop, &fault);
			return NULL;
		}
		text += n + 1;
	}
}

static struct reaction show_receipt(struct screen_loop *loop, const struct ident *order)
{
	struct fault fault;

	if (agent_find_closed(loop->context.agent, 0, order, &loop->handover.closed, &fault)) {
		say_fault(loop, &fault);
		return STAY;
	}
	return OPEN(RECEIPT);
}

static struct reaction ask(struct screen_loop *loop, enum question question,
			   const struct agent_found *found, const struct agent_item *item,
			   bool *ret_sold)
{
	loop->handover.found = *found;
	loop->handover.item = *item;
	loop->handover.question = question;
	*ret_sold = true;
	return OPEN(ASK);
}

static struct reaction sell(struct screen_loop *loop, const struct agent_found *found,
			    const struct agent_item *item, bool *ret_sold)
{
	struct fault fault;

	if (agent_sell(loop->context.agent, found, item, &fault)) {
		say_fault(loop, &fault);
		return GOTO(REGISTER);
	}
	*ret_sold = true;
	loop->line_added = true;
	if (found->stripped[0])
		say(loop, ATTR_NOTE, _("Characters that are not part of a code were left out of the scan: %s"),
		    found->stripped);
	return GOTO(REGISTER);
}

struct reaction sale_found(struct screen_loop *loop, const struct agent_found *found,
			   const struct agent_item *item, bool *ret_sold)
{
	struct fault fault;

	*ret_sold = false;
	if (found->kind == SCAN_RECEIPT)
		return show_receipt(loop, &found->ident);
	if (!found->is_product) {
		agent_refuse_scan(found, &fault);
		say_fault(loop, &fault);
		return STAY;
	}
	if (!found->product.has_price && !found->has_gross && !item->has_price)
		return ask(loop, ASK_ITEM_PRICE, found, item, ret_sold);
	if (item->is_return && !item->reason)
		return ask(loop, ASK_RETURN_REASON, found, item, ret_sold);
	return sell(loop, found, item, ret_sold);
}

struct reaction sale_code(struct screen_loop *loop, const char *bytes, size_t n, enum scan_way way,
			  enum scan_kind prefer, const struct agent_item *item, bool *ret_sold)
{
	struct handover *hand = &loop->handover;
	struct agent_found found;
	struct fault fault;

	*ret_sold = false;
	if (agent_resolve(loop->context.agent, bytes, n, way, false, prefer, &found, &fault)) {
		say_fault(loop, &fault);
		return STAY;
	}
	if (found.kind == SCAN_PAYMENT_CODE)
		return pay_ask(loop, &found, bytes, n, way);
	if (found.kind != SCAN_UNDECIDED || n > sizeof hand->code)
		return sale_found(loop, &found, item, ret_sold);
	hand->found = found;
	hand->item = *item;
	hand->way = way;
	hand->code_len = n;
	memmove(hand->code, bytes, n);
	return OPEN(CHOICE);
}
