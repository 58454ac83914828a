/* Orders, payments and reports as the JSON of guitai batch. */
#ifndef APP_ORDER_JSON_H
#define APP_ORDER_JSON_H

#include "json/json.h"
#include "order/order.h"
#include "shift/shift.h"

/* "order":{…} as interfaces.md has it; `number` and `currency` besides. */
void order_json(struct json_writer *w, const struct order *order);

/* "payment":{…} of a tender. */
void payment_json(struct json_writer *w, const struct order *order, const struct order_tender *tender);

/* "report":{…}: X while the shift is open, Z once it is closed. */
void report_json(struct json_writer *w, const struct shift *shift, enum currency currency);

#endif
