/* The two forms of product files behind rows.h. */
#ifndef LOAD_ROWS_FORM_H
#define LOAD_ROWS_FORM_H

#include "base/buffer.h"
#include "charset/charset.h"
#include "csv/csv.h"
#include "load/rows.h"

enum {
	ROW_TEXT_MAX = 4 * CSV_ROW_MAX,  /* bytes of a row once decoded */
	LINE_MAX_BYTES = CSV_ROW_MAX,    /* of a line of JSON */
};

struct rows {
	struct source *source;
	const char *path;
	rows_ignored *ignored;
	void *context;
	struct buffer text;      /* the row in hand, decoded: texts one after the other */

	/* A table. */
	struct csv_reader *csv;
	enum charset charset;
	struct charset_converter *decoder;  /* NULL unless GB18030 */
	size_t n_columns;
	enum part part[CSV_FIELDS_MAX];

	/* JSON lines. */
	bool json;
	uint32_t line;
	struct buffer raw;       /* the line in hand */
	size_t at, n;            /* unread bytes of the block */
	size_t n_told;           /* columns told as ignored */
	char *told[64];
	char block[SOURCE_HEAD];
};

/* A table: reads the row of column names. */
enum fault_code rows_table_open(struct rows *r, struct fault *fault);
enum rows_status rows_table_next(struct rows *r, struct row *ret, struct fault *fault);

enum rows_status rows_json_next(struct rows *r, struct row *ret, struct fault *fault);

#endif
