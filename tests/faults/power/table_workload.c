/* The generic workload: one table like a journal and one like an outbox, one
 * transaction an entry, whatever journal mode and sync level are asked for.
 * It tries the machinery itself: safe settings must pass, unsafe must not. */
#include "workload.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "power_vfs.h"

#define PATH POWER_ROOT "/table.db"
#define ENTRIES 24

struct variant {
	const char *journal_mode;
	const char *synchronous;
	const char *locking_mode;
};

static bool run_sql(sqlite3 *db, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK)
		return true;
	fprintf(stderr, "power-cut: %s: %s\n", sql, message ? message : sqlite3_errmsg(db));
	sqlite3_free(message);
	return false;
}

/* The body of an entry: so long and such bytes, by seed and number alone. */
static size_t make_body(uint64_t seed, uint64_t number, unsigned char out[3000])
{
	uint64_t state = seed * 1000003 + number;
	size_t len = power_random(&state) % (number % 7 == 0 ? 3000 : 300);

	for (size_t i = 0; i < len; i++)
		out[i] = (unsigned char)power_random(&state);
	return len;
}

static sqlite3 *open_table(const struct variant *v, uint64_t seed, bool *ret_good)
{
	sqlite3 *db = NULL;
	char sql[300];

	snprintf(sql, sizeof sql,
		 "PRAGMA page_size=%d; PRAGMA locking_mode=%s; PRAGMA journal_mode=%s;"
		 "PRAGMA synchronous=%s; PRAGMA wal_autocheckpoint=%d",
		 seed % 3 == 0 ? 1024 : 4096, v->locking_mode, v->journal_mode, v->synchronous,
		 (int)(6 + seed % 20));
	*ret_good = sqlite3_open(PATH, &db) == SQLITE_OK && run_sql(db, sql);
	return db;
}

static bool add_entry(sqlite3 *db, uint64_t seed, uint64_t number)
{
	unsigned char body[3000];
	size_t len = make_body(seed, number, body);
	sqlite3_stmt *insert = NULL;
	char close[120];
	bool good;

	good = run_sql(db, "BEGIN IMMEDIATE") &&
	       sqlite3_prepare_v2(db, "INSERT INTO entry VALUES (?1, ?2)", -1, &insert, NULL) ==
		       SQLITE_OK;
	if (good) {
		sqlite3_bind_int64(insert, 1, (sqlite3_int64)number);
		sqlite3_bind_blob(insert, 2, body, (int)len, SQLITE_STATIC);
		good = sqlite3_step(insert) == SQLITE_DONE;
	}
	sqlite3_finalize(insert);
	snprintf(close, sizeof close,
		 "INSERT INTO outbox VALUES (%llu); DELETE FROM outbox WHERE number <= %lld; COMMIT",
		 (unsigned long long)number, (long long)number - 3);
	return good && run_sql(db, close);
}

static bool run_table(struct power_disk *disk, uint64_t seed, const void *variant)
{
	bool good;
	sqlite3 *db = open_table(variant, seed, &good);

	good = good && run_sql(db, "BEGIN; CREATE TABLE entry (number INTEGER PRIMARY KEY, body);"
				   "CREATE TABLE outbox (number INTEGER PRIMARY KEY); COMMIT");
	if (good)
		power_disk_acknowledge(disk, 1);
	for (uint64_t number = 1; good && number <= ENTRIES; number++) {
		if (number == ENTRIES / 2 + seed % 5) {
			sqlite3_close(db);
			db = open_table(variant, seed, &good);
		}
		good = good && add_entry(db, seed, number);
		power_disk_acknowledge(disk, number + 1);
	}
	sqlite3_close(db);
	return good;
}

/* ---- after the cut -------------------------------------------------------------- */

static bool one_number(sqlite3 *db, const char *sql, sqlite3_int64 *ret)
{
	sqlite3_stmt *query = NULL;
	bool good = sqlite3_prepare_v2(db, sql, -1, &query, NULL) == SQLITE_OK &&
		    sqlite3_step(query) == SQLITE_ROW;

	if (good)
		*ret = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return good;
}

