/* The registry of errors, as a part of guitai(1). */
#include "tools/docgen.h"

#include <stdio.h>

#include "base/fault.h"

void docgen_errors(void)
{
	size_t n;
	const struct fault_row *rows = fault_rows(&n);

	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++) {
		printf(".It %d Er %s\n", (int)rows[i].code, rows[i].name);
		mdoc_sentences(rows[i].sentence);
	}
	puts(".El");
}
