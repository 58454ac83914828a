/* A question that must be answered before the register goes on: a price, a
 * quantity, a reason. The register stays in sight. */
#include <stdio.h>
#include <string.h>

#include "screen/register.h"

enum { NUMBER_CHARS = 16, REASON_CHARS = 26 };

struct ask {
	struct field answer;
};

static bool wants_words(const struct screen_loop *loop)
{
	return loop->handover.question == ASK_RETURN_REASON;
}

static const char *title(const struct screen_loop *loop, product_name out)
{
	product_title(&loop->handover.found.product, out);
	return out;
}

static void say_no_price(struct screen_loop *loop)
{
	product_name name;

	say(loop, ATTR_NOTE, _("%s has no price."), title(loop, name));
}

static void enter_ask(struct screen_loop *loop, void *state)
{
	struct ask *s = state;

	field_init(&s->answer, wants_words(loop) ? REASON_CHARS : NUMBER_CHARS, false);
	if (loop->handover.question == ASK_ITEM_PRICE)
		say_no_price(loop);
}

static struct reaction answer_price(struct screen_loop *loop, struct ask *s)
{
	struct handover *hand = &loop->handover;
	struct agent_found found = hand->found;
	struct agent_item item = hand->item;
	struct money price;
	struct fault fault;
	bool sold;

	if (money_parse(s->answer.text, loop_counter(loop)->currency, false, &price, &fault)) {
		say_fault(loop, &fault);
		loop->refused = true;
		return STAY;
	}
	item.has_price = true;
	item.price_minor = price.minor;
	say_nothing(loop);
	return sale_found(loop, &found, &item, &sold);
}

static struct reaction answer_reason(struct screen_loop *loop, struct ask *s)
{
	struct agent_found found = loop->handover.found;
	struct agent_item item = loop->handover.item;
	bool sold;

	item.reason = s->answer.text;
	return sale_found(loop, &found, &item, &sold);
}

static struct reaction answer_change(struct screen_loop *loop, struct ask *s)
{
	struct counter_event ev;

	if (!register_read_change(loop, loop->handover.question, loop->handover.line, s->answer.text, &ev) ||
	    loop_do(loop, &ev)) {
		loop->refused = true;
		return STAY;
	}
	return GOTO(REGISTER);
}

/* Leaves the question; what it was about is said, so that nobody takes it for sold. */
static struct reaction leave(struct screen_loop *loop)
{
	product_name name;

	if (loop->handover.question == ASK_ITEM_PRICE || wants_words(loop))
		say(loop, ATTR_NOTE, _("%s is not on the order."), title(loop, name));
	return BACK;
}

struct reaction ask_scan(struct screen_loop *loop, void *state, const char *bytes, size_t n)
{
	(void)state;
	(void)bytes;
	(void)n;
	say(loop, ATTR_BAD, "%s", _("The scan was not used: answer the question first, or leave it with Esc."));
	return STAY;
}

static struct reaction ask_key(struct screen_loop *loop, void *state, struct key key)
{
	struct ask *s = state;

	if (key.code == KEY_ESC)
		return leave(loop);
	if (key.code != KEY_ENTER)
		return field_key(&s->answer, key) ? TYPED : PASS;
	if (wants_words(loop))
		return answer_reason(loop, s);
	if (s->answer.len && loop->handover.question == ASK_ITEM_PRICE)
		return answer_price(loop, s);
	if (s->answer.len)
		return answer_change(loop, s);
	/* Enter pressed twice must not lose what was to be sold. */
	if (loop->handover.question != ASK_ITEM_PRICE)
		return leave(loop);
	say_no_price(loop);
	return STAY;
}

static struct field *ask_field(void *state, enum field_kind *ret_kind)
{
	struct ask *s = state;

	*ret_kind = s->answer.max_chars == REASON_CHARS ? FIELD_WORDS : FIELD_NUMBER;
	return &s->answer;
}

static void ask_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	product_name name;
	uint32_t line = loop->handover.line;

	(void)state;
	title(loop, name);
	switch (loop->handover.question) {
	case ASK_ITEM_PRICE:
		snprintf(out, size, _("Price of %.60s"), name);
		break;
	case ASK_RETURN_REASON:
		snprintf(out, size, _("Why does %.60s come back?"), name);
		break;
	case ASK_QUANTITY:
		snprintf(out, size, _("Quantity of line %u"), line);
		break;
	case ASK_PRICE:
		snprintf(out, size, _("Price of line %u"), line);
		break;
	case ASK_DISCOUNT:
		snprintf(out, size, _("Discount on line %u (10%% or 1.50)"), line);
		break;
	case ASK_ORDER_DISCOUNT:
		snprintf(out, size, _("Discount on the order (10%% or 1.50)"));
		break;
	}
}

static void ask_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	(void)state;
	register_paint(loop, screen_state(loop, SCREEN_REGISTER), grid, body);
}

const struct screen_ops ask_screen = {
	.state_size = sizeof(struct ask),
	.enter = enter_ask,
	.key = ask_key,
	.scan = ask_scan,
	.field = ask_field,
	.prompt = ask_prompt,
	.paint = ask_paint,
};
