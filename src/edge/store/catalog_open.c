/* Opening a catalogue and going over to the next one. */
#include "store/catalog_reader.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/catalog_sql.h"

enum { URI_MAX = 16384, MMAP_BYTES = 1 << 30 };

sqlite3_stmt *catalog_statement(struct catalog_store *store, sqlite3_stmt **slot, const char *sql)
{
	if (!*slot)
		sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
	return *slot;
}

enum fault_code catalog_unreadable(const struct catalog_store *store, struct fault *fault)
{
	return catalog_sql_unreadable(store->db, store->path, fault);
}

static bool identity_of(const char *path, struct catalog_identity *ret)
{
	struct stat st;

	memset(ret, 0, sizeof *ret);
	if (stat(path, &st) != 0)
		return false;
	ret->device = st.st_dev;
	ret->inode = st.st_ino;
	ret->size = st.st_size;
	ret->changed = st.st_mtim;
	return true;
}

static bool same(const struct catalog_identity *a, const struct catalog_identity *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

static enum fault_code read_meta(struct catalog_store *s, struct fault *fault)
{
	sqlite3_stmt *row = NULL;
	int rc = sqlite3_prepare_v2(s->db, "SELECT name, value FROM meta", -1, &row, NULL);

	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		const char *name;
		int64_t value;

		rc = sqlite3_step(row);
		if (rc != SQLITE_ROW)
			break;
		name = (const char *)sqlite3_column_text(row, 0);
		if (!name) {
			rc = SQLITE_CORRUPT;
			break;
		}
		value = sqlite3_column_int64(row, 1);
		if (strcmp(name, "generation") == 0)
			s->meta.generation = value;
		else if (strcmp(name, "products") == 0)
			s->meta.products = value;
		else if (strcmp(name, "imported_utc_ms") == 0)
			s->meta.imported_utc_ms = value;
	}
	sqlite3_finalize(row);
	if (rc == SQLITE_CORRUPT)
		return fault_set(fault, FAULT_CATALOG_NOT_READABLE, s->path, sqlite3_errstr(rc));
	return rc == SQLITE_DONE ? FAULT_NONE : catalog_unreadable(s, fault);
}

/* Opens the file in s->path, which is there. The file is never written after
 * it was swapped in, so SQLite need neither lock it nor look for a journal. */
static enum fault_code open_file(struct catalog_store *s, struct fault *fault)
{
	struct buffer uri = BUFFER_INIT(URI_MAX);
	enum fault_code code = FAULT_NONE;
	int rc = SQLITE_NOMEM;

	catalog_sql_uri(s->path, &uri);
	if (!uri.failed)
		rc = sqlite3_open_v2(uri.data, &s->db,
				     SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
				     NULL);
	buffer_release(&uri);
	if (rc != SQLITE_OK)
		return catalog_unreadable(s, fault);
	sqlite3_file_control(s->db, "main", SQLITE_FCNTL_MMAP_SIZE, &(sqlite3_int64){ MMAP_BYTES });
	code = catalog_sql_check(s->db, "main", s->path, fault);
	return code == FAULT_NONE ? read_meta(s, fault) : code;
}

static void close_file(struct catalog_store *s)
{
	sqlite3_finalize(s->find);
	sqlite3_finalize(s->by_prefix);
	sqlite3_finalize(s->by_id);
	sqlite3_finalize(s->key_by_id);
	sqlite3_finalize(s->postings);
	sqlite3_close(s->db);
}

enum fault_code catalog_store_open(const char *path, struct catalog_store **ret,
				   struct fault *fault)
{
	struct catalog_store *s = calloc(1, sizeof *s);
	enum fault_code code = FAULT_NONE;

	if (!s || !(s->path = strdup(path))) {
		catalog_store_close(s);
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	}
	if (identity_of(path, &s->identity))
		code = open_file(s, fault);
	if (code == FAULT_NONE)
		*ret = s;
	else
		catalog_store_close(s);
	return code;
}

void catalog_store_close(struct catalog_store *store)
{
	if (!store)
		return;
	close_file(store);
	free(store->path);
	free(store);
}

enum fault_code catalog_store_refresh(struct catalog_store *store, bool *ret_swapped,
				      struct fault *fault)
{
	struct catalog_store next = { .path = store->path };
	enum fault_code code;

	if (ret_swapped)
		*ret_swapped = false;
	if (!identity_of(store->path, &next.identity) || same(&next.identity, &store->identity))
		return FAULT_NONE;
	code = open_file(&next, fault);
	if (code != FAULT_NONE) {
		close_file(&next);
		return code;
	}
	close_file(store);
	*store = next;
	if (ret_swapped)
		*ret_swapped = true;
	return FAULT_NONE;
}

struct catalog_meta catalog_store_meta(const struct catalog_store *store)
{
	return store->meta;
}
