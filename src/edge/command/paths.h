/* Where the program finds what belongs to it, and where its data is. */
#ifndef COMMAND_PATHS_H
#define COMMAND_PATHS_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"

/* Folders, absolute, without a slash at the end. */
struct paths {
	bool from_build;         /* run from the build folder, not installed */
	char data[PATH_MAX];     /* schema, sample shop, lessons */
	char libexec[PATH_MAX];  /* the other programs: guitai-load … */
	char locale[PATH_MAX];   /* <language>/LC_MESSAGES/guitai.mo */
};

/* Finds the folders of the running program. */
void paths_find(struct paths *ret);

/* The same for a program at `exe`: below the build folder it uses the source
 * tree and the build folder; installed, the folders given to configure, moved
 * with the program when it stands below a DESTDIR. */
void paths_find_for(const char *exe, struct paths *ret);

/* A program's data: `given` (the option's value) when not NULL, else
 * $XDG_DATA_HOME/program, else $HOME/.local/share/program. Relative folders are
 * those of the option only. `option` ("--dir") is for the sentences of
 * FAULT_NO_DATA_DIRECTORY and FAULT_INPUT_BAD_TEXT (too long). */
enum fault_code paths_data_dir(const char *given, const char *program, const char *option, char *out,
			       size_t size, struct fault *fault);

#endif
