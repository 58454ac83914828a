/* Whole receipts and reports, as they come out of the printer. */
#include "receipt_test.h"

#include <string.h>

#include "base/utf8.h"
#include "suite.h"

enum { TEXT_MAX = 64 * 1024 };

struct receipt_labels chinese_labels(void)
{
	static const struct { enum receipt_label label; const char *word; } words[] = {
		{ RECEIPT_LABEL_STORE, "门店" }, { RECEIPT_LABEL_TILL, "收银台" },
		{ RECEIPT_LABEL_CASHIER, "收银员" }, { RECEIPT_LABEL_ORDER, "单号" },
		{ RECEIPT_LABEL_TIME, "时间" }, { RECEIPT_LABEL_ITEM, "品名" },
		{ RECEIPT_LABEL_QUANTITY, "数量" }, { RECEIPT_LABEL_PRICE, "单价" },
		{ RECEIPT_LABEL_AMOUNT, "金额" }, { RECEIPT_LABEL_RETURNED, "退货" },
		{ RECEIPT_LABEL_DISCOUNT, "优惠" }, { RECEIPT_LABEL_ORDER_DISCOUNT, "其中整单优惠" },
		{ RECEIPT_LABEL_LINES, "行数" }, { RECEIPT_LABEL_SUBTOTAL, "小计" },
		{ RECEIPT_LABEL_ROUNDING, "抹零" }, { RECEIPT_LABEL_TOTAL, "合计" },
		{ RECEIPT_LABEL_TAX, "含税" }, { RECEIPT_LABEL_CASH, "现金" },
		{ RECEIPT_LABEL_CHANGE, "找零" }, { RECEIPT_LABEL_REFERENCE, "参考号" },
		{ RECEIPT_LABEL_STILL_DUE, "待付" }, { RECEIPT_LABEL_NOT_PAID, "未付款" },
		{ RECEIPT_LABEL_JOURNAL, "流水号" }, { RECEIPT_LABEL_X_REPORT, "X 报表" },
		{ RECEIPT_LABEL_Z_REPORT, "Z 报表" }, { RECEIPT_LABEL_SHIFT, "班次" },
		{ RECEIPT_LABEL_OPENED, "开班" }, { RECEIPT_LABEL_CLOSED, "交班" },
		{ RECEIPT_LABEL_OPENED_BY, "开班人" }, { RECEIPT_LABEL_CLOSED_BY, "交班人" },
		{ RECEIPT_LABEL_CURRENCY, "币种" }, { RECEIPT_LABEL_SALES, "销售" },
		{ RECEIPT_LABEL_RETURNS, "退款" }, { RECEIPT_LABEL_NET, "净销售额" },
		{ RECEIPT_LABEL_DISCOUNTS, "优惠" }, { RECEIPT_LABEL_ITEMS, "商品行数" },
		{ RECEIPT_LABEL_VOIDS, "作废行" }, { RECEIPT_LABEL_OVERRIDES, "改价次数" },
		{ RECEIPT_LABEL_CLEARED, "清空订单" }, { RECEIPT_LABEL_HELD, "挂单" },
		{ RECEIPT_LABEL_REPRINTS, "重打次数" }, { RECEIPT_LABEL_FLOAT, "备用金" },
		{ RECEIPT_LABEL_EXPECTED, "应有现金" }, { RECEIPT_LABEL_COUNTED, "清点现金" },
		{ RECEIPT_LABEL_DIFFERENCE, "长短款" }, { RECEIPT_LABEL_PERPETUAL, "累计总额" },
	};
	struct receipt_labels labels = receipt_labels_english();

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		labels.text[words[i].label] = words[i].word;
	return labels;
}

