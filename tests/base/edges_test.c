/* Edges of room base: what is not quite a number, a time, a text or a form. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/check_digit.h"
#include "base/fault.h"
#include "base/ident.h"
#include "base/instant.h"
#include "base/pack.h"
#include "base/utf8.h"
#include "base/width.h"

static void check_digits_belong_to_digits(void)
{
	static const char *const no_gtin[] = {
		"", "1", "12345678901", "123456789012345", "9638507x", "9638507/", "/6385074",
		"96385075", "000000000000", "1234567890123456",
	};

	for (size_t i = 0; i < sizeof no_gtin / sizeof no_gtin[0]; i++)
		CU_ASSERT_FALSE(gtin_parse(no_gtin[i], NULL));
	CU_ASSERT(gtin_shaped("123456789012"));
	CU_ASSERT(gtin_shaped("12345678901234"));
	CU_ASSERT_FALSE(gtin_shaped("1234567a"));
	CU_ASSERT(gtin_parse("036000291452", NULL));
	CU_ASSERT_FALSE(check_digit_gs1_ok("7", 1));
	CU_ASSERT(check_digit_gs1_ok("17", 2));
	CU_ASSERT_FALSE(check_digit_gs1_ok("1:", 2));
	CU_ASSERT_FALSE(check_digit_gs1_ok("/7", 2));
	ASSERT_NUMBER(check_digit_gs1("", 0), 0);
}

static void faults_without_a_row_have_a_name(void)
{
	struct fault f;
	char text[16];
	size_t n;
	const struct fault_row *rows = fault_rows(&n);

	ASSERT_TEXT(fault_name(FAULT_NONE), "NONE");
	ASSERT_TEXT(fault_name((enum fault_code)999999), "UNKNOWN");
	CU_ASSERT(fault_row((enum fault_code)999999) == NULL);
	for (size_t i = 0; i < n; i++)
		CU_ASSERT(fault_row(rows[i].code) == &rows[i]);
	ASSERT_NUMBER(fault_set(NULL, FAULT_OUT_OF_MEMORY, NULL, NULL), FAULT_OUT_OF_MEMORY);
	ASSERT_NUMBER(fault_set_number(&f, FAULT_OUT_OF_MEMORY, -12, "x"), FAULT_OUT_OF_MEMORY);
	fault_render(&f, "{1}{2}{3}{1", text, sizeof text);
	ASSERT_TEXT(text, "-12x{3}{1");
	fault_render(&f, "{1} can not be", text, sizeof text);
	ASSERT_TEXT(text, "-12 can not be");
	fault_render(&f, "可口可乐可口可乐", text, sizeof text);
	ASSERT_TEXT(text, "可口可乐可");
}

static void sentences_stop_at_their_limit(void)
{
	static char sentence[3000], out[2048];
	struct fault f;

	memset(sentence, 'x', sizeof sentence - 1);
	fault_set(&f, FAULT_OUT_OF_MEMORY, "argument", NULL);
	fault_render(&f, sentence, out, sizeof out);
	ASSERT_NUMBER(strlen(out), 1023);
	memcpy(sentence + 1020, "{1}", 3);
	fault_render(&f, sentence, out, sizeof out);
	ASSERT_TEXT(out + 1020, "arg");
}

static void identities_forgive_case_and_look_alikes(void)
{
	static const char *const bad[] = {
		"", "0000000000000000000000000", "000000000000000000000000000",
		"0000000000000000000000000U", "000000000000000000000000-0", "{0000000000000000000000000",
		"Z0000000000000000000000000",
	};
	struct ident id, back;
	ident_text text;

	memset(&id, 0, sizeof id);
	CU_ASSERT(ident_is_zero(&id));
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CU_ASSERT_FALSE(ident_parse(bad[i], false, &back));
	CU_ASSERT(ident_parse("oOiIlL00000000000000000000", false, &back));
	ident_format(&back, text);
	ASSERT_TEXT(text, "00111100000000000000000000");
	/* a check character beyond the letters: 32 is * */
	id.bytes[15] = 32;
	CU_ASSERT(ident_parse("00000000000000000000000010*", true, &back));
	CU_ASSERT(ident_equal(&id, &back));
	id.bytes[15] = 36;
	CU_ASSERT(ident_parse("00000000000000000000000014u", true, &back));
	CU_ASSERT_FALSE(ident_parse("00000000000000000000000014*", true, &back));
	CU_ASSERT_FALSE(ident_parse("00000000000000000000000014", true, &back));
}

