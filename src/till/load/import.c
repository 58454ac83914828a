/* One import: every row of every file, then the swap. */
#include "load/import.h"

#include <stdio.h>
#include <string.h>

#include "load/rows.h"
#include "load/source.h"
#include "store/catalog_build.h"
#include "text/reading.h"

/* Of the whole import's percentage reading takes the first part, the index the rest. */
enum { READING_PERCENT = 60, TICK_ROWS = 1024 };

static void reading(void *context, uint32_t cp, struct search_reading *ret)
{
	struct text_reading r = text_reading(context, cp);

	memcpy(ret->ascii, r.ascii, sizeof ret->ascii);
	ret->separator = r.separator;
	ret->letters = r.letters;
}

static void ignored(void *context, uint32_t line, const char *name)
{
	struct import *im = context;

	report_ignored(&im->report, line, name);
}

static bool index_tick(void *context, int percent)
{
	struct import *im = context;

	report_progress(&im->report, READING_PERCENT + percent * (100 - READING_PERCENT) / 100);
	return !im->stopped();
}

static enum fault_code put_row(struct import *im, struct catalog_build *build,
			       const struct row *row, struct fault *fault)
{
	struct product product;
	struct row_notes notes;
	struct fault refusal;
	unsigned given;
	uint32_t earlier;
	enum fault_code code;

	if (row_product(row, im->currency, &product, &given, &notes, &refusal) != FAULT_NONE) {
		report_refused(&im->report, row->line, &refusal);
		im->refused++;
		return FAULT_NONE;
	}
	report_notes(&im->report, row->line, &notes);
	code = catalog_build_put(build, &product, given, row->line, &earlier, fault);
	if (code != FAULT_NONE)
		return code;
	if (earlier)
		report_repeated(&im->report, row->line, product.code, earlier);
	else
		im->imported++;
	return FAULT_NONE;
}

static enum fault_code interrupted(const struct import *im, struct fault *fault)
{
	return fault_set(fault, FAULT_CATALOG_INTERRUPTED, im->catalog, NULL);
}

static int percent_read(const struct import *im, size_t file, const struct source *source)
{
	size_t hundredths = file * 100 + (size_t)source_percent(source);

	return (int)(hundredths * READING_PERCENT / (im->n_files * 100));
}

static enum fault_code read_rows(struct import *im, struct catalog_build *build, size_t file,
				 struct source *source, struct rows *rows, struct fault *fault)
{
	struct row row;
	struct fault refusal;
	enum fault_code code = FAULT_NONE;

	while (code == FAULT_NONE) {
		switch (rows_next(rows, &row, &refusal)) {
		case ROWS_END:
			return FAULT_NONE;
		case ROWS_FAILED:
			if (im->stopped())
				return interrupted(im, fault);
			*fault = refusal;
			return refusal.code;
		case ROWS_REFUSED:
			report_refused(&im->report, row.line, &refusal);
			im->refused++;
			break;
		case ROWS_ROW:
			code = put_row(im, build, &row, fault);
			break;
		}
		if (++im->report.rows % TICK_ROWS == 0)
			report_progress(&im->report, percent_read(im, file, source));
		if (im->stopped())
			return interrupted(im, fault);
	}
	return code;
}

static enum fault_code read_file(struct import *im, struct catalog_build *build, size_t file,
				 struct fault *fault)
{
	struct source *source = NULL;
	struct rows *rows = NULL;
	enum fault_code code = source_open(im->files[file], &source, fault);

	im->report.file = im->files[file];
	if (code == FAULT_NONE)
		code = rows_open(source, im->files[file], ignored, im, &rows, fault);
	if (code == FAULT_NONE)
		code = read_rows(im, build, file, source, rows, fault);
	rows_close(rows);
	source_close(source);
	return code;
}

/* Whether what was read may be swapped in. */
static enum fault_code judge(const struct import *im, struct fault *fault)
{
	if (im->strict && im->refused)
		return fault_set_number(fault, FAULT_CATALOG_STRICT, (long long)im->refused, NULL);
	if (im->imported == 0)
		return fault_set(fault, FAULT_CATALOG_NOTHING_GOOD, im->files[0], NULL);
	return FAULT_NONE;
}

enum fault_code import_run(struct import *import, struct fault *fault)
{
	struct catalog_build_options options = { import->replace, import->now_utc_ms, reading, NULL };
	struct text_readings *readings = NULL;
	struct catalog_build *build = NULL;
	struct catalog_meta meta;
	enum fault_code code = text_readings_new(&readings, fault);

	import->report.percent = -1;
	options.context = readings;
	if (code == FAULT_NONE)
		code = catalog_build_begin(import->catalog, &options, &build, fault);
	for (size_t i = 0; code == FAULT_NONE && i < import->n_files; i++)
		code = read_file(import, build, i, fault);
	if (code == FAULT_NONE)
		code = judge(import, fault);
	if (code == FAULT_NONE)
		code = catalog_build_finish(build, index_tick, import, &meta, fault);
	catalog_build_free(build);
	text_readings_free(readings);
	report_end(&import->report);
	return code;
}
