/* The till's journal over power cuts: a day at the counter, each step committed
 * by the real store; after a cut the store must load exactly the state after
 * the last acknowledged step, or that and the step under way, and verify. */
#include "workload.h"

#include <stdio.h>
#include <string.h>

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

#define PATH POWER_ROOT "/journal.db"

struct day {
	struct power_disk *disk;
	struct journal_store *store;
	struct counter counter;
	struct counter_step step;
	uint64_t random;
	uint64_t steps;
	bool faults;          /* of the disk belong to this day */
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

/* Ended by its cashier and started again, as at noon. */
static bool restart(struct day *day)
{
	journal_close(day->store);
	day->store = NULL;
	counter_release(&day->counter);
	counter_init(&day->counter);
	return journal_open(POWER_ROOT, JOURNAL_WRITE, &day->store, NULL) == FAULT_NONE &&
	       journal_load(day->store, &day->counter, NULL) == FAULT_NONE;
}

/* The commit was refused for a full disk (then it is tried again) or a failed
 * sync (then the store is opened anew, and what it shows is what holds: the
 * step may be in it or not). Sets *ret_done when nothing is left to commit. */
static bool mend(struct day *day, enum fault_code code, bool *ret_done)
{
	uint64_t before = day->counter.seq;

	*ret_done = false;
	if (code == FAULT_STORE_FULL && !journal_suspect(day->store))
		return true;
	if ((code != FAULT_STORE_IO && code != FAULT_STORE_FULL) || !restart(day))
		return false;
	*ret_done = day->counter.seq != before;
	return true;
}

static bool commit(struct day *day, bool *ret_applied)
{
	struct fault fault = { 0 };

	*ret_applied = false;
	while (!*ret_applied && journal_commit(day->store, &day->counter, &day->step, &fault)) {
		if (!day->faults || !mend(day, fault.code, ret_applied)) {
			fprintf(stderr, "power-cut: a step was not committed: error %d\n",
				fault.code);
			return false;
		}
	}
	return true;
}

/* Decides, commits, applies, acknowledges. A refused event is no step. */
static bool happen(struct day *day, struct counter_event *event)
{
	struct fault fault = { 0 };
	bool applied;

	day->steps++;
	event->now = (struct instant){ INT64_C(1795254067000) + (int64_t)day->steps * 1000, 480 };
	for (size_t i = 0; i < 8; i++)
		event->draw.bytes[i] = event->key.bytes[i] = (uint8_t)(day->steps >> 8 * i);
	event->draw.bytes[15] = 1;
	if (counter_decide(&day->counter, event, &day->step, &fault) || day->step.n_entries == 0)
		return true;
	if (!commit(day, &applied))
		return false;
	for (size_t i = 0; !applied && i < day->step.n_entries; i++)
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

/* A snapshot that was not kept costs time at the next start, nothing else. */
static bool snapshot(struct day *day)
{
	if (journal_snapshot(day->store, &day->counter, NULL) == FAULT_NONE)
		return true;
	return day->faults && (!journal_suspect(day->store) || restart(day));
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
		return snapshot(day);
	return happen_plain(day, what == 14 ? EVENT_UNDO : EVENT_HOLD, 0);
}

struct variant {
	bool ignores_syncs;
	bool sync_fails;     /* one of the day */
	bool runs_full;      /* for some writes */
};

static void plant_faults(struct power_disk *disk, const struct variant *variant, uint64_t seed)
{
	uint64_t state = seed + 77;

	if (variant->sync_fails)
		disk->fail_sync = 1 + power_random(&state) % STEPS;
	if (variant->runs_full) {
		disk->fail_write = 1 + power_random(&state) % (4 * STEPS);
		disk->full_writes = 1 + power_random(&state) % 6;
	}
}

static bool run_journal(struct power_disk *disk, uint64_t seed, const void *context)
{
	const struct variant *variant = context;
	struct day day = { .disk = disk, .random = seed,
			   .faults = variant->sync_fails || variant->runs_full };
	bool good;

	disk->ignores_syncs = variant->ignores_syncs;
	days_states_n = 0;
	counter_init(&day.counter);
	step_init(&day.step);
	good = keep_state(&day) &&
	       journal_open(POWER_ROOT, JOURNAL_CREATE, &day.store, NULL) == FAULT_NONE &&
	       set_up(&day);
	plant_faults(disk, variant, seed);
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
	bool good = false;

	(void)context;
	if (acknowledged == 0 && power_disk_find(survivor, PATH) == POWER_NO_FILE)
		return true;
	power_vfs_use(survivor);
	counter_init(&counter);
	if (journal_open(POWER_ROOT, JOURNAL_WRITE, &store, &fault))
		snprintf(ret_reason, reason_size, "does not open: error %d %s", fault.code,
			 fault.arg[1]);
	else
		good = look(store, &counter, acknowledged, ret_reason, reason_size);
	journal_close(store);
	counter_release(&counter);
	return good;
}

static const struct variant sound = { 0 };
static const struct variant lying = { .ignores_syncs = true };
static const struct variant failing = { .sync_fails = true };
static const struct variant full = { .runs_full = true };

const struct power_workload journal_workloads[] = {
	{ "journal", "the till's journal through its store", false, 13, run_journal, check_journal,
	  &sound },
	{ "journal-fsync", "the same, and a sync fails: what it held is lost", false, 2, run_journal,
	  check_journal, &failing },
	{ "journal-full", "the same, and the disk is full for some writes", false, 2, run_journal,
	  check_journal, &full },
	{ "control-journal", "the same on a disk that only says it synced", true, 0, run_journal,
	  check_journal, &lying },
	{ 0 },
};
