/* What a line costs, and how an order's discount lies on its lines. */
#include "order/order.h"

#include <stdlib.h>

#include "money/share.h"

/* A discount of `base` (≤ MONEY_MAX_MINOR), never more than it, never below
 * zero. */
static int64_t discount_of(struct discount discount, int64_t base)
{
	struct money part = money_make(discount.value, CURRENCY_NONE);

	if (base <= 0 || discount.value <= 0 || discount.kind == DISCOUNT_NONE)
		return 0;
	/* A percentage that does not fit is far more than the whole. */
	if (discount.kind == DISCOUNT_PERCENT &&
	    money_scale(money_make(base, CURRENCY_NONE), discount.value, PERCENT_WHOLE,
			ROUND_HALF_UP, &part))
		return base;
	return part.minor < base ? part.minor : base;
}

enum fault_code order_price_line(struct order_line *line, enum currency currency)
{
	struct money gross;
	enum fault_code code = quantity_price(line->quantity,
					      money_make(line->price_minor, currency), &gross);

	if (code)
		return code;
	line->gross_minor = gross.minor;
	order_discount_line(line);
	return FAULT_NONE;
}

void order_discount_line(struct order_line *line)
{
	line->discount_minor = discount_of(line->discount, line->gross_minor);
}

static int64_t eligible(const struct order_line *line)
{
	int64_t net = line->gross_minor - line->discount_minor;

	return !line->voided && net > 0 ? net : 0;
}

static size_t lines_with(const struct order *order, const struct order_line *changed)
{
	return order->n_lines + (changed && changed->n > order->n_lines);
}

/* The eligible net of each line as it would stand; returns their sum. */
static int64_t weigh(const struct order *order, const struct order_line *changed,
		     int64_t *weights, size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		weights[i] = eligible(changed && changed->n == i + 1 ? changed : &order->lines[i]);
		sum += weights[i];
	}
	return sum;
}

enum fault_code order_spread(const struct order *order, const struct order_line *changed,
			     struct discount discount, struct buffer *out)
{
	size_t n = lines_with(order, changed);
	int64_t *weights, *shares, base, amount;
	enum fault_code code = FAULT_OUT_OF_MEMORY;

	if (discount.kind == DISCOUNT_NONE || n == 0)
		return FAULT_NONE;
	weights = calloc(2 * n, sizeof *weights);
	if (!weights)
		return FAULT_OUT_OF_MEMORY;
	shares = weights + n;
	base = weigh(order, changed, weights, n);
	if (base > MONEY_MAX_MINOR) {
		code = FAULT_MONEY_OVERFLOW;
		goto done;
	}
	amount = discount_of(discount, base);
	if (amount > 0 && !share_split(amount, weights, n, shares))
		goto done;
	for (size_t i = 0; i < n; i++)
		pack_integer(out, shares[i]);
	code = out->failed ? FAULT_OUT_OF_MEMORY : FAULT_NONE;
done:
	free(weights);
	return code;
}

bool order_set_shares(struct order *order, const uint8_t *packed, size_t n)
{
	struct unpack in;

	unpack_init(&in, packed, n);
	for (size_t i = 0; i < order->n_lines; i++)
		order->lines[i].share_minor = n ? unpack_integer(&in) : 0;
	return n == 0 || unpack_done(&in);
}

int64_t order_discount_base(const struct order *order, uint32_t line)
{
	int64_t sum = 0;

	for (size_t i = 0; i < order->n_lines; i++) {
		const struct order_line *l = &order->lines[i];

		if (line == 0)
			sum += eligible(l);
		else if (l->n == line)
			sum = l->gross_minor;
	}
	return sum;
}