static void times_that_are_none_are_refused(void)
{
	static const char *const whole = "2026-11-21T09:41:07.123+08:00";
	static const char *const bad[] = {
		"2026-00-21T09:41:07Z", "2026-13-21T09:41:07Z", "2026-11-00T09:41:07Z",
		"2026-11-31T09:41:07Z", "2026-11-21T24:41:07Z", "2026-11-21T09:60:07Z",
		"2026-11-21T09:41:60Z", "2026-11-21T09:41:07+19:00", "2026-11-21T09:41:07+08:60",
		"2026-11-21T09:41:07Zx", "2026-11-21T09:41:07.12Z", "2026-11-21T09:41:07.Z",
		"2026-11-21T09:41:07.123", "2026-02-30T00:00:00Z",
	};
	struct instant t = { 42, 7 };

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CU_ASSERT_FALSE(instant_parse_rfc3339(bad[i], &t));
	for (size_t i = 0; i < strlen(whole); i++) {
		char text[40];

		snprintf(text, sizeof text, "%s", whole);
		text[i] = '\0';
		CU_ASSERT_FALSE(instant_parse_rfc3339(text, &t));
		snprintf(text, sizeof text, "%s", whole);
		text[i] = '/';
		CU_ASSERT_FALSE(instant_parse_rfc3339(text, &t));
		text[i] = ':' + 1;
		CU_ASSERT_FALSE(instant_parse_rfc3339(text, &t));
	}
	ASSERT_NUMBER(t.utc_ms, 42);
}

static void times_before_our_era_have_dates(void)
{
	static const struct { int64_t utc_ms; int32_t offset; const char *text; } cases[] = {
		{ INT64_C(-62135596800000), 0, "0001-01-01 00:00:00" },
		{ INT64_C(-62167219200001), 0, "-001-12-31 23:59:59" },
		{ INT64_C(-62167219200000), 0, "0000-01-01 00:00:00" },
		{ 0, -1080, "1969-12-31 06:00:00" },
		{ INT64_C(4102444799999), 480, "2100-01-01 07:59:59" },
	};
	struct instant t;
	instant_text text;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		instant_format((struct instant){ cases[i].utc_ms, cases[i].offset }, text);
		ASSERT_TEXT(text, cases[i].text);
	}
	CU_ASSERT(instant_parse_rfc3339("0000-01-01T00:00:00Z", &t));
	ASSERT_NUMBER(t.utc_ms, INT64_C(-62167219200000));
	CU_ASSERT(instant_parse_rfc3339("0000-03-01T00:00:00Z", &t));
	ASSERT_NUMBER(t.utc_ms, INT64_C(-62162035200000));
}

static void characters_are_written_in_their_shortest_form(void)
{
	static const struct { uint32_t cp; const char *bytes; } cases[] = {
		{ 'a', "a" }, { 0x7F, "\x7F" }, { 0x80, "\xC2\x80" }, { 0x7FF, "\xDF\xBF" },
		{ 0x800, "\xE0\xA0\x80" }, { 0xFFFF, "\xEF\xBF\xBF" }, { 0x10000, "\xF0\x90\x80\x80" },
		{ 0x10FFFF, "\xF4\x8F\xBF\xBF" }, { 0x110000, "\xEF\xBF\xBD" },
		{ 0xD7FF, "\xED\x9F\xBF" }, { 0xD800, "\xEF\xBF\xBD" }, { 0xDFFF, "\xEF\xBF\xBD" },
		{ 0xE000, "\xEE\x80\x80" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char out[5] = "";

		ASSERT_NUMBER(utf8_encode(cases[i].cp, out), strlen(cases[i].bytes));
		ASSERT_TEXT(out, cases[i].bytes);
	}
}

static void controls_are_what_a_device_could_obey(void)
{
	static const uint32_t edges[] = {
		0x1F, 0x20, 0x7E, 0x7F, 0x9F, 0xA0, 0x061B, 0x061C, 0x061D, 0x200A, 0x200B, 0x200F,
		0x2010, 0x2027, 0x2028, 0x202E, 0x202F, 0x205F, 0x2060, 0x206F, 0x2070, 0xFEFE,
		0xFEFF, 0xFF00, 0xFFF8, 0xFFF9, 0xFFFB, 0xFFFC, 0xDFFFF, 0xE0000, 0xE007F, 0xE0080,
	};
	static const char control[] = "10011001001100110011001001100110";

	for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++)
		ASSERT_NUMBER(utf8_is_control(edges[i]), control[i] == '1');
}

