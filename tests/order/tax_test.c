/* The tax an order contains. */
#include "order_test.h"
#include "suite.h"

static void taxed(struct order *order, int64_t gross_minor, int32_t tax_bp)
{
	struct order_line *line = order_add_line(order);

	CU_ASSERT_FATAL(line != NULL);
	line->gross_minor = gross_minor;
	line->tax_bp = tax_bp;
}

void tax_is_contained_by_rate(void)
{
	struct order order = { .currency = CURRENCY_CNY };
	struct order_tax rows[ORDER_TAX_RATES_MAX];

	ASSERT_NUMBER(order_taxes(&order, rows), 0);
	taxed(&order, 1130, 1300);  /* 130.00 exactly */
	taxed(&order, 109, 900);
	taxed(&order, 500, -1);     /* unknown: left out */
	taxed(&order, 700, 0);
	taxed(&order, 3, 1300);     /* 0.345: rounds down alone */
	taxed(&order, 5, 1300);     /* 0.575: rounds up alone */
	taxed(&order, -1130, 1300);
	taxed(&order, -5, 900);     /* -0.41 */
	taxed(&order, 8888, 1300);
	order.lines[8].voided = true;
	taxed(&order, 200, 600);
	order.lines[9].discount_minor = 90;
	order.lines[9].share_minor = 4;
	ASSERT_NUMBER(order_taxes(&order, rows), 4);
	ASSERT_NUMBER(rows[0].rate_bp, 0);
	ASSERT_NUMBER(rows[0].net_minor, 700);
	ASSERT_NUMBER(rows[0].tax_minor, 0);
	ASSERT_NUMBER(rows[1].rate_bp, 600);
	ASSERT_NUMBER(rows[1].net_minor, 106);
	ASSERT_NUMBER(rows[1].tax_minor, 6);
	ASSERT_NUMBER(rows[2].rate_bp, 900);
	ASSERT_NUMBER(rows[2].net_minor, 104);
	ASSERT_NUMBER(rows[2].tax_minor, 9);
	ASSERT_NUMBER(rows[3].rate_bp, 1300);
	ASSERT_NUMBER(rows[3].net_minor, 8);
	ASSERT_NUMBER(rows[3].tax_minor, 1);
	order_release(&order);
}

void rates_past_the_limit_are_left_out(void)
{
	struct order order = { .currency = CURRENCY_CNY };
	struct order_tax rows[ORDER_TAX_RATES_MAX];

	taxed(&order, 100, INT32_MAX);
	for (int32_t i = 1; i <= ORDER_TAX_RATES_MAX; i++)
		taxed(&order, 100, i * 7 % (ORDER_TAX_RATES_MAX + 1));
	taxed(&order, 100, 7);
	ASSERT_NUMBER(order_taxes(&order, rows), ORDER_TAX_RATES_MAX);
	for (size_t i = 1; i < ORDER_TAX_RATES_MAX; i++)
		CU_ASSERT(rows[i - 1].rate_bp < rows[i].rate_bp);
	ASSERT_NUMBER(rows[ORDER_TAX_RATES_MAX - 1].rate_bp, INT32_MAX);
	ASSERT_NUMBER(rows[ORDER_TAX_RATES_MAX - 1].tax_minor, 100);
	ASSERT_NUMBER(rows[6].rate_bp, 7);
	ASSERT_NUMBER(rows[6].net_minor, 200);
	order_release(&order);
}
