/* The options of guitai-hub serve, from the command line and its file. */
#ifndef SERVER_SERVE_H
#define SERVER_SERVE_H

#include "base/buffer.h"
#include "command/command.h"

enum { SERVE_FILE_LINES_MAX = 32 };

/* Lines of the file of --config. */
struct serve_file {
	struct buffer text;
	struct { const char *name, *value; } lines[SERVE_FILE_LINES_MAX];
	size_t n;
};

/* Reads the file that --config names, if it does: one option of serve a line,
 * as name = value or name = "value". FAULT_SETTING_FILE,
 * FAULT_SETTING_BAD_VALUE, FAULT_USAGE_UNKNOWN_OPTION. */
enum fault_code serve_file_read(const struct invocation *in, struct serve_file *ret,
				struct fault *fault);
void serve_file_release(struct serve_file *file);

/* An option of serve: of the command line, else of the file, else `standard`. */
const char *serve_option(const struct invocation *in, const struct serve_file *file,
			 const char *name, const char *standard);

#endif
