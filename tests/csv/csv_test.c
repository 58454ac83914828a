/* Tests of room csv: each input is read in pieces of several sizes. */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "csv/csv.h"

struct bytes {
	const char *data;
	size_t n, at, piece;
};

static ssize_t give(void *context, char *out, size_t n)
{
	struct bytes *b = context;

	if (n > b->piece)
		n = b->piece;
	if (n > b->n - b->at)
		n = b->n - b->at;
	memcpy(out, b->data + b->at, n);
	b->at += n;
	return (ssize_t)n;
}

/* Everything read as one text: "1:a|b;" for a row, "3:!1;" for one in trouble. */
static void read_all(const char *data, size_t n, size_t piece, struct buffer *out)
{
	struct bytes bytes = { data, n, 0, piece };
	struct csv_reader *r = NULL;
	struct csv_row row;

	buffer_reset(out);
	ASSERT_NUMBER(csv_reader_new(give, &bytes, &r, NULL), FAULT_NONE);
	while (csv_reader_next(r, &row) == CSV_ROW) {
		buffer_printf(out, "%zu:", row.line);
		if (row.trouble != CSV_SOUND)
			buffer_printf(out, "!%d", (int)row.trouble);
		for (size_t i = 0; i < row.n; i++) {
			if (i)
				buffer_add_byte(out, '|');
			buffer_add(out, row.field[i].text, row.field[i].len);
		}
		buffer_add_byte(out, ';');
	}
	csv_reader_free(r);
}

static void rows_are_read_as_written(void)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "a,b\n1,2\n", "1:a|b;2:1|2;" }, { "a,b\r\n1,2\r\n", "1:a|b;2:1|2;" },
		{ "a,b\r1,2", "1:a|b;2:1|2;" }, { "a\tb\n1\t2,5", "1:a|b;2:1|2,5;" },
		{ "a;b\n1;2,5", "1:a|b;2:1|2,5;" }, { "a\n1,2", "1:a;2:1|2;" },
		{ "", "" }, { "\n\n", "" }, { "\n\na,b\n\n1,2", "3:a|b;5:1|2;" },
		{ "a,b\n,\n", "1:a|b;2:|;" }, { "a,b\n1,", "1:a|b;2:1|;" },
		{ "a,b\n\"x,y\",\"he said \"\"hi\"\"\"\n", "1:a|b;2:x,y|he said \"hi\";" },
		{ "a,b\n\"x\ny\",2\n3,4", "1:a|b;2:x\ny|2;4:3|4;" },
		{ "a,b\n5\" plate,2\n", "1:a|b;2:5\" plate|2;" },
		{ "a,b\n\"\",2\n", "1:a|b;2:|2;" },
		{ "\"a;x\",b\n1,2", "1:a;x|b;2:1|2;" },
	};
	struct buffer out = BUFFER_INIT(1 << 20);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		for (size_t piece = 1; piece < 100; piece += 7) {
			read_all(cases[i].in, strlen(cases[i].in), piece, &out);
			ASSERT_TEXT(buffer_text(&out), cases[i].want);
		}
	buffer_release(&out);
}

static void broken_quotes_cost_one_line(void)
{
	static const struct { const char *in, *want; } cases[] = {
		{ "a,b\n\"x,2\n3,4\n", "1:a|b;2:!1;3:3|4;" },
		{ "a,b\n\"x\"y,2\n3,4\n", "1:a|b;2:!2;3:3|4;" },
		{ "a,b\n\"x,2\n\"y\",4\n5,6", "1:a|b;2:!1;3:y|4;4:5|6;" },
		{ "a,b\n1,\"", "1:a|b;2:!1;" },
		/* More lines than a field has: the quote was never meant to span them. */
		{ "a,b\n\"x,2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n\",9\n",
		  "1:a|b;2:!1;3:3;4:4;5:5;6:6;7:7;8:8;9:9;10:10;11:11;12:12;13:13;14:14;15:15;16:16;"
		  "17:17;18:18;19:19;20:!1;" },
	};
	struct buffer out = BUFFER_INIT(1 << 20);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		read_all(cases[i].in, strlen(cases[i].in), 3, &out);
		ASSERT_TEXT(buffer_text(&out), cases[i].want);
	}
	buffer_release(&out);
}

