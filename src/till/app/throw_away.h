/* A folder for data that is thrown away afterwards. */
#ifndef APP_THROW_AWAY_H
#define APP_THROW_AWAY_H

#include "base/fault.h"

enum { THROW_AWAY_MAX = 64 };

/* Makes one for its owner only and names it. FAULT_FILE_NOT_WRITABLE. */
enum fault_code throw_away_make(char ret_dir[THROW_AWAY_MAX], struct fault *fault);

/* Removes it with all in it. */
void throw_away_remove(const char *dir);

#endif
