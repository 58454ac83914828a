/* The VFS "power": SQLite reads and writes a disk in memory, whose log tells
 * afterwards what a power cut could have left. It keeps the promises of
 * SQLite's own unix VFS, no more: only a new journal's or WAL's first sync
 * also syncs the directory, and the wal-index is plain memory. */
#include "power_vfs.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct vfs_file {
	sqlite3_file base;
	struct power_disk *disk;
	size_t file;
	int lock;
	bool sync_directory;   /* a new journal or WAL that was not synced yet */
	char *drop;            /* the name to delete on close; owned */
	unsigned shm_shared;   /* slots held, as bits */
	unsigned shm_exclusive;
};

static struct power_disk *current;

void power_vfs_use(struct power_disk *disk)
{
	current = disk;
}

struct power_disk *power_vfs_disk(void)
{
	return current;
}

static struct vfs_file *vfs_file(sqlite3_file *file)
{
	return (struct vfs_file *)file;
}

static struct power_file *contents(const struct vfs_file *f)
{
	return &f->disk->files[f->file];
}

/* ---- reading and writing ---------------------------------------------------- */

static int file_read(sqlite3_file *file, void *out, int amount, sqlite3_int64 offset)
{
	const struct power_file *from = contents(vfs_file(file));
	size_t want = (size_t)amount, at = (size_t)offset;
	size_t have = at < from->size ? from->size - at : 0;

	if (have >= want) {
		memcpy(out, from->bytes + at, want);
		return SQLITE_OK;
	}
	if (have)
		memcpy(out, from->bytes + at, have);
	memset((char *)out + have, 0, want - have);
	return SQLITE_IOERR_SHORT_READ;
}

static int file_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
	struct vfs_file *f = vfs_file(file);

	return power_disk_write(f->disk, f->file, (uint64_t)offset, bytes, (size_t)amount)
		? SQLITE_OK : SQLITE_FULL;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct vfs_file *f = vfs_file(file);

	power_disk_resize(f->disk, f->file, (uint64_t)size);
	return SQLITE_OK;
}

static int file_sync(sqlite3_file *file, int flags)
{
	struct vfs_file *f = vfs_file(file);

	(void)flags;
	if (!power_disk_sync(f->disk, f->file))
		return SQLITE_IOERR_FSYNC;
	if (f->sync_directory)
		power_disk_sync_directory(f->disk);
	f->sync_directory = false;
	return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	*ret = (sqlite3_int64)contents(vfs_file(file))->size;
	return SQLITE_OK;
}

/* ---- locks between connections ---------------------------------------------- */

static int file_lock(sqlite3_file *file, int level)
{
	struct vfs_file *f = vfs_file(file);
	struct power_file *c = contents(f);

	if (level <= f->lock)
		return SQLITE_OK;
	if (f->lock == SQLITE_LOCK_NONE) {
		if (c->pending)
			return SQLITE_BUSY;
		c->sharers++;
		f->lock = SQLITE_LOCK_SHARED;
	}
	if (level == SQLITE_LOCK_SHARED)
		return SQLITE_OK;
	if (c->reserved && c->reserved != f)
		return SQLITE_BUSY;
	c->reserved = f;
	f->lock = SQLITE_LOCK_RESERVED;
	if (level == SQLITE_LOCK_RESERVED)
		return SQLITE_OK;
	c->pending = true;
	f->lock = SQLITE_LOCK_PENDING;
	if (c->sharers > 1)
		return SQLITE_BUSY;
	f->lock = level;
	return SQLITE_OK;
}

static int file_unlock(sqlite3_file *file, int level)
{
	struct vfs_file *f = vfs_file(file);
	struct power_file *c = contents(f);

	if (f->lock <= level)
		return SQLITE_OK;
	if (c->reserved == f) {
		c->reserved = NULL;
		c->pending = false;
	}
	if (level == SQLITE_LOCK_NONE)
		c->sharers--;
	f->lock = level;
	return SQLITE_OK;
}

static int file_check_reserved(sqlite3_file *file, int *ret)
{
	*ret = contents(vfs_file(file))->reserved != NULL;
	return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int op, void *arg)
{
	(void)file;
	(void)op;
	(void)arg;
	return SQLITE_NOTFOUND;
}

static int file_sector_size(sqlite3_file *file)
{
	(void)file;
	return 4096;
}

static int file_characteristics(sqlite3_file *file)
{
	(void)file;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/* ---- the wal-index ------------------------------------------------------------ */

static int shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **ret)
{
	struct power_file *c = contents(vfs_file(file));
	size_t want = (size_t)region + 1;

	*ret = NULL;
	if (c->shm_n < want && !extend)
		return SQLITE_OK;
	while (c->shm_n < want) {
		c->shm = power_memory(c->shm, (c->shm_n + 1) * sizeof *c->shm);
		c->shm[c->shm_n] = power_memory(NULL, (size_t)size);
		memset(c->shm[c->shm_n++], 0, (size_t)size);
	}
	*ret = c->shm[region];
	return SQLITE_OK;
}

static void shm_release(struct vfs_file *f, struct power_file *c, unsigned slot)
{
	unsigned bit = 1u << slot;

	if (f->shm_shared & bit)
		c->shm_shared[slot]--;
	if (f->shm_exclusive & bit)
		c->shm_exclusive[slot] = NULL;
	f->shm_shared &= ~bit;
	f->shm_exclusive &= ~bit;
}

