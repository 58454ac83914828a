/* SQLite's view of a disk in memory: a VFS over struct power_disk. */
#ifndef FAULTS_POWER_POWER_VFS_H
#define FAULTS_POWER_POWER_VFS_H

#include "power_disk.h"

/* Makes the VFS "power" SQLite's default, so that a store under test meets it
 * without knowing. Call once, before any other use of SQLite. */
void power_vfs_register(void);

/* Every path below it is on the disk in memory (see power_calls.c). */
#define POWER_ROOT "/disk"

/* The disk that files are opened on from now on; open files stay where they
 * are. */
void power_vfs_use(struct power_disk *disk);
struct power_disk *power_vfs_disk(void);

#endif
