/* A disk in memory that remembers, between two syncs, every change that a
 * power cut could lose: the ground under the power-cut tests. A disk is a
 * directory of names and the files they stand for; a file that lost its name
 * lives on until its last opener is gone. */
#ifndef FAULTS_POWER_POWER_DISK_H
#define FAULTS_POWER_POWER_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum power_event_kind {
	POWER_WRITE,          /* bytes at an offset */
	POWER_RESIZE,         /* a file cut or grown to `offset` bytes */
	POWER_SYNC,           /* a file's bytes and size are durable from here */
	POWER_SYNC_FAILED,    /* what waited for it is lost, though reads still show it */
	POWER_CREATE,         /* a name for a new file */
	POWER_DELETE,         /* a name gone */
	POWER_RENAME,         /* `path` now stands for the file; `from` is gone */
	POWER_SYNC_DIRECTORY, /* all names are durable from here */
	POWER_ACKNOWLEDGE,    /* the program was told: `offset` is done */
};

struct power_event {
	enum power_event_kind kind;
	size_t file;          /* index into the disk's files */
	uint64_t offset;      /* WRITE: where; RESIZE: size; ACKNOWLEDGE: value */
	size_t len;           /* WRITE */
	unsigned char *bytes; /* WRITE; owned */
	char *path;           /* CREATE DELETE RENAME; owned */
	char *from;           /* RENAME; owned */
};

/* What was done to a disk, in order. */
struct power_log {
	struct power_event *events;
	size_t n;
	size_t cap;
};

struct power_file {
	unsigned char *bytes;
	size_t size;
	size_t cap;
	bool unrecorded;         /* a temporary file: gone with the power anyway */
	/* The rest belongs to the running programs and is never durable. */
	unsigned sharers;        /* SQLite's lock: how many hold SHARED or more */
	const void *reserved;    /* who holds RESERVED, PENDING or EXCLUSIVE */
	bool pending;            /* no new sharers */
	void **shm;              /* the wal-index, in regions */
	size_t shm_n;
	size_t shm_size;
	unsigned shm_shared[8];
	const void *shm_exclusive[8];
};

struct power_name {
	char *path;
	size_t file;
};

struct power_disk {
	struct power_file *files;
	size_t files_n;
	size_t files_cap;
	struct power_name *names;
	size_t names_n;
	size_t names_cap;
	struct power_log *log;   /* NULL: nothing is recorded; not owned */
	bool ignores_syncs;      /* says it synced, and did not */
	uint64_t fail_sync;      /* the so manieth sync from now fails; 0: none */
	uint64_t fail_write;     /* the disk is full from the so manieth write on */
	uint64_t full_writes;    /* for so many writes */
	uint64_t acknowledged;
	uint64_t random;         /* state of the numbers handed to SQLite */
};

#define POWER_NO_FILE SIZE_MAX

void power_disk_init(struct power_disk *disk);
void power_disk_release(struct power_disk *disk);

/* A copy of the names and the bytes, without log, locks and wal-index. */
void power_disk_copy(struct power_disk *to, const struct power_disk *from);

/* The file that `path` stands for, or POWER_NO_FILE. */
size_t power_disk_find(const struct power_disk *disk, const char *path);

/* These change the disk and, while it has a log, record it. `unrecorded`
 * files have no name when path is NULL. */
size_t power_disk_create(struct power_disk *disk, const char *path, bool unrecorded);
void power_disk_delete(struct power_disk *disk, const char *path);
void power_disk_rename(struct power_disk *disk, const char *from, const char *to);
bool power_disk_write(struct power_disk *disk, size_t file, uint64_t offset, const void *bytes,
		      size_t len);  /* false: the disk is full */
void power_disk_resize(struct power_disk *disk, size_t file, uint64_t size);
bool power_disk_sync(struct power_disk *disk, size_t file);  /* false: it failed */
void power_disk_sync_directory(struct power_disk *disk);

/* Records that the program was told that `value` is durable. */
void power_disk_acknowledge(struct power_disk *disk, uint64_t value);

/* Steps of a file and of the directory that are never recorded; survivors of
 * a cut are built from them. */
void power_file_put(struct power_file *file, uint64_t offset, const void *bytes, size_t len);
void power_file_resize(struct power_file *file, uint64_t size);
void power_name_set(struct power_disk *disk, const char *path, size_t file);
void power_name_drop(struct power_disk *disk, const char *path);

void power_log_release(struct power_log *log);

/* The next of a row of pseudo-random numbers (splitmix64). */
uint64_t power_random(uint64_t *state);

/* Memory or the end of the test: a test program has nothing to save. */
void *power_memory(void *old, size_t n);

#endif
