/* One CUnit program a room: a table of named tests and the summary CUnit
 * prints. Usage: ./prog [NAME] runs all tests, or those whose name holds NAME. */
#ifndef TESTS_SUITE_H
#define TESTS_SUITE_H

#include <CUnit/CUnit.h>

struct test {
	const char *name;
	void (*run)(void);
};

/* Runs tests[0..n) as one CUnit suite; returns the program's exit status. */
int suite_run(const char *suite, const struct test *tests, size_t n, int argc, char **argv);

#define SUITE_MAIN(suite, tests) \
	int main(int argc, char **argv) \
	{ \
		return suite_run(suite, tests, sizeof tests / sizeof tests[0], argc, argv); \
	}

/* Compares texts and shows both when they differ. */
#define ASSERT_TEXT(actual, expected) suite_assert_text(actual, expected, #actual, __FILE__, __LINE__)
void suite_assert_text(const char *actual, const char *expected, const char *what,
		       const char *file, int line);

/* Compares integers and shows both when they differ. */
#define ASSERT_NUMBER(actual, expected) \
	suite_assert_number((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)
void suite_assert_number(long long actual, long long expected, const char *what,
			 const char *file, int line);

#endif
