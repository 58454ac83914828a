/* Tests of the real terminal: a pty, its modes, its keys, its size, and what
 * never reaches it. */
#include "config.h"

#include "suite.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "screen.h"
#include "term/term.h"

enum { PATIENCE_MS = 10000 };

struct seat {
	struct screen screen;
	struct term *term;
	struct grid grid;
};

static void sit_down(struct seat *s, const char *type, int rows, int cols)
{
	struct term_options options = TERM_OPTIONS_INIT;
	struct fault fault;

	memset(s, 0, sizeof *s);
	s->grid = (struct grid)GRID_INIT;
	screen_open(&s->screen, rows, cols, true);
	options.fd = s->screen.slave;
	options.type = type;
	options.charset = TERM_CHARSET_UTF8;
	CU_ASSERT_FATAL(term_open(&options, &s->term, &fault) == FAULT_NONE);
	grid_resize(&s->grid, term_rows(s->term), term_cols(s->term));
}

static void stand_up(struct seat *s)
{
	term_free(s->term);
	grid_release(&s->grid);
	screen_close(&s->screen);
}

/* Paints and lets the emulator draw; returns the bytes it took. */
static uint64_t show(struct seat *s)
{
	uint64_t before = s->screen.received;

	term_paint(s->term, &s->grid);
	CU_ASSERT_FATAL(screen_pump(&s->screen, term_bytes_sent(s->term)));
	return s->screen.received - before;
}

static bool shows(struct seat *s)
{
	struct buffer want = BUFFER_INIT(1 << 20), got = BUFFER_INIT(1 << 20);
	bool same;

	grid_dump(&s->grid, &want);
	screen_dump(&s->screen, &got);
	same = strcmp(buffer_text(&got), buffer_text(&want)) == 0;
	buffer_release(&want);
	buffer_release(&got);
	return same;
}

static void assert_shown(struct seat *s)
{
	struct buffer want = BUFFER_INIT(1 << 20), got = BUFFER_INIT(1 << 20);

	grid_dump(&s->grid, &want);
	screen_dump(&s->screen, &got);
	ASSERT_TEXT(buffer_text(&got), buffer_text(&want));
	buffer_release(&want);
	buffer_release(&got);
}

static bool wait_key(struct seat *s, struct key *key)
{
	while (!term_next_key(s->term, key)) {
		struct pollfd p = { term_fd(s->term), POLLIN, 0 };
		int wait = term_wait_ms(s->term);

		if (poll(&p, 1, wait < 0 ? PATIENCE_MS : wait) == 0 && wait < 0)
			return false;
	}
	return true;
}

/* Reads `n` keys and names them. */
static void read_names(struct seat *s, int n, char *out, size_t size)
{
	out[0] = '\0';
	while (n--) {
		char name[KEY_NAME_SIZE];
		struct key key;

		if (!wait_key(s, &key))
			return;
		key_name(key, name);
		snprintf(out + strlen(out), size - strlen(out), "%s%s", *out ? " " : "", name);
	}
}

static void a_picture_with_hanzi_is_shown_as_drawn(void)
{
	static const char *const types[] = { "vt100", "xterm-256color", "linux" };

	for (size_t i = 0; i < 3; i++) {
		struct seat s;

		sit_down(&s, types[i], 24, 80);
		grid_put_text(&s.grid, 0, 0, ATTR_BOLD, "柜台 Guitai   012 星光店");
		grid_hline(&s.grid, 1, 0, 80, 0);
		grid_put_text(&s.grid, 3, 5, 0, "康师傅 红烧牛肉面");
		grid_put_field(&s.grid, 3, 70, 10, ALIGN_RIGHT, 0, "4.26");
		grid_put_text(&s.grid, 23, 76, ATTR_REVERSE, "可乐");
		grid_place_cursor(&s.grid, 22, 3);
		CU_ASSERT(show(&s) < 700);
		assert_shown(&s);
		ASSERT_NUMBER(screen_cell(&s.screen, 3, 5).width, 2);
		ASSERT_NUMBER(screen_cell(&s.screen, 3, 76).chars[0], '4');
		CU_ASSERT(screen_cell(&s.screen, 23, 78).attrs.reverse);
		ASSERT_NUMBER(show(&s), 0);
		grid_put_text(&s.grid, 22, 3, 0, "6");
		grid_place_cursor(&s.grid, 22, 4);
		ASSERT_NUMBER(show(&s), 1);
		stand_up(&s);
	}
}

static void keys_come_through_the_line_discipline(void)
{
	static const struct { const char *bytes; int n; const char *names; } cases[] = {
		{ "6901\r\n", 5, "6 9 0 1 Enter" }, { "7\n", 2, "7 Enter" },
		{ "\003\032\034\023\021\026", 6, "C-c C-z C-\\ C-s C-q C-v" },
		{ "\035" "0100\r", 6, "C-] 0 1 0 0 Enter" },
		{ "\033q\033\033[15~\033OP", 3, "M-q M-F5 F1" }, { "\033[24~可\x7F", 3, "F12 可 Backspace" },
		{ "\033", 1, "Esc" }, { "1", 1, "1" },
	};
	struct seat s;

	sit_down(&s, "xterm-256color", 24, 80);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char got[256];

		screen_type(&s.screen, cases[i].bytes);
		read_names(&s, cases[i].n, got, sizeof got);
		ASSERT_TEXT(got, cases[i].names);
	}
	CU_ASSERT_FALSE(term_next_key(s.term, &(struct key){ 0 }));
	stand_up(&s);
}

