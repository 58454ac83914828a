/* Tests of room app: the command line, the folders, the language. */
#include "app_tests.h"
#include "suite.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "command/fill.h"
#include "command/speech.h"

enum { ARGS_MAX = 16 };

/* Splits "guitai settings --config x" at blanks and reads it. */
static enum fault_code read_line(struct invocation *in, const char *line, struct fault *fault)
{
	static char copy[256];
	static char *argv[ARGS_MAX + 1];
	int argc = 0;

	snprintf(copy, sizeof copy, "%s", line);
	for (char *word = copy; word && argc < ARGS_MAX; argc++) {
		char *blank = strchr(word, ' ');

		if (blank)
			*blank++ = '\0';
		argv[argc] = word;
		word = blank;
	}
	argv[argc] = NULL;
	fault->code = FAULT_NONE;
	return invocation_read(in, &guitai_commands, argc, argv, fault);
}

static void a_command_line_is_read(void)
{
	struct invocation in;
	struct fault fault;

	ASSERT_NUMBER(read_line(&in, "guitai settings currency", &fault), FAULT_NONE);
	ASSERT_TEXT(in.command->name, "settings");
	ASSERT_NUMBER(in.n_words, 1);
	ASSERT_TEXT(in.words[0], "currency");
	CU_ASSERT_PTR_NULL(in.config);
	CU_ASSERT_FALSE(invocation_has(&in, "config"));

	ASSERT_NUMBER(read_line(&in, "guitai --config=a settings --config b currency", &fault), FAULT_NONE);
	ASSERT_TEXT(in.config, "b");
	ASSERT_TEXT(invocation_option(&in, "config"), "b");
	ASSERT_TEXT(in.words[0], "currency");

	ASSERT_NUMBER(read_line(&in, "guitai settings -- --help", &fault), FAULT_NONE);
	ASSERT_TEXT(in.words[0], "--help");
	CU_ASSERT_FALSE(in.wants_help);

	ASSERT_NUMBER(read_line(&in, "guitai settings -", &fault), FAULT_NONE);
	ASSERT_TEXT(in.words[0], "-");

	ASSERT_NUMBER(read_line(&in, "guitai settings --config=", &fault), FAULT_NONE);
	ASSERT_TEXT(in.config, "");
}

static void help_and_version_need_no_command(void)
{
	struct invocation in;
	struct fault fault;

	ASSERT_NUMBER(read_line(&in, "guitai --help", &fault), FAULT_NONE);
	CU_ASSERT(in.wants_help);
	ASSERT_NUMBER(read_line(&in, "guitai --version", &fault), FAULT_NONE);
	CU_ASSERT(in.wants_version);
	ASSERT_NUMBER(read_line(&in, "guitai settings too many words --help", &fault), FAULT_NONE);
	CU_ASSERT(in.wants_help);
	ASSERT_TEXT(in.command->name, "settings");
}