static bool shm_available(const struct vfs_file *f, const struct power_file *c, unsigned slot,
			  bool exclusive)
{
	bool mine = f->shm_shared & (1u << slot);

	if (c->shm_exclusive[slot] && c->shm_exclusive[slot] != f)
		return false;
	return !exclusive || c->shm_shared[slot] == (mine ? 1u : 0u);
}

static int shm_lock(sqlite3_file *file, int first, int n, int flags)
{
	struct vfs_file *f = vfs_file(file);
	struct power_file *c = contents(f);
	bool exclusive = flags & SQLITE_SHM_EXCLUSIVE;
	unsigned from = (unsigned)first, to = (unsigned)(first + n);

	if (flags & SQLITE_SHM_UNLOCK) {
		for (unsigned slot = from; slot < to; slot++)
			shm_release(f, c, slot);
		return SQLITE_OK;
	}
	for (unsigned slot = from; slot < to; slot++)
		if (!shm_available(f, c, slot, exclusive))
			return SQLITE_BUSY;
	for (unsigned slot = from; slot < to; slot++) {
		shm_release(f, c, slot);
		if (exclusive) {
			c->shm_exclusive[slot] = f;
			f->shm_exclusive |= 1u << slot;
		} else {
			c->shm_shared[slot]++;
			f->shm_shared |= 1u << slot;
		}
	}
	return SQLITE_OK;
}

static void shm_barrier(sqlite3_file *file)
{
	(void)file;
}

static int shm_unmap(sqlite3_file *file, int drop)
{
	struct vfs_file *f = vfs_file(file);
	struct power_file *c = contents(f);

	for (unsigned slot = 0; slot < 8; slot++)
		shm_release(f, c, slot);
	if (!drop)
		return SQLITE_OK;
	for (size_t i = 0; i < c->shm_n; i++)
		free(c->shm[i]);
	free(c->shm);
	c->shm = NULL;
	c->shm_n = 0;
	return SQLITE_OK;
}

/* ---- opening and names ---------------------------------------------------------- */

static int file_close(sqlite3_file *file)
{
	struct vfs_file *f = vfs_file(file);

	shm_unmap(file, 0);
	file_unlock(file, SQLITE_LOCK_NONE);
	if (f->drop)
		power_disk_delete(f->disk, f->drop);
	free(f->drop);
	return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_check_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector_size,
	.xDeviceCharacteristics = file_characteristics,
	.xShmMap = shm_map,
	.xShmLock = shm_lock,
	.xShmBarrier = shm_barrier,
	.xShmUnmap = shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
		    int *ret_flags)
{
	struct vfs_file *f = vfs_file(file);
	bool temporary = !path || (flags & SQLITE_OPEN_DELETEONCLOSE);

	(void)vfs;
	memset(f, 0, sizeof *f);
	f->disk = current;
	f->file = path ? power_disk_find(current, path) : POWER_NO_FILE;
	if (f->file == POWER_NO_FILE) {
		if (!(flags & SQLITE_OPEN_CREATE))
			return SQLITE_CANTOPEN;
		f->file = power_disk_create(current, path, temporary);
		f->sync_directory = flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL |
					     SQLITE_OPEN_WAL);
	}
	if (path && temporary) {
		f->drop = power_memory(NULL, strlen(path) + 1);
		memcpy(f->drop, path, strlen(path) + 1);
	}
	f->base.pMethods = &methods;
	if (ret_flags)
		*ret_flags = flags;
	return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_directory)
{
	(void)vfs;
	if (power_disk_find(current, path) == POWER_NO_FILE)
		return SQLITE_IOERR_DELETE_NOENT;
	power_disk_delete(current, path);
	if (sync_directory)
		power_disk_sync_directory(current);
	return SQLITE_OK;
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *ret)
{
	size_t file = power_disk_find(current, path);

	(void)vfs;
	*ret = file != POWER_NO_FILE;
	if (flags == SQLITE_ACCESS_EXISTS && *ret && current->files[file].size == 0)
		*ret = 0;   /* as the unix VFS: an empty journal counts as none */
	return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
	(void)vfs;
	sqlite3_snprintf(size, out, "%s", path);
	return SQLITE_OK;
}

/* The same numbers each time: a violation can be replayed. */
static int vfs_randomness(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	for (int i = 0; i < n; i++)
		out[i] = (char)power_random(&current->random);
	return n;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return microseconds;
}

static int vfs_time(sqlite3_vfs *vfs, sqlite3_int64 *ret)
{
	(void)vfs;
	*ret = INT64_C(212648371200000);
	return SQLITE_OK;
}

static int vfs_last_error(sqlite3_vfs *vfs, int n, char *out)
{
	(void)vfs;
	if (n > 0)
		out[0] = '\0';
	return 0;
}

static sqlite3_vfs power_vfs = {
	.iVersion = 2,
	.szOsFile = sizeof(struct vfs_file),
	.mxPathname = 512,
	.zName = "power",
	.xOpen = vfs_open,
	.xDelete = vfs_delete,
	.xAccess = vfs_access,
	.xFullPathname = vfs_full_path,
	.xRandomness = vfs_randomness,
	.xSleep = vfs_sleep,
	.xGetLastError = vfs_last_error,
	.xCurrentTimeInt64 = vfs_time,
};

void power_vfs_register(void)
{
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_initialize();
	sqlite3_vfs_register(&power_vfs, 1);
}
