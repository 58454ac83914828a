/* The register: one input line; what is typed or scanned goes there, and the
 * key pressed next says what it is. */
#include "screen/loop.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/register.h"

enum { CODE_CHARS = 120 };

/* ---- the chosen line ------------------------------------------------------------ */

const struct order_line *register_line(const struct order *order, size_t index)
{
	for (size_t i = 0; order && i < order->n_lines; i++)
		if (!order->lines[i].voided && index-- == 0)
			return &order->lines[i];
	return NULL;
}

/* A line that was just added is the chosen one. */
void register_sync(struct screen_loop *loop, struct register_state *s)
{
	const struct order *order = counter_order(loop_counter(loop));
	struct ident none = { { 0 } };

	list_set_count(&s->lines, order ? order->live_lines : 0);
	if (!ident_equal(&s->order, order ? &order->id : &none) || (order && order->n_lines != s->n_lines))
		list_select(&s->lines, s->lines.count);
	s->order = order ? order->id : none;
	s->n_lines = order ? order->n_lines : 0;
	if (order && order->live_lines)
		loop->show_closed = false;
}

static const struct order_line *chosen_line(struct screen_loop *loop, struct register_state *s)
{
	register_sync(loop, s);
	return register_line(counter_order(loop_counter(loop)), s->lines.selected);
}

/* The chosen line; says so when there is none. */
static const struct order_line *needed_line(struct screen_loop *loop, struct register_state *s)
{
	const struct order_line *line = chosen_line(loop, s);
	struct fault fault;

	if (!line) {
		fault_set(&fault, counter_order(loop_counter(loop)) ? FAULT_ORDER_EMPTY : FAULT_ORDER_NOT_OPEN,
			  NULL, NULL);
		say_fault(loop, &fault);
	}
	return line;
}

/* ---- what is typed -------------------------------------------------------------- */

static void typed_done(struct register_state *s)
{
	field_clear(&s->input);
}

static struct reaction enter_code(struct screen_loop *loop, struct register_state *s)
{
	struct agent_item item = { .reason = NULL };
	struct reaction reaction;
	const char *code;
	bool sold;

	if (s->input.len == 0)
		return STAY;
	code = sale_read_prefixes(loop, s->input.text, &item);
	if (!code || !code[0]) {
		if (code)
			say(loop, ATTR_NOTE, _("Now scan the product, or type its code."));
		return STAY;
	}
	reaction = sale_code(loop, code, strlen(code), SCAN_TYPED, SCAN_UNDECIDED, &item, &sold);
	if (sold || reaction.kind != REACT_STAY)
		typed_done(s);
	else
		loop->refused = true;
	return reaction;
}

/* A scan takes the quantity, price or return that was typed before it; anything
 * else that stands there stays. */
static struct reaction register_scan(struct screen_loop *loop, void *state, const char *bytes, size_t n)
{
	struct register_state *s = state;
	struct agent_item item = { .reason = NULL };
	struct reaction reaction;
	const char *rest = "";
	bool sold;

	loop->show_closed = false;
	rest = sale_read_prefixes(loop, s->input.text, &item);
	if (!rest)
		return STAY;
	if (rest[0])
		item = (struct agent_item){ .reason = NULL };
	reaction = sale_code(loop, bytes, n, SCAN_SCANNED, SCAN_UNDECIDED, &item, &sold);
	if (sold && !rest[0])
		typed_done(s);
	return reaction;
}

/* Whether a character begins or continues a search by name. */
static bool is_letter(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || cp >= 0x80;
}

static struct reaction open_search(struct screen_loop *loop, struct register_state *s, const char *first)
{
	struct agent_item item = { .reason = NULL };
	const char *rest = sale_read_prefixes(loop, s->input.text, &item);

	if (!rest)
		return STAY;
	snprintf(loop->handover.text, sizeof loop->handover.text, "%.400s%.8s", rest, first);
	loop->handover.item = item;
	loop->handover.for_price = false;
	typed_done(s);
	return OPEN(SEARCH);
}

static struct reaction type(struct screen_loop *loop, struct register_state *s, struct key key)
{
	char letter[5] = "";

	if (is_letter(key.cp)) {
		letter[utf8_encode(key.cp, letter)] = '\0';
		return open_search(loop, s, letter);
	}
	field_key(&s->input, key);
	if (s->input.full)
		say(loop, ATTR_BAD, _("The input line is full. Esc empties it."));
	return TYPED;
}

static struct reaction escape(struct screen_loop *loop, struct register_state *s)
{
	if (s->input.len == 0 && !loop->show_closed)
		loop->esc_us = loop->last_key_us;
	loop->show_closed = false;
	typed_done(s);
	return STAY;
}

