/* Importing product files into a catalogue in one swap. */
#ifndef LOAD_IMPORT_H
#define LOAD_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "load/report.h"
#include "money/currency.h"

struct import {
	const char *catalog;  /* path of catalog.db */
	char **files;
	size_t n_files;
	enum currency currency;
	bool strict;
	bool replace;
	int64_t now_utc_ms;
	bool (*stopped)(void);  /* a signal asked to stop */
	struct report report;
	/* Counted. */
	uint64_t imported;  /* products: a repeated code counts once */
	uint64_t refused;   /* rows */
};

/* Reads all files and swaps the new catalogue in. FAULT_NONE when something
 * was imported; anything else leaves the catalogue as it was. */
enum fault_code import_run(struct import *import, struct fault *fault);

#endif