/* A basket with something of everything a line can be. */
static void mixed_order(struct order *order)
{
	struct order_line *line;

	begin_order(order);
	sold(order, "可口可乐 500ml", 2000, 350);
	line = sold(order, "Washing powder, lemon, refill bag of 2.5 kg", 1000, 1990);
	line->discount = (struct discount){ DISCOUNT_PERCENT, 1250 };
	order_discount_line(line);
	line = sold(order, "康师傅红烧牛肉面经典袋面五连包", 10000, 480);
	line->tax_bp = 900;
	line = sold(order, "香蕉", 734, 798);
	utf8_copy(line->unit, sizeof line->unit, "kg");
	line->tax_bp = 0;
	sold(order, "void me", 1000, 99900)->voided = true;
	line = sold(order, "玻璃杯", -1000, 1500);
	utf8_copy(line->reason, sizeof line->reason, "碎了 broken");
	sold(order, "金条 gold", 12000, 123456789);
	discount_order(order, DISCOUNT_AMOUNT, 500);
	paid(order, TENDER_OTHER, "card", 100000000, 0);
	utf8_copy(order->tenders[0].ref, sizeof order->tenders[0].ref, "A-77");
	paid(order, TENDER_CASH, "cash", 5000, 0)->cancelled = true;
	order->rounding_minor = -6;
	CU_ASSERT_FATAL(order_sum(order) == FAULT_NONE);
	paid(order, TENDER_CASH, "cash", order_due(order) + 44, 44);
	close_order(order);
}

void begin_shift(struct shift *shift, bool open)
{
	struct order order;

	memset(shift, 0, sizeof *shift);
	shift->number = 7;
	shift->open = open;
	shift->opened_at = (struct instant){ INT64_C(1795222800000), 480 };
	utf8_copy(shift->opened_by, sizeof shift->opened_by, "1");
	shift->float_minor = 20000;
	shift->perpetual_minor = 1234567;
	shift->perpetual_sales = 98;
	begin_order(&order);
	sold(&order, "a", 3000, 350);
	discount_order(&order, DISCOUNT_AMOUNT, 50);
	paid(&order, TENDER_OTHER, "mall_card", 400, 0);
	paid(&order, TENDER_CASH, "cash", 1000, 400);
	close_order(&order);
	CU_ASSERT_FATAL(shift_count_order(shift, &order) == FAULT_NONE);
	order_release(&order);
	begin_order(&order);
	sold(&order, "b", -1000, 203);
	order.rounding_minor = 3;
	paid(&order, TENDER_CASH, "cash", -200, 0);
	close_order(&order);
	CU_ASSERT_FATAL(shift_count_order(shift, &order) == FAULT_NONE);
	order_release(&order);
	shift->voids = 2;
	shift->voids_minor = 1398;
	shift->overrides = 1;
	shift->cleared = 1;
	shift->cleared_minor = 500;
	shift->held = 3;
	shift->reprints = 4;
	if (open)
		return;
	shift->z_number = 5;
	shift->closed_at = (struct instant){ INT64_C(1795254125000), 480 };
	utf8_copy(shift->closed_by, sizeof shift->closed_by, "2");
	shift->counted_minor = 20300;
}

static const char *const header[] = { "科技路 8 号" };
static const char *const footer[] = { "谢谢惠顾 Thank you, come again soon" };
static const uint8_t hash[] = { 0x0A, 0xBC, 0x12, 0xFF, 0x99 };

static struct receipt_context full_context(const struct receipt_labels *labels)
{
	return (struct receipt_context){
		.labels = labels, .shop = "星光便利店", .store = "012", .till = "03",
		.cashier = "李娜", .header = header, .n_header = 1, .footer = footer,
		.n_footer = 1, .currency = CURRENCY_CNY, .journal_seq = 1204,
		.journal_hash = hash, .printed_at = { INT64_C(1795254067000), 480 },
	};
}

#define RULE_32 "--------------------------------\n"
#define RULE_42 "------------------------------------------\n"
#define RULE_48 "------------------------------------------------\n"

