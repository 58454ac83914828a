/* A customer's payment code was scanned while goods were: whether the payment
 * is to be taken with it. Enter takes it, Esc does not; the code itself is
 * shown to nobody and wiped. */
#include <stdio.h>

#include "screen/register.h"
#include "term/dialog.h"

struct take {
	struct dialog dialog;
	char text[256];
};

static const char *wallet_words(const struct screen_loop *loop, const char *word)
{
	return word ? tender_label(loop, word) : "";
}

static void enter_take(struct screen_loop *loop, void *state)
{
	struct take *s = state;
	const struct order *order = counter_order(loop_counter(loop));
	const struct agent_found *found = &loop->handover.found;
	char amount[64];

	amount_sign_text(loop, order ? order_due(order) : 0, amount, sizeof amount);
	snprintf(s->text, sizeof s->text, _("Take payment of %s with the code %s (%s)?"), amount, found->shown,
		 wallet_words(loop, found->channel));
	s->dialog = (struct dialog){
		.title = _("Take payment?"),
		.text = s->text,
		.buttons = { { _("Take payment"), 0 }, { _("Not now"), 0 } },
		.button_count = 2,
		.attr = ATTR_NOTE,
	};
}

static struct reaction take_key(struct screen_loop *loop, void *state, struct key key)
{
	struct take *s = state;
	struct handover *hand = &loop->handover;
	int answer = dialog_key(&s->dialog, key);
	struct reaction reaction = BACK;

	if (answer == DIALOG_NONE)
		return STAY;
	if (answer == 0)
		reaction = pay_by_code(loop, hand->code, hand->code_len, hand->way, 0);
	else
		say(loop, ATTR_NOTE, _("The scan %s was not used."), hand->found.shown);
	pay_forget_code(loop);
	return reaction.kind == REACT_STAY ? BACK : reaction;
}

static void take_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct take *s = state;

	register_paint(loop, screen_state(loop, SCREEN_REGISTER), grid, body);
	dialog_paint(&s->dialog, grid, body);
}

const struct screen_ops take_screen = {
	.state_size = sizeof(struct take),
	.enter = enter_take,
	.key = take_key,
	.scan = ask_scan,
	.paint = take_paint,
};
