/* A scan that can be a product or a payment code: the cashier says which. */
#include <string.h>

#include "screen/register.h"
#include "term/dialog.h"

struct choice {
	struct dialog dialog;
	char text[256];
};

static void enter_choice(struct screen_loop *loop, void *state)
{
	struct choice *s = state;

	s->dialog = (struct dialog){
		.title = _("What was scanned?"),
		.text = loop->handover.found.shown,
		.buttons = { { _("Product"), 'p' }, { _("Payment code"), 'c' } },
		.button_count = 2,
		.attr = ATTR_NOTE,
	};
}

/* The product reading that the scan can have. */
static enum scan_kind product_kind(unsigned can_be)
{
	static const enum scan_kind kinds[] = { SCAN_SCALE_LABEL, SCAN_GS1, SCAN_GTIN, SCAN_PLAIN };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (can_be & SCAN_SET(kinds[i]))
			return kinds[i];
	return SCAN_UNDECIDED;
}

static struct reaction choice_key(struct screen_loop *loop, void *state, struct key key)
{
	struct choice *s = state;
	struct handover *hand = &loop->handover;
	struct agent_item item = hand->item;
	int answer = dialog_key(&s->dialog, key);
	struct reaction reaction;
	bool sold;

	if (answer == DIALOG_NONE)
		return STAY;
	if (answer == DIALOG_CANCEL) {
		pay_forget_code(loop);
		say(loop, ATTR_NOTE, _("The scan %s was not used."), hand->found.shown);
		return BACK;
	}
	reaction = sale_code(loop, hand->code, hand->code_len, hand->way,
			     answer == 0 ? product_kind(hand->found.can_be) : SCAN_PAYMENT_CODE, &item, &sold);
	if (reaction.kind == REACT_OPEN && reaction.to == SCREEN_TAKE)
		return GOTO(TAKE);
	pay_forget_code(loop);
	return reaction.kind == REACT_STAY ? BACK : reaction;
}

static void choice_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct choice *s = state;

	register_paint(loop, screen_state(loop, SCREEN_REGISTER), grid, body);
	dialog_paint(&s->dialog, grid, body);
}

const struct screen_ops choice_screen = {
	.state_size = sizeof(struct choice),
	.enter = enter_choice,
	.key = choice_key,
	.scan = ask_scan,
	.paint = choice_paint,
};
