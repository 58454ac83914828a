/* A new catalogue beside the old one: copy, put, index, sync, swap. */
#include "store/catalog_building.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "store/catalog_sql.h"

enum {
	PRODUCTS_MAX = 100000000,
	URI_MAX = 16384,
};

static const char schema[] =
#include "store/catalog_schema.inc"
;

/* The new file is thrown away when anything fails, so SQLite keeps no journal;
 * synchronous=FULL brings it to the disk at the commit. */
static const char pragmas[] =
	"PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL; PRAGMA locking_mode=EXCLUSIVE;"
	"PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;";

char *catalog_path_with(const char *path, const char *ending)
{
	char out[PATH_MAX];
	int n = snprintf(out, sizeof out, "%s%s", path, ending);

	return n > 0 && (size_t)n < sizeof out ? strdup(out) : NULL;
}

static enum fault_code unwritable(struct catalog_build *b, struct fault *fault)
{
	return catalog_sql_unwritable(b->db, b->path, fault);
}

/* One import at a time: the lock ends with the process that holds it. */
static enum fault_code take_lock(struct catalog_build *b, struct fault *fault)
{
	char *path = catalog_path_with(b->path, ".lock"), owner[24] = "";
	enum fault_code code = FAULT_NONE;

	if (path)
		b->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (b->lock < 0) {
		code = path ? catalog_file_unwritable(path, fault)
			    : fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	} else if (flock(b->lock, LOCK_EX | LOCK_NB) != 0) {
		ssize_t n = pread(b->lock, owner, sizeof owner - 1, 0);

		owner[n > 0 ? n : 0] = '\0';
		code = fault_set(fault, FAULT_CATALOG_IMPORT_RUNNING, b->path, owner);
	} else {
		snprintf(owner, sizeof owner, "%ld", (long)getpid());
		/* Only told to people: a disk too full for it changes nothing. */
		if (ftruncate(b->lock, 0) == 0 && pwrite(b->lock, owner, strlen(owner), 0) < 0)
			errno = 0;
	}
	free(path);
	return code;
}

static enum fault_code create(struct catalog_build *b, struct fault *fault)
{
	char identity[80];

