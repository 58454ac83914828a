/* The shim: every method of the system's VFS passed on, those that write,
 * sync, truncate or map counted first. */
#include "failing_vfs.h"

#include <sqlite3.h>
#include <string.h>

static struct {
	size_t calls, fail_from, fail_to;
	int happened;
	sqlite3_vfs *system;
} state;

struct failing_file {
	sqlite3_file base;
	sqlite3_file *real;  /* behind this struct, in the same memory */
};

static sqlite3_file *real(sqlite3_file *f)
{
	return ((struct failing_file *)f)->real;
}

static int fails(void)
{
	state.calls++;
	if (!state.fail_from || state.calls < state.fail_from || state.calls > state.fail_to)
		return 0;
	state.happened = 1;
	return 1;
}

void failing_at(size_t call, size_t more)
{
	state.calls = 0;
	state.happened = 0;
	state.fail_from = call;
	state.fail_to = call + more;
}

size_t failing_calls(void)
{
	return state.calls;
}

int failing_happened(void)
{
	return state.happened;
}

static int do_close(sqlite3_file *f) { return real(f)->pMethods->xClose(real(f)); }

static int do_read(sqlite3_file *f, void *out, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), out, n, at);
}

/* Every third failing write is torn: half of it reaches the file. */
static int do_write(sqlite3_file *f, const void *in, int n, sqlite3_int64 at)
{
	if (!fails())
		return real(f)->pMethods->xWrite(real(f), in, n, at);
	if (state.calls % 3 == 0)
		real(f)->pMethods->xWrite(real(f), in, n / 2, at);
	return state.calls % 2 ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int do_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	return fails() ? SQLITE_IOERR_TRUNCATE : real(f)->pMethods->xTruncate(real(f), size);
}

static int do_sync(sqlite3_file *f, int flags)
{
	return fails() ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
}

static int do_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real(f)->pMethods->xFileSize(real(f), size);
}

static int do_lock(sqlite3_file *f, int level) { return real(f)->pMethods->xLock(real(f), level); }
static int do_unlock(sqlite3_file *f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }

static int do_reserved(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int do_control(sqlite3_file *f, int op, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int do_sector(sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); }

static int do_traits(sqlite3_file *f)
{
	return real(f)->pMethods->xDeviceCharacteristics(real(f));
}

static int do_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	if (extend && fails())
		return SQLITE_IOERR_SHMMAP;
	return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int do_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), at, n, flags);
}

static void do_barrier(sqlite3_file *f) { real(f)->pMethods->xShmBarrier(real(f)); }
static int do_unmap(sqlite3_file *f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }

static const sqlite3_io_methods methods = {
	2, do_close, do_read, do_write, do_truncate, do_sync, do_size, do_lock, do_unlock,
	do_reserved, do_control, do_sector, do_traits, do_map, do_shm_lock, do_barrier, do_unmap,
	NULL, NULL,
};

static int do_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
	struct failing_file *file = (struct failing_file *)f;
	int result;

	(void)vfs;
	file->real = (sqlite3_file *)(file + 1);
	result = state.system->xOpen(state.system, name, file->real, flags, out);
	f->pMethods = file->real->pMethods ? &methods : NULL;
	return result;
}

static int do_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	return fails() ? SQLITE_IOERR_DELETE : state.system->xDelete(state.system, name, sync);
}

void failing_register(void)
{
	static sqlite3_vfs vfs;

	state.system = sqlite3_vfs_find(NULL);
	vfs = *state.system;
	vfs.zName = "failing";
	vfs.szOsFile = (int)sizeof(struct failing_file) + state.system->szOsFile;
	vfs.xOpen = do_open;
	vfs.xDelete = do_delete;
	sqlite3_vfs_register(&vfs, 1);
}
