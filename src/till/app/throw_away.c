/* Folders below /tmp, made and removed. */
#include <config.h>

#include "app/throw_away.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum fault_code throw_away_make(char ret_dir[THROW_AWAY_MAX], struct fault *fault)
{
	memcpy(ret_dir, "/tmp/guitai-train-XXXXXX", sizeof "/tmp/guitai-train-XXXXXX");
	if (mkdtemp(ret_dir))
		return FAULT_NONE;
	return fault_set(fault, FAULT_FILE_NOT_WRITABLE, ret_dir, strerror(errno));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void throw_away_remove(const char *dir)
{
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
