/* The script of guitai train --demo. Each step goes through the words of batch,
 * and so through the same counter as the register's keys. */
#include "app/train_demo.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/batch.h"
#include "app/practice_customer.h"
#include "app/till_hub.h"
#include "command/speech.h"

/* A payment code of the customer who pays at once. */
#define CUSTOMER_CODE "134567890123456700"

enum { SALES = 3 };

struct demo {
	const struct practice *practice;
	struct agent *agent;
	struct till_hub *hub;
	struct batch batch;
	int paid;
};

static void turn(void *ctx, int ms)
{
	struct demo *d = ctx;
	struct pollfd fd = { .fd = till_hub_fd(d->hub), .events = POLLIN };

	if (poll(&fd, 1, ms) > 0)
		till_hub_work(d->hub);
}

static bool told(const struct fault *fault)
{
	if (fault->code)
		speech_refusal(fault);
	return fault->code == FAULT_NONE;
}

/* Tells the keys and what they do, and does it. */
static bool step(struct demo *d, const char *keys, const char *what, const char *line)
{
	printf("  %-26s %s\n", keys, what);
	fflush(stdout);
	if (batch_run(&d->batch, line, strlen(line)) == FAULT_NONE)
		return true;
	printf("%s", buffer_text(&d->batch.out));
	return false;
}

/* Nothing is pressed: the hub tells how the payment ended. */
static bool wait_for_end(struct demo *d)
{
	char line[64];
	ident_text id;

	ident_format(&d->batch.payment, id);
	snprintf(line, sizeof line, "wait %s 15", id);
	return step(d, "", _("the till waits for the hub's signed word"), line);
}

/* Whether the sale is closed and paid in full, and prints its receipt. */
static bool finish(struct demo *d, const char *way)
{
	const struct order *order = agent_counter(d->agent)->last_closed;
	money_text total;

	if (counter_order(agent_counter(d->agent)) || !order || order_due(order) != 0) {
		printf(_("  The order is not paid.\n"));
		return false;
	}
	money_format(money_make(order->total_minor, order->currency), total);
	printf(_("  Order %" PRIu64 " is paid: %s, %s.\n"), order->number, total, way);
	if (!step(d, "M-n", _("prints the receipt"), "print last") || !d->batch.text)
		return false;
	d->paid++;
	return true;
}

static bool begin(struct demo *d)
{
	printf(_("Opening the till\n"));
	return step(d, PRACTICE_CASHIER " Enter " PRACTICE_PIN " Enter", _("logs the cashier in"),
		    "login " PRACTICE_CASHIER " " PRACTICE_PIN) &&
	       (agent_counter(d->agent)->shift.open ||
		step(d, "100 Enter", _("opens the shift with a float of 100.00"), "shift open 100"));
}

static bool sell_for_cash(struct demo *d)
{
	printf(_("A sale for cash\n"));
	return step(d, "9521000000018 Enter", _("scans a product"), "scan 9521000000018") &&
	       step(d, "9521000000056 Enter", _("scans another"), "scan 9521000000056") &&
	       step(d, "20 F10", _("takes 20.00 in cash and gives change"), "pay cash 20") &&
	       finish(d, _("cash"));
}

static bool pay_as_customer(struct demo *d)
{
	const struct counter_payment *p = counter_find_payment(agent_counter(d->agent), &d->batch.payment);
	struct fault fault = { .code = FAULT_NONE };
	char qr[PAYMENT_QR_MAX + 1] = "";

	if (p)
		snprintf(qr, sizeof qr, "%s", p->attempt.qr);
	printf("  %-26s %s\n", "", qr);
	printf("  %-26s %s\n", "", _("the customer opens it on the phone and pays with WeChat"));
	fflush(stdout);
	practice_pay_qr(d->practice, qr, &fault);
	return told(&fault);
}

static bool sell_by_qr(struct demo *d)
{
	struct ident payment;

	printf(_("A sale by QR code\n"));
	if (!step(d, "9521000000032 Enter", _("scans a product"), "scan 9521000000032") ||
	    !step(d, "F9", _("shows the QR code"), "pay qr"))
		return false;
	payment = d->batch.payment;
	if (!pay_as_customer(d))
		return false;
	d->batch.payment = payment;
	return wait_for_end(d) && finish(d, _("QR code"));
}

static bool sell_by_code(struct demo *d)
{
	printf(_("A sale by the customer's payment code\n"));
	return step(d, "9521000000070 Enter", _("scans a product"), "scan 9521000000070") &&
	       step(d, _("(scan)"), _("scans the code on the customer's phone"), "pay code " CUSTOMER_CODE) &&
	       wait_for_end(d) && finish(d, _("payment code"));
}

bool train_demo_play(const struct invocation *in, const struct practice *practice, const char *dir,
		     struct agent *agent)
{
	struct demo *d = calloc(1, sizeof *d);
	struct fault fault = { .code = FAULT_NONE };
	int paid;

	if (!d)
		return false;
	d->practice = practice;
	d->agent = agent;
	batch_init(&d->batch, agent, in->settings);
	d->batch.turn = turn;
	d->batch.turn_ctx = d;
	till_hub_open(dir, agent, &d->hub, &fault);
	if (told(&fault) && begin(d)) {
		sell_for_cash(d);
		sell_by_qr(d);
		sell_by_code(d);
	}
	paid = d->paid;
	/* TRANSLATORS: "3 of 3 orders …" */
	printf(_("%d of %d orders were paid and have their receipt. This was training: no money moved.\n"),
	       paid, SALES);
	till_hub_close(d->hub);
	batch_release(&d->batch);
	free(d);
	return paid == SALES;
}
