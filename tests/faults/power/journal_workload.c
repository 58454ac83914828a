/* The till's journal over power cuts: a day at the counter, each step committed
 * by the real store; after a cut the store must load exactly the state after
 * the last acknowledged step, or that and the step under way, and verify. */
#include "workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "crypt/crypt.h"
#include "power_vfs.h"
#include "store/journal_store.h"

#define STEPS 26
#define STATES_MAX 64

/* What the shop was after each commit of the day that was recorded last. */
static struct {
	uint64_t seq;
	uint8_t digest[DIGEST_SIZE];
} days_states[STATES_MAX];
static size_t days_states_n;

/* The store looks whether its file is there before SQLite opens it: this
 * folder shows it an empty one, the bytes are on the disk in memory. */
static char folder[64];

struct day {
	struct power_disk *disk;
	struct journal_store *store;
	struct counter counter;
	struct counter_step step;
	uint64_t random;
	uint64_t steps;
};

static bool digest_state(const struct counter *counter, uint8_t ret[DIGEST_SIZE])
{
	struct buffer state = BUFFER_INIT(JOURNAL_STATE_MAX);
	bool good = counter_pack(counter, &state) &&
		    digest_sha256(state.data, state.len, ret) == FAULT_NONE;

	buffer_release(&state);
	return good;
}

static bool keep_state(struct day *day)
{
	if (days_states_n == STATES_MAX)
		return false;
	days_states[days_states_n].seq = day->counter.seq;
	return digest_state(&day->counter, days_states[days_states_n++].digest);
}

/* Decides, commits, applies, acknowledges. A refused event is no step. */
static bool happen(struct day *day, struct counter_event *event)
{
	struct fault fault = { 0 };

	day->steps++;
	event->now = (struct instant){ INT64_C(1795254067000) + (int64_t)day->steps * 1000, 480 };
	for (size_t i = 0; i < 8; i++)
		event->draw.bytes[i] = event->key.bytes[i] = (uint8_t)(day->steps >> 8 * i);
	event->draw.bytes[15] = 1;
	if (counter_decide(&day->counter, event, &day->step, &fault) || day->step.n_entries == 0)
		return true;
	if (journal_commit(day->store, &day->counter, &day->step, &fault)) {
		fprintf(stderr, "power-cut: a step was not committed: error %d\n", fault.code);
		return false;
	}
	for (size_t i = 0; i < day->step.n_entries; i++)
		if (counter_apply(&day->counter, &day->step.entries[i], &fault))
			return false;
	if (!keep_state(day))
		return false;
	power_disk_acknowledge(day->disk, days_states_n - 1);
	return true;
}

static bool happen_plain(struct day *day, enum event_kind kind, int64_t amount_minor)
{
	struct counter_event event = { .kind = kind, .amount_minor = amount_minor };

	return happen(day, &event);
}

static bool set_up(struct day *day)
{
	struct counter_event event = { .kind = EVENT_INITIALISE };

	utf8_copy(event.of.initialise.shop, sizeof event.of.initialise.shop, "星光店");
	utf8_copy(event.of.initialise.store, sizeof event.of.initialise.store, "012");
	utf8_copy(event.of.initialise.till, sizeof event.of.initialise.till, "03");
	event.of.initialise.currency = CURRENCY_CNY;
	if (!happen(day, &event))
		return false;
	event = (struct counter_event){ .kind = EVENT_RULES };
	event.of.rules.print_receipts = true;
	if (!happen(day, &event))
		return false;
	journal_set_pin(day->store, "1", "a PIN's hash");
	event = (struct counter_event){ .kind = EVENT_ADD_CASHIER };
	utf8_copy(event.of.cashier.id, sizeof event.of.cashier.id, "1");
	if (!happen(day, &event))
		return false;
	event = (struct counter_event){ .kind = EVENT_LOGIN };
	utf8_copy(event.of.login.cashier, sizeof event.of.login.cashier, "1");
	event.of.login.pin_right = true;
	return happen(day, &event) && happen_plain(day, EVENT_OPEN_SHIFT, 10000);
}

static bool sell(struct day *day)
{
	struct counter_event event = { .kind = EVENT_ITEM };
	struct product *product = &event.of.item.product;

	snprintf(product->code, sizeof product->code, "%u", (unsigned)(day->random % 1000));
	memset(product->name, 'n', (size_t)(day->random >> 10) % PRODUCT_NAME_MAX);
	product->has_price = true;
	product->price = money_make((int64_t)(day->random % 9000), CURRENCY_CNY);
	product->tax_bp = 1300;
	event.of.item.quantity = 1000 * (1 + (quantity)(day->random >> 20) % 4);
	event.of.item.is_return = (day->random >> 30) % 8 == 0;
	return happen(day, &event);
}

static bool end_print(struct day *day)
{
	struct counter_event event = { .kind = EVENT_PRINT_ENDED };

	if (day->counter.n_print_jobs == 0)
		return true;
	event.of.print_ended.job = day->counter.print_jobs[0].job;
	event.of.print_ended.outcome = PRINT_DONE;
	return happen(day, &event);
}

