/* Tests of keys: their names, and the bytes terminals send for them. */
#include "suite.h"

#include <string.h>

#include "term/decode.h"
#include "term/memory.h"

static void append_name(char *out, size_t size, struct key key)
{
	char name[KEY_NAME_SIZE];

	key_name(key, name);
	if (*out)
		strncat(out, " ", size - strlen(out) - 1);
	strncat(out, name, size - strlen(out) - 1);
}

static void drain(struct decoder *d, int64_t now_us, char *out, size_t size)
{
	struct key key;

	while (decoder_next(d, now_us, &key))
		append_name(out, size, key);
}

static const struct { const char *bytes, *names; } spoken[] = {
	{ "123", "1 2 3" }, { "可口", "可 口" }, { " ", "Space" }, { "?", "?" },
	{ "\r", "Enter" }, { "\n", "Enter" }, { "\r\n", "Enter" }, { "\r\r", "Enter Enter" },
	{ "\n\r", "Enter Enter" }, { "\r\n\r\n", "Enter Enter" },
	{ "6901\r\n6902\r\n", "6 9 0 1 Enter 6 9 0 2 Enter" },
	{ "\t", "Tab" }, { "\x7F", "Backspace" }, { "\b", "Backspace" }, { "\033[Z", "Backtab" },
	{ "\x01", "C-a" }, { "\x0C", "C-l" }, { "\x1D", "C-]" }, { "\x1C", "C-\\" }, { "\x1F", "C-_" },
	{ "\033", "Esc" }, { "\033\033f", "Esc M-f" }, { "\033\033", "Esc Esc" }, { "\033\033\033", "Esc Esc Esc" },
	{ "\033q", "M-q" }, { "\033Q", "M-q" }, { "\0337", "M-7" }, { "\033\r", "M-Enter" },
	{ "\033可", "M-可" }, { "\033[", "M-[" }, { "\033O", "M-o" }, { "\033\x7F", "M-Backspace" },
	{ "\033[A\033[B\033[C\033[D", "Up Down Right Left" },
	{ "\033OA\033OB\033OC\033OD", "Up Down Right Left" },
	{ "\033[H\033[F\033OH\033OF\033[1~\033[4~\033[7~\033[8~", "Home End Home End Home End Home End" },
	{ "\033[2~\033[3~\033[5~\033[6~", "Insert Delete PgUp PgDn" },
	{ "\033OP\033OQ\033OR\033OS", "F1 F2 F3 F4" },
	{ "\033[11~\033[12~\033[13~\033[14~", "F1 F2 F3 F4" },
	{ "\033[[A\033[[B\033[[C\033[[D\033[[E", "F1 F2 F3 F4 F5" },
	{ "\033[15~\033[17~\033[18~\033[19~\033[20~\033[21~\033[23~\033[24~",
	  "F5 F6 F7 F8 F9 F10 F11 F12" },
	{ "\033[1;5A", "C-Up" }, { "\033[1;2P", "S-F1" }, { "\033[15;3~", "M-F5" },
	{ "\033\033[A", "M-Up" }, { "\033\033OP", "M-F1" }, { "\033O5A", "C-Up" },
	{ "\033Oq\033Or\033Oy\033On\033OM\033Oj", "1 2 9 . Enter *" },
	{ "\033[200~1\033[201~", "1" }, { "\033[I1", "1" }, { "\033[99~1", "1" },
	{ "\033[?1;2c1", "1" }, { "\033[12;12345678901234567890R1", "1" }, { "\033[12;40", "" },
	{ "\xE5\x8F", "\xEF\xBF\xBD \xEF\xBF\xBD" }, { "\xE5" "1", "\xEF\xBF\xBD 1" },
	{ "\xFF" "1", "\xEF\xBF\xBD 1" }, { "\xC2\x9B" "1", "\xEF\xBF\xBD 1" },
};

enum { SPOKEN = sizeof spoken / sizeof spoken[0] };