static bool passes_integrity(sqlite3 *db, char *ret_reason, size_t size)
{
	sqlite3_stmt *query = NULL;
	const char *answer = NULL;
	bool good;

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &query, NULL) == SQLITE_OK &&
	    sqlite3_step(query) == SQLITE_ROW)
		answer = (const char *)sqlite3_column_text(query, 0);
	good = answer && strcmp(answer, "ok") == 0;
	if (!good)
		snprintf(ret_reason, size, "integrity_check: %s",
			 answer ? answer : sqlite3_errmsg(db));
	sqlite3_finalize(query);
	return good;
}

/* Counts entries 1, 2, 3 … as long as each is the one that was written. */
static uint64_t count_entries(sqlite3 *db, uint64_t seed)
{
	unsigned char body[3000];
	sqlite3_stmt *query = NULL;
	uint64_t n = 0;

	if (sqlite3_prepare_v2(db, "SELECT number, body FROM entry ORDER BY number", -1, &query,
			       NULL) != SQLITE_OK)
		return 0;
	while (sqlite3_step(query) == SQLITE_ROW) {
		size_t len = make_body(seed, n + 1, body);

		if ((uint64_t)sqlite3_column_int64(query, 0) != n + 1 ||
		    (size_t)sqlite3_column_bytes(query, 1) != len ||
		    (len && memcmp(sqlite3_column_blob(query, 1), body, len) != 0))
			break;
		n++;
	}
	sqlite3_finalize(query);
	return n;
}

/* `acknowledged` counts the making of the tables as 1, then each entry. */
static bool stands(sqlite3 *db, uint64_t seed, uint64_t acknowledged, char *ret_reason, size_t size)
{
	sqlite3_int64 rows = 0, newest = 0, tables = 0;
	uint64_t entries;

	if (!passes_integrity(db, ret_reason, size))
		return false;
	if (!one_number(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'", &tables) ||
	    (tables != 2 && (tables != 0 || acknowledged > 0))) {
		snprintf(ret_reason, size, "%lld tables, acknowledged %llu", (long long)tables,
			 (unsigned long long)acknowledged);
		return false;
	}
	if (tables == 0)
		return true;
	entries = count_entries(db, seed);
	if (one_number(db, "SELECT count(*) FROM entry", &rows) &&
	    one_number(db, "SELECT ifnull(max(number), 0) FROM outbox", &newest) &&
	    (uint64_t)rows == entries && (uint64_t)newest == entries &&
	    entries + 1 >= acknowledged && entries <= acknowledged)
		return true;
	snprintf(ret_reason, size, "%lld rows, %llu as written, outbox at %lld, acknowledged %llu",
		 (long long)rows, (unsigned long long)entries, (long long)newest,
		 (unsigned long long)(acknowledged ? acknowledged - 1 : 0));
	return false;
}

static bool check_table(void *context, struct power_disk *survivor, uint64_t acknowledged,
			char *ret_reason, size_t reason_size)
{
	const struct power_day *day = context;
	sqlite3 *db = NULL;
	bool good;

	power_vfs_use(survivor);
	if (sqlite3_open(PATH, &db) == SQLITE_OK) {
		good = stands(db, day->seed, acknowledged, ret_reason, reason_size);
	} else {
		snprintf(ret_reason, reason_size, "open: %s", sqlite3_errmsg(db));
		good = false;
	}
	sqlite3_close(db);
	return good;
}

static const struct variant wal_full = { "wal", "full", "normal" };
static const struct variant wal_exclusive = { "wal", "full", "exclusive" };
static const struct variant delete_extra = { "delete", "extra", "normal" };
static const struct variant delete_full = { "delete", "full", "normal" };
static const struct variant wal_normal = { "wal", "normal", "normal" };
static const struct variant wal_off = { "wal", "off", "normal" };

const struct power_workload table_workloads[] = {
	{ "table-wal", "one table, WAL, synchronous=FULL", false, 1, run_table, check_table,
	  &wal_full },
	{ "table-exclusive", "the same, with the wal-index in the process", false, 1, run_table,
	  check_table, &wal_exclusive },
	{ "table-delete", "one table, rollback journal, synchronous=EXTRA", false, 1, run_table,
	  check_table, &delete_extra },
	{ "control-delete", "rollback journal, FULL: a deleted journal may come back", true, 0,
	  run_table, check_table, &delete_full },
	{ "control-normal", "WAL with synchronous=NORMAL: loses entries", true, 0, run_table,
	  check_table, &wal_normal },
	{ "control-off", "WAL with synchronous=OFF: loses entries and breaks", true, 0,
	  run_table, check_table, &wal_off },
	{ 0 },
};