static void wrong_usage_is_refused_by_name(void)
{
	static const struct { const char *line; enum fault_code code; const char *arg[2]; } cases[] = {
		{ "guitai bogus", FAULT_USAGE_UNKNOWN_COMMAND, { "bogus", "guitai" } },
		{ "guitai setting", FAULT_USAGE_UNKNOWN_COMMAND, { "setting", "guitai" } },
		{ "guitai settings --bogus", FAULT_USAGE_UNKNOWN_OPTION, { "guitai", "--bogus" } },
		{ "guitai settings --bogus=1", FAULT_USAGE_UNKNOWN_OPTION, { "guitai", "--bogus" } },
		{ "guitai settings -x", FAULT_USAGE_UNKNOWN_OPTION, { "guitai", "-x" } },
		{ "guitai settings --dir d", FAULT_USAGE_UNKNOWN_OPTION, { "guitai settings", "--dir" } },
		{ "guitai settings --config", FAULT_USAGE_OPTION_NEEDS, { "--config", "FILE" } },
		{ "guitai settings --help=3", FAULT_USAGE_OPTION_ALONE, { "--help", "3" } },
		{ "guitai settings a b", FAULT_USAGE_EXTRA_WORD, { "guitai settings", "b" } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct invocation in;
		struct fault fault;

		ASSERT_NUMBER(read_line(&in, cases[i].line, &fault), cases[i].code);
		ASSERT_TEXT(fault.arg[0], cases[i].arg[0]);
		ASSERT_TEXT(fault.arg[1], cases[i].arg[1]);
	}
}

static void the_first_wrong_option_is_the_one_named(void)
{
	struct invocation in;
	struct fault fault;

	ASSERT_NUMBER(read_line(&in, "guitai --one --help=2 --config", &fault), FAULT_USAGE_UNKNOWN_OPTION);
	ASSERT_TEXT(fault.arg[1], "--one");
	ASSERT_NUMBER(fault.code, FAULT_USAGE_UNKNOWN_OPTION);
}

static void the_table_of_commands_is_sound(void)
{
	size_t n = guitai_commands.n_commands, n_options = guitai_commands.n_options;
	const struct command *rows = guitai_commands.commands;
	const struct command_option *options = guitai_commands.options;
	char synopsis[1024];

	for (size_t i = 0; i < n; i++) {
		CU_ASSERT(rows[i].least <= rows[i].most);
		CU_ASSERT((rows[i].most == 0) == (rows[i].words[0] == '\0'));
		CU_ASSERT(rows[i].help[0] != '\0' && rows[i].run != NULL);
		command_synopsis(&guitai_commands, &rows[i], synopsis, sizeof synopsis);
		CU_ASSERT(strncmp(synopsis, "guitai", 6) == 0);
		for (size_t k = 0; k < i; k++)
			CU_ASSERT(strcmp(rows[i].name, rows[k].name) != 0);
	}
	/* An option found by its name alone takes a value everywhere or nowhere. */
	for (size_t i = 0; i < n_options; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(options[i].name, options[k].name) == 0) {
				CU_ASSERT(options[i].owner != options[k].owner);
				ASSERT_NUMBER(options[i].argument[0] != '\0', options[k].argument[0] != '\0');
			}
}

static void a_program_below_the_build_folder_uses_the_source_tree(void)
{
	struct paths p;
	char build[PATH_MAX + 16];

	paths_find(&p);
	CU_ASSERT(p.from_build);
	CU_ASSERT(strlen(p.data) > 5 && strcmp(p.data + strlen(p.data) - 5, "/data") == 0);
	snprintf(build, sizeof build, "%s/po", p.libexec);
	ASSERT_TEXT(p.locale, build);
	snprintf(build, sizeof build, "%s-not/guitai", p.libexec);
	paths_find_for(build, &p);
	CU_ASSERT_FALSE(p.from_build);
}

static void an_installed_program_moves_with_its_root(void)
{
	struct paths p, moved;
	char exe[PATH_MAX + 32];

	paths_find_for("/nowhere/guitai", &p);
	CU_ASSERT_FALSE(p.from_build);
	CU_ASSERT(strlen(p.data) > 7 && strcmp(p.data + strlen(p.data) - 7, "/guitai") == 0);
	snprintf(exe, sizeof exe, "/stage/root%s/guitai", GUITAI_BINDIR);
	paths_find_for(exe, &moved);
	CU_ASSERT(strncmp(moved.data, "/stage/root/", 12) == 0);
	ASSERT_TEXT(moved.data + 11, p.data);
	ASSERT_TEXT(moved.libexec + 11, p.libexec);
	ASSERT_TEXT(moved.locale + 11, p.locale);
}

static void the_data_directory_comes_from_option_or_environment(void)
{
	char out[64];
	struct fault fault = { .code = FAULT_NONE };

	setenv("XDG_DATA_HOME", "/x", 1);
	setenv("HOME", "/h", 1);
	ASSERT_NUMBER(paths_data_dir("till", "guitai", "--dir", out, sizeof out, &fault), FAULT_NONE);
	ASSERT_TEXT(out, "till");
	ASSERT_NUMBER(paths_data_dir(NULL, "guitai", "--dir", out, sizeof out, &fault), FAULT_NONE);
	ASSERT_TEXT(out, "/x/guitai");
	setenv("XDG_DATA_HOME", "relative", 1);
	ASSERT_NUMBER(paths_data_dir(NULL, "guitai", "--dir", out, sizeof out, &fault), FAULT_NONE);
	ASSERT_TEXT(out, "/h/.local/share/guitai");
	unsetenv("HOME");
	ASSERT_NUMBER(paths_data_dir(NULL, "guitai", "--dir", out, sizeof out, &fault), FAULT_NO_DATA_DIRECTORY);
	ASSERT_NUMBER(paths_data_dir("", "guitai", "--dir", out, sizeof out, &fault), FAULT_INPUT_BAD_TEXT);
	unsetenv("XDG_DATA_HOME");
	ASSERT_NUMBER(paths_data_dir(NULL, "guitai", "--dir", out, 10, &fault), FAULT_NO_DATA_DIRECTORY);
}

static void a_locale_names_its_catalogues(void)
{
	static const struct { const char *locale, *catalogues; } cases[] = {
		{ "zh_CN.UTF-8", "zh_CN" }, { "zh_TW", "zh_TW" }, { "zh_HK.UTF-8", "zh_HK:zh_TW" },
		{ "zh_SG", "zh_SG:zh_CN" }, { "zh", "zh_CN" }, { "zh_MO@x", "zh_MO:zh_TW" },
		{ "de_DE.UTF-8@euro", "de_DE" }, { "C", "" }, { "C.UTF-8", "" }, { "POSIX", "" },
		{ "", "" }, { "en", "en" },
	};
	char out[64];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		speech_catalogues(cases[i].locale, out, sizeof out);
		ASSERT_TEXT(out, cases[i].catalogues);
	}
}

