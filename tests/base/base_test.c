/* Tests of room base. */
#include "suite.h"

#include <string.h>

#include "base/base64.h"
#include "base/buffer.h"
#include "base/check_digit.h"
#include "base/fault.h"
#include "base/ident.h"
#include "base/instant.h"
#include "base/utf8.h"

static void faults_are_in_order_and_speak(void)
{
	size_t n;
	const struct fault_row *rows = fault_rows(&n);
	struct fault f;
	char text[256];

	for (size_t i = 1; i < n; i++)
		CU_ASSERT(rows[i - 1].code < rows[i].code);
	ASSERT_NUMBER(FAULT_CATALOG_UNKNOWN_CODE, 1203);
	ASSERT_TEXT(fault_name(FAULT_CATALOG_UNKNOWN_CODE), "CATALOG_UNKNOWN_CODE");
	fault_set(&f, FAULT_CATALOG_UNKNOWN_CODE, "12\033[2J", NULL);
	fault_render(&f, "no {1}, {2}.", text, sizeof text);
	ASSERT_TEXT(text, "no 12\xEF\xBF\xBD[2J, .");
}

static void utf8_refuses_what_is_malformed(void)
{
	static const struct { const char *bytes; bool ok; } cases[] = {
		{ "", true }, { "abc", true }, { "可口可乐", true }, { "\xF0\x9F\x8D\x8E", true },
		{ "\x80", false }, { "\xC0\x80", false }, { "\xE0\x80\x80", false },
		{ "\xED\xA0\x80", false }, { "\xF4\x90\x80\x80", false }, { "\xE5\x8F", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_NUMBER(utf8_valid(cases[i].bytes, strlen(cases[i].bytes)), cases[i].ok);
}

static void utf8_copy_never_cuts_a_character(void)
{
	char dst[6];

	ASSERT_NUMBER(utf8_copy(dst, sizeof dst, "可口"), 3);
	ASSERT_TEXT(dst, "可");
	utf8_copy_plain(dst, sizeof dst, "\033x");
	ASSERT_TEXT(dst, "\xEF\xBF\xBDx");
}

static void ident_round_trips_with_its_check_character(void)
{
	struct ident id, back = { { 0 } };
	ident_checked text;

	for (int i = 0; i < IDENT_BYTES; i++)
		id.bytes[i] = (uint8_t)(0xF0 + i * 37);
	ident_format_checked(&id, text);
	ASSERT_NUMBER(strlen(text), 27);
	CU_ASSERT(ident_parse(text, true, &back));
	CU_ASSERT(ident_equal(&id, &back));
	text[3] = text[3] == '7' ? '8' : '7';
	CU_ASSERT_FALSE(ident_parse(text, true, &back));
	CU_ASSERT_FALSE(ident_parse("80000000000000000000000000", false, &back));
	CU_ASSERT(ident_parse("7zzzzzzzzzzzzzzzzzzzzzzzzz", false, &back));
	ASSERT_NUMBER(back.bytes[0], 255);
	ASSERT_NUMBER(back.bytes[15], 255);
}

static void gtins_compare_as_fourteen_digits(void)
{
	char gtin[15] = "";

	CU_ASSERT(gtin_parse("6908512108211", gtin));
	ASSERT_TEXT(gtin, "06908512108211");
	CU_ASSERT_FALSE(gtin_parse("6908512108212", NULL));
	CU_ASSERT(gtin_parse("96385074", gtin));
	ASSERT_TEXT(gtin, "00000096385074");
	CU_ASSERT_FALSE(gtin_parse("00000000", NULL));
	CU_ASSERT_FALSE(gtin_parse("690851210821", NULL));
}

static void instants_round_trip(void)
{
	static const char *const cases[] = {
		"1970-01-01T00:00:00.000+00:00", "2026-11-21T09:41:07.123+08:00",
		"2024-02-29T23:59:59.999-11:30", "2038-01-19T03:14:08.000+00:00",
		"1969-12-31T23:59:59.999+00:00", "2000-03-01T00:00:00.000+14:00",
	};
	struct instant t = { 0, 0 };
	instant_text out;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		CU_ASSERT(instant_parse_rfc3339(cases[i], &t));
		instant_format_rfc3339(t, out);
		ASSERT_TEXT(out, cases[i]);
	}
	CU_ASSERT_FALSE(instant_parse_rfc3339("2023-02-29T00:00:00Z", &t));
	CU_ASSERT_FALSE(instant_parse_rfc3339("2023-13-01T00:00:00Z", &t));
	CU_ASSERT(instant_parse_rfc3339("2026-11-21T09:41:07Z", &t));
	ASSERT_NUMBER(t.utc_ms, INT64_C(1795254067000));
}

static void buffers_stop_at_their_limit(void)
{
	struct buffer b = BUFFER_INIT(5);

	buffer_add_text(&b, "abc");
	buffer_printf(&b, "%d", 45);
	CU_ASSERT_FALSE(b.failed);
	ASSERT_TEXT(buffer_text(&b), "abc45");
	buffer_add_byte(&b, 'x');
	CU_ASSERT(b.failed);
	ASSERT_TEXT(buffer_text(&b), "abc45");
	buffer_release(&b);
	ASSERT_TEXT(buffer_text(&b), "");
}

/* RFC 4648 section 10, and what its alphabets differ in. */
static void base64_gives_the_published_letters(void)
{
	static const struct { const char *bytes, *standard, *url; } cases[] = {
		{ "", "", "" }, { "f", "Zg==", "Zg" }, { "fo", "Zm8=", "Zm8" }, { "foo", "Zm9v", "Zm9v" },
		{ "foob", "Zm9vYg==", "Zm9vYg" }, { "fooba", "Zm9vYmE=", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy", "Zm9vYmFy" }, { "\xfb\xff\xbf", "+/+/", "-_-_" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		for (int kind = BASE64_STANDARD; kind <= BASE64_URL; kind++) {
			const char *want = kind == BASE64_URL ? cases[i].url : cases[i].standard;
			size_t bytes_n = strlen(cases[i].bytes), n = 99;
			char letters[BASE64_SIZE(6)];
			uint8_t back[6];

			base64_format(kind, cases[i].bytes, bytes_n, letters);
			ASSERT_TEXT(letters, want);
			CU_ASSERT(base64_parse(kind, want, strlen(want), back, bytes_n, &n));
			ASSERT_NUMBER(n, bytes_n);
			CU_ASSERT(memcmp(back, cases[i].bytes, bytes_n) == 0);
		}
	}
}

static void base64_has_one_spelling_for_the_same_bytes(void)
{
	static const struct { enum base64_kind kind; const char *letters; } cases[] = {
		{ BASE64_STANDARD, "Zg" }, { BASE64_STANDARD, "Zg=" }, { BASE64_STANDARD, "Zh==" },
		{ BASE64_STANDARD, "Zm9=" }, { BASE64_STANDARD, "====" }, { BASE64_STANDARD, "=" },
		{ BASE64_STANDARD, "Z===" }, { BASE64_STANDARD, "Zg==Zg==" }, { BASE64_STANDARD, "Zm9\n" },
		{ BASE64_STANDARD, "-_-_" }, { BASE64_URL, "+/+/" }, { BASE64_URL, "Zg==" },
		{ BASE64_URL, "Z" }, { BASE64_URL, "Zm9vY" }, { BASE64_URL, "Zm9vYmFyZm9v" },
	};
	uint8_t back[8];
	size_t n = 99;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CU_ASSERT_FALSE(base64_parse(cases[i].kind, cases[i].letters, strlen(cases[i].letters),
					     back, sizeof back, &n));
	ASSERT_NUMBER(n, 99);
}

static const struct test tests[] = {
	{ "faults are in order and speak", faults_are_in_order_and_speak },
	{ "utf8 refuses what is malformed", utf8_refuses_what_is_malformed },
	{ "utf8 copy never cuts a character", utf8_copy_never_cuts_a_character },
	{ "ident round trips with its check character", ident_round_trips_with_its_check_character },
	{ "gtins compare as fourteen digits", gtins_compare_as_fourteen_digits },
	{ "instants round trip", instants_round_trip },
	{ "base64 gives the published letters", base64_gives_the_published_letters },
	{ "base64 has one spelling for the same bytes", base64_has_one_spelling_for_the_same_bytes },
	{ "buffers stop at their limit", buffers_stop_at_their_limit },
};

SUITE_MAIN("base", tests)
