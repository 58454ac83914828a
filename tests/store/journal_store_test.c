/* Tests of the journal store on real files. */
#include "suite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "desk.h"
#include "store/dir_lock.h"
#include "store/journal_store.h"

static char dir[64];

static void make_dir(void)
{
	snprintf(dir, sizeof dir, "/tmp/guitai-store-XXXXXX");
	CU_ASSERT_FATAL(mkdtemp(dir) != NULL);
}

static void drop_dir(void)
{
	static const char *const names[] = { "journal.db", "journal.db-wal", "journal.db-shm",
					     "till.lock", "copy.db" };
	char path[128];

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		unlink(path);
	}
	CU_ASSERT(rmdir(dir) == 0);
}

/* A day at the desk, each step committed to the store as the agent would. */
static void commit(struct journal_store *s, struct counter *c, struct counter_event *ev, uint64_t n)
{
	struct counter_step step;
	struct fault fault;

	step_init(&step);
	ev->now = (struct instant){ INT64_C(1795254067000) + (int64_t)n * 1000, 480 };
	ev->draw.bytes[0] = (uint8_t)n;
	ev->draw.bytes[1] = (uint8_t)(n >> 8);
	ev->draw.bytes[15] = 1;
	CU_ASSERT_FATAL(counter_decide(c, ev, &step, &fault) == FAULT_NONE);
	CU_ASSERT_FATAL(journal_commit(s, c, &step, &fault) == FAULT_NONE);
	for (size_t i = 0; i < step.n_entries; i++)
		CU_ASSERT_FATAL(counter_apply(c, &step.entries[i], &fault) == FAULT_NONE);
	step_release(&step);
}

static void start_till(struct journal_store *s, struct counter *c)
{
	struct counter_event ev = { .kind = EVENT_INITIALISE };

	memcpy(ev.of.initialise.till, "03", 3);
	memcpy(ev.of.initialise.store, "012", 4);
	ev.of.initialise.currency = CURRENCY_CNY;
	commit(s, c, &ev, 1);
	ev = (struct counter_event){ .kind = EVENT_ADD_CASHIER };
	memcpy(ev.of.cashier.id, "1", 2);
	commit(s, c, &ev, 2);
	ev = (struct counter_event){ .kind = EVENT_LOGIN };
	memcpy(ev.of.login.cashier, "1", 2);
	ev.of.login.pin_right = true;
	commit(s, c, &ev, 3);
	ev = (struct counter_event){ .kind = EVENT_OPEN_SHIFT, .amount_minor = 10000 };
	commit(s, c, &ev, 4);
}

static void sell(struct journal_store *s, struct counter *c, uint64_t n, bool pay)
{
	struct counter_event ev = { .kind = EVENT_ITEM };

	memcpy(ev.of.item.product.code, "6901", 5);
	ev.of.item.product.has_price = true;
	ev.of.item.product.price = money_make((int64_t)n, CURRENCY_CNY);
	ev.of.item.quantity = 2000;
	commit(s, c, &ev, n);
	if (!pay)
		return;
	ev = (struct counter_event){ .kind = EVENT_PAY_CASH, .amount_minor = (int64_t)n * 2 };
	commit(s, c, &ev, n + 1);
}

static bool same(const struct counter *a, const struct counter *b)
{
	struct buffer x = BUFFER_INIT(JOURNAL_STATE_MAX), y = BUFFER_INIT(JOURNAL_STATE_MAX);
	bool result = counter_pack(a, &x) && counter_pack(b, &y) && x.len == y.len &&
		      memcmp(x.data, y.data, x.len) == 0;

	buffer_release(&x);
	buffer_release(&y);
	return result;
}