static const char mixed_32[] =
	"           星光便利店\n"
	"          科技路 8 号\n"
	RULE_32
	"Store                        012\n"
	"Till                          03\n"
	"Cashier                     李娜\n"
	"Order                         42\n"
	"Time         2026-11-21 17:42:05\n"
	RULE_32
	"Item\n"
	"       Qty     Price      Amount\n"
	RULE_32
	"可口可乐 500ml\n"
	"         2      3.50        7.00\n"
	"Washing powder, lemon, refill ba\n"
	"g of 2.5 kg\n"
	"         1     19.90       19.90\n"
	"  Discount 12.5%           -2.49\n"
	"康师傅红烧牛肉面经典袋面五连包\n"
	"        10      4.80       48.00\n"
	"香蕉\n"
	"   0.734kg      7.98        5.86\n"
	"玻璃杯\n"
	"        -1     15.00      -15.00\n"
	"  Returned: 碎了 broken\n"
	"金条 gold\n"
	"  12 x 1234567.89    14814814.68\n"
	RULE_32
	"Lines                          6\n"
	"Subtotal             14814880.44\n"
	"Discount                   -7.49\n"
	"  on the whole order       -5.00\n"
	"Cash rounding              -0.06\n"
	"TOTAL              ￥14814872.89\n"
	"card                  1000000.00\n"
	"  Reference: A-77\n"
	"Cash                 13814873.33\n"
	"Change                      0.44\n"
	"Tax included 0% (5.86)      0.00\n"
	"Tax included 9% (48.00)     3.96\n"
	"Tax included 13% (14814819.09)\n"
	"                      1704359.72\n"
	RULE_32
	"Journal            1204 0abc12ff\n"
	"谢谢惠顾 Thank you, come again\n"
	"              soon\n"
	" GR0024H36H2NCSVRH6DAQF6DVVQZW\n";

static const char mixed_42[] =
	"                星光便利店\n"
	"               科技路 8 号\n"
	RULE_42
	"Store                                  012\n"
	"Till                                    03\n"
	"Cashier                               李娜\n"
	"Order                                   42\n"
	"Time                   2026-11-21 17:42:05\n"
	RULE_42
	"Item                 Qty    Price   Amount\n"
	RULE_42
	"可口可乐 500ml         2     3.50     7.00\n"
	"Washing powder,        1    19.90    19.90\n"
	"lemon, refill ba\n"
	"g of 2.5 kg\n"
	"  Discount 12.5%                     -2.49\n"
	"康师傅红烧牛肉面      10     4.80    48.00\n"
	"经典袋面五连包\n"
	"香蕉             0.734kg     7.98     5.86\n"
	"玻璃杯                -1    15.00   -15.00\n"
	"  Returned: 碎了 broken\n"
	"金条 gold\n"
	"  12 x 1234567.89              14814814.68\n"
	RULE_42
	"Lines                                    6\n"
	"Subtotal                       14814880.44\n"
	"Discount                             -7.49\n"
	"  on the whole order                 -5.00\n"
	"Cash rounding                        -0.06\n"
	"TOTAL                        ￥14814872.89\n"
	"card                            1000000.00\n"
	"  Reference: A-77\n"
	"Cash                           13814873.33\n"
	"Change                                0.44\n"
	"Tax included 0% (5.86)                0.00\n"
	"Tax included 9% (48.00)               3.96\n"
	"Tax included 13% (14814819.09)  1704359.72\n"
	RULE_42
	"Journal                      1204 0abc12ff\n"
	"   谢谢惠顾 Thank you, come again soon\n"
	"      GR0024H36H2NCSVRH6DAQF6DVVQZW\n";

