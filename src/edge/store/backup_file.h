/* Whole files inside a backup; inside this room only. */
#ifndef STORE_BACKUP_FILE_H
#define STORE_BACKUP_FILE_H

#include <stdbool.h>

#include "crypt/crypt.h"
#include "store/sqlite.h"

/* Tells a backup from a plain journal: "GtBk". */
enum { BACKUP_APPLICATION = 0x4774426B, BACKUP_PATH_MAX = 4096 };

/* The files beside the journal, and the folders of a restore: what is being
 * unpacked, and what waits to be put in place. */
extern const char *const backup_files[];
enum { BACKUP_FILES = 2 };
#define BACKUP_UNPACKING "restore.new"
#define BACKUP_READY "restore.ready"
#define BACKUP_OLD "old"

/* "FOLDER/NAME"; FAULT_FILE_NOT_WRITABLE when it is too long. */
enum fault_code backup_path(const char *folder, const char *name, char out[BACKUP_PATH_MAX],
			    struct fault *fault);

/* Makes what was done in a folder, or to a file, durable. */
enum fault_code backup_sync(const char *path, struct fault *fault);

/* The tables for files and digests. */
enum fault_code backup_file_tables(sqlite3 *db, const char *path, struct fault *fault);

/* Puts folder/name into the backup; *ret_there is false when there is none. */
enum fault_code backup_file_put(sqlite3 *db, const char *folder, const char *name, bool *ret_there,
				struct fault *fault);

/* Takes the file out into folder/name, mode 0600, durable, its digest checked.
 * FAULT_BACKUP_REFUSED, FAULT_FILE_NOT_WRITABLE. */
enum fault_code backup_file_take(sqlite3 *db, const char *folder, const char *name, bool *ret_there,
				 struct fault *fault);

/* The digest kept under a name: of a file, or of the journal's own tables as
 * they were. FAULT_BACKUP_REFUSED when there is none. */
#define BACKUP_TABLES "journal tables"
enum fault_code backup_digest_put(sqlite3 *db, const char *name, const uint8_t digest[DIGEST_SIZE],
				  struct fault *fault);
enum fault_code backup_digest_find(sqlite3 *db, const char *name, uint8_t ret[DIGEST_SIZE],
				   struct fault *fault);

/* Over every row of the journal's tables that its chain does not cover. */
enum fault_code backup_digest_tables(sqlite3 *db, const char *path, uint8_t ret[DIGEST_SIZE],
				     struct fault *fault);

#endif
