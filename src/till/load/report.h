/* What an import says about its rows, and how far it is. */
#ifndef LOAD_REPORT_H
#define LOAD_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "load/row.h"

enum progress_kind { PROGRESS_NONE, PROGRESS_TERMINAL, PROGRESS_LINES };

struct report {
	const char *file;  /* the one being read */
	enum progress_kind progress;
	uint64_t rows;     /* read, of all files */
	int percent;       /* shown last; -1 before the first */
	bool line_open;    /* a progress line stands on the terminal */
};

/* One line each on stderr: "FILE:LINE: …". */
void report_refused(struct report *r, uint32_t line, const struct fault *fault);
void report_ignored(struct report *r, uint32_t line, const char *column);
void report_notes(struct report *r, uint32_t line, const struct row_notes *notes);
void report_repeated(struct report *r, uint32_t line, const char *code, uint32_t earlier);

/* Shows a percentage of the whole import when it has changed. As lines:
 * "progress ROWS PERCENT". */
void report_progress(struct report *r, int percent);

/* Ends the progress line of a terminal. */
void report_end(struct report *r);

#endif
