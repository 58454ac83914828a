/* Decisions about the till itself: set-up, start, settings, people. */
#include "counter/decide.h"

#include <string.h>

#include "base/utf8.h"

/* Wrong PINs in a row that cost nothing, and the first wait after them. */
enum { LOGIN_FREE_FAILURES = 3, LOGIN_FIRST_WAIT_S = 5 };

enum fault_code decide_initialise(struct decision *d)
{
	const struct counter_event *ev = d->event;
	struct entry *e;

	if (d->c->initialised)
		return fault_set(d->fault, FAULT_STORE_EXISTS, d->c->shop, NULL);
	e = decide_entry(d, ENTRY_TILL_INITIALISED);
	utf8_copy_plain(e->store, sizeof e->store, ev->of.initialise.store);
	utf8_copy_plain(e->till, sizeof e->till, ev->of.initialise.till);
	e->device_key = ev->of.initialise.device_key;
	utf8_copy_plain(e->of.till_initialised.shop, sizeof e->of.till_initialised.shop,
			ev->of.initialise.shop);
	e->of.till_initialised.currency = ev->of.initialise.currency;
	memcpy(e->of.till_initialised.public_key, ev->of.initialise.public_key,
	       sizeof e->of.till_initialised.public_key);
	return FAULT_NONE;
}

enum fault_code decide_start(struct decision *d)
{
	struct entry *e = decide_entry(d, ENTRY_TILL_STARTED);

	e->boot = d->c->boot + 1;
	utf8_copy_plain(e->of.till_started.version, sizeof e->of.till_started.version,
			d->event->of.start.version);
	e->of.till_started.training = d->event->of.start.training;
	return FAULT_NONE;
}

static bool same_rules(const struct counter_rules *a, const struct counter_rules *b)
{
	return a->rounding_step_minor == b->rounding_step_minor &&
	       a->rounding_mode == b->rounding_mode && a->print_receipts == b->print_receipts &&
	       strcmp(a->tenders, b->tenders) == 0;
}

enum fault_code decide_rules(struct decision *d)
{
	const struct counter_rules *rules = &d->event->of.rules;
	struct entry *e;

	if (same_rules(rules, &d->c->rules))
		return FAULT_NONE;
	e = decide_entry(d, ENTRY_SETTINGS_CHANGED);
	e->of.settings_changed.rounding_step = rules->rounding_step_minor;
	e->of.settings_changed.rounding_mode = rules->rounding_mode;
	e->of.settings_changed.print_receipts = rules->print_receipts;
	utf8_copy_plain(e->of.settings_changed.tenders, sizeof e->of.settings_changed.tenders,
			rules->tenders);
	return FAULT_NONE;
}

enum fault_code decide_add_cashier(struct decision *d)
{
	const struct cashier *cashier = &d->event->of.cashier;
	struct entry *e;

	if (counter_cashier(d->c, cashier->id))
		return fault_set(d->fault, FAULT_CASHIER_EXISTS, cashier->id, NULL);
	if (d->c->n_cashiers >= COUNTER_CASHIERS_MAX)
		return fault_set_number(d->fault, FAULT_LIMIT_REACHED, COUNTER_CASHIERS_MAX, "cashiers");
	e = decide_entry(d, ENTRY_CASHIER_ADDED);
	utf8_copy_plain(e->of.cashier_added.id, sizeof e->of.cashier_added.id, cashier->id);
	utf8_copy_plain(e->of.cashier_added.name, sizeof e->of.cashier_added.name, cashier->name);
	e->of.cashier_added.role = cashier->role;
	return FAULT_NONE;
}

enum fault_code decide_catalog(struct decision *d)
{
	struct entry *e;

	if (d->event->of.catalog.generation == d->c->catalog_generation)
		return FAULT_NONE;
	e = decide_entry(d, ENTRY_CATALOG_CHANGED);
	e->of.catalog_changed.products = d->event->of.catalog.products;
	e->of.catalog_changed.generation = d->event->of.catalog.generation;
	return FAULT_NONE;
}

static int64_t wait_after_s(uint64_t failures)
{
	int64_t wait = LOGIN_FIRST_WAIT_S;

	if (failures < LOGIN_FREE_FAILURES)
		return 0;
	for (uint64_t i = LOGIN_FREE_FAILURES; i < failures && wait < LOGIN_LOCK_MAX_S; i++)
		wait *= 2;
	return wait < LOGIN_LOCK_MAX_S ? wait : LOGIN_LOCK_MAX_S;
}

static enum fault_code fail_login(struct decision *d)
{
	uint64_t failures = d->c->login_failures + 1;
	struct entry *e = decide_entry(d, ENTRY_LOGIN_FAILED);

	utf8_copy_plain(e->of.login_failed.cashier, sizeof e->of.login_failed.cashier,
			d->event->of.login.cashier);
	e->of.login_failed.failures = (int64_t)failures;
	e->of.login_failed.locked_until = d->event->now.utc_ms + wait_after_s(failures) * 1000;
	fault_set(&d->step->answer, FAULT_CASHIER_WRONG_PIN, NULL, NULL);
	return FAULT_NONE;
}

enum fault_code decide_login(struct decision *d)
{
	const char *id = d->event->of.login.cashier;
	int64_t wait = counter_login_wait_s(d->c, d->event->now);
	struct entry *e;

	if (wait > 0)
		return fault_set_number(d->fault, FAULT_CASHIER_LOCKED, wait, NULL);
	if (!d->event->of.login.pin_right || !counter_cashier(d->c, id))
		return fail_login(d);
	if (d->c->operator_id[0]) {
		e = decide_entry(d, ENTRY_LOGGED_OUT);
		memcpy(e->of.logged_out.cashier, d->c->operator_id, sizeof d->c->operator_id);
	}
	e = decide_entry(d, ENTRY_LOGGED_IN);
	utf8_copy(e->operator_id, sizeof e->operator_id, id);
	utf8_copy(e->of.logged_in.cashier, sizeof e->of.logged_in.cashier, id);
	return FAULT_NONE;
}

enum fault_code decide_logout(struct decision *d)
{
	enum fault_code code = decide_needs_operator(d);
	struct entry *e;

	if (code)
		return code;
	e = decide_entry(d, ENTRY_LOGGED_OUT);
	memcpy(e->of.logged_out.cashier, d->c->operator_id, sizeof d->c->operator_id);
	return FAULT_NONE;
}
