/* The CUnit runner every room's tests share. */
#include "suite.h"

#include <CUnit/Basic.h>
#include <stdio.h>
#include <string.h>

int suite_run(const char *suite, const struct test *tests, size_t n, int argc, char **argv)
{
	CU_pSuite s;
	unsigned failed;
	size_t chosen = 0;

	if (CU_initialize_registry() != CUE_SUCCESS)
		return 1;
	s = CU_add_suite(suite, NULL, NULL);
	for (size_t i = 0; s && i < n; i++) {
		if (argc > 1 && !strstr(tests[i].name, argv[1]))
			continue;
		if (!CU_add_test(s, tests[i].name, tests[i].run))
			return 1;
		chosen++;
	}
	if (!s || chosen == 0) {
		fprintf(stderr, "%s: no test %s\n", suite, argc > 1 ? argv[1] : "");
		return 1;
	}
	CU_basic_set_mode(CU_BRM_NORMAL);
	CU_basic_run_tests();
	failed = CU_get_number_of_failures();
	CU_cleanup_registry();
	return failed ? 1 : 0;
}

void suite_assert_text(const char *actual, const char *expected, const char *what,
		       const char *file, int line)
{
	int same = actual && strcmp(actual, expected) == 0;

	if (!same)
		fprintf(stderr, "%s:%d: %s is \"%s\", expected \"%s\"\n", file, line, what,
			actual ? actual : "(null)", expected);
	CU_assertImplementation(same, (unsigned)line, what, file, "", CU_FALSE);
}

void suite_assert_number(long long actual, long long expected, const char *what,
			 const char *file, int line)
{
	if (actual != expected)
		fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", file, line, what, actual,
			expected);
	CU_assertImplementation(actual == expected, (unsigned)line, what, file, "", CU_FALSE);
}