static struct reaction register_key(struct screen_loop *loop, void *state, struct key key)
{
	struct register_state *s = state;

	if (key.code == KEY_TEXT && key.mods == 0)
		return type(loop, s, key);
	if (key.code == KEY_ENTER && key.mods == 0) {
		loop->show_closed = false;
		return enter_code(loop, s);
	}
	if (key.code == KEY_ESC)
		return escape(loop, s);
	register_sync(loop, s);
	if ((s->input.len == 0 || (key.code != KEY_HOME && key.code != KEY_END)) && list_key(&s->lines, key))
		return STAY;
	return field_key(&s->input, key) ? TYPED : PASS;
}

/* ---- actions -------------------------------------------------------------------- */

static struct reaction ask(struct screen_loop *loop, enum question question, uint32_t line)
{
	loop->handover.question = question;
	loop->handover.line = line;
	return OPEN(ASK);
}

static struct reaction finish(struct screen_loop *loop, struct register_state *s,
			      struct counter_event *ev)
{
	if (loop_do(loop, ev))
		loop->refused = true;
	else
		typed_done(s);
	return STAY;
}

static struct reaction change_line(struct screen_loop *loop, struct register_state *s,
				   enum question question)
{
	const struct order_line *line = needed_line(loop, s);
	struct counter_event ev;

	if (!line)
		return STAY;
	if (s->input.len == 0)
		return ask(loop, question, line->n);
	if (!register_read_change(loop, question, line->n, s->input.text, &ev)) {
		loop->refused = true;
		return STAY;
	}
	return finish(loop, s, &ev);
}

static struct reaction do_quantity(struct screen_loop *loop, struct register_state *s)
{
	/* "3*" and then the key is as good as "3". */
	if (s->input.len && s->input.text[s->input.len - 1] == '*') {
		s->input.text[--s->input.len] = '\0';
		s->input.cursor = s->input.len;
	}
	return change_line(loop, s, ASK_QUANTITY);
}

static struct reaction do_price(struct screen_loop *loop, struct register_state *s)
{
	return change_line(loop, s, ASK_PRICE);
}

static struct reaction do_discount(struct screen_loop *loop, struct register_state *s)
{
	return change_line(loop, s, ASK_DISCOUNT);
}

static struct reaction do_order_discount(struct screen_loop *loop, struct register_state *s)
{
	return change_line(loop, s, ASK_ORDER_DISCOUNT);
}

static struct reaction do_void(struct screen_loop *loop, struct register_state *s)
{
	const struct order_line *line = needed_line(loop, s);
	struct counter_event ev = { .kind = EVENT_VOID };
	struct order_line gone;
	char key[KEY_LABEL_SIZE];
	size_t typed = strspn(s->input.text, "0123456789");
	int64_t n;

	if (!line)
		return STAY;
	ev.of.change.line = line->n;
	if (s->input.len && typed == s->input.len && !decimal_parse(s->input.text, 0, &n) && n <= UINT32_MAX)
		ev.of.change.line = (uint32_t)n;
	line = order_line_const(counter_order(loop_counter(loop)), ev.of.change.line, false);
	gone = line ? *line : (struct order_line){ 0 };
	if (loop_do(loop, &ev))
		return STAY;
	typed_done(s);
	if (s->lines.selected > 0 && s->lines.selected + 1 > counter_order(loop_counter(loop))->live_lines)
		list_select(&s->lines, s->lines.selected - 1);
	say(loop, ATTR_NOTE, _("Line %u void: %s. %s brings it back."), gone.n, gone.name,
	    key_text_of(loop, ACTION_undo, key));
	return STAY;
}

static struct reaction do_hold(struct screen_loop *loop, struct register_state *s)
{
	const struct order *order = counter_order(loop_counter(loop));
	uint64_t number = order ? order->number : 0;
	struct counter_event ev = { .kind = EVENT_HOLD };
	char key[KEY_LABEL_SIZE];

	utf8_copy_plain(ev.text, sizeof ev.text, s->input.text);
	if (loop_do(loop, &ev))
		return STAY;
	typed_done(s);
	say(loop, ATTR_NOTE, _("Order %llu is on hold. %s brings it back."), (unsigned long long)number,
	    key_text_of(loop, ACTION_recall, key));
	return STAY;
}

static struct reaction do_recall(struct screen_loop *loop, struct register_state *s)
{
	int64_t number;

	if (s->input.len == 0)
		return OPEN(HOLD);
	if (decimal_parse(s->input.text, 0, &number))
		number = 0;
	if (!register_recall(loop, (uint64_t)number, s->input.text))
		loop->refused = true;
	else
		typed_done(s);
	return STAY;
}

