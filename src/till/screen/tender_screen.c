/* The payment: cash with its notes and its change in large digits, and the
 * ways to pay that are only recorded. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/width.h"
#include "screen/loop.h"
#include "term/list.h"

enum { AMOUNT_CHARS = 60, WAYS_MAX = SETTING_LIST_MAX, LEFT_COLS = 40 };

struct tender_state {
	struct field amount;
	bool proposed;       /* the amount stands there by itself: typing replaces it */
	bool notes;          /* the amount is a sum of notes */
	int way;             /* 0 cash, n: the n-th of the setting tenders */
	struct list parts;   /* payments that stand */
};

/* ---- the order's payments -------------------------------------------------------- */

static const struct order_tender *part_at(const struct order *order, size_t index)
{
	for (size_t i = 0; order && i < order->n_tenders; i++)
		if (!order->tenders[i].cancelled && index-- == 0)
			return &order->tenders[i];
	return NULL;
}

static size_t count_parts(const struct order *order)
{
	size_t n = 0;

	for (size_t i = 0; order && i < order->n_tenders; i++)
		n += !order->tenders[i].cancelled;
	return n;
}

/* What is due by the chosen way: cash is rounded by the shop's rule. */
static int64_t due_now(const struct screen_loop *loop, const struct tender_state *s)
{
	const struct order *order = counter_order(loop_counter(loop));

	if (!order)
		return 0;
	return s->way == 0 ? counter_cash_due(loop_counter(loop), order) : order_due(order);
}

/* Proposes what is due, positive also when it is paid out. */
static void propose(struct screen_loop *loop, struct tender_state *s)
{
	int64_t due = due_now(loop, s);
	money_text text;

	field_set(&s->amount, amount_text(due < 0 ? -due : due, text));
	s->proposed = true;
	s->notes = false;
	list_set_count(&s->parts, count_parts(counter_order(loop_counter(loop))));
}

static void enter_tender(struct screen_loop *loop, void *state)
{
	struct tender_state *s = state;
	money_text text;

	field_init(&s->amount, AMOUNT_CHARS, false);
	s->parts = (struct list)LIST_INIT;
	s->way = 0;
	propose(loop, s);
	list_select(&s->parts, s->parts.count);
	if (loop->handover.has_amount)
		field_set(&s->amount, amount_text(loop->handover.amount_minor, text));
	loop->handover.has_amount = false;
}

/* ---- paying ------------------------------------------------------------------------ */

static struct reaction pay(struct screen_loop *loop, struct counter_event *ev)
{
	struct tender_state *s = screen_state(loop, SCREEN_TENDER);
	money_text due;

	if (loop_do(loop, ev)) {
		loop->refused = true;
		return STAY;
	}
	if (!counter_order(loop_counter(loop))) {
		loop->show_closed = true;
		return GOTO(REGISTER);
	}
	s->way = 0;
	propose(loop, s);
	if (due_now(loop, s) < 0)
		say(loop, ATTR_NOTE, _("Paid out. Still to pay out: %s"), amount_text(-due_now(loop, s), due));
	else
		say(loop, ATTR_NOTE, _("Taken. Still to pay: %s"), amount_text(due_now(loop, s), due));
	return STAY;
}

struct reaction tender_cash(struct screen_loop *loop, int64_t given_minor)
{
	struct counter_event ev = { .kind = EVENT_PAY_CASH, .amount_minor = given_minor };

	return pay(loop, &ev);
}

/* "50.00 REF": the amount, and behind it a reference. */
static bool read_amount(struct screen_loop *loop, const struct tender_state *s, int64_t *ret_minor,
			const char **ret_ref)
{
	char amount[FIELD_BYTES];
	struct fault fault;
	struct money money;
	size_t n = strcspn(s->amount.text, " ");

	utf8_copy(amount, sizeof amount, s->amount.text);
	amount[n] = '\0';
	*ret_ref = s->amount.text + n + strspn(s->amount.text + n, " ");
	if (money_parse(amount, loop_counter(loop)->currency, false, &money, &fault)) {
		say_fault(loop, &fault);
		loop->refused = true;
		return false;
	}
	*ret_minor = money.minor;
	return true;
}

