/* Which form a product file has. */
#include "load/rows.h"

#include <stdlib.h>
#include <string.h>

#include "load/rows_form.h"

static bool is_json(const char *head, size_t n)
{
	size_t i = 0;

	while (i < n && memchr(" \t\r\n", head[i], 4))
		i++;
	return i < n && head[i] == '{';
}

enum fault_code rows_open(struct source *source, const char *path, rows_ignored *ignored,
			  void *context, struct rows **ret, struct fault *fault)
{
	struct rows *r = calloc(1, sizeof *r);
	enum fault_code code = FAULT_NONE;
	const char *head;
	size_t n, bom;

	if (!r)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	r->source = source;
	r->path = path;
	r->ignored = ignored;
	r->context = context;
	buffer_init(&r->text, ROW_TEXT_MAX);
	buffer_init(&r->raw, 2 * LINE_MAX_BYTES);
	head = source_head(source, &n);
	bom = charset_bom(head, n);
	r->json = is_json(head + bom, n - bom);
	r->charset = bom ? CHARSET_UTF8 : charset_detect(head, n);
	source_skip(source, bom);
	if (!r->json)
		code = rows_table_open(r, fault);
	if (code == FAULT_NONE)
		*ret = r;
	else
		rows_close(r);
	return code;
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	csv_reader_free(rows->csv);
	charset_converter_free(rows->decoder);
	buffer_release(&rows->text);
	buffer_release(&rows->raw);
	for (size_t i = 0; i < rows->n_told; i++)
		free(rows->told[i]);
	free(rows);
}

enum rows_status rows_next(struct rows *rows, struct row *ret, struct fault *fault)
{
	memset(ret->text, 0, sizeof ret->text);
	buffer_reset(&rows->text);
	return rows->json ? rows_json_next(rows, ret, fault) : rows_table_next(rows, ret, fault);
}
