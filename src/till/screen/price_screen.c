/* Price check: what a product costs, and nothing is sold. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/loop.h"

enum { CODE_CHARS = 60 };

struct price {
	struct field code;
};

static void enter_price(struct screen_loop *loop, void *state)
{
	struct price *s = state;

	(void)loop;
	field_init(&s->code, CODE_CHARS, false);
}

static struct reaction check(struct screen_loop *loop, const char *bytes, size_t n, enum scan_way way)
{
	struct agent_found found;
	struct fault fault;
	enum fault_code code = agent_resolve(loop->context.agent, bytes, n, way, false, SCAN_UNDECIDED,
					     &found, &fault);

	loop->handover.found = (struct agent_found){ .kind = SCAN_UNDECIDED };
	if (!code && !found.is_product)
		code = agent_refuse_scan(&found, &fault);
	if (code)
		say_fault(loop, &fault);
	else
		loop->handover.found = found;
	return STAY;
}

static struct reaction price_scan(struct screen_loop *loop, void *state, const char *bytes, size_t n)
{
	(void)state;
	say_nothing(loop);
	return check(loop, bytes, n, SCAN_SCANNED);
}

static struct reaction search(struct screen_loop *loop, struct price *s, const char *first)
{
	snprintf(loop->handover.text, sizeof loop->handover.text, "%.400s%.8s", s->code.text, first);
	loop->handover.for_price = true;
	loop->handover.item = (struct agent_item){ .reason = NULL };
	field_clear(&s->code);
	return OPEN(SEARCH);
}

static struct reaction price_action(struct screen_loop *loop, void *state, enum action action)
{
	return action == ACTION_search ? search(loop, state, "") : PASS;
}

static struct reaction price_key(struct screen_loop *loop, void *state, struct key key)
{
	struct price *s = state;
	char letter[5] = "";
	struct reaction reaction;

	if (key.code == KEY_ENTER) {
		reaction = s->code.len ? check(loop, s->code.text, s->code.len, SCAN_TYPED) : STAY;
		field_clear(&s->code);
		return reaction;
	}
	if (key.code == KEY_TEXT && key.mods == 0 && ((key.cp | 0x20) - 'a' < 26 || key.cp >= 0x80)) {
		letter[utf8_encode(key.cp, letter)] = '\0';
		return search(loop, s, letter);
	}
	return field_key(&s->code, key) ? TYPED : PASS;
}

static struct field *price_field(void *state, enum field_kind *ret_kind)
{
	struct price *s = state;

	*ret_kind = FIELD_CODE;
	return &s->code;
}

static void price_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	(void)loop;
	(void)state;
	snprintf(out, size, "%s", _("Price of"));
}

static void row(struct grid *grid, int at, const char *label, const char *text)
{
	grid_put_field(grid, at, 4, 16, ALIGN_LEFT, ATTR_DIM, label);
	grid_put_field(grid, at, 20, grid->cols - 22, ALIGN_LEFT, ATTR_PLAIN, text);
}

static void paint_product(struct screen_loop *loop, const struct agent_found *found, struct grid *grid,
			  struct area body)
{
	const struct product *p = &found->product;
	char text[64];
	money_text amount;
	int at = body.row + 1;

	grid_put_field(grid, at, 4, grid->cols - 6, ALIGN_LEFT, ATTR_BOLD, p->name[0] ? p->name : p->code);
	row(grid, at + 2, _("Code"), p->code);
	if (p->spec[0])
		row(grid, at + 3, _("Spec"), p->spec);
	if (p->unit[0])
		row(grid, at + 4, _("Unit"), p->unit);
	if (p->has_member_price)
		row(grid, at + 5, _("Member price"),
		    amount_sign_text(loop, p->member_price.minor, text, sizeof text));
	row(grid, at + 7, _("Price"), p->has_price ? "" : _("none: it is asked for at the register"));
	if (p->has_price)
		big_digits_paint(grid, at + 8, 4, ATTR_BOLD, amount_text(p->price.minor, amount));
}

static void price_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	(void)state;
	if (loop->handover.found.is_product)
		paint_product(loop, &loop->handover.found, grid, body);
	else
		grid_put_field(grid, body.row + body.rows / 2, 0, body.cols, ALIGN_CENTER, ATTR_PLAIN,
			       _("Scan a product, or type its code or a part of its name. Nothing is sold here."));
}

static const char *price_enter_word(struct screen_loop *loop, void *state)
{
	(void)loop;
	(void)state;
	return _("Show");
}

const struct screen_ops price_screen = {
	.state_size = sizeof(struct price),
	.enter = enter_price,
	.action = price_action,
	.key = price_key,
	.scan = price_scan,
	.field = price_field,
	.prompt = price_prompt,
	.paint = price_paint,
	.enter_word = price_enter_word,
};
