/* A SQLite VFS over the system's that lets one call fail: the n-th of those
 * that change or secure a file. */
#ifndef TESTS_FAULTS_FAILING_VFS_H
#define TESTS_FAULTS_FAILING_VFS_H

#include <stddef.h>

/* Registers the VFS as SQLite's default. Nothing fails until failing_at. */
void failing_register(void);

/* Counting starts at zero; the call with this number (from 1) fails, and the
 * `more` calls behind it too. 0: none. */
void failing_at(size_t call, size_t more);

/* Calls counted since failing_at. */
size_t failing_calls(void);

/* Whether the call came. */
int failing_happened(void);

#endif
