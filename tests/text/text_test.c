/* Tests of room text. */
#include "suite.h"

#include <string.h>

#include "text/reading.h"

static uint32_t set(const char *letters)
{
	uint32_t s = 0;

	for (; *letters; letters++)
		s |= UINT32_C(1) << (*letters - 'a');
	return s;
}

static void hanzi_have_every_everyday_reading(void)
{
	static const struct { uint32_t cp; const char *letters; } cases[] = {
		{ 0x94F6, "y" }, { 0x884C, "hx" },                    /* 银行 */
		{ 0x4E50, "ly" }, { 0x91CD, "cz" }, { 0x957F, "cz" }, /* 乐 重 长 */
		{ 0x53EF, "k" }, { 0x53E3, "k" },                     /* 可口 */
		{ 0x7EFF, "l" }, { 0x5973, "n" }, { 0x963F, "ae" },   /* 绿 女 阿 */
		{ 0x6A02, "ly" }, { 0x9577, "cz" }, { 0x8ECA, "cj" }, /* traditional 樂 長 車 */
		{ 0x8ABF, "dt" }, { 0x55AE, "cds" },                  /* 調 單 */
		{ 0x5976, "n" }, { 0x7CD6, "t" },                     /* 奶 糖 */
		{ 'a', "" }, { 0x33FF, "" }, { 0xA000, "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_NUMBER(text_hanzi_initials(cases[i].cp), set(cases[i].letters));
}

static void other_scripts_are_read_by_icu(void)
{
	static const struct { uint32_t cp; const char *ascii, *letters; } cases[] = {
		{ 0x1E9E, "ss", "" }, { 0x1E0A, "d", "" }, { 0x2460, "1", "" },
		{ 0x304B, "", "k" }, { 0x30B3, "", "k" }, { 0xCF54, "", "k" },  /* か コ 코 */
		{ 0x0436, "", "z" }, { 0x03B1, "", "a" },
		{ 0x20001, "", "q" },  /* a hanzi beyond the table */
	};
	struct text_readings *r = NULL;

	ASSERT_NUMBER(text_readings_new(&r, NULL), FAULT_NONE);
	for (int again = 0; again < 2; again++)
		for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
			struct text_reading found = text_reading(r, cases[i].cp);

			ASSERT_TEXT(found.ascii, cases[i].ascii);
			ASSERT_NUMBER(found.letters, set(cases[i].letters));
			CU_ASSERT(!found.separator);
		}
	CU_ASSERT(text_reading(r, 0x2605).separator);
	CU_ASSERT(text_reading(r, 0x1F600).separator);
	text_readings_free(r);
	text_readings_free(NULL);
}

static void a_full_memory_answers_rightly(void)
{
	struct text_readings *r = NULL;

	ASSERT_NUMBER(text_readings_new(&r, NULL), FAULT_NONE);
	for (uint32_t cp = 0xA000; cp < 0xF000; cp++)
		text_reading(r, cp);
	ASSERT_NUMBER(text_reading(r, 0xCF54).letters, set("k"));
	ASSERT_NUMBER(text_reading(r, 0x884C).letters, set("hx"));
	text_readings_free(r);
}

static const struct test tests[] = {
	{ "hanzi have every everyday reading", hanzi_have_every_everyday_reading },
	{ "other scripts are read by ICU", other_scripts_are_read_by_icu },
	{ "a full memory answers rightly", a_full_memory_answers_rightly },
};

SUITE_MAIN("text", tests)
