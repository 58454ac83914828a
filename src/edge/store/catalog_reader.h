/* An open catalogue, as the files of this room see it. */
#ifndef STORE_CATALOG_READER_H
#define STORE_CATALOG_READER_H

#include <sqlite3.h>
#include <sys/types.h>
#include <time.h>

#include "store/catalog_store.h"

/* Which file it is: an import swaps in another. */
struct catalog_identity {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec changed;
};

struct catalog_store {
	char *path;
	sqlite3 *db;  /* NULL while there is no file */
	struct catalog_identity identity;
	struct catalog_meta meta;
	/* Prepared when first used. */
	sqlite3_stmt *find;
	sqlite3_stmt *by_prefix;
	sqlite3_stmt *by_id;
	sqlite3_stmt *key_by_id;
	sqlite3_stmt *postings;
};

/* The statement in *slot, prepared once; NULL when the file is unreadable. */
sqlite3_stmt *catalog_statement(struct catalog_store *store, sqlite3_stmt **slot, const char *sql);

/* FAULT_CATALOG_NOT_READABLE with what SQLite says. */
enum fault_code catalog_unreadable(const struct catalog_store *store, struct fault *fault);

#endif
