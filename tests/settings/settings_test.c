/* Tests of room settings. */
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "settings/settings.h"

static enum fault_code read_text(struct settings *s, const char *text, struct fault *fault)
{
	settings_init(s);
	return settings_read_text(s, "/shop/guitai.conf", text, strlen(text), fault);
}

/* A row's default as a line of a file: name = "a", or name = {"a", "b"}. */
static void write_line(const struct setting_row *row, char *out, size_t size)
{
	bool many = row->type == SETTING_TYPE_amounts || row->type == SETTING_TYPE_list ||
		    row->type == SETTING_TYPE_tenders;
	size_t used;

	if (row->type == SETTING_TYPE_pairs || (many && !row->standard[0])) {
		snprintf(out, size, "%s %s {}", row->name, many ? "=" : "");
		return;
	}
	used = (size_t)snprintf(out, size, "%s = %s\"", row->name, many ? "{" : "");
	for (const char *p = row->standard; *p; p++)
		used += (size_t)snprintf(out + used, size - used, "%.*s", *p == '|' ? 4 : 1,
					 *p == '|' ? "\", \"" : p);
	snprintf(out + used, size - used, "\"%s", many ? "}" : "");
}

static void every_default_is_one_its_row_allows(void)
{
	size_t n;
	const struct setting_row *rows = setting_rows(&n);

	ASSERT_NUMBER(n, SETTING_COUNT);
	for (size_t i = 0; i < n; i++) {
		struct settings standard, read;
		struct fault fault = { .code = FAULT_NONE };
		char line[512], shown[512], again[512];

		write_line(&rows[i], line, sizeof line);
		settings_init(&standard);
		setting_shown(&standard, &rows[i], shown, sizeof shown);
		ASSERT_NUMBER(read_text(&read, line, &fault), FAULT_NONE);
		setting_shown(&read, &rows[i], again, sizeof again);
		ASSERT_TEXT(again, shown);
		setting_allowed(&rows[i], line, sizeof line);
		CU_ASSERT(line[0] != '\0');
		settings_release(&read);
		settings_release(&standard);
	}
}

static void defaults_are_typed(void)
{
	struct settings s;

	settings_init(&s);
	ASSERT_TEXT(s.language, "auto");
	ASSERT_NUMBER(s.currency, CURRENCY_CNY);
	ASSERT_NUMBER(s.cash_rounding.step_minor, 0);
	ASSERT_NUMBER(s.fast_notes.n, 6);
	ASSERT_NUMBER(s.fast_notes.minor[0], 10000);
	ASSERT_NUMBER(s.fast_notes.minor[5], 100);
	ASSERT_NUMBER(s.tenders.n, 3);
	ASSERT_TEXT(s.tenders.items[2].name, "mall_card");
	ASSERT_TEXT(s.tenders.items[2].label, "Mall card");
	ASSERT_NUMBER(s.receipt_columns, 48);
	ASSERT_NUMBER(s.receipt_header.n, 0);
	ASSERT_TEXT(s.scan_prefix, "");
	CU_ASSERT(s.colour);
	ASSERT_NUMBER(s.key.n, 0);
	ASSERT_TEXT(s.file, "");
	settings_release(&s);
}

static void a_file_sets_every_type(void)
{
	static const char text[] =
		"# a shop\n"
		"shop_name = \"星光店\"   // its name\n"
		"cash_rounding = half_0.10\n"
		"fast_notes = {100, 0.5}\n"
		"tenders = {\"card=银联卡\", \"oil_card\", voucher}\n"
		"receipt_columns = 32\n"
		"opening_float = 300.5\n"
		"colour = off\n"
		"scan_prefix = \"\\x02\"\n"
		"receipt_footer = {\"谢谢\", \"=== \"}\n"
		"currency = HKD\n"
		"key {\n  cash = \"F10 M-c\"\n  void-line = F4\n}\n";
	struct settings s;
	struct fault fault = { .code = FAULT_NONE };

	ASSERT_NUMBER(read_text(&s, text, &fault), FAULT_NONE);
	ASSERT_TEXT(s.shop_name, "星光店");
	ASSERT_NUMBER(s.line[SETTING_shop_name], 2);
	ASSERT_NUMBER(s.line[SETTING_language], 0);
	ASSERT_NUMBER(s.cash_rounding.step_minor, 10);
	ASSERT_NUMBER(s.cash_rounding.how, ROUND_HALF_UP);
	ASSERT_NUMBER(s.fast_notes.n, 2);
	ASSERT_NUMBER(s.fast_notes.minor[1], 50);
	ASSERT_NUMBER(s.tenders.n, 3);
	ASSERT_TEXT(s.tenders.items[0].name, "card");
	ASSERT_TEXT(s.tenders.items[0].label, "银联卡");
	ASSERT_TEXT(s.tenders.items[1].label, "oil_card");
	ASSERT_TEXT(s.tenders.items[2].label, "Voucher");
	ASSERT_NUMBER(s.receipt_columns, 32);
	ASSERT_NUMBER(s.opening_float, 30050);
	CU_ASSERT_FALSE(s.colour);
	ASSERT_TEXT(s.scan_prefix, "\x02");
	ASSERT_NUMBER(s.receipt_footer.n, 2);
	ASSERT_TEXT(s.receipt_footer.items[1], "=== ");
	ASSERT_NUMBER(s.currency, CURRENCY_HKD);
	ASSERT_NUMBER(s.key.n, 2);
	ASSERT_TEXT(s.key.items[0].name, "cash");
	ASSERT_TEXT(s.key.items[0].value, "F10 M-c");
	ASSERT_TEXT(s.key.items[1].name, "void-line");
	settings_release(&s);
}

