/* The tests of the practice provider, file after file. */
#include <stdlib.h>
#include <string.h>

#include "desk_sandbox.h"

int main(int argc, char **argv)
{
	size_t n = n_customer_tests + n_book_tests + n_door_tests;
	struct test *all = calloc(n, sizeof *all);
	int status;

	if (!all)
		return 1;
	memcpy(all, customer_tests, n_customer_tests * sizeof *all);
	memcpy(all + n_customer_tests, book_tests, n_book_tests * sizeof *all);
	memcpy(all + n_customer_tests + n_book_tests, door_tests, n_door_tests * sizeof *all);
	status = suite_run("sandbox", all, n, argc, argv);
	free(all);
	return status;
}
