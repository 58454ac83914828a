/* Prints and the till's own events: at least one receipt, each further one
 * marked with a number of its own; set-up, settings, people, catalogue. */
#include "suite.h"

#include <string.h>

#include "base/utf8.h"
#include "desk.h"
#include "edges_test.h"

static void end(struct desk *d)
{
	desk_assert_replays(d);
	desk_assert_snapshots(d);
	desk_release(d);
}

static void print_each_sale(struct desk *d)
{
	struct counter_event ev = { .kind = EVENT_RULES };

	ev.of.rules.print_receipts = true;
	CU_ASSERT_FATAL(desk_do(d, &ev) == FAULT_NONE);
}

static enum fault_code print_ended(struct desk *d, uint64_t job, enum print_outcome outcome)
{
	struct counter_event ev = { .kind = EVENT_PRINT_ENDED };

	ev.of.print_ended.job = job;
	ev.of.print_ended.outcome = outcome;
	return desk_do(d, &ev);
}

static enum fault_code print_again(struct desk *d)
{
	struct counter_event ev = { .kind = EVENT_PRINT };

	CU_ASSERT_FATAL(d->counter.last_closed != NULL);
	ev.of.print.order = d->counter.last_closed->id;
	ev.of.print.number = d->counter.last_closed->number;
	ev.of.print.printed = d->counter.last_closed_prints;
	return desk_do(d, &ev);
}

static void sell(struct desk *d)
{
	desk_item(d, "a", 1000, 100);
	ASSERT_NUMBER(desk_plain(d, EVENT_PAY_CASH, 100), FAULT_NONE);
}

void each_copy_has_a_number_of_its_own(void)
{
	struct desk d;

	desk_open(&d);
	print_each_sale(&d);
	sell(&d);
	ASSERT_NUMBER(d.counter.last_closed_prints, 1);
	ASSERT_NUMBER(print_again(&d), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 1);
	ASSERT_NUMBER(d.counter.shift.reprints, 1);
	/* the first print is in doubt while duplicate 1 is under way */
	ASSERT_NUMBER(print_ended(&d, 1, PRINT_DOUBTFUL), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 2);
	ASSERT_NUMBER(d.counter.last_closed_prints, 3);
	ASSERT_NUMBER(print_ended(&d, 3, PRINT_DONE), FAULT_NONE);
	ASSERT_NUMBER(print_ended(&d, 2, PRINT_DOUBTFUL), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 3);
	/* an older order's doubtful copy is numbered by what is under way */
	sell(&d);
	ASSERT_NUMBER(print_ended(&d, 4, PRINT_DOUBTFUL), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 4);
	ASSERT_NUMBER(d.counter.last_closed_prints, 1);
	ASSERT_NUMBER(print_ended(&d, 5, PRINT_FAILED), FAULT_NONE);
	ASSERT_NUMBER(d.step.n_effects, 0);
	ASSERT_NUMBER(print_ended(&d, 99, PRINT_DONE), FAULT_PRINT_NOTHING);
	ASSERT_NUMBER(desk_plain(&d, EVENT_CLOSE_SHIFT, 0), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_z.reprints, 4);
	ASSERT_NUMBER(print_again(&d), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_z.reprints, 4);
	ASSERT_NUMBER(desk_plain(&d, EVENT_LOGOUT, 0), FAULT_NONE);
	/* receipts are asked for from outside the screen, too */
	ASSERT_NUMBER(print_again(&d), FAULT_NONE);
	end(&d);
}

void a_print_that_failed_before_its_first_byte_does_not_count(void)
{
	struct desk d;

	desk_open(&d);
	print_each_sale(&d);
	sell(&d);
	ASSERT_NUMBER(print_ended(&d, 1, PRINT_FAILED), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed_prints, 0);
	ASSERT_NUMBER(print_again(&d), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 0);
	/* nor does the first while a copy is under way, whose number stays */
	ASSERT_NUMBER(print_again(&d), FAULT_NONE);
	ASSERT_NUMBER(d.step.effects[0].print.copy, 1);
	ASSERT_NUMBER(print_ended(&d, 2, PRINT_FAILED), FAULT_NONE);
	ASSERT_NUMBER(d.counter.last_closed_prints, 2);
	end(&d);
}

