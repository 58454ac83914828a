/* Orders: lines, tenders, sums. */
#include "order/order.h"

#include <stdlib.h>
#include <string.h>

const char *order_state_word(enum order_state state)
{
	static const char *const words[] = {
		"open", "held", "closed", "cleared", "part_refunded", "refunded",
	};

	return words[state];
}

void order_release(struct order *order)
{
	if (!order)
		return;
	free(order->lines);
	free(order->tenders);
	free(order->undo);
	memset(order, 0, sizeof *order);
}

void order_free(struct order *order)
{
	order_release(order);
	free(order);
}

static bool copy_items(void **ret, size_t *ret_cap, const void *from, size_t n, size_t size)
{
	*ret = NULL;
	*ret_cap = 0;
	if (n == 0)
		return true;
	*ret = malloc(n * size);
	if (!*ret)
		return false;
	memcpy(*ret, from, n * size);
	*ret_cap = n;
	return true;
}

bool order_copy(const struct order *order, struct order *ret)
{
	struct order copy = *order;
	void *lines, *tenders, *undo;
	bool ok = copy_items(&lines, &copy.cap_lines, order->lines, order->n_lines,
			     sizeof *order->lines);

	ok = copy_items(&tenders, &copy.cap_tenders, order->tenders, order->n_tenders,
			sizeof *order->tenders) && ok;
	ok = copy_items(&undo, &copy.cap_undo, order->undo, order->n_undo,
			sizeof *order->undo) && ok;
	copy.lines = lines;
	copy.tenders = tenders;
	copy.undo = undo;
	if (!ok) {
		order_release(&copy);
		return false;
	}
	*ret = copy;
	return true;
}

int64_t order_due(const struct order *order)
{
	return order->total_minor - order->paid_minor;
}

const struct order_line *order_line_const(const struct order *order, uint32_t n, bool voided_too)
{
	/* Lines are numbered as they come, so line n stands at n − 1. */
	const struct order_line *line = n >= 1 && n <= order->n_lines ? &order->lines[n - 1] : NULL;

	return line && (voided_too || !line->voided) ? line : NULL;
}

struct order_line *order_line(struct order *order, uint32_t n, bool voided_too)
{
	return order_line_const(order, n, voided_too) ? &order->lines[n - 1] : NULL;
}

const struct order_tender *order_tender(const struct order *order, uint32_t n)
{
	if (n < 1 || n > order->n_tenders || order->tenders[n - 1].cancelled)
		return NULL;
	return &order->tenders[n - 1];
}

struct order_line *order_add_line(struct order *order)
{
	void *lines = order->lines;
	struct order_line *line;

	if (!vector_reserve(&lines, &order->cap_lines, order->n_lines + 1, sizeof *line,
			    ORDER_LINES_MAX))
		return NULL;
	order->lines = lines;
	line = &order->lines[order->n_lines++];
	memset(line, 0, sizeof *line);
	line->n = (uint32_t)order->n_lines;
	return line;
}

struct order_tender *order_add_tender(struct order *order)
{
	void *tenders = order->tenders;
	struct order_tender *tender;

	if (!vector_reserve(&tenders, &order->cap_tenders, order->n_tenders + 1, sizeof *tender,
			    ORDER_TENDERS_MAX))
		return NULL;
	order->tenders = tenders;
	tender = &order->tenders[order->n_tenders++];
	memset(tender, 0, sizeof *tender);
	tender->n = (uint32_t)order->n_tenders;
	return tender;
}

struct order_undo *order_push_undo(struct order *order)
{
	void *undo = order->undo;
	struct order_undo *step;

	if (order->n_undo == ORDER_UNDO_MAX) {
		order->n_undo--;
		memmove(order->undo, order->undo + 1, order->n_undo * sizeof *step);
	}
	if (!vector_reserve(&undo, &order->cap_undo, order->n_undo + 1, sizeof *step,
			    ORDER_UNDO_MAX))
		return NULL;
	order->undo = undo;
	step = &order->undo[order->n_undo++];
	memset(step, 0, sizeof *step);
	return step;
}

int64_t order_line_net(const struct order_line *line)
{
	return line->gross_minor - line->discount_minor - line->share_minor;
}

static bool add(int64_t *sum, int64_t value)
{
	*sum += value;  /* each value is within ±MONEY_MAX_MINOR: no wrap */
	return *sum <= MONEY_MAX_MINOR && *sum >= -MONEY_MAX_MINOR;
}

struct sums {
	int64_t subtotal, discount, total;
	size_t live;
	bool fit;
};

static void sum_line(struct sums *sums, const struct order_line *line, int64_t share)
{
	if (line->voided)
		return;
	sums->live++;
	sums->fit = add(&sums->subtotal, line->gross_minor) && sums->fit;
	sums->fit = add(&sums->discount, line->discount_minor) && sums->fit;
	sums->fit = add(&sums->discount, share) && sums->fit;
}

static bool finish_sums(struct sums *sums, const struct order *order)
{
	sums->total = sums->subtotal - sums->discount;
	return add(&sums->total, order->rounding_minor) && sums->fit;
}

enum fault_code order_sum(struct order *order)
{
	struct sums sums = { .fit = true };
	int64_t paid = 0, change = 0;

	for (size_t i = 0; i < order->n_lines; i++)
		sum_line(&sums, &order->lines[i], order->lines[i].share_minor);
	for (size_t i = 0; i < order->n_tenders; i++) {
		if (order->tenders[i].cancelled)
			continue;
		sums.fit = add(&paid, order->tenders[i].amount_minor) && sums.fit;
		sums.fit = add(&change, order->tenders[i].change_minor) && sums.fit;
	}
	if (!finish_sums(&sums, order))
		return FAULT_MONEY_OVERFLOW;
	order->subtotal_minor = sums.subtotal;
	order->discount_minor = sums.discount;
	order->total_minor = sums.total;
	order->paid_minor = paid;
	order->change_minor = change;
	order->live_lines = sums.live;
	return FAULT_NONE;
}

enum fault_code order_total_with(const struct order *order, const struct order_line *changed,
				 const struct buffer *shares, int64_t *ret_total)
{
	size_t n = order->n_lines + (changed && changed->n > order->n_lines);
	struct sums sums = { .fit = true };
	struct unpack in;

	unpack_init(&in, shares->data, shares->len);
	for (size_t i = 0; i < n; i++)
		sum_line(&sums, changed && changed->n == i + 1 ? changed : &order->lines[i],
			 shares->len ? unpack_integer(&in) : 0);
	if (!finish_sums(&sums, order))
		return FAULT_MONEY_OVERFLOW;
	*ret_total = sums.total;
	return FAULT_NONE;
}
