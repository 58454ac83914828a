/* Tests of room charset. */
#include "suite.h"

#include <string.h>

#include "charset/charset.h"

/* 可口可乐 in GB18030; 联通, whose first byte pair looks like UTF-8. */
#define COLA_GB "\xBF\xC9\xBF\xDA\xBF\xC9\xC0\xD6"
#define LIANTONG_GB "\xC1\xAA\xCD\xA8"

static void encodings_are_told_apart(void)
{
	static const struct { const char *bytes; enum charset want; } cases[] = {
		{ "", CHARSET_ASCII }, { "code,name\n1,cola\n", CHARSET_ASCII },
		{ "code,品名\n", CHARSET_UTF8 }, { "code,name\n1,可口可乐", CHARSET_UTF8 },
		{ COLA_GB, CHARSET_GB18030 }, { LIANTONG_GB "\n", CHARSET_GB18030 },
		{ "code,name\n1," COLA_GB "\n", CHARSET_GB18030 },
		{ "可\n乐\n" COLA_GB "\n", CHARSET_UTF8 },
		{ COLA_GB "\n" COLA_GB "\n可\n", CHARSET_GB18030 },
		{ "\x81\x30\x81\x30\n", CHARSET_GB18030 },  /* four bytes */
		{ "可\n\xE5\x8F", CHARSET_UTF8 },            /* the last line is cut */
		{ "\xFF\xFE\n", CHARSET_ASCII },             /* neither */
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_NUMBER(charset_detect(cases[i].bytes, strlen(cases[i].bytes)), cases[i].want);
	ASSERT_NUMBER(charset_bom("\xEF\xBB\xBF" "a", 4), 3);
	ASSERT_NUMBER(charset_bom("\xEF\xBB", 2), 0);
}

static void gb18030_is_checked_byte_by_byte(void)
{
	static const struct { const char *bytes; size_t n; bool valid; } cases[] = {
		{ COLA_GB, 8, true }, { COLA_GB, 7, false }, { "\x81\x30\x81\x30", 4, true },
		{ "\x81\x30\x81", 3, false }, { "\x80", 1, false }, { "\xFF\x41", 2, false },
		{ "a\xBF\x20", 3, false }, { "\xBF\x7F", 2, false }, { "abc", 3, true },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_NUMBER(charset_gb18030_valid(cases[i].bytes, cases[i].n), cases[i].valid);
}

static void texts_are_converted_both_ways(void)
{
	struct charset_converter *in = NULL, *out = NULL;
	struct buffer b = BUFFER_INIT(4096), back = BUFFER_INIT(4096);

	ASSERT_NUMBER(charset_decoder_new(CHARSET_GB18030, &in, NULL), FAULT_NONE);
	ASSERT_NUMBER(charset_encoder_new(CHARSET_GBK, &out, NULL), FAULT_NONE);
	CU_ASSERT(charset_decode(in, COLA_GB, 8, &b));
	ASSERT_TEXT(buffer_text(&b), "可口可乐");
	ASSERT_NUMBER(charset_encode(out, "可口可乐", 12, '?', &back), 0);
	ASSERT_TEXT(buffer_text(&back), COLA_GB);
	buffer_reset(&b);
	CU_ASSERT(!charset_decode(in, COLA_GB, 7, &b));
	buffer_reset(&b);
	CU_ASSERT(charset_decode(in, COLA_GB, 8, &b));  /* a failure leaves nothing behind */
	ASSERT_TEXT(buffer_text(&b), "可口可乐");
	charset_converter_free(in);
	charset_converter_free(out);
	charset_converter_free(NULL);
	buffer_release(&b);
	buffer_release(&back);
}

static void characters_a_printer_has_not_are_replaced(void)
{
	struct charset_converter *c = NULL;
	struct buffer out = BUFFER_INIT(4096);

	ASSERT_NUMBER(charset_encoder_new(CHARSET_GBK, &c, NULL), FAULT_NONE);
	ASSERT_NUMBER(charset_encode(c, "a\xF0\x9F\x98\x80可\xFF", 9, '?', &out), 2);
	ASSERT_TEXT(buffer_text(&out), "a?\xBF\xC9?");
	charset_converter_free(c);
	buffer_release(&out);
}

static void long_texts_and_limits_hold(void)
{
	struct charset_converter *c = NULL;
	struct buffer wide = BUFFER_INIT(1 << 16), narrow = BUFFER_INIT(100);
	char text[2 * 5000];

	for (size_t i = 0; i < sizeof text; i += 2)
		memcpy(text + i, "\xBF\xC9", 2);
	ASSERT_NUMBER(charset_decoder_new(CHARSET_GB18030, &c, NULL), FAULT_NONE);
	CU_ASSERT(charset_decode(c, text, sizeof text, &wide));
	ASSERT_NUMBER(wide.len, 3 * 5000);
	CU_ASSERT(!charset_decode(c, text, sizeof text, &narrow));
	charset_converter_free(c);
	buffer_release(&wide);
	buffer_release(&narrow);
}

static const struct test tests[] = {
	{ "encodings are told apart", encodings_are_told_apart },
	{ "GB18030 is checked byte by byte", gb18030_is_checked_byte_by_byte },
	{ "texts are converted both ways", texts_are_converted_both_ways },
	{ "characters a printer has not are replaced", characters_a_printer_has_not_are_replaced },
	{ "long texts and limits hold", long_texts_and_limits_hold },
};

SUITE_MAIN("charset", tests)