static void packed_numbers_have_one_form(void)
{
	static const uint64_t numbers[] = { 0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX };
	struct unpack in;

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		struct buffer b = BUFFER_INIT(100);

		pack_unsigned(&b, numbers[i]);
		pack_integer(&b, (int64_t)numbers[i]);
		unpack_init(&in, b.data, b.len);
		CU_ASSERT(unpack_unsigned(&in) == numbers[i]);
		ASSERT_NUMBER(unpack_integer(&in), (int64_t)numbers[i]);
		CU_ASSERT(unpack_done(&in));
		buffer_release(&b);
	}
	unpack_init(&in, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x81\x01", 11);
	unpack_unsigned(&in);
	CU_ASSERT(in.failed);
	ASSERT_NUMBER(unpack_unsigned(&in), 0);
	CU_ASSERT_FALSE(unpack_done(&in));
}

static void packed_values_have_their_range(void)
{
	struct buffer b = BUFFER_INIT(100);
	struct unpack in;

	pack_unsigned(&b, 3);
	pack_integer(&b, INT32_MIN);
	unpack_init(&in, b.data, b.len);
	ASSERT_NUMBER(unpack_up_to(&in, 3), 3);
	ASSERT_NUMBER(unpack_integer32(&in), INT32_MIN);
	CU_ASSERT(unpack_done(&in));
	unpack_init(&in, b.data, b.len);
	ASSERT_NUMBER(unpack_up_to(&in, 2), 0);
	CU_ASSERT(in.failed);
	buffer_reset(&b);
	pack_integer(&b, INT64_C(1) + INT32_MAX);
	unpack_init(&in, b.data, b.len);
	ASSERT_NUMBER(unpack_integer32(&in), 0);
	CU_ASSERT(in.failed);
	buffer_release(&b);
}

static void packed_texts_must_fit(void)
{
	char text[4] = "old";
	struct unpack in;
	struct ident id;

	unpack_init(&in, "\3abc", 4);
	unpack_text(&in, text, sizeof text);
	ASSERT_TEXT(text, "abc");
	unpack_init(&in, "\4abcd", 5);
	unpack_text(&in, text, sizeof text);
	CU_ASSERT(in.failed);
	ASSERT_TEXT(text, "");
	unpack_init(&in, "\2a\0", 3);
	unpack_text(&in, text, sizeof text);
	CU_ASSERT(in.failed);
	unpack_init(&in, "\5abcd", 5);
	unpack_text(&in, text, sizeof text);
	CU_ASSERT(in.failed);
	unpack_init(&in, "short", 5);
	memset(&id, 7, sizeof id);
	unpack_ident(&in, &id);
	CU_ASSERT(in.failed && ident_is_zero(&id));
}

static void arrays_grow_up_to_their_limit(void)
{
	struct buffer b = BUFFER_INIT(100);
	void *items = NULL;
	size_t cap = 0;

	CU_ASSERT(vector_reserve(&items, &cap, 1, 4, 20));
	ASSERT_NUMBER(cap, 8);
	CU_ASSERT(vector_reserve(&items, &cap, 17, 4, 20));
	ASSERT_NUMBER(cap, 20);
	CU_ASSERT_FALSE(vector_reserve(&items, &cap, 21, 4, 20));
	ASSERT_NUMBER(cap, 20);
	free(items);
	buffer_printf(&b, "%0200d", 1);
	CU_ASSERT(b.failed);
	buffer_printf(&b, "x");
	ASSERT_NUMBER(b.len, 0);
	buffer_reset(&b);
	buffer_add(&b, "", 0);
	ASSERT_TEXT(buffer_text(&b), "");
	buffer_add(&b, "x", 1);
	buffer_add(&b, "y", SIZE_MAX);
	CU_ASSERT(b.failed);
	buffer_release(&b);
	buffer_release(NULL);
}

static void a_cut_into_no_bytes_writes_none(void)
{
	char dst[2] = "x";

	ASSERT_NUMBER(width_cut(dst, 0, "abc", 3), 0);
	ASSERT_TEXT(dst, "x");
}

static const struct test tests[] = {
	{ "check digits belong to digits", check_digits_belong_to_digits },
	{ "faults without a row have a name", faults_without_a_row_have_a_name },
	{ "sentences stop at their limit", sentences_stop_at_their_limit },
	{ "identities forgive case and look-alikes", identities_forgive_case_and_look_alikes },
	{ "times that are none are refused", times_that_are_none_are_refused },
	{ "times before our era have dates", times_before_our_era_have_dates },
	{ "characters are written in their shortest form",
	  characters_are_written_in_their_shortest_form },
	{ "controls are what a device could obey", controls_are_what_a_device_could_obey },
	{ "packed numbers have one form", packed_numbers_have_one_form },
	{ "packed values have their range", packed_values_have_their_range },
	{ "packed texts must fit", packed_texts_must_fit },
	{ "a cut into no bytes writes none", a_cut_into_no_bytes_writes_none },
	{ "arrays grow up to their limit", arrays_grow_up_to_their_limit },
};

SUITE_MAIN("base edges", tests)
