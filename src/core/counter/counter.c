/* The state: its life and the questions asked of it. */
#include "counter/counter.h"

#include <stdlib.h>
#include <string.h>

void counter_init(struct counter *c)
{
	memset(c, 0, sizeof *c);
}

void counter_release(struct counter *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->n_orders; i++)
		order_free(c->orders[i]);
	free(c->orders);
	order_free(c->last_closed);
	free(c->cashiers);
	free(c->print_jobs);
	free(c->payments);
	counter_init(c);
}

const struct order *counter_order(const struct counter *c)
{
	const struct order *order;

	if (ident_is_zero(&c->current))
		return NULL;
	order = counter_find_order(c, &c->current);
	return order && order->state == ORDER_OPEN ? order : NULL;
}

const struct order *counter_find_order(const struct counter *c, const struct ident *id)
{
	for (size_t i = c->n_orders; i-- > 0;)
		if (ident_equal(&c->orders[i]->id, id))
			return c->orders[i];
	if (c->last_closed && ident_equal(&c->last_closed->id, id))
		return c->last_closed;
	return NULL;
}

const struct order *counter_find_number(const struct counter *c, uint64_t number)
{
	for (size_t i = c->n_orders; i-- > 0;)
		if (c->orders[i]->number == number)
			return c->orders[i];
	return c->last_closed && c->last_closed->number == number ? c->last_closed : NULL;
}

const struct cashier *counter_cashier(const struct counter *c, const char *id)
{
	for (size_t i = 0; i < c->n_cashiers; i++)
		if (strcmp(c->cashiers[i].id, id) == 0)
			return &c->cashiers[i];
	return NULL;
}

const struct cashier *counter_operator(const struct counter *c)
{
	return c->operator_id[0] ? counter_cashier(c, c->operator_id) : NULL;
}

int64_t counter_login_wait_s(const struct counter *c, struct instant now)
{
	int64_t left_ms = c->locked_until_ms - now.utc_ms;

	/* A wait longer than the longest lock means the clock went back. */
	if (left_ms <= 0 || left_ms > LOGIN_LOCK_MAX_S * INT64_C(1000))
		return 0;
	return (left_ms + 999) / 1000;
}

int64_t counter_cash_due(const struct counter *c, const struct order *order)
{
	struct money rounded = money_make(order_due(order), order->currency);

	if (c->rules.rounding_step_minor > 0 &&
	    money_round_to(rounded, c->rules.rounding_step_minor, c->rules.rounding_mode, &rounded))
		return order_due(order);
	return rounded.minor;
}

const struct counter_payment *counter_find_payment(const struct counter *c, const struct ident *id)
{
	for (size_t i = c->n_payments; i-- > 0;)
		if (ident_equal(&c->payments[i].attempt.id, id))
			return &c->payments[i];
	return NULL;
}

const struct counter_payment *counter_open_payment(const struct counter *c, const struct ident *order)
{
	for (size_t i = c->n_payments; i-- > 0;)
		if (ident_equal(&c->payments[i].attempt.order, order) &&
		    !payment_is_terminal(c->payments[i].attempt.state))
			return &c->payments[i];
	return NULL;
}

int64_t counter_next_tick_ms(const struct counter *c)
{
	int64_t next = PAYMENT_NEVER;

	for (size_t i = 0; i < c->n_payments; i++)
		if (!payment_is_terminal(c->payments[i].attempt.state) &&
		    c->payments[i].attempt.schedule.next_ms < next)
			next = c->payments[i].attempt.schedule.next_ms;
	return next;
}

void counter_take_schedule(struct counter *c, const struct counter_step *step)
{
	if (!step->has_schedule)
		return;
	for (size_t i = 0; i < c->n_payments; i++)
		if (ident_equal(&c->payments[i].attempt.id, &step->scheduled))
			c->payments[i].attempt.schedule = step->schedule;
}

bool counter_has_tender(const struct counter *c, const char *name)
{
	bool other = !strchr(name, ' ') && strcmp(name, "cash") != 0;
	size_t len = other ? strlen(name) : 0;

	for (const char *p = c->rules.tenders; len && (p = strstr(p, name)); p += len)
		if ((p == c->rules.tenders || p[-1] == ' ') && (p[len] == '\0' || p[len] == ' '))
			return true;
	return false;
}
