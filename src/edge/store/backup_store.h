/* A backup: one SQLite file that holds a consistent copy of the journal and,
 * beside it, the till's key and catalogue as files. It is a journal by itself:
 * whatever verifies a journal verifies a backup. */
#ifndef STORE_BACKUP_STORE_H
#define STORE_BACKUP_STORE_H

#include "journal/journal.h"

enum { BACKUP_KEPT_MAX = 64 };

struct backup_info {
	uint64_t entries;
	uint8_t hash[JOURNAL_HASH_BYTES];  /* of the last one */
	bool catalog;                      /* whether it holds a catalogue */
	char kept[BACKUP_KEPT_MAX];        /* folder in which the files before were kept, "" none */
};

/* Copies the till of `dir`, which may go on selling, into a new file of mode
 * 0600; it gets its name when it is whole, verified and on the disk. A file of
 * that name is refused, or replaced when `replace`. What journal_open and
 * journal_verify say, FAULT_FILE_NOT_WRITABLE, FAULT_STORE_FULL. */
enum fault_code backup_make(const char *dir, const char *path, bool replace,
			    struct backup_info *ret, struct fault *fault);

/* Puts the till of a backup into `dir`, whose lock the caller holds. It is
 * unpacked beside and verified (every part, the chain, the state, the key)
 * before anything is touched. A till that is there is refused with
 * FAULT_STORE_EXISTS, or kept aside when `replace`. FAULT_BACKUP_REFUSED says
 * why the file cannot be used. */
enum fault_code backup_restore(const char *path, const char *dir, bool replace,
			       struct backup_info *ret, struct fault *fault);

/* Ends a restore that was cut short after its one point of no return; costs
 * one look when there was none. Every taker of the directory's lock calls it
 * before it opens the journal. */
enum fault_code backup_finish(const char *dir, char ret_kept[BACKUP_KEPT_MAX],
			      struct fault *fault);

#endif
