/* Tests of splitting batch lines and finding their rows. */
#include "app_tests.h"
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "app/batch_words.h"

static struct batch_line line;

/* "scan|6901234567892|id:7": the words and the id of a line, joined. */
static void join(char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < line.n_words; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s", i ? "|" : "", line.words[i]);
	if (line.id)
		snprintf(out + used, size - used, "%sid:%s", line.n_words ? "|" : "", line.id);
}

void a_line_is_split_into_words(void)
{
	static const struct { const char *text, *words; } cases[] = {
		{ "scan 6901234567892", "scan|6901234567892" },
		{ "  scan\t 690 \r\n", "scan|690" },
		{ "", "" }, { "\n", "" }, { "   ", "" }, { "# all of it", "" }, { "  # all", "" },
		{ "undo # the last one", "undo" },
		{ "item A#1 2", "item|A#1|2" },
		{ "item \"#1\"", "item|#1" },
		{ "item \"AB 12\" 2", "item|AB 12|2" },
		{ "hold \"a \\\"b\\\" \\\\ c\"", "hold|a \"b\" \\ c" },
		{ "hold \"C:\\temp\"", "hold|C:\\temp" },
		{ "hold a\\b", "hold|a\\b" },
		{ "hold \"\"", "hold|" },
		{ "hold \"\" x", "hold||x" },
		{ "hold 星光\" 店\"", "hold|星光 店" },
		{ "scan 690 id=7", "scan|690|id:7" },
		{ "scan 690 id=\"a b\"", "scan|690|id:a b" },
		{ "scan id=1 690", "scan|id=1|690" },
		{ "hold \"id=1\"", "hold|id=1" },
		{ "scan 690 id= # none", "scan|690|id:" },
		{ "id=5", "id:5" },
		{ "scan \x1d""0106901\x1d""10AB", "scan|\x1d""0106901\x1d""10AB" },
	};
	char words[256];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fault fault = { .code = FAULT_NONE };

		ASSERT_NUMBER(batch_line_split(&line, cases[i].text, strlen(cases[i].text), &fault), FAULT_NONE);
		join(words, sizeof words);
		ASSERT_TEXT(words, cases[i].words);
	}
}

void a_bad_line_is_refused_by_name(void)
{
	static const struct { const char *bytes; size_t n; enum fault_code code; } cases[] = {
		{ "hold \"open", 10, FAULT_INPUT_BAD_QUOTES },
		{ "hold \"open\\\"", 12, FAULT_INPUT_BAD_QUOTES },
		{ "hold a\"b", 8, FAULT_INPUT_BAD_QUOTES },
		{ "scan \xff", 6, FAULT_INPUT_NOT_UTF8 },
		{ "scan \xe6\x98", 7, FAULT_INPUT_NOT_UTF8 },
		{ "scan\0x", 6, FAULT_INPUT_BAD_TEXT },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fault fault = { .code = FAULT_NONE };

		ASSERT_NUMBER(batch_line_split(&line, cases[i].bytes, cases[i].n, &fault), cases[i].code);
		ASSERT_NUMBER(fault.code, cases[i].code);
		ASSERT_NUMBER(line.n_words, 0);
	}
}

void the_longest_line_is_read_and_one_byte_more_is_not(void)
{
	char bytes[BATCH_LINE_MAX + 2];
	struct fault fault = { .code = FAULT_NONE };

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = i % 2 ? ' ' : 'a';
	ASSERT_NUMBER(batch_line_split(&line, bytes, BATCH_LINE_MAX, &fault), FAULT_NONE);
	ASSERT_NUMBER(line.n_words, BATCH_LINE_MAX / 2);
	bytes[BATCH_LINE_MAX] = '\n';
	ASSERT_NUMBER(batch_line_split(&line, bytes, BATCH_LINE_MAX + 1, &fault), FAULT_NONE);
	bytes[BATCH_LINE_MAX] = 'a';
	ASSERT_NUMBER(batch_line_split(&line, bytes, BATCH_LINE_MAX + 1, &fault), FAULT_INPUT_LINE_TOO_LONG);
	ASSERT_TEXT(fault.arg[0], "8192");
}

void a_line_finds_its_row(void)
{
	static const struct batch_word rows[] = {
		{ "scan", 1, 1, "CODE", "", NULL },
		{ "login", 2, 2, "CASHIER PIN", "", NULL },
		{ "shift open", 1, 1, "FLOAT", "", NULL },
		{ "shift close", 1, 1, "COUNTED", "", NULL },
		{ "pay cash", 1, 1, "AMOUNT", "", NULL },
		{ "undo", 0, 0, "", "", NULL },
	};
	static const struct { const char *text, *word; enum fault_code code; const char *arg; } cases[] = {
		{ "scan 690", "scan", FAULT_NONE, "" },
		{ "shift close 5", "shift close", FAULT_NONE, "" },
		{ "undo", "undo", FAULT_NONE, "" },
		{ "scan", NULL, FAULT_INPUT_MISSING_WORD, "CODE" },
		{ "login 1", NULL, FAULT_INPUT_MISSING_WORD, "PIN" },
		{ "shift", NULL, FAULT_INPUT_MISSING_WORD, "open, close" },
		{ "shift open", NULL, FAULT_INPUT_MISSING_WORD, "FLOAT" },
		{ "shift shut", NULL, FAULT_INPUT_UNKNOWN_COMMAND, "" },
		{ "scann 1", NULL, FAULT_INPUT_UNKNOWN_COMMAND, "" },
		{ "sca 1", NULL, FAULT_INPUT_UNKNOWN_COMMAND, "" },
		{ "scan 690 691", NULL, FAULT_INPUT_EXTRA_WORD, "691" },
		{ "undo it", NULL, FAULT_INPUT_EXTRA_WORD, "it" },
		{ "pay cash 5 6", NULL, FAULT_INPUT_EXTRA_WORD, "6" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct fault fault = { .code = FAULT_NONE };
		const struct batch_word *row;
		size_t args = 0;

		batch_line_split(&line, cases[i].text, strlen(cases[i].text), NULL);
		row = batch_word_find_in(rows, sizeof rows / sizeof rows[0], &line, &args, &fault);
		ASSERT_NUMBER(fault.code, cases[i].code);
		CU_ASSERT_FATAL((row != NULL) == (cases[i].word != NULL));
		if (row) {
			ASSERT_TEXT(row->word, cases[i].word);
			ASSERT_NUMBER(args, strchr(row->word, ' ') ? 2 : 1);
		} else {
			ASSERT_TEXT(fault.arg[1], cases[i].arg);
		}
	}
}

void the_table_of_batch_words_is_sound(void)
{
	size_t n;
	const struct batch_word *rows = batch_word_rows(&n);

	for (size_t i = 0; i < n; i++) {
		CU_ASSERT(rows[i].least <= rows[i].most);
		CU_ASSERT((rows[i].most == 0) == (rows[i].synopsis[0] == '\0'));
		CU_ASSERT(rows[i].help[0] != '\0');
		CU_ASSERT(rows[i].run != NULL);
		for (size_t k = 0; k < i; k++)
			CU_ASSERT(strcmp(rows[i].word, rows[k].word) != 0);
	}
}
