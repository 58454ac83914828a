/* The shift: opened with a float, closed with the cash counted; its reports. */
#include <stdio.h>
#include <string.h>

#include "screen/loop.h"
#include "screen/report.h"
#include "term/dialog.h"
#include "term/pager.h"

enum { AMOUNT_CHARS = 16 };

enum showing { SHOW_FORM, SHOW_CONFIRM, SHOW_X, SHOW_Z };

struct shift_state {
	struct field amount;
	bool proposed;
	enum showing showing;
	int64_t counted_minor;
	struct dialog dialog;
	char question[256];
	struct pager report;
};

static void begin_form(struct screen_loop *loop, struct shift_state *s)
{
	money_text text;

	s->showing = SHOW_FORM;
	s->proposed = false;
	field_init(&s->amount, AMOUNT_CHARS, false);
	if (loop_counter(loop)->shift.open)
		return;
	field_set(&s->amount, amount_text(loop->context.settings->opening_float, text));
	s->proposed = true;
}

static void enter_shift(struct screen_loop *loop, void *state)
{
	struct shift_state *s = state;

	if (s->report.page_rows == 0)
		s->report = (struct pager)PAGER_INIT;
	begin_form(loop, s);
}

static struct reaction open_shift(struct screen_loop *loop, int64_t float_minor)
{
	struct counter_event ev = { .kind = EVENT_OPEN_SHIFT, .amount_minor = float_minor };

	if (loop_do(loop, &ev))
		return STAY;
	say(loop, ATTR_GOOD, _("Shift %llu is open."), (unsigned long long)loop_counter(loop)->shift.number);
	return GOTO(REGISTER);
}

/* Closing cannot be undone, so that the count is read back first. */
static struct reaction confirm_close(struct screen_loop *loop, struct shift_state *s, int64_t counted)
{
	char amount[64];

	s->counted_minor = counted;
	snprintf(s->question, sizeof s->question,
		 _("%s were counted in the drawer. A closed shift stays closed."),
		 amount_sign_text(loop, counted, amount, sizeof amount));
	s->dialog = (struct dialog){
		.title = _("Close the shift?"),
		.text = s->question,
		.buttons = { { _("Count again"), 'n' }, { _("Yes, close"), 'y' } },
		.button_count = 2,
		.attr = ATTR_NOTE,
	};
	s->showing = SHOW_CONFIRM;
	return STAY;
}

static struct reaction enter_amount(struct screen_loop *loop, struct shift_state *s)
{
	struct fault fault;
	struct money amount;

	if (s->amount.len == 0)
		return STAY;
	if (money_parse(s->amount.text, loop_counter(loop)->currency, false, &amount, &fault)) {
		say_fault(loop, &fault);
		loop->refused = true;
		return STAY;
	}
	if (!loop_counter(loop)->shift.open)
		return open_shift(loop, amount.minor);
	return confirm_close(loop, s, amount.minor);
}

static void show_report(struct screen_loop *loop, struct shift_state *s, const struct shift *shift,
			enum showing showing)
{
	struct buffer text = BUFFER_INIT(PAGER_BYTES);

	if (report_shift_text(loop, shift, &text))
		pager_set(&s->report, buffer_text(&text));
	buffer_release(&text);
	s->showing = showing;
}

static struct reaction close_shift(struct screen_loop *loop, struct shift_state *s)
{
	struct counter_event ev = { .kind = EVENT_CLOSE_SHIFT, .amount_minor = s->counted_minor };

	if (loop_do(loop, &ev)) {
		begin_form(loop, s);
		return STAY;
	}
	show_report(loop, s, &loop_counter(loop)->last_z, SHOW_Z);
	say(loop, ATTR_GOOD, _("The shift is closed. Enter opens the next one, Esc leaves."));
	return STAY;
}

static struct reaction confirm_key(struct screen_loop *loop, struct shift_state *s, struct key key)
{
	int answer = dialog_key(&s->dialog, key);

	if (answer == 1)
		return close_shift(loop, s);
	if (answer != DIALOG_NONE)
		begin_form(loop, s);
	return STAY;
}

static struct reaction report_key(struct screen_loop *loop, struct shift_state *s, struct key key)
{
	if (pager_key(&s->report, key))
		return STAY;
	if (key.code == KEY_ENTER || (key.code == KEY_ESC && s->showing == SHOW_X)) {
		begin_form(loop, s);
		return STAY;
	}
	return PASS;
}