static struct reaction pay_typed(struct screen_loop *loop, struct tender_state *s)
{
	const struct setting_tenders *tenders = &loop->context.settings->tenders;
	struct counter_event ev = { .kind = EVENT_PAY_OTHER };
	const char *ref;

	if (s->amount.len == 0) {
		propose(loop, s);
		return STAY;
	}
	if (!read_amount(loop, s, &ev.amount_minor, &ref))
		return STAY;
	if (s->way == 0)
		return tender_cash(loop, ev.amount_minor);
	utf8_copy(ev.of.tender.name, sizeof ev.of.tender.name, tenders->items[s->way - 1].name);
	utf8_copy_plain(ev.of.tender.ref, sizeof ev.of.tender.ref, ref);
	return pay(loop, &ev);
}

/* A note joins those counted so far; together they pay as soon as they do. */
static struct reaction add_note(struct screen_loop *loop, struct tender_state *s, int64_t note_minor)
{
	int64_t sum = 0;
	const char *ref;
	money_text text;

	if (s->notes && !read_amount(loop, s, &sum, &ref))
		return STAY;
	sum += note_minor;
	s->way = 0;
	field_set(&s->amount, amount_text(sum, text));
	s->notes = true;
	s->proposed = false;
	if (due_now(loop, s) > 0 && sum >= due_now(loop, s))
		return tender_cash(loop, sum);
	return STAY;
}

static struct reaction choose_way(struct screen_loop *loop, struct tender_state *s, int way)
{
	bool same = s->way == way;

	s->way = same ? 0 : way;
	propose(loop, s);
	return STAY;
}

static struct reaction cancel_part(struct screen_loop *loop, struct tender_state *s)
{
	const struct order_tender *part = part_at(counter_order(loop_counter(loop)), s->parts.selected);
	struct counter_event ev = { .kind = EVENT_CANCEL_TENDER };
	money_text amount;
	char name[64];

	if (!part) {
		say(loop, ATTR_NOTE, "%s", _("Nothing has been paid yet."));
		return STAY;
	}
	ev.of.change.line = part->n;
	amount_text(part->amount_minor, amount);
	utf8_copy(name, sizeof name, tender_label(loop, part->name));
	if (loop_do(loop, &ev))
		return STAY;
	propose(loop, s);
	say(loop, ATTR_NOTE, _("Taken back: %s %s. Give the customer this money."), name, amount);
	return STAY;
}

/* A payment code is taken at once; anything else is the register's. */
static struct reaction tender_scan(struct screen_loop *loop, void *state, const char *bytes, size_t n)
{
	struct tender_state *s = state;
	struct agent_found found;
	struct reaction reaction;
	int64_t amount = 0;
	const char *ref;

	if (agent_resolve(loop->context.agent, bytes, n, SCAN_SCANNED, true, SCAN_UNDECIDED, &found, NULL) ||
	    found.kind != SCAN_PAYMENT_CODE) {
		reaction = register_screen.scan(loop, screen_state(loop, SCREEN_REGISTER), bytes, n);
		if (reaction.kind == REACT_OPEN)
			reaction.kind = REACT_GOTO;
		return reaction.kind == REACT_STAY ? GOTO(REGISTER) : reaction;
	}
	if (!s->proposed && s->amount.len && !read_amount(loop, s, &amount, &ref))
		return STAY;
	return pay_by_code(loop, bytes, n, SCAN_SCANNED, amount);
}

static struct reaction tender_qr(struct screen_loop *loop, struct tender_state *s)
{
	int64_t amount = 0;
	const char *ref;

	if (!s->proposed && s->amount.len && !read_amount(loop, s, &amount, &ref))
		return STAY;
	return pay_by_qr(loop, amount);
}

/* ---- keys -------------------------------------------------------------------------- */