static void starting_sets_language_and_utf8(void)
{
	static const struct { const char *given, *lang, *setting, *want; } cases[] = {
		{ NULL, "zh_CN.UTF-8", "auto", "zh_CN" },
		{ NULL, "zh_HK.UTF-8", "auto", "zh_HK:zh_TW" },
		{ "zh_TW:zh_CN", "en_GB.UTF-8", "auto", "zh_TW:zh_CN" },
		{ "zh_TW", "en_GB.UTF-8", "zh_CN", "zh_CN" },
		{ NULL, "C", "auto", "en" },
		{ NULL, "C", "zh_TW", "zh_TW" },
		{ NULL, "zh_CN.GB18030", "en", "en" },
	};
	struct paths p;

	paths_find(&p);
	unsetenv("LC_ALL");
	unsetenv("LC_MESSAGES");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		if (cases[i].given)
			setenv("LANGUAGE", cases[i].given, 1);
		else
			unsetenv("LANGUAGE");
		setenv("LANG", cases[i].lang, 1);
		speech_start(cases[i].setting, &p);
		ASSERT_TEXT(getenv("LANGUAGE"), cases[i].want);
		CU_ASSERT(strcmp(setlocale(LC_MESSAGES, NULL), "C") != 0);
		CU_ASSERT(MB_CUR_MAX >= 4);
	}
}

static void a_refusal_is_said_as_a_sentence(void)
{
	struct fault fault;
	char sentence[256];

	fault_set(&fault, FAULT_USAGE_UNKNOWN_COMMAND, "x", "guitai");
	setenv("LANGUAGE", "en", 1);
	speech_sentence(&fault, sentence, sizeof sentence);
	ASSERT_TEXT(sentence, "There is no command \"x\". guitai --help lists them all.");
}

static void lines_break_where_their_script_does(void)
{
	static const struct { const char *text; size_t cols; const char *lines; } cases[] = {
		{ "one two three", 7, "one two|three" },
		{ "one two three", 8, "one two|three" },
		{ "one two three", 13, "one two three" },
		{ "one  two", 4, "one|two" },
		{ "abcdefgh", 3, "abc|def|gh" },
		{ "设置文件的每一行", 8, "设置文件|的每一行" },
		{ "设置文件。每行", 8, "设置文|件。每行" },
		{ "读取 FILE 中的设置", 9, "读取 FILE|中的设置" },
		{ "读取FILE设置", 6, "读取|FILE设|置" },
		{ "（设置）行", 7, "（设|置）行" },
		{ "", 5, "" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *text = cases[i].text;
		char lines[128] = "";
		size_t used = 0;

		while (*text) {
			size_t n = fill_line(text, cases[i].cols);

			CU_ASSERT_FATAL(n > 0);
			used += (size_t)snprintf(lines + used, sizeof lines - used, "%s%.*s",
						 used ? "|" : "", (int)n, text);
			text += n + strspn(text + n, " ");
		}
		ASSERT_TEXT(lines, cases[i].lines);
	}
}

static const struct test tests[] = {
	{ "lines break where their script does", lines_break_where_their_script_does },
	{ "a command line is read", a_command_line_is_read },
	{ "help and version need no command", help_and_version_need_no_command },
	{ "wrong usage is refused by name", wrong_usage_is_refused_by_name },
	{ "the first wrong option is the one named", the_first_wrong_option_is_the_one_named },
	{ "the table of commands is sound", the_table_of_commands_is_sound },
	{ "a program below the build folder uses the source tree",
	  a_program_below_the_build_folder_uses_the_source_tree },
	{ "an installed program moves with its root", an_installed_program_moves_with_its_root },
	{ "the data directory comes from option or environment",
	  the_data_directory_comes_from_option_or_environment },
	{ "a locale names its catalogues", a_locale_names_its_catalogues },
	{ "starting sets language and UTF-8", starting_sets_language_and_utf8 },
	{ "a refusal is said as a sentence", a_refusal_is_said_as_a_sentence },
	{ "a line is split into words", a_line_is_split_into_words },
	{ "a bad line is refused by name", a_bad_line_is_refused_by_name },
	{ "the longest line is read and one byte more is not",
	  the_longest_line_is_read_and_one_byte_more_is_not },
	{ "a line finds its row", a_line_finds_its_row },
	{ "the table of batch words is sound", the_table_of_batch_words_is_sound },
	{ "settings become the rules of the counter", settings_become_the_rules_of_the_counter },
	{ "settings become the rules of scans", settings_become_the_rules_of_scans },
	{ "a pattern that means nothing is refused at its line",
	  a_pattern_that_means_nothing_is_refused_at_its_line },
};

SUITE_MAIN("app", tests)