static void sequences_are_keys_when_they_come_at_once(void)
{
	static struct decoder d;

	for (size_t i = 0; i < SPOKEN; i++) {
		char got[256] = "";

		decoder_init(&d, true);
		decoder_feed(&d, spoken[i].bytes, strlen(spoken[i].bytes), 1000);
		drain(&d, 1000, got, sizeof got);
		drain(&d, 1000 + DECODE_WAIT_US, got, sizeof got);
		ASSERT_TEXT(got, spoken[i].names);
		ASSERT_NUMBER(decoder_wait_us(&d, 0), -1);
	}
}

static void sequences_are_keys_when_they_come_byte_by_byte(void)
{
	static struct decoder d;

	for (size_t i = 0; i < SPOKEN; i++) {
		char got[256] = "";
		int64_t now = 1000;

		decoder_init(&d, true);
		for (const char *p = spoken[i].bytes; *p; p++) {
			decoder_feed(&d, p, 1, now += 1000);
			drain(&d, now, got, sizeof got);
		}
		drain(&d, now + DECODE_WAIT_US, got, sizeof got);
		ASSERT_TEXT(got, spoken[i].names);
	}
}

static void esc_is_a_key_of_its_own_after_25_ms(void)
{
	static struct decoder d;
	char got[64] = "";
	struct key key;

	decoder_init(&d, true);
	decoder_feed(&d, "\033", 1, 0);
	CU_ASSERT_FALSE(decoder_next(&d, 24999, &key));
	ASSERT_NUMBER(decoder_wait_us(&d, 24000), 1000);
	decoder_next(&d, 25000, &key);
	ASSERT_NUMBER(key.code, KEY_ESC);
	decoder_feed(&d, "q", 1, 26000);
	drain(&d, 26000, got, sizeof got);
	ASSERT_TEXT(got, "q");
}

static void a_line_feed_long_after_a_return_is_an_enter(void)
{
	static struct decoder d;
	char got[64] = "";

	decoder_init(&d, true);
	decoder_feed(&d, "\r", 1, 0);
	drain(&d, 0, got, sizeof got);
	decoder_feed(&d, "\n", 1, 300000);
	drain(&d, 300000, got, sizeof got);
	ASSERT_TEXT(got, "Enter Enter");
}

static void the_terminals_own_sequences_come_first(void)
{
	static struct decoder d;
	char got[64] = "";

	decoder_init(&d, true);
	memcpy(d.own[KEY_F9].bytes, "\033[15~", 6);
	memcpy(d.own[KEY_F10].bytes, "\033x1\r", 5);
	decoder_feed(&d, "\033[15~\033x1\r\033x", 11, 0);
	drain(&d, 0, got, sizeof got);
	ASSERT_TEXT(got, "F9 F10");
	drain(&d, DECODE_WAIT_US, got, sizeof got);
	ASSERT_TEXT(got, "F9 F10 M-x");
}

static void an_ascii_terminal_types_no_hanzi(void)
{
	static struct decoder d;
	char got[64] = "";

	decoder_init(&d, false);
	decoder_feed(&d, "\xE5" "1", 2, 0);
	drain(&d, 0, got, sizeof got);
	ASSERT_TEXT(got, "\xEF\xBF\xBD 1");
}

static void a_flood_is_cut_and_never_overruns(void)
{
	static struct decoder d;
	static char flood[DECODE_BYTES * 2];
	struct key key;
	size_t n = 0;

	memset(flood, '7', sizeof flood);
	decoder_init(&d, true);
	for (int round = 0; round < 5; round++) {
		decoder_feed(&d, flood, 1000, 0);
		CU_ASSERT(decoder_next(&d, 0, &key));
	}
	decoder_feed(&d, flood, sizeof flood, 0);
	ASSERT_NUMBER(decoder_room(&d), 0);
	while (decoder_next(&d, 0, &key))
		n++;
	ASSERT_NUMBER(n, DECODE_BYTES);
}