/* The n-th note or way that an action stands for, 0 when it is none. */
static int nth(enum action action, enum action first, enum action last)
{
	return action >= first && action <= last ? (int)(action - first) + 1 : 0;
}

static struct reaction tender_action(struct screen_loop *loop, void *state, enum action action)
{
	const struct settings *settings = loop->context.settings;
	struct tender_state *s = state;
	int note = nth(action, ACTION_note_1, ACTION_note_12);
	int way = nth(action, ACTION_tender_1, ACTION_tender_16);

	if (action == ACTION_cancel_payment)
		return cancel_part(loop, s);
	if (action == ACTION_tender_qr)
		return tender_qr(loop, s);
	if (action == ACTION_tray)
		return OPEN(TRAY);
	if (note && (size_t)note <= settings->fast_notes.n)
		return add_note(loop, s, settings->fast_notes.minor[note - 1]);
	if (way && (size_t)way <= settings->tenders.n)
		return choose_way(loop, s, way);
	if (note || way) {
		say(loop, ATTR_NOTE, "%s", _("No note and no way to pay has this key."));
		return STAY;
	}
	return PASS;
}

static struct reaction tender_key(struct screen_loop *loop, void *state, struct key key)
{
	struct tender_state *s = state;

	if (key.code == KEY_ENTER)
		return pay_typed(loop, s);
	if (list_key(&s->parts, key))
		return STAY;
	if ((s->proposed || s->notes) && key.code == KEY_TEXT && key.mods == 0 && key.cp != ' ')
		field_clear(&s->amount);
	s->proposed = s->notes = false;
	return field_key(&s->amount, key) ? STAY : PASS;
}

static struct field *tender_field(void *state, enum field_kind *ret_kind)
{
	struct tender_state *s = state;

	*ret_kind = s->way && strchr(s->amount.text, ' ') ? FIELD_WORDS : FIELD_NUMBER;
	return &s->amount;
}

static const char *way_label(const struct screen_loop *loop, int way)
{
	return way == 0 ? _("Cash") : tender_label(loop, loop->context.settings->tenders.items[way - 1].name);
}

static void tender_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	const struct tender_state *s = state;
	const struct order *order = counter_order(loop_counter(loop));

	if (order && order_due(order) < 0)
		snprintf(out, size, _("%s paid out"), way_label(loop, s->way));
	else
		snprintf(out, size, _("%s given"), way_label(loop, s->way));
}

static const char *tender_name(struct screen_loop *loop, enum action action, char *out, size_t size)
{
	const struct setting_amounts *notes = &loop->context.settings->fast_notes;
	int note = nth(action, ACTION_note_1, ACTION_note_12);

	if (!note || (size_t)note > notes->n)
		return "";
	if (notes->minor[note - 1] % 100 == 0)
		snprintf(out, size, "%" PRId64, notes->minor[note - 1] / 100);
	else
		snprintf(out, size, "%" PRId64 ".%02d", notes->minor[note - 1] / 100,
			 (int)(notes->minor[note - 1] % 100));
	return out;
}

/* ---- the picture -------------------------------------------------------------------- */

static void paint_part(void *context, size_t index, bool selected, struct grid *grid,
		       struct area line, unsigned attr)
{
	const struct screen_loop *loop = context;
	const struct order_tender *part = part_at(counter_order(loop_counter(loop)), index);
	money_text amount;

	(void)selected;
	grid_put_field(grid, line.row, line.col, line.cols - 12, ALIGN_LEFT, attr,
		       tender_label(loop, part->name));
	grid_put_field(grid, line.row, line.col + line.cols - 12, 12, ALIGN_RIGHT, attr,
		       amount_text(part->amount_minor, amount));
}

static void paint_parts(struct screen_loop *loop, struct tender_state *s, struct grid *grid,
			struct area area)
{
	list_set_count(&s->parts, count_parts(counter_order(loop_counter(loop))));
	if (s->parts.count == 0)
		return;
	grid_put_text(grid, area.row, area.col + 2, ATTR_DIM, _("Paid so far"));
	area.row++;
	area.rows--;
	list_paint(&s->parts, grid, area, ATTR_PLAIN, paint_part, loop);
}