static bool go_on(struct day *day)
{
	uint64_t what = power_random(&day->random) % 16;

	if (what < 8)
		return sell(day);
	if (what < 11)
		return happen_plain(day, EVENT_PAY_CASH, 200000);
	if (what < 13)
		return end_print(day);
	if (what == 13)
		return journal_snapshot(day->store, &day->counter, NULL) == FAULT_NONE;
	return happen_plain(day, what == 14 ? EVENT_UNDO : EVENT_HOLD, 0);
}

/* Ended by its cashier and started again, as at noon. */
static bool restart(struct day *day)
{
	journal_close(day->store);
	day->store = NULL;
	counter_release(&day->counter);
	counter_init(&day->counter);
	return journal_open(folder, JOURNAL_WRITE, &day->store, NULL) == FAULT_NONE &&
	       journal_load(day->store, &day->counter, NULL) == FAULT_NONE;
}

/* journal_open(…, JOURNAL_CREATE) makes the file with open(2) and O_EXCL before
 * SQLite sees it; on the disk in memory that is a name not yet synced. */
static bool create(struct day *day)
{
	char path[96];

	if (!folder[0]) {
		const char *tmp = getenv("TMPDIR");

		snprintf(folder, sizeof folder, "%.40s/guitai-cut.XXXXXX", tmp ? tmp : "/tmp");
		if (!mkdtemp(folder))
			return false;
	}
	snprintf(path, sizeof path, "%s/journal.db", folder);
	unlink(path);
	power_disk_create(day->disk, path, false);
	return journal_open(folder, JOURNAL_CREATE, &day->store, NULL) == FAULT_NONE;
}

static bool run_journal(struct power_disk *disk, uint64_t seed, const void *variant)
{
	struct day day = { .disk = disk, .random = seed };
	bool good;

	disk->ignores_syncs = variant != NULL;
	days_states_n = 0;
	counter_init(&day.counter);
	step_init(&day.step);
	good = keep_state(&day) && create(&day) && set_up(&day);
	for (uint64_t i = 0; good && i < STEPS; i++)
		good = (i != STEPS / 2 + seed % 5 || restart(&day)) && go_on(&day);
	if (!good)
		fprintf(stderr, "power-cut: the day of the journal ended early\n");
	journal_close(day.store);
	counter_release(&day.counter);
	step_release(&day.step);
	return good;
}

/* ---- after the cut -------------------------------------------------------------- */

static bool stands(const struct counter *counter, uint64_t acknowledged)
{
	uint8_t digest[DIGEST_SIZE];

	if (!digest_state(counter, digest))
		return false;
	for (size_t i = acknowledged; i <= acknowledged + 1 && i < days_states_n; i++)
		if (counter->seq == days_states[i].seq)
			return memcmp(digest, days_states[i].digest, sizeof digest) == 0;
	return false;
}

static bool look(struct journal_store *store, struct counter *counter, uint64_t acknowledged,
		 char *ret_reason, size_t size)
{
	struct fault fault = { 0 };
	uint64_t entries = 0;

	if (journal_load(store, counter, &fault))
		snprintf(ret_reason, size, "does not load: error %d %s", fault.code, fault.arg[1]);
	else if (!stands(counter, acknowledged))
		snprintf(ret_reason, size, "stands at entry %llu, acknowledged is %llu",
			 (unsigned long long)counter->seq,
			 (unsigned long long)days_states[acknowledged].seq);
	else if (journal_verify(store, NULL, NULL, &entries, &fault))
		snprintf(ret_reason, size, "does not verify: error %d %s", fault.code, fault.arg[1]);
	else
		return true;
	return false;
}

static bool check_journal(void *context, struct power_disk *survivor, uint64_t acknowledged,
			  char *ret_reason, size_t reason_size)
{
	struct journal_store *store = NULL;
	struct fault fault = { 0 };
	struct counter counter;
	char path[96];
	bool good = false;

	(void)context;
	snprintf(path, sizeof path, "%s/journal.db", folder);
	if (acknowledged == 0 && power_disk_find(survivor, path) == POWER_NO_FILE)
		return true;
	power_vfs_use(survivor);
	counter_init(&counter);
	if (journal_open(folder, JOURNAL_WRITE, &store, &fault))
		snprintf(ret_reason, reason_size, "does not open: error %d %s", fault.code,
			 fault.arg[1]);
	else
		good = look(store, &counter, acknowledged, ret_reason, reason_size);
	journal_close(store);
	counter_release(&counter);
	return good;
}

void journal_workload_release(void)
{
	char path[96];

	if (!folder[0])
		return;
	snprintf(path, sizeof path, "%s/journal.db", folder);
	unlink(path);
	rmdir(folder);
}

static const bool syncs_are_lies = true;

const struct power_workload journal_workloads[] = {
	{ "journal", "the till's journal through its store", false, 17, run_journal, check_journal,
	  NULL },
	{ "control-journal", "the same on a disk that only says it synced", true, 0, run_journal,
	  check_journal, &syncs_are_lies },
	{ 0 },
};