void a_full_queue_still_ends_its_doubtful_prints(void)
{
	struct desk d;

	desk_open(&d);
	print_each_sale(&d);
	for (int i = 0; i < COUNTER_JOBS_MAX; i++)
		sell(&d);
	ASSERT_NUMBER(print_again(&d), FAULT_LIMIT_REACHED);
	desk_item(&d, "a", 1000, 100);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 100), FAULT_LIMIT_REACHED);
	ASSERT_NUMBER(print_ended(&d, 1, PRINT_DOUBTFUL), FAULT_NONE);
	ASSERT_NUMBER(d.counter.n_print_jobs, COUNTER_JOBS_MAX);
	ASSERT_NUMBER(print_ended(&d, 2, PRINT_DONE), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(&d, EVENT_PAY_CASH, 100), FAULT_NONE);
	end(&d);
}

void settings_people_and_catalogue_are_entries_once(void)
{
	struct counter_event ev = { .kind = EVENT_INITIALISE };
	uint64_t before;
	struct desk d;

	desk_open(&d);
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_STORE_EXISTS);
	print_each_sale(&d);
	before = d.counter.seq;
	print_each_sale(&d);
	ev = (struct counter_event){ .kind = EVENT_CATALOG };
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_NUMBER(d.counter.seq, before);
	ev.of.catalog.generation = 3;
	ev.of.catalog.products = 1460;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_NUMBER(d.counter.catalog_generation, 3);
	ASSERT_NUMBER(d.counter.seq, before + 1);
	ev = (struct counter_event){ .kind = EVENT_START };
	ev.of.start.training = true;
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	CU_ASSERT(d.counter.training);
	ASSERT_NUMBER(d.counter.boot, 2);
	ev = (struct counter_event){ .kind = EVENT_ADD_CASHIER };
	utf8_copy(ev.of.cashier.id, sizeof ev.of.cashier.id, "1");
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_CASHIER_EXISTS);
	for (int i = 2; i <= COUNTER_CASHIERS_MAX; i++) {
		ev.of.cashier.id[0] = (char)('a' + i % 26);
		ev.of.cashier.id[1] = (char)('a' + i / 26);
		ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	}
	utf8_copy(ev.of.cashier.id, sizeof ev.of.cashier.id, "one more");
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_LIMIT_REACHED);
	ASSERT_NUMBER(desk_login(&d, "ca", true), FAULT_NONE);
	ASSERT_TEXT(counter_operator(&d.counter)->id, "ca");
	ASSERT_NUMBER(counter_operator(&d.counter)->role, ROLE_CASHIER);
	end(&d);
}

/* What the shop's name and number hold must be readable in the journal. */
void names_of_a_new_till_are_made_plain(void)
{
	struct counter_event ev = { .kind = EVENT_INITIALISE };
	struct desk d;

	desk_init(&d);
	utf8_copy(ev.of.initialise.shop, sizeof ev.of.initialise.shop, "\xFFshop");
	utf8_copy(ev.of.initialise.store, sizeof ev.of.initialise.store, "\x80");
	utf8_copy(ev.of.initialise.till, sizeof ev.of.initialise.till, "\n");
	ASSERT_NUMBER(desk_do(&d, &ev), FAULT_NONE);
	ASSERT_TEXT(d.counter.till, "\xEF\xBF\xBD");
	end(&d);
}

void log_ins_wait_at_most_their_longest(void)
{
	struct instant now = { 0, 480 };
	struct desk d;

	desk_open(&d);
	for (int i = 0; i < 12; i++) {
		d.now_ms += LOGIN_LOCK_MAX_S * INT64_C(1000);
		ASSERT_NUMBER(desk_login(&d, "1", false), FAULT_CASHIER_WRONG_PIN);
	}
	now.utc_ms = d.now_ms;
	ASSERT_NUMBER(counter_login_wait_s(&d.counter, now), LOGIN_LOCK_MAX_S);
	now.utc_ms += LOGIN_LOCK_MAX_S * INT64_C(1000) - 1;
	ASSERT_NUMBER(counter_login_wait_s(&d.counter, now), 1);
	/* a clock set back may not lock the till for longer */
	now.utc_ms = d.now_ms - 1000;
	ASSERT_NUMBER(counter_login_wait_s(&d.counter, now), 0);
	end(&d);
}