static void hostile_text_never_reaches_the_terminal(void)
{
	static const char *const hostile[] = {
		"\033[2J", "\033]0;title\007", "\033P1$r\033\\", "\xC2\x9B" "2J", "\x9B" "2J", "\033c",
		"\xE2\x80\xAE" "321", "\xE2\x81\xA6", "\x0E\x0F", "a\r\nb", "\xC0\x9B", "\xE0\x80\x9B",
		"\xF3\xA0\x81\x81", "\x7F\b\b\b", "\xEF\xBB\xBF", "\xE2\x80\xA8",
	};
	static const char *const never[] = {
		"\033]", "\033P", "\033c", "\007", "\x0E", "\x0F", "\x9B", "\xC2\x9B", "\xE2\x80\xAE",
		"\xE2\x81\xA6", "\xC0", "\xE0\x80", "\xF3\xA0", "\x7F", "\b\b", "\xEF\xBB\xBF", "\xE2\x80\xA8",
		"\033[2J",
	};
	struct seat s;

	sit_down(&s, "xterm-256color", 24, 80);
	show(&s);
	screen_forget(&s.screen);
	for (int i = 0; i < 16; i++) {
		grid_put_text(&s.grid, i, 0, 0, hostile[i]);
		grid_put_field(&s.grid, i, 40, 20, ALIGN_LEFT, ATTR_BOLD, hostile[i]);
	}
	show(&s);
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
		CU_ASSERT(memmem(s.screen.log.data, s.screen.log.len, never[i], strlen(never[i])) == NULL);
	assert_shown(&s);
	stand_up(&s);
}

static void the_terminal_is_given_back_as_it_was(void)
{
	struct termios before, during, after;
	struct seat s;

	sit_down(&s, "xterm-256color", 24, 80);
	tcgetattr(s.screen.slave, &during);
	CU_ASSERT_FALSE(during.c_lflag & (ECHO | ICANON | ISIG));
	CU_ASSERT_FALSE(during.c_iflag & (ICRNL | IXON));
	ASSERT_NUMBER(fcntl(s.screen.slave, F_GETFL) & O_NONBLOCK, 0);
	grid_hide_cursor(&s.grid);
	show(&s);
	CU_ASSERT_FALSE(s.screen.cursor_visible);
	term_suspend(s.term);
	tcgetattr(s.screen.slave, &before);
	CU_ASSERT(before.c_lflag & ECHO);
	term_paint(s.term, &s.grid);
	ASSERT_NUMBER(term_resume(s.term, NULL), FAULT_NONE);
	tcgetattr(s.screen.slave, &after);
	CU_ASSERT_FALSE(after.c_lflag & ECHO);
	screen_forget(&s.screen);
	term_restore_now();
	tcgetattr(s.screen.slave, &after);
	CU_ASSERT(memcmp(&after.c_lflag, &before.c_lflag, sizeof after.c_lflag) == 0);
	stand_up(&s);
}

static void a_slow_terminal_gets_the_newest_picture(void)
{
	struct seat s;
	char text[16];

	sit_down(&s, "xterm-256color", 24, 80);
	/* Nobody reads the pty: it fills up, and painting goes on not blocking. */
	for (int i = 0; i < 400; i++) {
		snprintf(text, sizeof text, "%04d", i);
		for (int row = 0; row < 24; row++)
			for (int col = 0; col < 80; col += 4)
				grid_put_text(&s.grid, row, col, i % 2 ? ATTR_BOLD : 0, text);
		term_paint(s.term, &s.grid);
	}
	while (!shows(&s)) {
		struct pollfd p = { term_fd(s.term), POLLIN, 0 };
		struct key key;

		CU_ASSERT_FATAL(screen_pump(&s.screen, term_bytes_sent(s.term)));
		if (shows(&s))
			break;
		CU_ASSERT_FATAL(poll(&p, 1, PATIENCE_MS) == 1);
		term_next_key(s.term, &key);
		term_paint(s.term, &s.grid);
	}
	CU_ASSERT(term_bytes_sent(s.term) < 200 * 1920);
	stand_up(&s);
}

static void a_hangup_is_told_once(void)
{
	struct seat s;
	struct key key = { 0 };

	sit_down(&s, "xterm-256color", 24, 80);
	close(s.screen.master);
	s.screen.master = -1;
	CU_ASSERT(wait_key(&s, &key));
	ASSERT_NUMBER(key.code, KEY_HANGUP);
	CU_ASSERT_FALSE(term_next_key(s.term, &key));
	ASSERT_NUMBER(term_wait_ms(s.term), -1);
	term_paint(s.term, &s.grid);
	stand_up(&s);
}