static void paint_ways(struct screen_loop *loop, const struct tender_state *s, struct grid *grid,
		       struct area area)
{
	const struct setting_tenders *tenders = &loop->context.settings->tenders;
	char text[160], key[KEY_LABEL_SIZE];
	int row = area.row, col = area.col;

	for (size_t i = 0; i < tenders->n; i++) {
		const char *name = way_label(loop, (int)i + 1);
		int width;

		key_text_of(loop, ACTION_tender_1 + i, key);
		snprintf(text, sizeof text, " %s ", key);
		width = (int)(width_of_text(text) + width_of_text(name)) + 3;
		if (col + width > area.col + area.cols) {
			col = area.col;
			row++;
		}
		if (row >= area.row + area.rows)
			return;
		col += grid_put_text(grid, row, col, ATTR_REVERSE, text);
		col += 1 + grid_put_text(grid, row, col + 1,
					 s->way == (int)i + 1 ? ATTR_BOLD | ATTR_UNDERLINE : ATTR_PLAIN, name);
		col += 2;
	}
}

static void paint_change(struct screen_loop *loop, const struct tender_state *s, struct grid *grid,
			 int row, int col)
{
	int64_t due = due_now(loop, s), given = 0;
	struct money money;
	char text[160];
	money_text amount;

	if (due < 0 || money_parse(s->amount.text, loop_counter(loop)->currency, false, &money, NULL))
		return;
	given = money.minor;
	if (given >= due && s->way == 0)
		snprintf(text, sizeof text, _("Change %s"), amount_text(given - due, amount));
	else if (given < due)
		snprintf(text, sizeof text, _("Then still to pay %s"), amount_text(due - given, amount));
	else if (given > due)
		snprintf(text, sizeof text, "%s", _("More than is due: only cash gives change"));
	else
		return;
	grid_put_text(grid, row, col, ATTR_BOLD, text);
}

static void tender_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct tender_state *s = state;
	const struct order *order = counter_order(loop_counter(loop));
	int64_t due = due_now(loop, s);
	int row = body.row;
	char text[160];
	money_text amount;

	if (!order)
		return;
	snprintf(text, sizeof text, _("Order %llu · lines %zu"), (unsigned long long)order->number,
		 order->live_lines);
	grid_put_text(grid, row, 2, ATTR_PLAIN, text);
	snprintf(text, sizeof text, due < 0 ? _("To pay out") : _("To pay"));
	grid_put_text(grid, row + 2, 2, ATTR_BOLD, text);
	big_digits_paint(grid, row + 4, 2, ATTR_BOLD, amount_text(due < 0 ? -due : due, amount));
	if (s->way == 0 && due != order_due(order)) {
		snprintf(text, sizeof text, _("rounded from %s"), amount_text(order_due(order), amount));
		grid_put_text(grid, row + 2, 20, ATTR_PLAIN, text);
	}
	paint_change(loop, s, grid, row + 10, 2);
	grid_put_text(grid, row + 12, 2, ATTR_DIM, _("Other ways to pay (a letter, then Enter)"));
	paint_ways(loop, s, grid, (struct area){ row + 13, 2, body.rows - 13, body.cols - 4 });
	paint_parts(loop, s, grid, (struct area){ row + 2, body.cols - LEFT_COLS, 9, LEFT_COLS - 2 });
}

static const char *tender_enter_word(struct screen_loop *loop, void *state)
{
	const struct tender_state *s = state;

	return way_label(loop, s->way);
}

const struct screen_ops tender_screen = {
	.state_size = sizeof(struct tender_state),
	.enter = enter_tender,
	.action = tender_action,
	.key = tender_key,
	.scan = tender_scan,
	.field = tender_field,
	.prompt = tender_prompt,
	.paint = tender_paint,
	.label = tender_name,
	.enter_word = tender_enter_word,
};
