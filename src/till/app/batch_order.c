/* Words about orders and their lines. */
#include <stdio.h>
#include <string.h>

#include "app/batch.h"

#include "base/utf8.h"

/* [QTY] [@PRICE] [REASON] behind a code. */
static enum fault_code read_item(struct batch *b, const char *const *args, size_t n,
				 struct agent_item *ret, struct fault *fault)
{
	enum fault_code code = FAULT_NONE;
	size_t i = 0;

	if (i < n && args[i][0] != '@' && (!ret->is_return || strspn(args[i], "0123456789.-") ==
					   strlen(args[i]))) {
		ret->has_quantity = true;
		code = quantity_parse(args[i++], &ret->quantity, fault);
	}
	if (!code && i < n && args[i][0] == '@') {
		ret->has_price = true;
		code = batch_amount(b, args[i++] + 1, &ret->price_minor, fault);
	}
	if (!code && i < n && ret->is_return)
		ret->reason = args[i++];
	if (!code && i < n)
		code = fault_set(fault, FAULT_INPUT_EXTRA_WORD, ret->is_return ? "return" : "item",
				 args[i]);
	return code;
}

/* A code as written: the catalogue's, byte for byte or as GTIN; what else it
 * may be is said when the catalogue does not have it. */
static enum fault_code find_code(struct batch *b, const char *code, enum scan_way way,
				 struct agent_found *ret, struct fault *fault)
{
	enum fault_code refused = agent_resolve(b->agent, code, strlen(code), way, false,
						SCAN_UNDECIDED, ret, fault);

	if (!refused)
		utf8_copy(b->stripped, sizeof b->stripped, ret->stripped);
	return refused ? refused : agent_refuse_scan(ret, fault);
}

static enum fault_code find_item(struct batch *b, const char *code, struct agent_found *ret,
				 struct fault *fault)
{
	memset(ret, 0, sizeof *ret);
	if (catalog_store_find(agent_catalog(b->agent), code, &ret->product, NULL) == FAULT_NONE) {
		ret->is_product = true;
		ret->kind = SCAN_PLAIN;
		return FAULT_NONE;
	}
	return find_code(b, code, SCAN_TYPED, ret, fault);
}

enum fault_code batch_scan(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	const struct agent_item item = { .reason = NULL };
	struct agent_found found;
	enum fault_code code = find_code(b, args[0], SCAN_SCANNED, &found, fault);

	(void)n;
	return code ? code : agent_sell(b->agent, &found, &item, fault);
}

static enum fault_code sell(struct batch *b, const char *const *args, size_t n, bool is_return,
			    struct fault *fault)
{
	struct agent_item item = { .is_return = is_return };
	struct agent_found found;
	enum fault_code code = read_item(b, args + 1, n - 1, &item, fault);

	if (!code)
		code = find_item(b, args[0], &found, fault);
	return code ? code : agent_sell(b->agent, &found, &item, fault);
}

enum fault_code batch_item(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	return sell(b, args, n, false, fault);
}

enum fault_code batch_return(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	return sell(b, args, n, true, fault);
}

enum fault_code batch_qty(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_QUANTITY };
	enum fault_code code = batch_number(args[0], &ev.of.change.line, fault);

	(void)n;
	if (!code)
		code = quantity_parse(args[1], &ev.of.change.quantity, fault);
	return code ? code : agent_do(b->agent, &ev, fault);
}

enum fault_code batch_price(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_PRICE };
	enum fault_code code = batch_number(args[0], &ev.of.change.line, fault);

	(void)n;
	if (!code)
		code = batch_amount(b, args[1], &ev.amount_minor, fault);
	return code ? code : agent_do(b->agent, &ev, fault);
}

enum fault_code batch_void(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_VOID };
	enum fault_code code = batch_number(args[0], &ev.of.change.line, fault);

	(void)n;
	return code ? code : agent_do(b->agent, &ev, fault);
}

enum fault_code batch_discount(struct batch *b, const char *const *args, size_t n,
			       struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_DISCOUNT };
	struct discount *discount = &ev.of.change.discount;
	size_t len = strlen(args[1]);
	enum fault_code code = FAULT_NONE;
	int32_t bp = 0;

	(void)n;
	if (strcmp(args[0], "order") != 0) {
		code = batch_number(args[0], &ev.of.change.line, fault);
		if (!code && ev.of.change.line == 0)
			code = fault_set(fault, FAULT_ORDER_NO_SUCH_LINE, args[0], NULL);
	}
	if (code)
		return code;
	if (len && args[1][len - 1] == '%') {
		code = percent_parse(args[1], &bp, fault);
		*discount = (struct discount){ DISCOUNT_PERCENT, bp };
	} else {
		discount->kind = DISCOUNT_AMOUNT;
		code = batch_amount(b, args[1], &discount->value, fault);
	}
	return code ? code : agent_do(b->agent, &ev, fault);
}

enum fault_code batch_hold(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_HOLD };

	if (n)
		utf8_copy_plain(ev.text, sizeof ev.text, args[0]);
	return agent_do(b->agent, &ev, fault);
}

static enum fault_code order_here(struct batch *b, const char *word, struct ident *ret,
				  struct fault *fault)
{
	const struct order *order;
	uint64_t number;
	enum fault_code code = batch_order(word, &number, ret, fault);

	if (code || !number)
		return code;
	order = counter_find_number(agent_counter(b->agent), number);
	if (!order)
		return fault_set(fault, FAULT_ORDER_NO_SUCH_ORDER, word, NULL);
	*ret = order->id;
	return FAULT_NONE;
}

enum fault_code batch_recall(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_RECALL };
	enum fault_code code = order_here(b, args[0], &ev.order, fault);

	(void)n;
	if (!code)
		code = agent_do(b->agent, &ev, fault);
	if (!code)
		b->order = ev.order;
	return code;
}

enum fault_code batch_clear(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	(void)args;
	(void)n;
	return batch_plain(b, EVENT_CLEAR, fault);
}

enum fault_code batch_undo(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	enum fault_code code = batch_plain(b, EVENT_UNDO, fault);

	(void)args;
	(void)n;
	if (!code)
		memset(&b->order, 0, sizeof b->order);  /* the one that is open now */
	return code;
}

/* An order that is not here any more is built again from the journal. */
static enum fault_code show_closed(struct batch *b, uint64_t number, const struct ident *id,
				   struct fault *fault)
{
	struct closed_order where;
	uint8_t hash[JOURNAL_HASH_BYTES];
	enum fault_code code = agent_find_closed(b->agent, number, number ? NULL : id, &where, fault);

	if (!code)
		code = agent_read_closed(b->agent, &where, &b->shown_space, hash, fault);
	if (!code)
		b->shown = &b->shown_space;
	return code;
}

enum fault_code batch_show(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	const struct counter *c = agent_counter(b->agent);
	const struct order *here;
	struct ident id;
	uint64_t number;
	enum fault_code code;

	if (n == 0)
		return FAULT_NONE;
	code = batch_order(args[0], &number, &id, fault);
	if (code)
		return code;
	here = number ? counter_find_number(c, number) : counter_find_order(c, &id);
	if (!here)
		return show_closed(b, number, &id, fault);
	b->order = here->id;
	return FAULT_NONE;
}

enum fault_code batch_tray(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	(void)args;
	(void)n;
	(void)fault;
	b->tray = true;
	return FAULT_NONE;
}

enum fault_code batch_help(struct batch *b, const char *const *args, size_t n, struct fault *fault)
{
	(void)args;
	(void)n;
	(void)fault;
	b->help = true;
	return FAULT_NONE;
}