static void any_bytes_at_all_are_read_to_their_end(void)
{
	static const unsigned char common[] = "\033\033\033[O;1~A\r\n\xE5\x8F\xAF\xFF\x1B";
	static struct decoder d;
	uint64_t seed = 1;

	decoder_init(&d, true);
	memcpy(d.own[KEY_F9].bytes, "\033[O~", 5);
	for (int64_t round = 0; round < 20000; round++) {
		unsigned char bytes[12];
		struct key key;

		for (size_t i = 0; i < sizeof bytes; i++) {
			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			bytes[i] = seed >> 63 ? (unsigned char)(seed >> 40)
					      : common[(seed >> 40) % (sizeof common - 1)];
		}
		decoder_feed(&d, bytes, sizeof bytes, round * 100000);
		while (decoder_next(&d, round * 100000 + DECODE_WAIT_US, &key))
			CU_ASSERT_FATAL(key.code != KEY_NONE && key.code < KEY_CODES);
		ASSERT_NUMBER(decoder_wait_us(&d, 0), -1);
	}
}

static void names_are_read_as_they_are_written(void)
{
	static const struct { const char *name, *again; } cases[] = {
		{ "F9", "F9" }, { "f12", "F12" }, { "M-q", "M-q" }, { "A-Q", "M-q" }, { "Alt-q", "M-q" },
		{ "C-l", "C-l" }, { "Ctrl-L", "C-l" }, { "enter", "Enter" }, { "Space", "Space" },
		{ "S-F3", "S-F3" }, { "C-M-x", "C-M-x" }, { "M-C-x", "C-M-x" }, { "-", "-" },
		{ "M--", "M--" }, { "M", "M" }, { "PgUp", "PgUp" }, { "可", "可" }, { "?", "?" },
		{ "", NULL }, { "F13", NULL }, { "M-", NULL }, { "ab", NULL }, { "\033", NULL },
		{ "S-a", NULL }, { "\xE5\x8F", NULL }, { "Hyper-x", NULL },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct key key = key_named(KEY_NONE);
		char name[KEY_NAME_SIZE];

		ASSERT_NUMBER(key_parse(cases[i].name, &key), cases[i].again != NULL);
		key_name(key, name);
		ASSERT_TEXT(name, cases[i].again ? cases[i].again : "None");
	}
}

static void a_script_types_on_a_terminal_in_memory(void)
{
	struct term *t = NULL;
	struct key key;
	char got[128] = "";

	ASSERT_NUMBER(term_memory_open(24, 80, &t), FAULT_NONE);
	CU_ASSERT(term_memory_type(t, " \"6 \\\"可\" Enter\nF9 M-q 7 "));
	CU_ASSERT_FALSE(term_memory_type(t, "1 2 Nonsense"));
	CU_ASSERT_FALSE(term_memory_type(t, "\"open"));
	term_memory_resize(t, 30, 100);
	while (term_next_key(t, &key))
		append_name(got, sizeof got, key);
	ASSERT_TEXT(got, "6 Space \" 可 Enter F9 M-q 7 Resize");
	ASSERT_NUMBER(term_rows(t), 30);
	ASSERT_NUMBER(term_fd(t), -1);
	term_free(t);
	term_free(NULL);
}

static const struct test tests[] = {
	{ "sequences are keys when they come at once", sequences_are_keys_when_they_come_at_once },
	{ "sequences are keys when they come byte by byte",
	  sequences_are_keys_when_they_come_byte_by_byte },
	{ "Esc is a key of its own after 25 ms", esc_is_a_key_of_its_own_after_25_ms },
	{ "a line feed long after a return is an Enter", a_line_feed_long_after_a_return_is_an_enter },
	{ "the terminal's own sequences come first", the_terminals_own_sequences_come_first },
	{ "an ASCII terminal types no hanzi", an_ascii_terminal_types_no_hanzi },
	{ "a flood is cut and never overruns", a_flood_is_cut_and_never_overruns },
	{ "any bytes at all are read to their end", any_bytes_at_all_are_read_to_their_end },
	{ "names are read as they are written", names_are_read_as_they_are_written },
	{ "a script types on a terminal in memory", a_script_types_on_a_terminal_in_memory },
};

SUITE_MAIN("keys", tests)
