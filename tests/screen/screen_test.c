/* Tests of the parts of the screens that need no till: bursts, keys, times. */
#include <stdlib.h>
#include <string.h>

#include "screen/actions.h"
#include "screen/burst.h"
#include "screen/latency.h"
#include "suite.h"

enum { GAP_MS = 100 };

/* Types a text and Enter with so many milliseconds between the keys. */
static bool is_scan(const char *text, int64_t gap_ms, enum field_kind kind, const struct settings *s)
{
	struct burst b = { .len = 0 };
	struct key end = key_named(KEY_ENTER);
	int64_t now = 1000000;
	bool scan;

	for (const char *p = text; *p; p++) {
		struct key key = *p < ' ' ? (struct key){ KEY_TEXT, KEY_CTRL, (uint32_t)*p + '`', 0 }
					  : key_text((unsigned char)*p);

		key.at_us = now += gap_ms * 1000;
		burst_add(&b, key, s->scan_gap_ms);
	}
	end.at_us = now + gap_ms * 1000;
	scan = burst_is_scan(&b, end, kind, s);
	burst_forget(&b);
	return scan;
}

static void a_scan_is_told_from_typing(void)
{
	static const struct {
		const char *text;
		int64_t gap_ms;
		enum field_kind kind;
		bool scan;
	} cases[] = {
		/* on the register's line */
		{ "6901234567892", 1, FIELD_CODE, true },
		{ "6901234567892", 60, FIELD_CODE, true },
		{ "6901234567892", 120, FIELD_CODE, false },
		{ "69012345678921234567890", 90, FIELD_CODE, false }, /* takes too long */
		{ "123", 1, FIELD_CODE, false },
		{ "3*6901234567892", 1, FIELD_CODE, false },
		{ "9.90/1001", 1, FIELD_CODE, false },
		{ "-6901234567892", 1, FIELD_CODE, false },
		/* an amount or a quantity */
		{ "6901234567892", 60, FIELD_NUMBER, true },
		{ "12345678", 60, FIELD_NUMBER, true },
		{ "1000", 60, FIELD_NUMBER, false },
		{ "1000", 1, FIELD_NUMBER, true },
		{ "1000.00", 1, FIELD_NUMBER, false },
		{ "12.5%", 1, FIELD_NUMBER, false },
		{ "AB-12", 60, FIELD_NUMBER, true },
		/* a PIN */
		{ "123456789012", 1, FIELD_PIN, false },
		{ "6901234567892", 1, FIELD_PIN, true },
		{ "anna", 1, FIELD_PIN, false },
		{ "https://x.cn/1", 1, FIELD_PIN, true },
		/* words */
		{ "kkkl", 1, FIELD_SEARCH, false },
		{ "6901234567892", 1, FIELD_SEARCH, true },
		{ "ABC-1234", 1, FIELD_SEARCH, true },
		{ "cola 330", 1, FIELD_SEARCH, false },
		{ "red coat", 1, FIELD_WORDS, false },
		{ "69012345", 1, FIELD_WORDS, true },
		{ "6901", 1, FIELD_NONE, true },
	};
	struct settings s;

	settings_init(&s);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (is_scan(cases[i].text, cases[i].gap_ms, cases[i].kind, &s) != cases[i].scan)
			ASSERT_TEXT(cases[i].text, cases[i].scan ? "a scan" : "typed");
	settings_release(&s);
}

static void a_prefix_or_suffix_decides_alone(void)
{
	static const char conf[] = "scan_prefix = \"\\x02\"\nscan_suffix = \"~\"\n";
	struct settings s;

	settings_init(&s);
	ASSERT_NUMBER(settings_read_text(&s, "conf", conf, strlen(conf), NULL), FAULT_NONE);
	CU_ASSERT_TRUE(is_scan("\x02""12~", 1, FIELD_PIN, &s));
	CU_ASSERT_TRUE(is_scan("\x02""6901234567892~", 60, FIELD_NUMBER, &s));
	CU_ASSERT_FALSE(is_scan("6901234567892~", 1, FIELD_CODE, &s));
	CU_ASSERT_FALSE(is_scan("\x02""6901234567892", 1, FIELD_CODE, &s));
	settings_release(&s);
}

static void a_pause_begins_another_burst(void)
{
	struct burst b = { .len = 0 };
	struct key key = key_text('1');

	key.at_us = 1000000;
	CU_ASSERT_TRUE(burst_add(&b, key, GAP_MS));
	key.at_us += 100000;
	CU_ASSERT_FALSE(burst_add(&b, key, GAP_MS));
	key.at_us += 100001;
	CU_ASSERT_TRUE(burst_add(&b, key, GAP_MS));
	ASSERT_NUMBER(b.len, 1);
}

static void what_is_too_long_is_counted(void)
{
	struct burst b = { .len = 0 };

	for (int i = 0; i < 2000; i++)
		burst_add(&b, key_text('7'), GAP_MS);
	ASSERT_NUMBER(b.len, 2000);
	ASSERT_NUMBER(strlen(b.bytes), BURST_BYTES - 1);
}