static struct reaction shift_key(struct screen_loop *loop, void *state, struct key key)
{
	struct shift_state *s = state;

	if (s->showing == SHOW_CONFIRM)
		return confirm_key(loop, s, key);
	if (s->showing != SHOW_FORM)
		return report_key(loop, s, key);
	if (key.code == KEY_ENTER)
		return enter_amount(loop, s);
	if (s->proposed && key.code == KEY_TEXT && key.mods == 0)
		field_clear(&s->amount);
	s->proposed = false;
	return field_key(&s->amount, key) ? TYPED : PASS;
}

static struct reaction shift_action(struct screen_loop *loop, void *state, enum action action)
{
	struct shift_state *s = state;
	struct counter_event ev = { .kind = EVENT_REPORT_X };
	struct shift report;

	if (action != ACTION_x_report)
		return PASS;
	if (loop_do(loop, &ev))
		return STAY;
	if (counter_report_x(loop_counter(loop), &report))
		show_report(loop, s, &report, SHOW_X);
	return STAY;
}

static struct field *shift_field(void *state, enum field_kind *ret_kind)
{
	struct shift_state *s = state;

	*ret_kind = FIELD_NUMBER;
	return s->showing == SHOW_FORM ? &s->amount : NULL;
}

static void shift_prompt(struct screen_loop *loop, void *state, char *out, size_t size)
{
	(void)state;
	snprintf(out, size, "%s", loop_counter(loop)->shift.open ? _("Cash counted in the drawer")
								   : _("Float in the drawer"));
}

/* The count is blind: what must be in the drawer is on the X report alone. */
static void paint_form(struct screen_loop *loop, struct grid *grid, struct area body)
{
	const struct shift *shift = &loop_counter(loop)->shift;
	const struct cashier *who = counter_cashier(loop_counter(loop), shift->opened_by);
	instant_text at;
	char text[300];
	int row = body.row + 1;

	if (!shift->open) {
		grid_put_text(grid, row, 2, ATTR_BOLD, _("No shift is open."));
		grid_put_text(grid, row + 2, 2, ATTR_PLAIN,
			      _("Count the cash in the drawer and type it below; Enter opens the shift."));
		return;
	}
	instant_format(shift->opened_at, at);
	snprintf(text, sizeof text, _("Shift %llu, open since %s (%s)"), (unsigned long long)shift->number, at,
		 who ? who->name : shift->opened_by);
	grid_put_text(grid, row, 2, ATTR_BOLD, text);
	snprintf(text, sizeof text, _("Orders paid: %llu"), (unsigned long long)(shift->sales + shift->returns));
	grid_put_text(grid, row + 2, 2, ATTR_PLAIN, text);
	grid_put_text(grid, row + 4, 2, ATTR_PLAIN,
		      _("To close the shift, count the drawer, type the cash below, and press Enter."));
	grid_put_text(grid, row + 5, 2, ATTR_PLAIN, _("Esc goes on selling."));
}

static void shift_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct shift_state *s = state;

	if (s->showing == SHOW_X || s->showing == SHOW_Z) {
		pager_paint(&s->report, grid, (struct area){ body.row, (body.cols - REPORT_COLS) / 2,
							     body.rows, REPORT_COLS });
		if (pager_more(&s->report))
			grid_put_text(grid, body.row + body.rows - 1, body.cols - 12, ATTR_DIM, _("more: PgDn"));
		return;
	}
	paint_form(loop, grid, body);
	if (s->showing == SHOW_CONFIRM)
		dialog_paint(&s->dialog, grid, body);
}

static void release_shift(void *state)
{
	struct shift_state *s = state;

	pager_release(&s->report);
}

static const char *shift_enter_word(struct screen_loop *loop, void *state)
{
	const struct shift_state *s = state;

	if (s->showing == SHOW_X)
		return _("Back");
	return loop_counter(loop)->shift.open ? _("Close the shift") : _("Open the shift");
}

const struct screen_ops shift_screen = {
	.state_size = sizeof(struct shift_state),
	.enter = enter_shift,
	.action = shift_action,
	.key = shift_key,
	.field = shift_field,
	.prompt = shift_prompt,
	.paint = shift_paint,
	.release = release_shift,
	.enter_word = shift_enter_word,
};
