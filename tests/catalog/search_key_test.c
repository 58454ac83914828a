/* Search keys and queries. */
#include "suite.h"

#include <string.h>

#include "catalog_test.h"

void everyday_letters_are_folded(void)
{
	static const struct { uint32_t cp; size_t n; uint32_t to[2]; } cases[] = {
		{ 'A', 1, { 'a' } }, { 'z', 1, { 'z' } }, { '7', 1, { '7' } },
		{ '-', 0, { 0 } }, { ' ', 0, { 0 } }, { 0x1B, 0, { 0 } },
		{ 0xFF21, 1, { 'a' } }, { 0xFF15, 1, { '5' } }, { 0xFF0C, 0, { 0 } }, /* full width */
		{ 0xE9, 1, { 'e' } }, { 0xC9, 1, { 'e' } }, { 0xDF, 2, { 's', 's' } },
		{ 0xFF, 1, { 'y' } }, { 0xD7, 0, { 0 } }, { 0xE6, 2, { 'a', 'e' } },
		{ 0x100, 1, { 'a' } }, { 0x142, 1, { 'l' } }, { 0x153, 2, { 'o', 'e' } },
		{ 0x161, 1, { 's' } }, { 0x17E, 1, { 'z' } }, { 0x17F, 1, { 's' } },
		{ 0x1EA1, 1, { 'a' } }, { 0x1EBF, 1, { 'e' } }, { 0x1EF9, 1, { 'y' } },
		{ 0x0416, 1, { 0x0436 } }, { 0x0391, 1, { 0x03B1 } }, { 0x0401, 1, { 0x0451 } },
		{ 0x3000, 0, { 0 } }, { 0x3001, 0, { 0 } }, { 0x53EF, 1, { 0x53EF } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint32_t to[2] = { 0, 0 };

		ASSERT_NUMBER(search_fold(cases[i].cp, to), cases[i].n);
		ASSERT_NUMBER(to[0], cases[i].to[0]);
		ASSERT_NUMBER(to[1], cases[i].to[1]);
	}
}

static void build(const char *name, struct search_key *ret)
{
	search_key_build(name, "", test_reading, NULL, ret);
}

void keys_have_a_start_for_every_word(void)
{
	static const struct { const char *name, *starts; } cases[] = {
		{ "Coca-Cola", "s---s---" },
		{ "iPhone14Pro", "s-----s-s--" },
		{ "可口可乐600ml", "sssss--s-" },
		{ "Kit★Kat", "s--s--" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct search_key key;
		char starts[SEARCH_ELEMENTS_MAX + 1];

		build(cases[i].name, &key);
		for (size_t k = 0; k < key.n; k++)
			starts[k] = key.element[k].start ? 's' : '-';
		starts[key.n] = '\0';
		ASSERT_TEXT(starts, cases[i].starts);
	}
}

void keys_are_written_and_read_back(void)
{
	static const struct { const char *name, *spec, *folded, *initials; } cases[] = {
		{ "可口可乐", "1.25L", "可口可乐1 25l", "kkk[ly]125l" },
		{ "银行卡套", "", "银行卡套", "y[hx][kq]t" },
		{ "Coca  Cola (ZERO)", "", "coca cola zero", "" },
		{ "ＡＢＣ　可乐", "", "abc可乐", "abck[ly]" },
		{ "Café Crème", "", "cafe creme", "" },
		{ "\xE1\xBA\x9E", "", "ss", "" },
		{ "龘可", "", "龘可", "-k" },
		{ "", "", "", "" },
		{ "★★", "", "", "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct search_key key, again;
		char folded[SEARCH_FOLDED_SIZE], initials[SEARCH_INITIALS_SIZE];

		search_key_build(cases[i].name, cases[i].spec, test_reading, NULL, &key);
		search_key_write(&key, folded, initials);
		ASSERT_TEXT(folded, cases[i].folded);
		ASSERT_TEXT(initials, cases[i].initials);
		search_key_read(folded, initials, &again);
		ASSERT_NUMBER(again.n, key.n);
		for (size_t k = 0; k < key.n; k++) {
			ASSERT_NUMBER(again.element[k].cp, key.element[k].cp);
			ASSERT_NUMBER(again.element[k].letters, key.element[k].letters);
			ASSERT_NUMBER(again.element[k].start, key.element[k].start);
		}
	}
}

void long_names_are_cut_not_overrun(void)
{
	char name[4 * SEARCH_ELEMENTS_MAX], folded[SEARCH_FOLDED_SIZE], initials[SEARCH_INITIALS_SIZE];
	struct search_key key;

	memset(name, 'a', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	build(name, &key);
	ASSERT_NUMBER(key.n, SEARCH_ELEMENTS_MAX);
	search_key_write(&key, folded, initials);
	ASSERT_NUMBER(strlen(folded), SEARCH_ELEMENTS_MAX);
}

void queries_find_what_people_mean(void)
{
	static const struct { const char *name, *query; enum search_match match; } cases[] = {
		{ "可口可乐", "kkkl", SEARCH_BEGINS }, { "可口可乐", "kkky", SEARCH_BEGINS },
		{ "可口可乐", "KKKL", SEARCH_BEGINS }, { "可口可乐", "可口", SEARCH_BEGINS },
		{ "可口可乐", "可乐", SEARCH_STARTS }, { "可口可乐", "kl", SEARCH_STARTS },
		{ "可口可乐", "乐", SEARCH_STARTS }, { "可口可乐", "口乐", SEARCH_MISSED },
		{ "可口可乐", "口kl", SEARCH_STARTS }, { "可口可乐", "可kl", SEARCH_MISSED }, { "可口可乐汽水600ml", "kkklqs600", SEARCH_BEGINS },
		{ "可口可乐汽水600ml", "汽水 可乐", SEARCH_STARTS },
		{ "可口可乐汽水600ml", "可口 600", SEARCH_BEGINS },
		{ "可口可乐汽水600ml", "ml", SEARCH_STARTS },
		{ "可口可乐汽水600ml", "kl ml zz", SEARCH_MISSED },
		{ "银行卡套", "yh", SEARCH_BEGINS }, { "银行卡套", "yx", SEARCH_BEGINS },
		{ "银行卡套", "yhkt", SEARCH_BEGINS }, { "银行卡套", "yxqt", SEARCH_BEGINS },
		{ "银行卡套", "yz", SEARCH_MISSED },
		{ "Coca-Cola Zero", "coca", SEARCH_BEGINS }, { "Coca-Cola Zero", "cocacola", SEARCH_BEGINS },
		{ "Coca-Cola Zero", "zero coca", SEARCH_STARTS }, { "Coca-Cola Zero", "col", SEARCH_STARTS },
		{ "Coca-Cola Zero", "ola", SEARCH_INSIDE }, { "Coca-Cola Zero", "la", SEARCH_MISSED },
		{ "Coca-Cola Zero", "coca ola", SEARCH_INSIDE },
		{ "Café", "cafe", SEARCH_BEGINS }, { "Cafe", "CAFÉ", SEARCH_BEGINS },
		{ "ｃｏｌａ", "cola", SEARCH_BEGINS },
		{ "可口可乐", "", SEARCH_MISSED }, { "可口可乐", " - ", SEARCH_MISSED },
		{ "", "a", SEARCH_MISSED }, { "ab", "abc", SEARCH_MISSED },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct search_key key;
		struct search_query query;

		build(cases[i].name, &key);
		search_query_read(cases[i].query, &query);
		if (search_key_match(&key, &query) != cases[i].match)
			fprintf(stderr, "%s in %s\n", cases[i].query, cases[i].name);
		ASSERT_NUMBER(search_key_match(&key, &query), cases[i].match);
	}
}

void queries_are_bounded(void)
{
	char typed[1024];
	struct search_query query;

	memset(typed, 'a', sizeof typed - 1);
	typed[sizeof typed - 1] = '\0';
	search_query_read(typed, &query);
	ASSERT_NUMBER(query.n, 1);
	ASSERT_NUMBER(query.term[0].n, SEARCH_QUERY_MAX);
	for (size_t i = 1; i < sizeof typed - 1; i += 2)
		typed[i] = ' ';
	search_query_read(typed, &query);
	ASSERT_NUMBER(query.n, SEARCH_TERMS_MAX);
}