static void the_bell_rings(void)
{
	struct seat s;

	sit_down(&s, "vt100", 24, 80);
	term_bell(s.term);
	CU_ASSERT(screen_pump(&s.screen, term_bytes_sent(s.term)));
	ASSERT_NUMBER(s.screen.bells, 1);
	stand_up(&s);
}

/* The child of the next test: its size in a corner of the screen, until 'q'. */
static void show_size_until_q(void)
{
	struct term_options options = TERM_OPTIONS_INIT;
	struct grid grid = GRID_INIT;
	struct term *term = NULL;
	struct key key = { 0 };

	options.type = "xterm-256color";
	if (term_open(&options, &term, NULL) != FAULT_NONE)
		_exit(2);
	while (!key_is(key, 'q')) {
		struct pollfd p = { term_fd(term), POLLIN, 0 };
		char text[32];

		snprintf(text, sizeof text, "%dx%d", term_rows(term), term_cols(term));
		grid_resize(&grid, term_rows(term), term_cols(term));
		grid_put_text(&grid, term_rows(term) - 1, term_cols(term) - 8, 0, text);
		term_paint(term, &grid);
		poll(&p, 1, term_wait_ms(term));
		while (!key_is(key, 'q') && term_next_key(term, &key))
			;
	}
	grid_release(&grid);
	term_free(term);
	_exit(0);
}

/* Draws what comes until `text` stands in the last row. */
static bool wait_corner(struct screen *s, const char *text)
{
	for (;;) {
		struct buffer b = BUFFER_INIT(1 << 16);
		bool found;

		screen_dump(s, &b);
		found = strstr(buffer_text(&b), text) != NULL;
		buffer_release(&b);
		if (found)
			return true;
		if (!screen_pump(s, s->received + 1) && s->received == 0)
			return false;
	}
}

static void a_change_of_size_reaches_the_program(void)
{
	struct winsize size = { 24, 80, 0, 0 };
	struct screen s;
	int master, status = -1;
	pid_t child;

	screen_open(&s, 24, 80, false);
	child = forkpty(&master, NULL, NULL, &size);
	CU_ASSERT_FATAL(child >= 0);
	if (child == 0)
		show_size_until_q();
	s.master = master;
	CU_ASSERT(wait_corner(&s, "24x80"));
	screen_resize(&s, 30, 100);
	CU_ASSERT(wait_corner(&s, "30x100"));
	screen_resize(&s, 20, 60);
	CU_ASSERT(wait_corner(&s, "20x60"));
	screen_type(&s, "q");
	waitpid(child, &status, 0);
	ASSERT_NUMBER(status, 0);
	screen_close(&s);
}

static void what_is_no_terminal_is_refused(void)
{
	struct term_options options = TERM_OPTIONS_INIT;
	struct term *term = NULL;
	struct fault fault;
	int pipe_fds[2];

	CU_ASSERT_FATAL(pipe(pipe_fds) == 0);
	options.fd = pipe_fds[0];
	options.type = "xterm";
	ASSERT_NUMBER(term_open(&options, &term, &fault), FAULT_TERMINAL_MISSING);
	CU_ASSERT(term == NULL);
	close(pipe_fds[0]);
	close(pipe_fds[1]);
}

static void the_locale_says_whether_utf8_is_understood(void)
{
	static const struct { const char *locale, *type; bool utf8; } cases[] = {
		{ "zh_CN.UTF-8", "vt100", true }, { "C.utf8", "xterm", true },
		{ "en_US.utf8@x", "xterm", true }, { "zh_CN.GB18030", "xterm", false },
		{ "en_US.ISO-8859-1", "xterm", false }, { "zh_CN", "xterm", false },
		{ NULL, "xterm-256color", true }, { "", "linux", true }, { "C", "tmux", true },
		{ "POSIX", "vt220", false }, { NULL, "vt100", false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ASSERT_NUMBER(term_charset_of(cases[i].locale, cases[i].type), cases[i].utf8);
}

static const struct test tests[] = {
	{ "a picture with hanzi is shown as drawn", a_picture_with_hanzi_is_shown_as_drawn },
	{ "keys come through the line discipline", keys_come_through_the_line_discipline },
	{ "hostile text never reaches the terminal", hostile_text_never_reaches_the_terminal },
	{ "the terminal is given back as it was", the_terminal_is_given_back_as_it_was },
	{ "a slow terminal gets the newest picture", a_slow_terminal_gets_the_newest_picture },
	{ "a hangup is told once", a_hangup_is_told_once },
	{ "the bell rings", the_bell_rings },
	{ "a change of size reaches the program", a_change_of_size_reaches_the_program },
	{ "what is no terminal is refused", what_is_no_terminal_is_refused },
	{ "the locale says whether UTF-8 is understood", the_locale_says_whether_utf8_is_understood },
};

SUITE_MAIN("terminal", tests)