static void assert_loads(const struct counter *expected)
{
	struct journal_store *s = NULL;
	struct counter c;
	struct fault fault = { 0 };
	uint64_t entries = 0;

	counter_init(&c);
	ASSERT_NUMBER(journal_open(dir, JOURNAL_READ, &s, &fault), FAULT_NONE);
	ASSERT_NUMBER(journal_load(s, &c, &fault), FAULT_NONE);
	CU_ASSERT(same(&c, expected));
	ASSERT_NUMBER(journal_verify(s, NULL, NULL, &entries, &fault), FAULT_NONE);
	ASSERT_NUMBER(entries, expected->seq);
	journal_close(s);
	counter_release(&c);
}

static void a_start_loads_the_same_state(void)
{
	struct journal_store *s = NULL;
	struct counter c;
	struct fault fault;

	make_dir();
	counter_init(&c);
	ASSERT_NUMBER(journal_open(dir, JOURNAL_WRITE, &s, &fault), FAULT_STORE_NOT_FOUND);
	ASSERT_NUMBER(journal_open(dir, JOURNAL_CREATE, &s, &fault), FAULT_NONE);
	start_till(s, &c);
	for (uint64_t n = 10; n < 60; n += 2) {
		sell(s, &c, n, true);
		if (n == 20 || n == 40)
			ASSERT_NUMBER(journal_snapshot(s, &c, &fault), FAULT_NONE);
		if (n == 20)
			assert_loads(&c);
	}
	sell(s, &c, 100, false);
	assert_loads(&c);
	ASSERT_NUMBER(journal_snapshot(s, &c, &fault), FAULT_NONE);
	ASSERT_NUMBER(journal_unsnapped(s), 0);
	assert_loads(&c);
	journal_close(s);
	s = NULL;
	ASSERT_NUMBER(journal_open(dir, JOURNAL_CREATE, &s, &fault), FAULT_STORE_EXISTS);
	assert_loads(&c);
	counter_release(&c);
	drop_dir();
}

static void orders_are_found_and_built_again(void)
{
	struct journal_store *s = NULL;
	struct closed_order where = { 0 };
	struct order order = { 0 };
	struct counter c;
	struct fault fault;
	uint8_t hash[JOURNAL_HASH_BYTES] = { 0 };

	make_dir();
	counter_init(&c);
	CU_ASSERT_FATAL(journal_open(dir, JOURNAL_CREATE, &s, &fault) == FAULT_NONE);
	ASSERT_NUMBER(journal_find_order(s, 0, NULL, &where, &fault), FAULT_PRINT_NOTHING);
	start_till(s, &c);
	for (uint64_t n = 10; n < 30; n += 2)
		sell(s, &c, n, true);
	ASSERT_NUMBER(journal_find_order(s, 3, NULL, &where, &fault), FAULT_NONE);
	ASSERT_NUMBER(journal_read_order(s, &where, &order, hash, &fault), FAULT_NONE);
	ASSERT_NUMBER(order.number, 3);
	ASSERT_NUMBER(order.total_minor, 28);
	ASSERT_NUMBER(order.state, ORDER_CLOSED);
	order_release(&order);
	ASSERT_NUMBER(journal_find_order(s, 0, &where.id, &where, &fault), FAULT_NONE);
	ASSERT_NUMBER(where.number, 3);
	ASSERT_NUMBER(journal_find_order(s, 99, NULL, &where, &fault), FAULT_ORDER_NO_SUCH_ORDER);
	ASSERT_NUMBER(journal_find_order(s, 0, NULL, &where, &fault), FAULT_NONE);
	ASSERT_NUMBER(journal_read_order(s, &where, &order, hash, &fault), FAULT_NONE);
	ASSERT_NUMBER(order.number, c.last_closed->number);
	order_release(&order);
	journal_close(s);
	counter_release(&c);
	drop_dir();
}

