/* The rows of a product file, whichever of its forms it has. */
#ifndef LOAD_ROWS_H
#define LOAD_ROWS_H

#include "base/fault.h"
#include "load/row.h"
#include "load/source.h"

/* Told of a column that is not used, by its name. */
typedef void rows_ignored(void *context, uint32_t line, const char *name);

struct rows;

/* Looks at the head of a source and begins: JSON lines when its first letter
 * is {, else a table, whose first row names the columns. Refused when no
 * column holds codes, or none names. */
enum fault_code rows_open(struct source *source, const char *path, rows_ignored *ignored,
			  void *context, struct rows **ret, struct fault *fault);
void rows_close(struct rows *rows);

enum rows_status {
	ROWS_ROW,      /* *ret holds it */
	ROWS_REFUSED,  /* only its line is told; *fault says why */
	ROWS_END,
	ROWS_FAILED,   /* the file is unreadable; *fault says why */
};
enum rows_status rows_next(struct rows *rows, struct row *ret, struct fault *fault);

#endif