static enum action action_at(const struct action_keys *keys, enum screen_id screen, const char *name)
{
	struct key key;

	return key_parse(name, &key) ? action_of_key(keys, screen, key) : ACTION_NONE;
}

static void no_key_has_two_meanings_on_a_screen(void)
{
	struct action_keys keys;
	struct settings s;

	settings_init(&s);
	ASSERT_NUMBER(action_keys_read(&keys, &s, NULL), FAULT_NONE);
	for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
		CU_ASSERT_TRUE(keys.of[a].n > 0);
		for (enum screen_id on = 0; on < SCREEN_COUNT; on++)
			for (size_t i = 0; i < keys.of[a].n && (action_row(a)->screens & (1u << on)); i++)
				if (action_of_key(&keys, on, keys.of[a].keys[i]) != a)
					ASSERT_TEXT(action_row(a)->id, "the only one with its key");
	}
	settings_release(&s);
}

static void settings_give_other_keys(void)
{
	static const char conf[] = "key {\n cash = \"F9 ^P\"\n help = \"F10\"\n}\n";
	struct action_keys keys;
	struct settings s;

	settings_init(&s);
	ASSERT_NUMBER(settings_read_text(&s, "conf", conf, strlen(conf), NULL), FAULT_NONE);
	ASSERT_NUMBER(action_keys_read(&keys, &s, NULL), FAULT_NONE);
	ASSERT_NUMBER(action_at(&keys, SCREEN_REGISTER, "F9"), ACTION_cash);
	ASSERT_NUMBER(action_at(&keys, SCREEN_REGISTER, "C-p"), ACTION_cash);
	ASSERT_NUMBER(action_at(&keys, SCREEN_REGISTER, "F10"), ACTION_help);
	ASSERT_NUMBER(action_at(&keys, SCREEN_REGISTER, "M-c"), ACTION_NONE);
	ASSERT_NUMBER(action_at(&keys, SCREEN_TENDER, "F9"), ACTION_note_8);
	settings_release(&s);
}

static void keys_that_mean_nothing_are_refused(void)
{
	static const char *const confs[] = {
		"key {\n dance = \"F9\"\n}\n",
		"key {\n cash = \"F99\"\n}\n",
		"key {\n cash = \"a b c d e f g\"\n}\n",
	};

	for (size_t i = 0; i < sizeof confs / sizeof confs[0]; i++) {
		struct action_keys keys;
		struct settings s;
		struct fault fault;

		settings_init(&s);
		ASSERT_NUMBER(settings_read_text(&s, "conf", confs[i], strlen(confs[i]), NULL), FAULT_NONE);
		ASSERT_NUMBER(action_keys_read(&keys, &s, &fault), FAULT_SETTING_REFUSED);
		CU_ASSERT_PTR_NOT_NULL(strstr(fault.arg[0], "conf:"));
		settings_release(&s);
	}
}

static void keys_are_named_as_people_do(void)
{
	static const struct { const char *name, *label; } cases[] = {
		{ "F2", "F2" }, { "M-q", "Alt-Q" }, { "C-l", "^L" }, { "S-F3", "Shift-F3" },
		{ "?", "?" }, { "a", "a" }, { "M-1", "Alt-1" }, { "Esc", "Esc" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char label[KEY_LABEL_SIZE];
		struct key key;

		CU_ASSERT_TRUE_FATAL(key_parse(cases[i].name, &key));
		action_key_label(key, label);
		ASSERT_TEXT(label, cases[i].label);
	}
}

static void percentiles_are_of_the_newest_times(void)
{
	struct latency l = { .n = 0 };

	ASSERT_NUMBER(latency_percentile(&l, 99), 0);
	for (int i = 0; i < LATENCY_KEPT; i++)
		latency_note(&l, 1000000);
	for (int i = 1; i <= LATENCY_KEPT; i++)
		latency_note(&l, i);
	latency_note(&l, -5);
	ASSERT_NUMBER(latency_percentile(&l, 0), 1);
	ASSERT_NUMBER(latency_percentile(&l, 50), 256);
	ASSERT_NUMBER(latency_percentile(&l, 100), 512);
}

static const struct test tests[] = {
	{ "a scan is told from typing", a_scan_is_told_from_typing },
	{ "a prefix or suffix decides alone", a_prefix_or_suffix_decides_alone },
	{ "a pause begins another burst", a_pause_begins_another_burst },
	{ "what is too long is counted", what_is_too_long_is_counted },
	{ "no key has two meanings on a screen", no_key_has_two_meanings_on_a_screen },
	{ "settings give other keys", settings_give_other_keys },
	{ "keys that mean nothing are refused", keys_that_mean_nothing_are_refused },
	{ "keys are named as people do", keys_are_named_as_people_do },
	{ "percentiles are of the newest times", percentiles_are_of_the_newest_times },
};

SUITE_MAIN("screen", tests)
