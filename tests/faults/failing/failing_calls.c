/* An hour at a real till while one call of the disk fails, then the next, then
 * the one after: a step that was acknowledged is there, one that was refused
 * is not, one that is not known is said to be so, and the day ends the same. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "failing_vfs.h"
#include "shop.h"

enum { STEPS = 88, FAILURES_LEAST = 300 };

static enum fault_code simple(struct agent *agent, enum event_kind kind, uint32_t line, int64_t value,
			      struct fault *fault)
{
	struct counter_event ev = { .kind = kind, .amount_minor = value };

	ev.of.change.line = line;
	ev.of.change.quantity = value;
	return agent_do(agent, &ev, fault);
}

/* Step n of the hour. None is refused for a reason of the counter's. */
static enum fault_code step(struct agent *agent, int n, struct fault *fault)
{
	switch (n % 8) {
	case 0: return shop_type(agent, "6901234567892", fault);
	case 1: return shop_type(agent, "12", fault);
	case 2: return simple(agent, EVENT_QUANTITY, 1, 3000, fault);
	case 3: return simple(agent, EVENT_VOID, 2, 0, fault);
	case 4: return n % 16 == 4 ? simple(agent, EVENT_UNDO, 0, 0, fault)
				   : simple(agent, EVENT_PRICE, 1, 275, fault);
	case 5: return shop_type(agent, "BANK CHARGES", fault);
	case 6: return shop_pay(agent, 100, fault);
	default: return shop_pay(agent, 5000, fault);
	}
}

static bool store_fault(enum fault_code code)
{
	return code == FAULT_STORE_IO || code == FAULT_STORE_FULL || code == FAULT_STORE_UNKNOWN ||
	       code == FAULT_STORE_SUSPECT || code == FAULT_JOURNAL_BROKEN;
}

/* Does a step until it stands. Returns how often the disk refused it. */
static size_t insist(struct agent *agent, int n, uint64_t *seq)
{
	size_t refused = 0;

	for (;;) {
		struct fault fault = { .code = FAULT_NONE };
		enum fault_code code = step(agent, n, &fault);
		uint64_t now;

		if (code)
			for (int i = 0; i < 5 && agent_suspect(agent); i++)
				agent_idle(agent);
		CU_ASSERT_FATAL(!agent_suspect(agent));
		now = agent_counter(agent)->seq;
		if (!code) {
			CU_ASSERT(now > *seq);
			*seq = now;
			return refused;
		}
		if (!store_fault(code))
			fprintf(stderr, "step %d: %s\n", n, fault_name(code));
		CU_ASSERT_FATAL(store_fault(code));
		CU_ASSERT(code == FAULT_STORE_UNKNOWN || now == *seq);
		refused++;
		if (now != *seq) {
			*seq = now;
			return refused;
		}
	}
}

struct outcome {
	int64_t perpetual_minor, expected_minor;
	uint64_t sales, orders, voids;
	size_t calls, refused;
	int happened;
};

/* The whole hour with the call `fail` (0: none) failing, `more` times again. */
static void hour(size_t fail, size_t more, struct outcome *ret)
{
	struct shop shop;
	struct agent *agent;
	uint64_t seq, entries = 0;
	struct fault fault = { .code = FAULT_NONE };
	const struct counter *c;

	memset(ret, 0, sizeof *ret);
	shop_make(&shop);
	agent = shop_open(&shop);
	shop_begin(agent);
	agent_idle(agent);
	seq = agent_counter(agent)->seq;
	failing_at(fail, more);
	for (int n = 0; n < STEPS; n++) {
		ret->refused += insist(agent, n, &seq);
		if (n % 8 == 7) {
			journal_snapshot(agent_journal(agent), agent_counter(agent), NULL);
			journal_tidy(agent_journal(agent));
		}
	}
	c = agent_counter(agent);
	ret->perpetual_minor = c->perpetual_minor;
	ret->expected_minor = shift_expected_cash(&c->shift);
	ret->sales = c->shift.sales;
	ret->orders = c->order_numbers;
	ret->voids = c->shift.voids;
	agent_close(agent);
	ret->calls = failing_calls();
	ret->happened = failing_happened();
	failing_at(0, 0);
	agent = shop_open(&shop);
	ASSERT_NUMBER(agent_counter(agent)->perpetual_minor, ret->perpetual_minor);
	ASSERT_NUMBER(journal_verify(agent_journal(agent), NULL, NULL, &entries, &fault), FAULT_NONE);
	agent_close(agent);
	shop_remove(&shop);
}

static void same_day(const struct outcome *a, const struct outcome *b)
{
	ASSERT_NUMBER(a->perpetual_minor, b->perpetual_minor);
	ASSERT_NUMBER(a->expected_minor, b->expected_minor);
	ASSERT_NUMBER(a->sales, b->sales);
	ASSERT_NUMBER(a->orders, b->orders);
	ASSERT_NUMBER(a->voids, b->voids);
}

static void every_call_may_fail_once(void)
{
	struct outcome plain, failed;
	size_t happened = 0, refused = 0;

	hour(0, 0, &plain);
	CU_ASSERT(plain.sales > 3);
	for (size_t call = 1; call <= plain.calls; call++) {
		hour(call, call % 7 == 0 ? 3 : 0, &failed);
		same_day(&plain, &failed);
		happened += failed.happened != 0;
		refused += failed.refused;
	}
	printf("%zu failing calls, %zu steps refused and done again\n", happened, refused);
	CU_ASSERT(happened >= FAILURES_LEAST);
	CU_ASSERT(refused >= FAILURES_LEAST / 4);
}

static const struct test tests[] = {
	{ "every call may fail once", every_call_may_fail_once },
};

int main(int argc, char **argv)
{
	failing_register();
	return suite_run("failing calls", tests, 1, argc, argv);
}
