/* Tests of room qr: what is encoded is what zbarimg reads. */
#include "suite.h"

#include <string.h>

#include "qr/qr.h"
#include "reader.h"

enum { DOTS = 4 };

static void draw(const struct qr_symbol *s, struct picture *p)
{
	*p = picture_new((s->size + 2 * QR_QUIET) * DOTS, (s->size + 2 * QR_QUIET) * DOTS);
	for (int row = 0; row < s->size; row++)
		for (int col = 0; col < s->size; col++)
			if (qr_is_dark(s, row, col))
				picture_fill(p, (row + QR_QUIET) * DOTS, (col + QR_QUIET) * DOTS, DOTS, DOTS);
}

static void make_url(char *text, size_t bytes)
{
	static const char letters[] = "AbCdEfGhIjKlMnOpQrStUvWxYz-_0123456789";
	static const char head[] = "https://h.example/p/";

	for (size_t i = 0; i < bytes; i++)
		text[i] = i < sizeof head - 1 ? head[i] : letters[(i * 7) % (sizeof letters - 1)];
	text[bytes] = '\0';
}

static void each_length_gives_its_version_and_is_read_back(void)
{
	/* what a version holds of bytes: ISO/IEC 18004, table 7 */
	static const struct { size_t bytes; int version; enum qr_level level; } cases[] = {
		{ 1, 1, QR_LEVEL_M }, { 14, 1, QR_LEVEL_M }, { 15, 1, QR_LEVEL_L }, { 17, 1, QR_LEVEL_L },
		{ 18, 2, QR_LEVEL_M }, { 32, 2, QR_LEVEL_L }, { 42, 3, QR_LEVEL_M }, { 43, 3, QR_LEVEL_L },
		{ 52, 3, QR_LEVEL_L }, { 53, 3, QR_LEVEL_L }, { 54, 4, QR_LEVEL_M }, { 78, 4, QR_LEVEL_L },
		{ 106, 5, QR_LEVEL_L }, { 134, 6, QR_LEVEL_L }, { 154, 7, QR_LEVEL_L },
		{ 192, 8, QR_LEVEL_L }, { 230, 9, QR_LEVEL_L }, { 231, 10, QR_LEVEL_L },
		{ 271, 10, QR_LEVEL_L },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[QR_TEXT_MAX + 1], seen[2 * QR_TEXT_MAX];
		struct qr_symbol symbol;
		struct picture picture;

		make_url(text, cases[i].bytes);
		CU_ASSERT_FATAL(qr_encode(text, &symbol, NULL) == FAULT_NONE);
		ASSERT_NUMBER(symbol.version, cases[i].version);
		ASSERT_NUMBER(symbol.level, cases[i].level);
		ASSERT_NUMBER(symbol.size, 17 + 4 * symbol.version);
		draw(&symbol, &picture);
		picture_read(&picture, seen, sizeof seen);
		ASSERT_TEXT(seen, text);
		picture_free(&picture);
	}
}

static void what_is_empty_or_too_long_is_refused(void)
{
	char text[QR_TEXT_MAX + 2];
	struct qr_symbol symbol = { .version = -1 };
	struct fault fault;

	make_url(text, QR_TEXT_MAX + 1);
	ASSERT_NUMBER(qr_encode(text, &symbol, &fault), FAULT_QR_TEXT);
	ASSERT_TEXT(fault.arg[0], "272");
	ASSERT_TEXT(fault.arg[1], "271");
	ASSERT_NUMBER(qr_encode("", &symbol, &fault), FAULT_QR_TEXT);
	ASSERT_TEXT(fault.arg[0], "0");
	ASSERT_NUMBER(symbol.version, -1);
}

static void outside_the_symbol_all_is_light(void)
{
	struct qr_symbol symbol;

	CU_ASSERT_FATAL(qr_encode("x", &symbol, NULL) == FAULT_NONE);
	CU_ASSERT_TRUE(qr_is_dark(&symbol, 0, 0));
	CU_ASSERT_FALSE(qr_is_dark(&symbol, -1, 0));
	CU_ASSERT_FALSE(qr_is_dark(&symbol, 0, -1));
	CU_ASSERT_FALSE(qr_is_dark(&symbol, symbol.size, 0));
	CU_ASSERT_FALSE(qr_is_dark(&symbol, 0, symbol.size));
}

static const struct test tests[] = {
	{ "each length gives its version and is read back", each_length_gives_its_version_and_is_read_back },
	{ "what is empty or too long is refused", what_is_empty_or_too_long_is_refused },
	{ "outside the symbol all is light", outside_the_symbol_all_is_light },
};
SUITE_MAIN("qr", tests)