static void a_list_can_be_emptied_or_added_to(void)
{
	struct settings s;
	struct fault fault = { .code = FAULT_NONE };

	ASSERT_NUMBER(read_text(&s, "\ntenders = {}\nfast_notes={ }\nreceipt_header = {}\n", &fault), FAULT_NONE);
	ASSERT_NUMBER(s.tenders.n, 0);
	ASSERT_NUMBER(s.line[SETTING_tenders], 2);
	ASSERT_NUMBER(s.fast_notes.n, 0);
	ASSERT_NUMBER(s.line[SETTING_fast_notes], 3);
	settings_release(&s);

	ASSERT_NUMBER(read_text(&s, "tenders += {oil}\nreceipt_footer += {a}\nreceipt_footer += {b}\n", &fault),
		      FAULT_NONE);
	ASSERT_NUMBER(s.tenders.n, 4);
	ASSERT_TEXT(s.tenders.items[3].name, "oil");
	ASSERT_NUMBER(s.receipt_footer.n, 2);
	settings_release(&s);
}

static void comments_change_no_value_and_no_line(void)
{
	static const struct { const char *text, *store_id; int line; } cases[] = {
		{ "# a\n# b\n\nstore_id = 7", "7", 4 },
		{ "// a\nstore_id = 7 // b", "7", 2 },
		{ "/* a\n # */\nstore_id = 7", "7", 3 },
		{ "bell = no # a\nstore_id = 7", "7", 2 },
		{ "bell = no#a\nstore_id = 7", "7", 2 },
		{ "store_id = \"# /* \\\" // 7\"", "# /* \" // 7", 1 },
		{ "store_id = '# \" // 7'", "# \" // 7", 1 },
		{ "store_id = 7//8", "7//8", 1 },
		{ "store_id = \"7\"//8\nbell = no", "7", 1 },
		{ "fast_notes = {1, # one\n2}\nstore_id = 7", "7", 3 },
		{ "key {\n # a\n a = b # c\n}\nstore_id = 7", "7", 5 },
		{ "#", "", 0 }, { "", "", 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct settings s;
		struct fault fault = { .code = FAULT_NONE };

		ASSERT_NUMBER(read_text(&s, cases[i].text, &fault), FAULT_NONE);
		ASSERT_TEXT(s.store_id, cases[i].store_id);
		ASSERT_NUMBER(s.line[SETTING_store_id], cases[i].line);
		settings_release(&s);
	}
}

static void what_is_refused_says_where_and_what_is_allowed(void)
{
	static const struct { const char *text; enum fault_code code; const char *place, *about; } cases[] = {
		{ "\nshpo_name = x\n", FAULT_SETTING_UNKNOWN, "/shop/guitai.conf:2", "shpo_name" },
		{ "include(\"other\")\n", FAULT_SETTING_UNKNOWN, "/shop/guitai.conf:1", "include" },
		{ "receipt_columns = 50\n", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:1: receipt_columns = 50", "32, 42 or 48 (columns)" },
		{ "\n\nlock_after_minutes = 1441", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:3: lock_after_minutes = 1441", "a whole number from 0 to 1440 (minutes)" },
		{ "lock_after_minutes = -1", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:1: lock_after_minutes = -1", "a whole number from 0 to 1440 (minutes)" },
		{ "lock_after_minutes = 5.", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:1: lock_after_minutes = 5.", "a whole number from 0 to 1440 (minutes)" },
		{ "lock_after_minutes = 99999999999", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:1: lock_after_minutes = 99999999999", "a whole number from 0 to 1440 (minutes)" },
		{ "colour = maybe", FAULT_SETTING_BAD_VALUE, "/shop/guitai.conf:1: colour = maybe", "yes or no" },
		{ "opening_float = 12.345", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:1: opening_float = 12.345", "an amount from 0.00 to 999999.99" },
		{ "opening_float = 1000000", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:1: opening_float = 1000000", "an amount from 0.00 to 999999.99" },
		{ "cash_rounding = down_0.33", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:1: cash_rounding = down_0.33",
		  "off, half_0.05, down_0.10, half_0.10, down_0.50, half_0.50, down_1.00 or half_1.00" },
		{ "fast_notes = {1,\n 0}", FAULT_SETTING_BAD_VALUE, "/shop/guitai.conf:2: fast_notes = 1, 0",
		  "at most 12 amounts above zero, like {100, 0.50}" },
		{ "tenders = {card, card}", FAULT_SETTING_BAD_VALUE, "/shop/guitai.conf:1: tenders = card, card",
		  "at most 16 different names, like {\"card\", \"mall=Mall card\"}" },
		{ "tenders = {cash}", FAULT_SETTING_BAD_VALUE, "/shop/guitai.conf:1: tenders = cash",
		  "at most 16 different names, like {\"card\", \"mall=Mall card\"}" },
		{ "tenders = {\"card=\"}", FAULT_SETTING_BAD_VALUE, "/shop/guitai.conf:1: tenders = card=",
		  "at most 16 different names, like {\"card\", \"mall=Mall card\"}" },
		{ "tenders = {Card}", FAULT_SETTING_BAD_VALUE, "/shop/guitai.conf:1: tenders = Card",
		  "at most 16 different names, like {\"card\", \"mall=Mall card\"}" },
		{ "receipt_footer = {1,2,3,4,5,6,7,8,9}", FAULT_SETTING_BAD_VALUE,
		  "/shop/guitai.conf:1: receipt_footer = 1, 2, 3, 4, 5, 6, 7, 8, 9",
		  "at most 8 texts of at most 96 bytes, like {\"a\", \"b\"}" },
		{ "shop_name = \"a\\x1b[2J\"", FAULT_SETTING_BAD_VALUE, "/shop/guitai.conf:1: shop_name = a\xEF\xBF\xBD[2J",
		  "plain text of at most 80 bytes" },
		{ "currency = yuan", FAULT_SETTING_BAD_VALUE, "/shop/guitai.conf:1: currency = yuan",
		  "one of CNY, HKD, MOP, TWD, SGD, MYR, USD, EUR, GBP" },
		{ "shop_name = \"open", FAULT_SETTING_FILE, "/shop/guitai.conf:2", "premature end of file" },
		{ "shop_name", FAULT_SETTING_FILE, "/shop/guitai.conf:2", "premature end of file" },
		{ "bell = no\n/* colour = no\n", FAULT_SETTING_FILE, "/shop/guitai.conf:2", "the comment is not closed" },
		{ "}", FAULT_SETTING_FILE, "/shop/guitai.conf:1", "unexpected closing brace" },
		{ "shop_name = \"\xff\"", FAULT_SETTING_FILE, "/shop/guitai.conf", "it is not UTF-8 text" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct settings s;
		struct fault fault = { .code = FAULT_NONE };

		ASSERT_NUMBER(read_text(&s, cases[i].text, &fault), cases[i].code);
		ASSERT_NUMBER(fault.code, cases[i].code);
		if (strstr(cases[i].about, "premature") == NULL)
			ASSERT_TEXT(fault.arg[0], cases[i].place);
		ASSERT_TEXT(fault.arg[1], cases[i].about);
		settings_release(&s);
	}
}

static void a_long_path_leaves_room_for_the_line_and_the_value(void)
{
	static const char text[] = "receipt_columns = 50";
	struct settings s;
	struct fault fault = { .code = FAULT_NONE };
	char path[400];

	memset(path, 'x', sizeof path);
	memcpy(path + sizeof path - 13, "/guitai.conf", 13);
	settings_init(&s);
	ASSERT_NUMBER(settings_read_text(&s, path, text, strlen(text), &fault), FAULT_SETTING_BAD_VALUE);
	CU_ASSERT(strncmp(fault.arg[0], "…x", 4) == 0);
	CU_ASSERT(strstr(fault.arg[0], "x/guitai.conf:1: receipt_columns = 50") != NULL);
	ASSERT_TEXT(s.file, path);
	settings_release(&s);
}

static void a_refused_value_leaves_the_others(void)
{
	struct settings s;
	struct fault fault = { .code = FAULT_NONE };

	ASSERT_NUMBER(read_text(&s, "receipt_columns = 32\nlock_after_minutes = x\nsearch_limit = 7\n", &fault),
		      FAULT_SETTING_BAD_VALUE);
	ASSERT_NUMBER(s.receipt_columns, 32);
	ASSERT_NUMBER(s.lock_after_minutes, 10);
	settings_release(&s);
}

static void a_user_of_a_value_can_refuse_it_too(void)
{
	struct settings s;
	struct fault fault = { .code = FAULT_NONE };
	char sentence[512];

	ASSERT_NUMBER(read_text(&s, "\nscale_labels = {\"2Z\"}\n", &fault), FAULT_NONE);
	ASSERT_NUMBER(settings_refuse(&s, SETTING_scale_labels, "2Z", "Z means nothing", &fault),
		      FAULT_SETTING_REFUSED);
	fault_render(&fault, fault_row(fault.code)->sentence, sentence, sizeof sentence);
	ASSERT_TEXT(sentence, "/shop/guitai.conf:2: scale_labels = 2Z: Z means nothing. "
			      "Mend the line and start again.");
	settings_release(&s);
}

static void write_file(const char *path, const char *text)
{
	FILE *out = fopen(path, "w");

	CU_ASSERT_FATAL(out != NULL);
	fputs(text, out);
	fclose(out);
}

static void the_file_is_found_where_the_environment_says(void)
{
	char root[] = "/tmp/guitai-settings-XXXXXX", path[64], own[128];
	struct settings s;
	struct fault fault = { .code = FAULT_NONE };

	CU_ASSERT_FATAL(mkdtemp(root) != NULL);
	snprintf(path, sizeof path, "%s/guitai", root);
	mkdir(path, 0700);
	snprintf(own, sizeof own, "%s/guitai.conf", path);
	write_file(own, "search_limit = 77\n");
	setenv("XDG_CONFIG_HOME", root, 1);
	settings_init(&s);
	ASSERT_NUMBER(settings_read(&s, NULL, &fault), FAULT_NONE);
	ASSERT_NUMBER(s.search_limit, 77);
	ASSERT_TEXT(s.file, own);
	settings_release(&s);

	unlink(own);
	settings_init(&s);
	ASSERT_NUMBER(settings_read(&s, own, &fault), FAULT_SETTING_FILE);
	ASSERT_TEXT(fault.arg[1], "No such file or directory");
	ASSERT_NUMBER(settings_read(&s, root, &fault), FAULT_SETTING_FILE);
	settings_release(&s);
	rmdir(path);
	rmdir(root);
}

static void a_file_larger_than_the_limit_is_refused(void)
{
	char path[] = "/tmp/guitai-settings-XXXXXX";
	int fd = mkstemp(path);
	struct settings s;
	struct fault fault = { .code = FAULT_NONE };

	CU_ASSERT_FATAL(fd >= 0);
	CU_ASSERT(ftruncate(fd, SETTING_FILE_MAX + 1) == 0);
	close(fd);
	settings_init(&s);
	ASSERT_NUMBER(settings_read(&s, path, &fault), FAULT_SETTING_FILE);
	ASSERT_TEXT(fault.arg[1], "it is larger than 256 KiB");
	settings_release(&s);
	unlink(path);
}

static const struct test tests[] = {
	{ "every default is one its row allows", every_default_is_one_its_row_allows },
	{ "defaults are typed", defaults_are_typed },
	{ "a file sets every type", a_file_sets_every_type },
	{ "a list can be emptied or added to", a_list_can_be_emptied_or_added_to },
	{ "comments change no value and no line", comments_change_no_value_and_no_line },
	{ "what is refused says where and what is allowed", what_is_refused_says_where_and_what_is_allowed },
	{ "a long path leaves room for the line and the value", a_long_path_leaves_room_for_the_line_and_the_value },
	{ "a refused value leaves the others", a_refused_value_leaves_the_others },
	{ "a user of a value can refuse it too", a_user_of_a_value_can_refuse_it_too },
	{ "the file is found where the environment says", the_file_is_found_where_the_environment_says },
	{ "a file larger than the limit is refused", a_file_larger_than_the_limit_is_refused },
};

SUITE_MAIN("settings", tests)