static const char mixed_48[] =
	"                   星光便利店\n"
	"                  科技路 8 号\n"
	RULE_48
	"Store                                        012\n"
	"Till                                          03\n"
	"Cashier                                     李娜\n"
	"Order                                         42\n"
	"Time                         2026-11-21 17:42:05\n"
	RULE_48
	"Item                      Qty    Price    Amount\n"
	RULE_48
	"可口可乐 500ml              2     3.50      7.00\n"
	"Washing powder, lemon       1    19.90     19.90\n"
	", refill bag of 2.5 k\n"
	"g\n"
	"  Discount 12.5%                           -2.49\n"
	"康师傅红烧牛肉面经典       10     4.80     48.00\n"
	"袋面五连包\n"
	"香蕉                  0.734kg     7.98      5.86\n"
	"玻璃杯                     -1    15.00    -15.00\n"
	"  Returned: 碎了 broken\n"
	"金条 gold\n"
	"  12 x 1234567.89                    14814814.68\n"
	RULE_48
	"Lines                                          6\n"
	"Subtotal                             14814880.44\n"
	"Discount                                   -7.49\n"
	"  on the whole order                       -5.00\n"
	"Cash rounding                              -0.06\n"
	"TOTAL                              ￥14814872.89\n"
	"card                                  1000000.00\n"
	"  Reference: A-77\n"
	"Cash                                 13814873.33\n"
	"Change                                      0.44\n"
	"Tax included 0% (5.86)                      0.00\n"
	"Tax included 9% (48.00)                     3.96\n"
	"Tax included 13% (14814819.09)        1704359.72\n"
	RULE_48
	"Journal                            1204 0abc12ff\n"
	"      谢谢惠顾 Thank you, come again soon\n"
	"         GR0024H36H2NCSVRH6DAQF6DVVQZW\n";

static const char mixed_zh_32[] =
	"           星光便利店\n"
	"          科技路 8 号\n"
	"    *** TRAINING / 培训 ***\n"
	"    *** 重打 DUPLICATE 2 ***\n"
	RULE_32
	"门店                         012\n"
	"收银台                        03\n"
	"收银员                      李娜\n"
	"单号                          42\n"
	"时间         2026-11-21 17:42:05\n"
	RULE_32
	"品名\n"
	"      数量      单价        金额\n"
	RULE_32
	"可口可乐 500ml\n"
	"         2      3.50        7.00\n"
	"Washing powder, lemon, refill ba\n"
	"g of 2.5 kg\n"
	"         1     19.90       19.90\n"
	"  优惠 12.5%               -2.49\n"
	"康师傅红烧牛肉面经典袋面五连包\n"
	"        10      4.80       48.00\n"
	"香蕉\n"
	"   0.734kg      7.98        5.86\n"
	"玻璃杯\n"
	"        -1     15.00      -15.00\n"
	"  退货: 碎了 broken\n"
	"金条 gold\n"
	"  12 x 1234567.89    14814814.68\n"
	RULE_32
	"行数                           6\n"
	"小计                 14814880.44\n"
	"优惠                       -7.49\n"
	"  其中整单优惠             -5.00\n"
	"抹零                       -0.06\n"
	"合计               ￥14814872.89\n"
	"card                  1000000.00\n"
	"  参考号: A-77\n"
	"现金                 13814873.33\n"
	"找零                        0.44\n"
	"含税 0% (5.86)              0.00\n"
	"含税 9% (48.00)             3.96\n"
	"含税 13% (14814819.09)\n"
	"                      1704359.72\n"
	RULE_32
	"流水号             1204 0abc12ff\n"
	"谢谢惠顾 Thank you, come again\n"
	"              soon\n"
	" GR0024H36H2NCSVRH6DAQF6DVVQZW\n";

