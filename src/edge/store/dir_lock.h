/* One till a directory: the lock that the register, batch, init and restore
 * hold while they run. */
#ifndef STORE_DIR_LOCK_H
#define STORE_DIR_LOCK_H

#include "base/fault.h"

struct dir_lock {
	int fd;  /* -1 when not held */
};

#define DIR_LOCK_INIT { -1 }

/* Takes DIR/till.lock, making the directory (mode 0700) and the file when they
 * are missing. FAULT_STORE_LOCKED names the process that holds it;
 * FAULT_STORE_NOT_READABLE. The lock goes with the process. */
enum fault_code dir_lock_take(struct dir_lock *lock, const char *dir, struct fault *fault);

/* Accepts a lock that is not held. */
void dir_lock_release(struct dir_lock *lock);

#endif