bool register_recall(struct screen_loop *loop, uint64_t number, const char *typed)
{
	const struct order *order = counter_find_number(loop_counter(loop), number);
	struct counter_event ev = { .kind = EVENT_RECALL };
	struct fault fault;

	if (!order) {
		fault_set(&fault, FAULT_ORDER_NO_SUCH_ORDER, typed, NULL);
		say_fault(loop, &fault);
		return false;
	}
	ev.order = order->id;
	return !loop_do(loop, &ev);
}

static struct reaction do_undo(struct screen_loop *loop, struct register_state *s)
{
	struct counter_event ev = { .kind = EVENT_UNDO };

	(void)s;
	if (loop_do(loop, &ev) == FAULT_NONE)
		say(loop, ATTR_NOTE, "%s", _("The last change is taken back."));
	return STAY;
}

static struct reaction do_clear(struct screen_loop *loop, struct register_state *s)
{
	const struct order *order = counter_order(loop_counter(loop));
	uint64_t number = order ? order->number : 0;
	struct counter_event ev = { .kind = EVENT_CLEAR };
	char key[KEY_LABEL_SIZE];

	if (loop_do(loop, &ev))
		return STAY;
	typed_done(s);
	say(loop, ATTR_NOTE, _("Order %llu is cleared. %s brings it back."), (unsigned long long)number,
	    key_text_of(loop, ACTION_undo, key));
	return STAY;
}

/* With a code typed takes that back; else the next code or scan. */
static struct reaction do_return(struct screen_loop *loop, struct register_state *s)
{
	char typed[FIELD_BYTES];

	utf8_copy(typed, sizeof typed, s->input.text);
	field_set(&s->input, "-");
	field_insert(&s->input, typed);
	if (typed[0] && typed[0] != '-')
		return enter_code(loop, s);
	say(loop, ATTR_NOTE, _("Scan what comes back, or type its code. Esc: nothing comes back."));
	return STAY;
}

static struct reaction do_search(struct screen_loop *loop, struct register_state *s)
{
	return open_search(loop, s, "");
}

static struct reaction do_price_check(struct screen_loop *loop, struct register_state *s)
{
	(void)s;
	loop->handover.found = (struct agent_found){ .kind = SCAN_UNDECIDED };
	return OPEN(PRICE);
}

static struct reaction do_shift(struct screen_loop *loop, struct register_state *s)
{
	(void)loop;
	(void)s;
	return OPEN(SHIFT);
}

static struct reaction do_tray(struct screen_loop *loop, struct register_state *s)
{
	(void)loop;
	(void)s;
	return OPEN(TRAY);
}

static const struct {
	enum action action;
	struct reaction (*run)(struct screen_loop *loop, struct register_state *s);
} actions[] = {
	{ ACTION_quantity, do_quantity },
	{ ACTION_price, do_price },
	{ ACTION_void, do_void },
	{ ACTION_hold, do_hold },
	{ ACTION_recall, do_recall },
	{ ACTION_qr, register_qr },
	{ ACTION_cash, register_cash },
	{ ACTION_discount, do_discount },
	{ ACTION_order_discount, do_order_discount },
	{ ACTION_undo, do_undo },
	{ ACTION_clear, do_clear },
	{ ACTION_return, do_return },
	{ ACTION_search, do_search },
	{ ACTION_price_check, do_price_check },
	{ ACTION_receipt, register_receipt },
	{ ACTION_reprint, register_reprint },
	{ ACTION_shift, do_shift },
	{ ACTION_tray, do_tray },
};

static struct reaction register_action(struct screen_loop *loop, void *state, enum action action)
{
	for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
		if (actions[i].action != action)
			continue;
		loop->show_closed = loop->show_closed &&
				    (action == ACTION_receipt || action == ACTION_reprint);
		return actions[i].run(loop, state);
	}
	return PASS;
}

/* ---- the screen ------------------------------------------------------------------ */

static void enter_register(struct screen_loop *loop, void *state)
{
	struct register_state *s = state;

	if (s->input.max_chars == 0)
		field_init(&s->input, CODE_CHARS, false);
	if (s->lines.page_rows == 0)
		s->lines = (struct list)LIST_INIT;
	register_sync(loop, s);
}

static struct field *register_field(void *state, enum field_kind *ret_kind)
{
	struct register_state *s = state;

	*ret_kind = FIELD_CODE;
	return &s->input;
}

static void register_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	const struct register_state *s = state;

	(void)loop;
	snprintf(out, size, "%s", s->input.text[0] == '-' ? _("Return") : "");
}

const struct screen_ops register_screen = {
	.state_size = sizeof(struct register_state),
	.enter = enter_register,
	.action = register_action,
	.key = register_key,
	.scan = register_scan,
	.field = register_field,
	.prompt = register_prompt,
	.paint = register_paint,
};
