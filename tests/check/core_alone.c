/* A program of the core and libc alone: it links the whole heart, and
 * tests/check/core_alone looks at what else that needed. */
#include <stdio.h>

#include "base/fault.h"
#include "money/money.h"

int main(void)
{
	struct fault fault = { 0 };
	size_t n;

	fault_rows(&n);
	fault_set(&fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	printf("the core speaks: %zu errors, one of them %s\n", n, fault_name(fault.code));
	return 0;
}
