/* Tax contained in an order, by rate. */
#include "order/order.h"

static struct order_tax *row_of(struct order_tax *rows, size_t *n, int32_t rate_bp)
{
	size_t at = 0;

	while (at < *n && rows[at].rate_bp < rate_bp)
		at++;
	if (at < *n && rows[at].rate_bp == rate_bp)
		return &rows[at];
	if (*n == ORDER_TAX_RATES_MAX)
		return NULL;
	for (size_t i = *n; i > at; i--)
		rows[i] = rows[i - 1];
	rows[at] = (struct order_tax){ rate_bp, 0, 0 };
	(*n)++;
	return &rows[at];
}

size_t order_taxes(const struct order *order, struct order_tax rows[ORDER_TAX_RATES_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < order->n_lines; i++) {
		const struct order_line *line = &order->lines[i];
		struct money tax;
		struct order_tax *row;

		if (line->voided || line->tax_bp < 0)
			continue;
		row = row_of(rows, &n, line->tax_bp);
		if (!row)
			continue;
		/* the tax is less than the net: cannot overflow */
		money_scale(money_make(order_line_net(line), order->currency), line->tax_bp,
			    INT64_C(1) * PERCENT_WHOLE + line->tax_bp, ROUND_HALF_UP, &tax);
		row->net_minor += order_line_net(line);
		row->tax_minor += tax.minor;
	}
	return n;
}