static void damage(const char *sql)
{
	char path[128];
	sqlite3 *db = NULL;

	snprintf(path, sizeof path, "%s/journal.db", dir);
	CU_ASSERT_FATAL(sqlite3_open(path, &db) == SQLITE_OK);
	CU_ASSERT_FATAL(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
}

/* Every kind of damage to a row is found, and named. */
static void damage_is_found(void)
{
	static const char *const cases[] = {
		"UPDATE entry SET body = CAST(substr(body, 1, 5) || x'00' || substr(body, 7) AS BLOB)"
		" WHERE seq = 6",
		"UPDATE entry SET hash = zeroblob(32) WHERE seq = 7",
		"DELETE FROM entry WHERE seq = 5",
		"DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)",
		"UPDATE entry SET seq = 1000 WHERE seq = 9",
		"UPDATE snapshot SET state = CAST(substr(state, 1, 9) || x'7f' || substr(state, 11) AS BLOB)",
		"UPDATE snapshot SET digest = zeroblob(32)",
		"INSERT INTO outbox VALUES (3, 1)",
		"UPDATE closed_order SET prints = prints + 1 WHERE number = 2",
		"UPDATE closed_order SET opened = opened + 1 WHERE number = 3",
		"UPDATE closed_order SET id = zeroblob(16) WHERE number = 1",
		"DELETE FROM closed_order WHERE number = 2",
		"INSERT INTO closed_order SELECT number + 100, zeroblob(16), opened, closed, 0"
		" FROM closed_order WHERE number = 1",
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct journal_store *s = NULL;
		struct counter c;
		struct fault fault;
		uint64_t entries = 0;

		make_dir();
		counter_init(&c);
		CU_ASSERT_FATAL(journal_open(dir, JOURNAL_CREATE, &s, &fault) == FAULT_NONE);
		start_till(s, &c);
		for (uint64_t n = 10; n < 20; n += 2)
			sell(s, &c, n, true);
		journal_snapshot(s, &c, &fault);
		journal_close(s);
		counter_release(&c);
		damage(cases[i]);
		CU_ASSERT_FATAL(journal_open(dir, JOURNAL_READ, &s, &fault) == FAULT_NONE);
		ASSERT_NUMBER(journal_verify(s, NULL, NULL, &entries, &fault), FAULT_JOURNAL_BROKEN);
		journal_close(s);
		drop_dir();
	}
}

/* Beside the entries: the words of a table, a page of an index. */
static void damage_beside_the_chain_is_found(void)
{
	static const char *const cases[] = {
		"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql ="
		" replace(sql, 'canonical', 'canonicak') WHERE name = 'entry'",
		"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage ="
		" (SELECT rootpage FROM sqlite_schema WHERE name = 'pin')"
		" WHERE name = 'sqlite_autoindex_closed_order_1'",
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct journal_store *s = NULL;
		struct counter c;
		struct fault fault;
		uint64_t entries = 0;

		make_dir();
		counter_init(&c);
		CU_ASSERT_FATAL(journal_open(dir, JOURNAL_CREATE, &s, &fault) == FAULT_NONE);
		start_till(s, &c);
		sell(s, &c, 10, true);
		ASSERT_NUMBER(journal_verify(s, NULL, NULL, &entries, &fault), FAULT_NONE);
		journal_close(s);
		counter_release(&c);
		damage(cases[i]);
		CU_ASSERT_FATAL(journal_open(dir, JOURNAL_READ, &s, &fault) == FAULT_NONE);
		ASSERT_NUMBER(journal_verify(s, NULL, NULL, &entries, &fault), FAULT_JOURNAL_DAMAGED);
		CU_ASSERT(strstr(fault.arg[0], "journal.db") != NULL);
		journal_close(s);
		drop_dir();
	}
}

/* A damaged snapshot costs time, not the state. */
static void a_start_does_without_a_damaged_snapshot(void)
{
	struct journal_store *s = NULL;
	struct counter c, loaded;
	struct fault fault;

	make_dir();
	counter_init(&c);
	counter_init(&loaded);
	CU_ASSERT_FATAL(journal_open(dir, JOURNAL_CREATE, &s, &fault) == FAULT_NONE);
	start_till(s, &c);
	sell(s, &c, 10, true);
	journal_snapshot(s, &c, &fault);
	journal_close(s);
	damage("UPDATE snapshot SET digest = zeroblob(32)");
	CU_ASSERT_FATAL(journal_open(dir, JOURNAL_READ, &s, &fault) == FAULT_NONE);
	ASSERT_NUMBER(journal_load(s, &loaded, &fault), FAULT_NONE);
	CU_ASSERT(same(&c, &loaded));
	journal_close(s);
	counter_release(&c);
	counter_release(&loaded);
	drop_dir();
}

static void pins_are_kept_with_their_entry(void)
{
	struct counter_event ev = { .kind = EVENT_ADD_CASHIER };
	struct journal_store *s = NULL;
	struct counter c;
	struct fault fault;
	char hash[128];

	make_dir();
	counter_init(&c);
	CU_ASSERT_FATAL(journal_open(dir, JOURNAL_CREATE, &s, &fault) == FAULT_NONE);
	start_till(s, &c);
	journal_set_pin(s, "7", "scrypt$x");
	ASSERT_NUMBER(journal_pin(s, "7", hash, sizeof hash, &fault), FAULT_NONE);
	ASSERT_TEXT(hash, "");
	memcpy(ev.of.cashier.id, "7", 2);
	commit(s, &c, &ev, 9);
	journal_pin(s, "7", hash, sizeof hash, &fault);
	ASSERT_TEXT(hash, "scrypt$x");
	journal_close(s);
	counter_release(&c);
	drop_dir();
}

static void only_one_till_holds_a_directory(void)
{
	struct dir_lock first = DIR_LOCK_INIT, second = DIR_LOCK_INIT;
	struct fault fault;
	char own[24];

	make_dir();
	ASSERT_NUMBER(dir_lock_take(&first, dir, &fault), FAULT_NONE);
	ASSERT_NUMBER(dir_lock_take(&second, dir, &fault), FAULT_STORE_LOCKED);
	snprintf(own, sizeof own, "%ld", (long)getpid());
	ASSERT_TEXT(fault.arg[1], own);
	dir_lock_release(&first);
	ASSERT_NUMBER(dir_lock_take(&second, dir, &fault), FAULT_NONE);
	dir_lock_release(&second);
	drop_dir();
}

static void a_copy_is_whole_while_the_till_sells(void)
{
	struct journal_store *s = NULL, *copy = NULL;
	struct counter c;
	struct fault fault = { 0 };
	uint64_t entries = 0;
	char path[128];

	make_dir();
	counter_init(&c);
	CU_ASSERT_FATAL(journal_open(dir, JOURNAL_CREATE, &s, &fault) == FAULT_NONE);
	start_till(s, &c);
	sell(s, &c, 10, true);
	snprintf(path, sizeof path, "%s/copy.db", dir);
	ASSERT_NUMBER(journal_copy_to(s, path, &fault), FAULT_NONE);
	ASSERT_NUMBER(journal_copy_to(s, path, &fault), FAULT_FILE_NOT_WRITABLE);
	entries = c.seq;
	sell(s, &c, 12, true);
	ASSERT_NUMBER(journal_open_file(path, &copy, &fault), FAULT_NONE);
	ASSERT_NUMBER(journal_verify(copy, NULL, NULL, &entries, &fault), FAULT_NONE);
	CU_ASSERT(entries < c.seq);
	journal_close(copy);
	journal_close(s);
	counter_release(&c);
	drop_dir();
}

static const struct test tests[] = {
	{ "a start loads the same state", a_start_loads_the_same_state },
	{ "orders are found and built again", orders_are_found_and_built_again },
	{ "damage is found", damage_is_found },
	{ "damage beside the chain is found", damage_beside_the_chain_is_found },
	{ "a start does without a damaged snapshot", a_start_does_without_a_damaged_snapshot },
	{ "PINs are kept with their entry", pins_are_kept_with_their_entry },
	{ "only one till holds a directory", only_one_till_holds_a_directory },
	{ "a copy is whole while the till sells", a_copy_is_whole_while_the_till_sells },
};

SUITE_MAIN("journal store", tests)