static const char mixed_zh_42[] =
	"                星光便利店\n"
	"               科技路 8 号\n"
	"         *** TRAINING / 培训 ***\n"
	"         *** 重打 DUPLICATE 2 ***\n"
	RULE_42
	"门店                                   012\n"
	"收银台                                  03\n"
	"收银员                                李娜\n"
	"单号                                    42\n"
	"时间                   2026-11-21 17:42:05\n"
	RULE_42
	"品名                数量     单价     金额\n"
	RULE_42
	"可口可乐 500ml         2     3.50     7.00\n"
	"Washing powder,        1    19.90    19.90\n"
	"lemon, refill ba\n"
	"g of 2.5 kg\n"
	"  优惠 12.5%                         -2.49\n"
	"康师傅红烧牛肉面      10     4.80    48.00\n"
	"经典袋面五连包\n"
	"香蕉             0.734kg     7.98     5.86\n"
	"玻璃杯                -1    15.00   -15.00\n"
	"  退货: 碎了 broken\n"
	"金条 gold\n"
	"  12 x 1234567.89              14814814.68\n"
	RULE_42
	"行数                                     6\n"
	"小计                           14814880.44\n"
	"优惠                                 -7.49\n"
	"  其中整单优惠                       -5.00\n"
	"抹零                                 -0.06\n"
	"合计                         ￥14814872.89\n"
	"card                            1000000.00\n"
	"  参考号: A-77\n"
	"现金                           13814873.33\n"
	"找零                                  0.44\n"
	"含税 0% (5.86)                        0.00\n"
	"含税 9% (48.00)                       3.96\n"
	"含税 13% (14814819.09)          1704359.72\n"
	RULE_42
	"流水号                       1204 0abc12ff\n"
	"   谢谢惠顾 Thank you, come again soon\n"
	"      GR0024H36H2NCSVRH6DAQF6DVVQZW\n";

static const char mixed_zh_48[] =
	"                   星光便利店\n"
	"                  科技路 8 号\n"
	"            *** TRAINING / 培训 ***\n"
	"            *** 重打 DUPLICATE 2 ***\n"
	RULE_48
	"门店                                         012\n"
	"收银台                                        03\n"
	"收银员                                      李娜\n"
	"单号                                          42\n"
	"时间                         2026-11-21 17:42:05\n"
	RULE_48
	"品名                     数量     单价      金额\n"
	RULE_48
	"可口可乐 500ml              2     3.50      7.00\n"
	"Washing powder, lemon       1    19.90     19.90\n"
	", refill bag of 2.5 k\n"
	"g\n"
	"  优惠 12.5%                               -2.49\n"
	"康师傅红烧牛肉面经典       10     4.80     48.00\n"
	"袋面五连包\n"
	"香蕉                  0.734kg     7.98      5.86\n"
	"玻璃杯                     -1    15.00    -15.00\n"
	"  退货: 碎了 broken\n"
	"金条 gold\n"
	"  12 x 1234567.89                    14814814.68\n"
	RULE_48
	"行数                                           6\n"
	"小计                                 14814880.44\n"
	"优惠                                       -7.49\n"
	"  其中整单优惠                             -5.00\n"
	"抹零                                       -0.06\n"
	"合计                               ￥14814872.89\n"
	"card                                  1000000.00\n"
	"  参考号: A-77\n"
	"现金                                 13814873.33\n"
	"找零                                        0.44\n"
	"含税 0% (5.86)                              0.00\n"
	"含税 9% (48.00)                             3.96\n"
	"含税 13% (14814819.09)                1704359.72\n"
	RULE_48
	"流水号                             1204 0abc12ff\n"
	"      谢谢惠顾 Thank you, come again soon\n"
	"         GR0024H36H2NCSVRH6DAQF6DVVQZW\n";

static const char unpaid_32[] =
	RULE_32
	"Cashier                        1\n"
	"Order                         42\n"
	"Time         2026-11-21 17:41:07\n"
	RULE_32
	"Item\n"
	"       Qty     Price      Amount\n"
	RULE_32
	"6901\n"
	"         2      3.00        6.00\n"
	"  Discount                 -0.50\n"
	"back\n"
	"        -1      1.25       -1.25\n"
	"  Returned\n"
	RULE_32
	"Lines                          2\n"
	"Subtotal                    4.75\n"
	"Discount                   -1.05\n"
	"  on the whole order 10%   -0.55\n"
	"TOTAL                   HKD 3.70\n"
	"Still due                   3.70\n"
	"        *** NOT PAID ***\n"
	RULE_32
	"Journal                        9\n"
	" GR0024H36H2NCSVRH6DAQF6DVVQZW\n";

