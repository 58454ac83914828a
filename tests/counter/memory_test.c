/* Memory that runs out: each allocation of each step of a busy day fails once.
 * A decision is then refused and made again, an entry is applied to another
 * copy, and nothing is lost or leaked.
 *
 * The linker's --wrap sends the core's allocations through here. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "desk.h"
#include "receipt/receipt.h"

enum { STATE_MAX = 4 * 1024 * 1024 };

/* Allocations that succeed before the one that fails; below zero: none fails. */
static long left = -1;
static long n_failed;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t size);

static bool fails(void)
{
	if (left < 0)
		return false;
	if (left-- > 0)
		return false;
	n_failed++;
	return true;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

static void pack_state(const struct counter *c, struct buffer *out)
{
	buffer_reset(out);
	CU_ASSERT_FATAL(counter_pack(c, out));
}

static void copy_state(const struct buffer *state, struct counter *ret_copy)
{
	counter_init(ret_copy);
	CU_ASSERT_FATAL(counter_unpack(ret_copy, state->data, state->len));
}

/* Decides with the n-th allocation failing, n from 0 on, until it does not
 * matter; the step is then what it should be. */
static enum fault_code decide_starved(struct desk *d, const struct counter_event *event,
				      struct counter_step *step)
{
	for (long n = 0;; n++) {
		enum fault_code code;

		step_init(step);
		left = n;
		code = counter_decide(&d->counter, event, step, &d->fault);
		left = -1;
		if (code != FAULT_OUT_OF_MEMORY)
			return code;
		ASSERT_NUMBER(step->n_entries, 0);
		step_release(step);
	}
}

static void apply_starved(struct buffer *state, const struct entry *entry)
{
	struct counter copy;

	for (long n = 0;; n++) {
		enum fault_code code;

		copy_state(state, &copy);
		left = n;
		code = counter_apply(&copy, entry, NULL);
		left = -1;
		if (code != FAULT_OUT_OF_MEMORY) {
			ASSERT_NUMBER(code, FAULT_NONE);
			break;
		}
		counter_release(&copy);
	}
	pack_state(&copy, state);
	counter_release(&copy);
}

static void starve(struct desk *d, const struct counter_event *event)
{
	struct buffer before = BUFFER_INIT(STATE_MAX), state = BUFFER_INIT(STATE_MAX);
	struct counter_step step;

	pack_state(&d->counter, &before);
	decide_starved(d, event, &step);
	pack_state(&d->counter, &state);
	CU_ASSERT(state.len == before.len && memcmp(state.data, before.data, state.len) == 0);
	for (size_t i = 0; i < step.n_entries; i++)
		apply_starved(&state, &step.entries[i]);
	step_release(&step);
	buffer_release(&before);
	buffer_release(&state);
}

static void add_cashiers(struct desk *d)
{
	struct counter_event ev = { .kind = EVENT_ADD_CASHIER };

	for (int i = 0; i < 20; i++) {
		ev.of.cashier.id[0] = (char)('a' + i);
		ASSERT_NUMBER(desk_do(d, &ev), FAULT_NONE);
	}
}

static void busy_day(struct desk *d)
{
	struct counter_event ev = { .kind = EVENT_RULES };

	desk_open(d);
	d->before = starve;
	ev.of.rules.print_receipts = true;
	utf8_copy(ev.of.rules.tenders, sizeof ev.of.rules.tenders, "card");
	ASSERT_NUMBER(desk_do(d, &ev), FAULT_NONE);
	add_cashiers(d);
	for (int i = 0; i < 18; i++) {
		ASSERT_NUMBER(desk_item(d, "b", 1000, 100), FAULT_NONE);
		ASSERT_NUMBER(desk_plain(d, EVENT_HOLD, 0), FAULT_NONE);
	}
	for (int i = 0; i < 18; i++)
		ASSERT_NUMBER(desk_item(d, "a", 1000, 100 + i), FAULT_NONE);
	ASSERT_NUMBER(desk_discount(d, 0, DISCOUNT_PERCENT, 500), FAULT_NONE);
	for (uint32_t i = 1; i < 10; i++)
		ASSERT_NUMBER(desk_line(d, EVENT_VOID, i, 0), FAULT_NONE);
	for (int i = 0; i < 6; i++)
		ASSERT_NUMBER(desk_discount(d, 0, DISCOUNT_AMOUNT, 50 + i), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(d, EVENT_UNDO, 0), FAULT_NONE);
	ASSERT_NUMBER(desk_line(d, EVENT_QUANTITY, 12, 3000), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(d, EVENT_UNDO, 0), FAULT_NONE);
	for (int i = 0; i < 10; i++)
		ASSERT_NUMBER(desk_pay_other(d, "card", 1), FAULT_NONE);
	ASSERT_NUMBER(desk_plain(d, EVENT_PAY_CASH, 5000), FAULT_NONE);
	for (int i = 0; i < 10; i++) {
		desk_item(d, "c", 1000, 100);
		ASSERT_NUMBER(desk_plain(d, EVENT_PAY_CASH, 100), FAULT_NONE);
	}
}

static void a_day_without_memory_is_refused_step_by_step(void)
{
	struct desk d;

	busy_day(&d);
	desk_assert_replays(&d);
	CU_ASSERT(n_failed > 100);
	desk_release(&d);
}

/* An undo stack that is as large as it gets once more, and once smaller. */
static void a_step_that_cannot_be_kept_is_refused(void)
{
	struct desk d;

	desk_open(&d);
	d.before = starve;
	for (int i = 0; i < 9; i++) {
		desk_item(&d, "a", 1000, 100);
		ASSERT_NUMBER(desk_discount(&d, 0, DISCOUNT_AMOUNT, 1 + i), FAULT_NONE);
		ASSERT_NUMBER(desk_line(&d, EVENT_PRICE, 1, 200 + i), FAULT_NONE);
	}
	desk_assert_replays(&d);
	desk_release(&d);
}

static void snapshots_and_copies_fail_whole(void)
{
	struct buffer state = BUFFER_INIT(STATE_MAX);
	struct desk d;
	bool done = false;

	busy_day(&d);
	d.before = NULL;
	desk_item(&d, "a", 1000, 100);
	ASSERT_NUMBER(desk_pay_other(&d, "card", 1), FAULT_NONE);
	for (long n = 0; !done; n++) {
		buffer_release(&state);
		left = n;
		done = counter_pack(&d.counter, &state);
		left = -1;
	}
	done = false;
	for (long n = 0; !done; n++) {
		struct counter copy;

		counter_init(&copy);
		left = n;
		done = counter_unpack(&copy, state.data, state.len);
		left = -1;
		counter_release(&copy);
	}
	done = false;
	for (long n = 0; !done; n++) {
		struct order copy = { .number = 77 };

		left = n;
		done = order_copy(counter_order(&d.counter), &copy);
		left = -1;
		CU_ASSERT(done || copy.number == 77);
		if (done)
			order_release(&copy);
	}
	buffer_release(&state);
	desk_release(&d);
}

static void receipts_fail_whole(void)
{
	struct receipt_labels labels = receipt_labels_english();
	struct receipt_context context = { .labels = &labels, .shop = "shop" };
	struct desk d;
	bool done = false;

	busy_day(&d);
	for (long n = 0; !done; n++) {
		struct receipt_document doc;
		struct buffer text = BUFFER_INIT(STATE_MAX);

		receipt_init(&doc);
		left = n;
		done = receipt_of_order(&doc, d.counter.last_closed, &context) &&
		       receipt_of_shift(&doc, &d.counter.shift, &context) &&
		       receipt_layout_text(&doc, 32, &text);
		left = -1;
		buffer_release(&text);
		receipt_release(&doc);
	}
	desk_release(&d);
}

static const struct test tests[] = {
	{ "a day without memory is refused step by step",
	  a_day_without_memory_is_refused_step_by_step },
	{ "a step that cannot be kept is refused", a_step_that_cannot_be_kept_is_refused },
	{ "snapshots and copies fail whole", snapshots_and_copies_fail_whole },
	{ "receipts fail whole", receipts_fail_whole },
};

SUITE_MAIN("memory", tests)
