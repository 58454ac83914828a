/* What a fuzz target and its driver agree on. A target is a file with a table
 * of seeds and one function; fuzz_main.c mutates the seeds, or libFuzzer can be
 * linked in its place. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct fuzz_seed {
	const char *bytes;
	size_t n;
};

#define SEED(text) { text, sizeof text - 1 }

extern const struct fuzz_seed fuzz_seeds[];
extern const size_t fuzz_n_seeds;

/* Takes any bytes; returns 0, or does not return when a rule is broken. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* A rule that no input may break. */
#define FUZZ_RULE(holds) \
	do { \
		if (!(holds)) { \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #holds); \
			abort(); \
		} \
	} while (0)

#endif