	unlink(b->new_path);
	if (sqlite3_open_v2(b->new_path, &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
			    SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		return unwritable(b, fault);
	snprintf(identity, sizeof identity, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
		 CATALOG_APPLICATION_ID, CATALOG_SCHEMA);
	if (sqlite3_exec(b->db, pragmas, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(b->db, identity, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(b->db, schema, NULL, NULL, NULL) != SQLITE_OK)
		return unwritable(b, fault);
	return FAULT_NONE;
}

static enum fault_code prepare(struct catalog_build *b, struct fault *fault)
{
	struct { sqlite3_stmt **slot; const char *sql; } all[] = {
		{ &b->insert, "INSERT OR IGNORE INTO product (name, folded, initials, unit, spec,"
			" category, currency, price, member_price, tax_bp, key, digits, id)"
			" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)" },
		{ &b->update, "UPDATE product SET name=?1, folded=?2, initials=?3, unit=?4, spec=?5,"
			" category=?6, currency=?7, price=?8, member_price=?9, tax_bp=?10,"
			" digits=?12 WHERE key=?11" },
		{ &b->find, "SELECT " CATALOG_COLUMNS ", id FROM product WHERE key=?1" },
		{ &b->gram, "INSERT INTO gram (gram, last, ids) VALUES (?1,?2,?3)" },
	};

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (sqlite3_prepare_v3(b->db, all[i].sql, -1, SQLITE_PREPARE_PERSISTENT,
				       all[i].slot, NULL) != SQLITE_OK)
			return unwritable(b, fault);
	if (sqlite3_exec(b->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
		return unwritable(b, fault);
	return FAULT_NONE;
}

static enum fault_code attach_old(struct catalog_build *b, struct fault *fault)
{
	struct buffer uri = BUFFER_INIT(URI_MAX);
	char *sql = NULL;
	int rc = SQLITE_NOMEM;

	catalog_sql_uri(b->path, &uri);
	if (!uri.failed)
		sql = sqlite3_mprintf("ATTACH %Q AS old", uri.data);
	if (sql)
		rc = sqlite3_exec(b->db, sql, NULL, NULL, NULL);
	sqlite3_free(sql);
	buffer_release(&uri);
	if (rc != SQLITE_OK)
		return catalog_sql_unreadable(b->db, b->path, fault);
	return catalog_sql_check(b->db, "old", b->path, fault);
}

/* Products whose keys are of another version are keyed anew. */
static enum fault_code copy_rekeyed(struct catalog_build *b, struct fault *fault)
{
	sqlite3_stmt *row = NULL;
	enum fault_code code = FAULT_NONE;
	uint32_t earlier;
	int rc = sqlite3_prepare_v2(b->db, "SELECT " CATALOG_COLUMNS
				    " FROM old.product ORDER BY id", -1, &row, NULL);

	while (rc == SQLITE_OK && code == FAULT_NONE) {
		struct product product;

		if ((rc = sqlite3_step(row)) != SQLITE_ROW)
			break;
		rc = SQLITE_OK;
		catalog_sql_product(row, &product);
		code = catalog_build_put(b, &product, CATALOG_GIVEN_ALL, 0, &earlier, fault);
	}
	sqlite3_finalize(row);
	if (code == FAULT_NONE && rc != SQLITE_DONE)
		return catalog_sql_unreadable(b->db, b->path, fault);
	return code;
}

static enum fault_code copy_old(struct catalog_build *b, struct fault *fault)
{
	sqlite3_int64 version = catalog_sql_number(b->db,
		"SELECT value FROM old.meta WHERE name='search_key'", 0);

	if (version != SEARCH_KEY_VERSION)
		return copy_rekeyed(b, fault);
	if (sqlite3_exec(b->db, "INSERT INTO product SELECT * FROM old.product", NULL, NULL,
			 NULL) != SQLITE_OK) {
		int rc = sqlite3_errcode(b->db);

		return rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB
			? catalog_sql_unreadable(b->db, b->path, fault) : unwritable(b, fault);
	}
	b->last_id = (uint32_t)catalog_sql_number(b->db, "SELECT max(id) FROM product", 0);
	return FAULT_NONE;
}

/* Opens, and unless they are to be dropped copies, the products there are. An
 * unreadable catalogue that is dropped anyway only costs the generation. */
static enum fault_code take_over(struct catalog_build *b, struct fault *fault)
{
	bool there = access(b->path, F_OK) == 0;
	enum fault_code code = there ? attach_old(b, fault) : FAULT_NONE;

	if (code == FAULT_CATALOG_NOT_READABLE && b->options.replace) {
		there = false;
		code = FAULT_NONE;
	}
	if (code == FAULT_NONE)
		code = prepare(b, fault);
	if (code != FAULT_NONE || !there)
		return code;
	b->generation = catalog_sql_number(b->db,
		"SELECT value FROM old.meta WHERE name='generation'", 0);
	return b->options.replace ? FAULT_NONE : copy_old(b, fault);
}

enum fault_code catalog_build_begin(const char *path, const struct catalog_build_options *options,
				    struct catalog_build **ret, struct fault *fault)
{
	struct catalog_build *b = calloc(1, sizeof *b);
	enum fault_code code;

	if (b) {
		b->lock = -1;
		b->options = *options;
		b->path = strdup(path);
	}
	if (!b || !b->path) {
		catalog_build_free(b);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	code = take_lock(b, fault);
	if (code == FAULT_NONE && !(b->new_path = catalog_path_with(path, ".new")))
		code = fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	if (code == FAULT_NONE)
		code = create(b, fault);
	if (code == FAULT_NONE)
		code = take_over(b, fault);
	if (code == FAULT_NONE)
		*ret = b;
	else
		catalog_build_free(b);
	return code;
}

static void bind_price(sqlite3_stmt *s, int at, bool has, struct money price)
{
	if (has)
		sqlite3_bind_int64(s, at, price.minor);
	else
		sqlite3_bind_null(s, at);
}

/* Binds all of a product but its id, and runs the statement. */
static bool write_product(sqlite3_stmt *s, const struct product *p, const char *key,
			  const char *folded, const char *initials)
{
	bool gtin = strcmp(key, p->code) != 0 || strlen(key) == 14;

	sqlite3_bind_text(s, 1, p->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, folded, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, initials, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 4, p->unit, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 5, p->spec, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 6, p->category, -1, SQLITE_STATIC);
	sqlite3_bind_int(s, 7, (int)p->price.currency);
	bind_price(s, 8, p->has_price, p->price);
	bind_price(s, 9, p->has_member_price, p->member_price);
	sqlite3_bind_int(s, 10, p->tax_bp);
	sqlite3_bind_text(s, 11, key, -1, SQLITE_STATIC);
	sqlite3_bind_int(s, 12, gtin ? (int)strlen(p->code) : 0);
	sqlite3_step(s);
	return sqlite3_reset(s) == SQLITE_OK;
}

/* The product that has a key already, and its id; 0 on a failure. */
static uint32_t read_present(struct catalog_build *b, const char *key, struct product *ret)
{
	uint32_t id = 0;

	sqlite3_bind_text(b->find, 1, key, -1, SQLITE_STATIC);
	if (sqlite3_step(b->find) == SQLITE_ROW) {
		catalog_sql_product(b->find, ret);
		id = (uint32_t)sqlite3_column_int64(b->find, CATALOG_COLUMNS_N);
	}
	sqlite3_reset(b->find);
	return id;
}

/* Takes over from `old` what nothing was given for. */
static void keep_parts(struct product *p, const struct product *old, unsigned given)
{
	if (!(given & CATALOG_GIVEN_UNIT))
		memcpy(p->unit, old->unit, sizeof p->unit);
	if (!(given & CATALOG_GIVEN_SPEC))
		memcpy(p->spec, old->spec, sizeof p->spec);
	if (!(given & CATALOG_GIVEN_CATEGORY))
		memcpy(p->category, old->category, sizeof p->category);
	if (!(given & CATALOG_GIVEN_PRICE)) {
		p->has_price = old->has_price;
		p->price = old->price;
	}
	if (!(given & CATALOG_GIVEN_MEMBER_PRICE)) {
		p->has_member_price = old->has_member_price;
		p->member_price = old->member_price;
	}
	if (!(given & CATALOG_GIVEN_TAX))
		p->tax_bp = old->tax_bp;
}

/* Notes the line of a product; *ret_earlier is what was noted before. */
static bool note_line(struct catalog_build *b, uint32_t id, uint32_t line, uint32_t *ret_earlier)
{
	void *items = b->line_of;
	size_t before = b->lines_cap;

	if (!vector_reserve(&items, &b->lines_cap, (size_t)id + 1, sizeof *b->line_of, PRODUCTS_MAX))
		return false;
	b->line_of = items;
	memset(b->line_of + before, 0, (b->lines_cap - before) * sizeof *b->line_of);
	*ret_earlier = b->line_of[id];
	b->line_of[id] = line;
	return true;
}

/* Writes a product under its key with the search key it gets. */
static bool write_keyed(struct catalog_build *b, sqlite3_stmt *s, const struct product *p,
			const char *key)
{
	struct search_key search;
	char folded[SEARCH_FOLDED_SIZE], initials[SEARCH_INITIALS_SIZE];

	search_key_build(p->name, p->spec, b->options.reading, b->options.context, &search);
	search_key_write(&search, folded, initials);
	return write_product(s, p, key, folded, initials);
}

/* Changes the product that has the key already; its id, 0 on a failure. */
static uint32_t change(struct catalog_build *b, const struct product *product, const char *key,
		       unsigned given)
{
	struct product old, changed = *product;
	uint32_t id = read_present(b, key, &old);

	if (!id)
		return 0;
	keep_parts(&changed, &old, given);
	return write_keyed(b, b->update, &changed, key) ? id : 0;
}

enum fault_code catalog_build_put(struct catalog_build *build, const struct product *product,
				  unsigned given, uint32_t line, uint32_t *ret_earlier,
				  struct fault *fault)
{
	product_key key;
	uint32_t id = build->last_id + 1;

	product_key_of(product->code, key);
	sqlite3_bind_int64(build->insert, 13, id);
	if (!write_keyed(build, build->insert, product, key))
		return unwritable(build, fault);
	if (sqlite3_changes(build->db))
		build->last_id = id;
	else
		id = change(build, product, key, given);
	if (!id)
		return unwritable(build, fault);
	if (!note_line(build, id, line, ret_earlier))
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	return FAULT_NONE;
}

static enum fault_code write_meta(struct catalog_build *b, struct catalog_meta *meta,
				  struct fault *fault)
{
	char *sql;
	int rc = SQLITE_NOMEM;

	meta->generation = b->generation + 1;
	meta->products = catalog_sql_number(b->db, "SELECT count(*) FROM product", 0);
	meta->imported_utc_ms = b->options.now_utc_ms;
	sql = sqlite3_mprintf("INSERT INTO meta VALUES ('generation',%lld), ('products',%lld),"
			      " ('imported_utc_ms',%lld), ('search_key',%d)",
			      (long long)meta->generation, (long long)meta->products,
			      (long long)meta->imported_utc_ms, SEARCH_KEY_VERSION);
	if (sql)
		rc = sqlite3_exec(b->db, sql, NULL, NULL, NULL);
	sqlite3_free(sql);
	return rc == SQLITE_OK ? FAULT_NONE : unwritable(b, fault);
}

static void close_database(struct catalog_build *b)
{
	sqlite3_finalize(b->insert);
	sqlite3_finalize(b->update);
	sqlite3_finalize(b->find);
	sqlite3_finalize(b->gram);
	b->insert = b->update = b->find = b->gram = NULL;
	sqlite3_close(b->db);
	b->db = NULL;
}

static bool sync_path(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	return ok;
}

/* The directory a path is in, "." when it names none. */
static bool sync_directory(const char *path)
{
	char directory[PATH_MAX];
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) : 0;

	if (slash == path)
		n = 1;
	if (n >= sizeof directory)
		return false;
	memcpy(directory, n ? path : ".", n ? n : 1);
	directory[n ? n : 1] = '\0';
	return sync_path(directory, O_RDONLY | O_DIRECTORY);
}

/* The new file is on the disk whole before its name replaces the old one's. */
static enum fault_code swap(struct catalog_build *b, struct fault *fault)
{
	close_database(b);
	if (!sync_path(b->new_path, O_RDONLY) || rename(b->new_path, b->path) != 0)
		return catalog_file_unwritable(b->path, fault);
	b->finished = true;
	/* The swap is done; only a power cut in the next seconds could undo it,
	 * and then the old catalogue is there whole. */
	sync_directory(b->path);
	return FAULT_NONE;
}

enum fault_code catalog_build_finish(struct catalog_build *build, catalog_build_tick *tick,
				     void *context, struct catalog_meta *ret, struct fault *fault)
{
	struct catalog_meta meta;
	enum fault_code code = catalog_build_index(build, tick, context, fault);

	if (code == FAULT_NONE)
		code = write_meta(build, &meta, fault);
	if (code == FAULT_NONE && !tick(context, 99))
		code = fault_set(fault, FAULT_CATALOG_INTERRUPTED, build->path, NULL);
	if (code == FAULT_NONE && sqlite3_exec(build->db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		code = unwritable(build, fault);
	if (code == FAULT_NONE)
		code = swap(build, fault);
	if (code == FAULT_NONE) {
		tick(context, 100);
		*ret = meta;
	}
	return code;
}

void catalog_build_free(struct catalog_build *build)
{
	if (!build)
		return;
	close_database(build);
	if (build->new_path && !build->finished)
		unlink(build->new_path);
	if (build->lock >= 0)
		close(build->lock);
	free(build->line_of);
	free(build->new_path);
	free(build->path);
	free(build);
}
