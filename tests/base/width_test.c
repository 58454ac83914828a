/* Tests of display width: what terminals and printers give each character. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/width.h"

static void characters_have_the_columns_terminals_give_them(void)
{
	static const struct { uint32_t cp; int cols; } cases[] = {
		{ 0, 0 }, { 0x1B, 0 }, { 0x7F, 0 }, { 0x9B, 0 },
		{ ' ', 1 }, { '~', 1 }, { 0xA0, 1 }, { 0xA5, 1 }, { 0xAD, 1 }, { 0xB7, 1 }, { 0xE9, 1 },
		{ 0x300, 0 }, { 0x36F, 0 }, { 0x370, 1 },
		{ 0x115F, 2 }, { 0x1160, 0 }, { 0x11FF, 0 },
		{ 0x200B, 0 }, { 0x200D, 0 }, { 0x2026, 1 }, { 0x2028, 0 }, { 0x202E, 0 },
		{ 0x20AC, 1 }, { 0x2500, 1 }, { 0x2584, 1 }, { 0x25B8, 1 },
		{ 0x3000, 2 }, { 0x3001, 2 }, { 0x302A, 0 }, { 0x303F, 1 }, { 0x3042, 2 }, { 0x3099, 0 },
		{ 0x4E00, 2 }, { 0x9FFF, 2 }, { 0xAC00, 2 }, { 0xD7A3, 2 }, { 0xD7B0, 0 },
		{ 0xF900, 2 }, { 0xFE0F, 0 }, { 0xFF01, 2 }, { 0xFF61, 1 }, { 0xFFE5, 2 }, { 0xFFFD, 1 },
		{ 0x1F34E, 2 }, { 0x20000, 2 }, { 0x2FFFD, 2 }, { 0x30000, 2 }, { 0xE0001, 0 },
		{ 0xE0100, 0 }, { 0x10FFFF, 1 }, { 0xFFFFFFFF, 1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		if (width_of_codepoint(cases[i].cp) != cases[i].cols)
			printf("    U+%04X\n", (unsigned)cases[i].cp);
		ASSERT_NUMBER(width_of_codepoint(cases[i].cp), cases[i].cols);
	}
}

static void texts_are_measured_in_columns(void)
{
	static const struct { const char *text; size_t cols; } cases[] = {
		{ "", 0 }, { "abc", 3 }, { "可口可乐 330ml", 14 }, { "e\xCC\x81", 1 },
		{ "\xFF", 1 }, { "\xE5\x8F", 2 }, { "￥3.50", 6 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_NUMBER(width_of_text(cases[i].text), cases[i].cols);
}

static void a_cut_never_splits_a_character(void)
{
	static const struct { const char *text; size_t cols; const char *want; size_t used; } cases[] = {
		{ "可口可乐", 8, "可口可乐", 8 }, { "可口可乐", 9, "可口可乐", 8 },
		{ "可口可乐", 7, "可口可…", 7 }, { "可口可乐", 6, "可口…", 5 },
		{ "可口可乐", 1, "…", 1 }, { "可口可乐", 0, "", 0 },
		{ "abc", 3, "abc", 3 }, { "abcd", 3, "ab…", 3 }, { "", 0, "", 0 },
		{ "e\xCC\x81" "e\xCC\x81" "e\xCC\x81", 3, "e\xCC\x81" "e\xCC\x81" "e\xCC\x81", 3 },
		{ "e\xCC\x81" "e\xCC\x81" "e\xCC\x81", 2, "e\xCC\x81…", 2 },
	};
	char out[64];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ASSERT_NUMBER(width_cut(out, sizeof out, cases[i].text, cases[i].cols), cases[i].used);
		ASSERT_TEXT(out, cases[i].want);
	}
}

static void a_cut_keeps_to_a_small_buffer(void)
{
	char out[10];

	ASSERT_NUMBER(width_cut(out, 10, "可口可乐", 80), 5);
	ASSERT_TEXT(out, "可口…");
	ASSERT_NUMBER(width_cut(out, 9, "可口可乐", 80), 3);
	ASSERT_TEXT(out, "可…");
	ASSERT_NUMBER(width_cut(out, 3, "可口可乐", 80), 0);
	ASSERT_TEXT(out, "");
}

static void a_prefix_ends_after_the_marks_of_its_last_character(void)
{
	ASSERT_NUMBER(width_prefix("可口可乐", 5), 6);
	ASSERT_NUMBER(width_prefix("abc", 80), 3);
	ASSERT_NUMBER(width_prefix("e\xCC\x81x", 1), 3);
	ASSERT_NUMBER(width_prefix("可", 1), 0);
}

static const struct test tests[] = {
	{ "characters have the columns terminals give them", characters_have_the_columns_terminals_give_them },
	{ "texts are measured in columns", texts_are_measured_in_columns },
	{ "a cut never splits a character", a_cut_never_splits_a_character },
	{ "a cut keeps to a small buffer", a_cut_keeps_to_a_small_buffer },
	{ "a prefix ends after the marks of its last character",
	  a_prefix_ends_after_the_marks_of_its_last_character },
};

SUITE_MAIN("width", tests)
