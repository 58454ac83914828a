/* Orders, payments and reports as the JSON of guitai batch. */
#ifndef APP_ORDER_JSON_H
#define APP_ORDER_JSON_H

#include "counter/counter.h"
#include "json/json.h"
#include "order/order.h"
#include "shift/shift.h"

/* "order":{…} as interfaces.md has it; `number` and `currency` besides. */
void order_json(struct json_writer *w, const struct order *order);

/* "payment":{…} of a tender. */
void payment_json(struct json_writer *w, const struct order *order, const struct order_tender *tender);

/* A payment by a channel; `qr` while it can be paid so. */
void channel_payment_json(struct json_writer *w, const char *name, const struct counter_payment *p);

/* The same in a tray: with its order's number and its state in words. */
void tray_payment_json(struct json_writer *w, const struct counter *c,
		       const struct counter_payment *p);

/* "report":{…}: X while the shift is open, Z once it is closed. */
void report_json(struct json_writer *w, const struct shift *shift, enum currency currency);

#endif