static const char z_32[] =
	"           星光便利店\n"
	"          科技路 8 号\n"
	RULE_32
	"Store                        012\n"
	"Till                          03\n"
	"           Z REPORT 5\n"
	"Shift                          7\n"
	"Opened       2026-11-21 09:00:00\n"
	"Opened by                      1\n"
	"Closed       2026-11-21 17:42:05\n"
	"Closed by                      2\n"
	RULE_32
	"Currency                     CNY\n"
	"Sales (1)                  10.00\n"
	"Paid out for returns (1)   -2.00\n"
	RULE_32
	"Net sales                   8.00\n"
	"Discounts                  -0.50\n"
	"Cash rounding               0.03\n"
	"Lines sold                     2\n"
	RULE_32
	"mall_card (1)               4.00\n"
	"Cash (2)                    4.00\n"
	RULE_32
	"Float                     200.00\n"
	"Cash expected             204.00\n"
	"Cash counted              203.00\n"
	"Difference                 -1.00\n"
	RULE_32
	"Voided lines (2)           13.98\n"
	"Orders cleared (1)          5.00\n"
	"Prices changed                 1\n"
	"Orders on hold                 3\n"
	"Receipts printed again         4\n"
	RULE_32
	"Total of all time (100) 12353.67\n"
	RULE_32
	"Journal            1204 0abc12ff\n"
	"谢谢惠顾 Thank you, come again\n"
	"              soon\n";

static const char x_zh_42[] =
	"                星光便利店\n"
	"               科技路 8 号\n"
	"         *** TRAINING / 培训 ***\n"
	RULE_42
	"门店                                   012\n"
	"收银台                                  03\n"
	"                  X 报表\n"
	"班次                                     7\n"
	"开班                   2026-11-21 09:00:00\n"
	"开班人                                   1\n"
	"时间                   2026-11-21 17:41:07\n"
	RULE_42
	"币种                                   CNY\n"
	"销售 (1)                             10.00\n"
	"退款 (1)                             -2.00\n"
	RULE_42
	"净销售额                              8.00\n"
	"优惠                                 -0.50\n"
	"抹零                                  0.03\n"
	"商品行数                                 2\n"
	RULE_42
	"mall_card (1)                         4.00\n"
	"现金 (2)                              4.00\n"
	RULE_42
	"备用金                              200.00\n"
	"应有现金                            204.00\n"
	RULE_42
	"作废行 (2)                           13.98\n"
	"清空订单 (1)                          5.00\n"
	"改价次数                                 1\n"
	"挂单                                     3\n"
	"重打次数                                 4\n"
	RULE_42
	"累计总额 (100)                    12353.67\n"
	RULE_42
	"流水号                       1204 0abc12ff\n"
	"   谢谢惠顾 Thank you, come again soon\n";

static const char z_zh_48[] =
	"                   星光便利店\n"
	"                  科技路 8 号\n"
	RULE_48
	"门店                                         012\n"
	"收银台                                        03\n"
	"                    Z 报表 5\n"
	"班次                                           7\n"
	"开班                         2026-11-21 09:00:00\n"
	"开班人                                         1\n"
	"交班                         2026-11-21 17:42:05\n"
	"交班人                                         2\n"
	RULE_48
	"币种                                         CNY\n"
	"销售 (1)                                   10.00\n"
	"退款 (1)                                   -2.00\n"
	RULE_48
	"净销售额                                    8.00\n"
	"优惠                                       -0.50\n"
	"抹零                                        0.03\n"
	"商品行数                                       2\n"
	RULE_48
	"mall_card (1)                               4.00\n"
	"现金 (2)                                    4.00\n"
	RULE_48
	"备用金                                    200.00\n"
	"应有现金                                  204.00\n"
	"清点现金                                  203.00\n"
	"长短款                                     -1.00\n"
	RULE_48
	"作废行 (2)                                 13.98\n"
	"清空订单 (1)                                5.00\n"
	"改价次数                                       1\n"
	"挂单                                           3\n"
	"重打次数                                       4\n"
	RULE_48
	"累计总额 (100)                          12353.67\n"
	RULE_48
	"流水号                             1204 0abc12ff\n"
	"      谢谢惠顾 Thank you, come again soon\n";

