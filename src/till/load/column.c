/* Names of columns, English and Chinese. */
#include "load/column.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct { enum part part; const char *name; } columns[] = {
#define COLUMN(part, name) { PART_##part, name },
#include "load/columns.def"
#undef COLUMN
};

static const char blanks[] = " \t\r\n";

enum part part_of_column(const char *name)
{
	size_t n;

	name += strspn(name, blanks);
	n = strlen(name);
	while (n && strchr(blanks, name[n - 1]))
		n--;
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		if (strlen(columns[i].name) == n && strncasecmp(columns[i].name, name, n) == 0)
			return columns[i].part;
	return PART_NONE;
}