static void limits_refuse_the_row_and_go_on(void)
{
	static char data[10 * CSV_ROW_MAX];
	struct buffer out = BUFFER_INIT(1 << 22);
	size_t lengths[] = { CSV_ROW_MAX + 1, 4 * CSV_ROW_MAX - 4, 4 * CSV_ROW_MAX, 9 * CSV_ROW_MAX };

	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		size_t n = 4;

		memcpy(data, "a,b\n", 4);
		memset(data + n, 'x', lengths[i]);
		n += lengths[i];
		memcpy(data + n, "\n1,2\n", 5);
		read_all(data, n + 5, 4096, &out);
		ASSERT_TEXT(buffer_text(&out), "1:a|b;2:!3;3:1|2;");
	}
	memcpy(data, "a,b\n", 4);
	memset(data + 4, ',', CSV_FIELDS_MAX);
	memcpy(data + 4 + CSV_FIELDS_MAX, "\n1,2", 5);
	read_all(data, strlen(data), 4096, &out);
	ASSERT_TEXT(buffer_text(&out), "1:a|b;2:!4;3:1|2;");
	buffer_release(&out);
}

static void zero_bytes_are_handed_on(void)
{
	struct buffer out = BUFFER_INIT(1 << 10);

	read_all("a,b\n1\0x,2\n", 10, 100, &out);
	ASSERT_NUMBER(out.len, 14);
	CU_ASSERT(memcmp(out.data, "1:a|b;2:1\0x|2;", 14) == 0);
	buffer_release(&out);
}

static ssize_t fail(void *context, char *out, size_t n)
{
	(void)context, (void)out, (void)n;
	return -1;
}

static void an_unreadable_source_is_no_end(void)
{
	struct csv_reader *r = NULL;
	struct csv_row row;

	ASSERT_NUMBER(csv_reader_new(fail, NULL, &r, NULL), FAULT_NONE);
	ASSERT_NUMBER(csv_reader_next(r, &row), CSV_FAILED);
	csv_reader_free(r);
	csv_reader_free(NULL);
}

static void what_is_written_reads_back(void)
{
	static const char *const fields[] = { "plain", "a,b", "say \"x\"", "two\nlines", " edge ", "", "可乐" };
	enum { N = sizeof fields / sizeof fields[0] };
	struct buffer out = BUFFER_INIT(1 << 10);
	struct bytes bytes;
	struct csv_reader *r = NULL;
	struct csv_row row;

	for (size_t i = 0; i < N; i++)
		csv_write_field(&out, fields[i], i == 0);
	csv_write_end(&out);
	bytes = (struct bytes){ out.data, out.len, 0, 5 };
	ASSERT_NUMBER(csv_reader_new(give, &bytes, &r, NULL), FAULT_NONE);
	ASSERT_NUMBER(csv_reader_next(r, &row), CSV_ROW);
	ASSERT_NUMBER(row.n, N);
	for (size_t i = 0; i < row.n; i++)
		ASSERT_TEXT(row.field[i].text, fields[i]);
	ASSERT_NUMBER(csv_reader_next(r, &row), CSV_END);
	csv_reader_free(r);
	buffer_release(&out);
}

static const struct test tests[] = {
	{ "rows are read as written", rows_are_read_as_written },
	{ "broken quotes cost one line", broken_quotes_cost_one_line },
	{ "limits refuse the row and go on", limits_refuse_the_row_and_go_on },
	{ "zero bytes are handed on", zero_bytes_are_handed_on },
	{ "an unreadable source is no end", an_unreadable_source_is_no_end },
	{ "what is written reads back", what_is_written_reads_back },
};

SUITE_MAIN("csv", tests)