static void assert_picture(const struct receipt_document *doc, unsigned columns, const char *picture)
{
	struct buffer out = BUFFER_INIT(TEXT_MAX);

	CU_ASSERT_FATAL(receipt_layout_text(doc, columns, &out));
	ASSERT_TEXT(buffer_text(&out), picture);
	buffer_release(&out);
}

void receipts_look_like_their_pictures(void)
{
	static const struct { bool chinese; unsigned columns; const char *picture; } cases[] = {
		{ false, 32, mixed_32 }, { false, 42, mixed_42 }, { false, 48, mixed_48 },
		{ true, 32, mixed_zh_32 }, { true, 42, mixed_zh_42 }, { true, 48, mixed_zh_48 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct receipt_labels labels = cases[i].chinese ? chinese_labels()
								: receipt_labels_english();
		struct receipt_context context = full_context(&labels);
		struct receipt_document doc;
		struct order order;

		context.training = cases[i].chinese;
		context.copy = cases[i].chinese ? 2 : 0;
		mixed_order(&order);
		receipt_init(&doc);
		CU_ASSERT_FATAL(receipt_of_order(&doc, &order, &context));
		assert_picture(&doc, cases[i].columns, cases[i].picture);
		receipt_release(&doc);
		order_release(&order);
	}
}

/* An order still open, with nothing known of the shop, in a currency by its
 * letters: what comes out says that it is not paid. */
void an_unpaid_order_says_so(void)
{
	struct receipt_labels labels = receipt_labels_english();
	struct receipt_context context = { .labels = &labels, .iso_currency = true,
					   .journal_seq = 9 };
	struct receipt_document doc;
	struct order_line *line;
	struct order order;

	begin_order(&order);
	order.currency = CURRENCY_HKD;
	line = sold(&order, "", 2000, 300);
	utf8_copy(line->code, sizeof line->code, "6901");
	line->discount = (struct discount){ DISCOUNT_AMOUNT, 50 };
	line->tax_bp = -1;
	order_discount_line(line);
	sold(&order, "back", -1000, 125)->tax_bp = -1;
	discount_order(&order, DISCOUNT_PERCENT, 1000);
	CU_ASSERT_FATAL(order_sum(&order) == FAULT_NONE);
	receipt_init(&doc);
	CU_ASSERT_FATAL(receipt_of_order(&doc, &order, &context));
	assert_picture(&doc, 32, unpaid_32);
	receipt_release(&doc);
	order_release(&order);
}

void reports_look_like_their_pictures(void)
{
	static const struct { bool chinese, open; unsigned columns; const char *picture; } cases[] = {
		{ false, false, 32, z_32 }, { true, true, 42, x_zh_42 }, { true, false, 48, z_zh_48 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct receipt_labels labels = cases[i].chinese ? chinese_labels()
								: receipt_labels_english();
		struct receipt_context context = full_context(&labels);
		struct receipt_document doc;
		struct shift shift;

		context.training = cases[i].open;
		begin_shift(&shift, cases[i].open);
		receipt_init(&doc);
		CU_ASSERT_FATAL(receipt_of_shift(&doc, &shift, &context));
		assert_picture(&doc, cases[i].columns, cases[i].picture);
		receipt_release(&doc);
	}
}
