/* What is still under way: payments, of parked orders too, and prints; below
 * them how the last payments ended. */
#include <stdio.h>

#include "screen/loop.h"
#include "term/list.h"

enum { NUMBER_COLS = 7, TIME_COLS = 7, WHAT_COLS = 16, AMOUNT_COLS = 12 };

struct tray {
	struct list list;
};

static size_t count_payments(const struct counter *c, bool ended)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_payments; i++)
		n += payment_is_terminal(c->payments[i].attempt.state) == ended;
	return n;
}

size_t tray_count(const struct counter *c)
{
	return count_payments(c, false) + c->n_print_jobs;
}

/* The newest first. */
static const struct counter_payment *payment_at(const struct counter *c, size_t index, bool ended)
{
	for (size_t i = c->n_payments; i-- > 0;)
		if (payment_is_terminal(c->payments[i].attempt.state) == ended && index-- == 0)
			return &c->payments[i];
	return NULL;
}

/* Open payments, prints, ended payments; NULL for a print, whose index is then
 * in *ret_print. */
static const struct counter_payment *row_at(const struct counter *c, size_t index, size_t *ret_print)
{
	size_t open = count_payments(c, false);

	*ret_print = 0;
	if (index < open)
		return payment_at(c, index, false);
	index -= open;
	*ret_print = index;
	return index < c->n_print_jobs ? NULL : payment_at(c, index - c->n_print_jobs, true);
}

static void sync(struct screen_loop *loop, struct tray *s)
{
	const struct counter *c = loop_counter(loop);

	list_set_count(&s->list, c->n_payments + c->n_print_jobs);
}

static void enter_tray(struct screen_loop *loop, void *state)
{
	struct tray *s = state;

	s->list = (struct list)LIST_INIT;
	sync(loop, s);
}

static struct reaction tray_key(struct screen_loop *loop, void *state, struct key key)
{
	const struct counter_payment *p;
	struct tray *s = state;
	size_t print;

	sync(loop, s);
	if (list_key(&s->list, key))
		return STAY;
	if (key.code != KEY_ENTER)
		return PASS;
	p = s->list.count ? row_at(loop_counter(loop), s->list.selected, &print) : NULL;
	if (!p)
		return s->list.count ? STAY : BACK;
	loop->handover.payment = p->attempt.id;
	return OPEN(WATCH);
}

static void put(struct grid *grid, int row, int *col, int cols, enum align align, unsigned attr,
		const char *text)
{
	grid_put_field(grid, row, *col, cols, align, attr, text);
	*col += cols + 1;
}

static void paint_columns(struct grid *grid, struct area line, unsigned attr, const char *const text[5])
{
	int col = line.col;

	put(grid, line.row, &col, NUMBER_COLS, ALIGN_RIGHT, attr, text[0]);
	put(grid, line.row, &col, TIME_COLS, ALIGN_RIGHT, attr, text[1]);
	put(grid, line.row, &col, AMOUNT_COLS, ALIGN_RIGHT, attr, text[2]);
	col++;
	put(grid, line.row, &col, WHAT_COLS, ALIGN_LEFT, attr, text[3]);
	put(grid, line.row, &col, line.col + line.cols - col - 1, ALIGN_LEFT, attr, text[4]);
}

static void paint_print(const struct screen_loop *loop, const struct print_job *job, struct grid *grid,
			struct area line, unsigned attr)
{
	char number[24];

	snprintf(number, sizeof number, "%llu", (unsigned long long)job->order_number);
	paint_columns(grid, line, attr, (const char *const[]){
		number, "", "", _("Receipt"), loop->prints_stuck ? _("waiting for the printer")
								 : _("being printed") });
}

static void paint_row(void *context, size_t index, bool selected, struct grid *grid, struct area line,
		      unsigned attr)
{
	const struct screen_loop *loop = context;
	const struct counter *c = loop_counter(loop);
	const struct counter_payment *p;
	struct instant_civil at;
	char number[24], time[16];
	money_text amount;
	size_t print;

	(void)selected;
	p = row_at(c, index, &print);
	if (!p) {
		paint_print(loop, &c->print_jobs[print], grid, line, attr);
		return;
	}
	instant_civil((struct instant){ p->attempt.begun_ms, agent_now(loop->context.agent).offset_min }, &at);
	snprintf(number, sizeof number, "%llu", (unsigned long long)pay_order_number(loop, p));
	snprintf(time, sizeof time, "%02d:%02d", at.hour, at.minute);
	paint_columns(grid, line, attr, (const char *const[]){
		pay_order_number(loop, p) ? number : "", time,
		amount_text(p->attempt.amount.minor, amount), pay_wallet(loop, p),
		gettext(payment_state_words(p->attempt.state)) });
}

static void tray_paint(struct screen_loop *loop, void *state, struct grid *grid, struct area body)
{
	struct tray *s = state;
	struct area head = { body.row, 2, 1, body.cols - 2 };

	sync(loop, s);
	grid_place_cursor(grid, grid->rows - 3, 1);
	if (s->list.count == 0) {
		grid_put_field(grid, body.row + body.rows / 2, 0, body.cols, ALIGN_CENTER, ATTR_PLAIN,
			       _("Nothing is open."));
		return;
	}
	paint_columns(grid, head, ATTR_DIM, (const char *const[]){
		_("Order"), _("At"), _("Amount"), _("What"), _("How it stands") });
	list_paint(&s->list, grid, (struct area){ body.row + 1, body.col, body.rows - 1, body.cols }, ATTR_BOLD,
		   paint_row, loop);
}

static const char *tray_enter_word(struct screen_loop *loop, void *state)
{
	(void)state;
	return loop_counter(loop)->n_payments ? _("Show") : "";
}

const struct screen_ops tray_screen = {
	.state_size = sizeof(struct tray),
	.enter = enter_tray,
	.key = tray_key,
	.paint = tray_paint,
	.enter_word = tray_enter_word,
};
