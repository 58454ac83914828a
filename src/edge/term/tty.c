/* The backend that is a real terminal: its modes, its bytes, its size.
 *
 * The terminal is opened anew, so that reading and writing without blocking
 * changes nothing for the shell that shares the descriptor. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <libintl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "term/backend.h"
#include "term/decode.h"
#include "term/paint.h"

#define _(text) gettext(text)

enum { ROWS_UNKNOWN = 24, COLS_UNKNOWN = 80, LEAVE_BYTES = 64 };

struct tty {
	struct term term;
	int fd, epoll_fd, winch[2]; /* our own descriptor; the pipe SIGWINCH writes to */
	int shared_flags;           /* of a descriptor that could not be opened anew; -1 */
	bool hung_up, hangup_told, resized, taken, wants_out, flow_control;
	struct terminfo info;
	struct decoder decoder;
	struct painter painter;
	struct termios before;
	struct sigaction winch_before;
	size_t sent; /* bytes of painter.out already sent */
};

/* What a signal handler may need; set while a terminal is taken. */
static struct {
	volatile sig_atomic_t fd, winch_fd;
	struct termios before;
	char leave[LEAVE_BYTES];
	size_t leave_len;
} now = { .fd = -1, .winch_fd = -1 };

static int64_t clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void on_winch(int signal_number)
{
	int saved = errno;

	(void)signal_number;
	if (now.winch_fd >= 0)
		(void)!write(now.winch_fd, "", 1);
	errno = saved;
}

void term_restore_now(void)
{
	if (now.fd < 0)
		return;
	(void)!write(now.fd, now.leave, now.leave_len);
	tcsetattr(now.fd, TCSANOW, &now.before);
	now.fd = -1;
}

/* ---- output ---------------------------------------------------------------- */

static void watch_output(struct tty *t, bool wanted)
{
	struct epoll_event e = { .events = EPOLLIN | (wanted ? (unsigned)EPOLLOUT : 0u) };

	if (t->wants_out != wanted && !t->hung_up)
		epoll_ctl(t->epoll_fd, EPOLL_CTL_MOD, t->fd, &e);
	t->wants_out = wanted;
}

/* Sends what is waiting; true when all of it is gone. */
static bool flush(struct tty *t)
{
	struct buffer *out = &t->painter.out;

	while (t->sent < out->len && !t->hung_up) {
		ssize_t n = write(t->fd, out->data + t->sent, out->len - t->sent);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN)
			t->hung_up = true;
		if (n < 0)
			break;
		t->sent += (size_t)n;
		t->term.bytes_sent += (uint64_t)n;
	}
	if (t->sent < out->len && !t->hung_up) {
		watch_output(t, true);
		return false;
	}
	buffer_reset(out);
	t->sent = 0;
	watch_output(t, false);
	return true;
}

static void tty_paint(struct term *term, const struct grid *grid)
{
	struct tty *t = (struct tty *)term;

	if (!t->taken || !flush(t))
		return;
	if (painter_paint(&t->painter, grid) != FAULT_NONE || t->painter.out.failed) {
		buffer_reset(&t->painter.out);
		painter_forget(&t->painter);
		return;
	}
	flush(t);
}

static void tty_redraw(struct term *term)
{
	painter_forget(&((struct tty *)term)->painter);
}

static void tty_bell(struct term *term)
{
	struct tty *t = (struct tty *)term;

	terminfo_add(&t->info, &t->painter.out, CAP_BELL, 0, 0);
	flush(t);
}

/* ---- input ----------------------------------------------------------------- */

static void learn_size(struct tty *t)
{
	struct winsize size = { 0, 0, 0, 0 };

	ioctl(t->fd, TIOCGWINSZ, &size);
	t->term.rows = size.ws_row ? size.ws_row : t->info.rows ? t->info.rows : ROWS_UNKNOWN;
	t->term.cols = size.ws_col ? size.ws_col : t->info.cols ? t->info.cols : COLS_UNKNOWN;
}

static void read_resizes(struct tty *t)
{
	char bytes[64];
	bool any = false;
	int rows = t->term.rows, cols = t->term.cols;

	while (read(t->winch[0], bytes, sizeof bytes) > 0)
		any = true;
	if (!any)
		return;
	learn_size(t);
	t->resized = t->resized || rows != t->term.rows || cols != t->term.cols;
}

static void read_bytes(struct tty *t)
{
	unsigned char bytes[512];

	while (!t->hung_up && decoder_room(&t->decoder) >= sizeof bytes) {
		ssize_t n = read(t->fd, bytes, sizeof bytes);

		if (n > 0)
			decoder_feed(&t->decoder, bytes, (size_t)n, clock_us());
		else if (n < 0 && errno == EINTR)
			continue;
		else if (n < 0 && errno == EAGAIN)
			break;
		else
			t->hung_up = true;
		if (n > 0 && (size_t)n < sizeof bytes)
			break;
	}
	if (t->hung_up)
		epoll_ctl(t->epoll_fd, EPOLL_CTL_DEL, t->fd, NULL);
}

static bool tty_next_key(struct term *term, struct key *ret_key)
{
	struct tty *t = (struct tty *)term;

	if (decoder_next(&t->decoder, clock_us(), ret_key))
		return true;
	if (t->wants_out)
		flush(t);
	read_resizes(t);
	if (t->resized) {
		t->resized = false;
		*ret_key = key_named(KEY_RESIZE);
		ret_key->at_us = clock_us();
		return true;
	}
	read_bytes(t);
	if (decoder_next(&t->decoder, clock_us(), ret_key))
		return true;
	if (!t->hung_up || t->hangup_told)
		return false;
	t->hangup_told = true;
	*ret_key = key_named(KEY_HANGUP);
	return true;
}

static int tty_fd(const struct term *term)
{
	return ((const struct tty *)term)->epoll_fd;
}

static int tty_wait_ms(const struct term *term)
{
	const struct tty *t = (const struct tty *)term;
	int64_t us;

	if (t->hung_up && !t->hangup_told)
		return 0;
	us = decoder_wait_us(&t->decoder, clock_us());
	return us < 0 ? -1 : (int)((us + 999) / 1000);
}

/* ---- taking the terminal and giving it back --------------------------------- */

static void raw_mode(const struct termios *before, bool flow_control, struct termios *ret_raw)
{
	*ret_raw = *before;
	ret_raw->c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | IGNCR | INLCR | INPCK | ISTRIP | PARMRK);
	if (!flow_control)
		ret_raw->c_iflag &= ~(tcflag_t)(IXON | IXOFF);
	ret_raw->c_oflag &= ~(tcflag_t)OPOST;
	ret_raw->c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
	ret_raw->c_cflag = (ret_raw->c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8;
	ret_raw->c_cc[VMIN] = 1;
	ret_raw->c_cc[VTIME] = 0;
}

/* What gives the screen back: rendered once, ready for a signal handler. */
static void prepare_leave(struct tty *t)
{
	struct buffer b = BUFFER_INIT(LEAVE_BYTES);

	terminfo_add(&t->info, &b, CAP_ATTR_OFF, 0, 0);
	terminfo_add(&t->info, &b, CAP_SHOW_CURSOR, 0, 0);
	if (t->info.caps[CAP_LEAVE][0]) {
		terminfo_add(&t->info, &b, CAP_LEAVE, 0, 0);
	} else {
		terminfo_add(&t->info, &b, CAP_MOVE, t->term.rows - 1, 0);
		buffer_add_text(&b, "\r\n");
	}
	memcpy(now.leave, buffer_text(&b), b.len);
	now.leave_len = b.len;
	buffer_release(&b);
}

static bool take(struct tty *t)
{
	struct sigaction winch = { .sa_handler = on_winch, .sa_flags = SA_RESTART };
	struct termios raw;

	if (tcgetattr(t->fd, &t->before) != 0)
		return false;
	raw_mode(&t->before, t->flow_control, &raw);
	if (tcsetattr(t->fd, TCSANOW, &raw) != 0)
		return false;
	if (t->shared_flags >= 0)
		fcntl(t->fd, F_SETFL, t->shared_flags | O_NONBLOCK);
	learn_size(t);
	prepare_leave(t);
	now.before = t->before;
	now.winch_fd = t->winch[1];
	now.fd = t->fd;
	sigemptyset(&winch.sa_mask);
	sigaction(SIGWINCH, &winch, &t->winch_before);
	painter_forget(&t->painter);
	terminfo_add(&t->info, &t->painter.out, CAP_ENTER, 0, 0);
	t->taken = true;
	return true;
}

static void give_back(struct tty *t)
{
	if (!t->taken)
		return;
	t->taken = false;
	sigaction(SIGWINCH, &t->winch_before, NULL);
	now.winch_fd = -1;
	buffer_reset(&t->painter.out);
	t->sent = 0;
	term_restore_now();
	if (t->shared_flags >= 0)
		fcntl(t->fd, F_SETFL, t->shared_flags);
}

static void tty_suspend(struct term *term)
{
	give_back((struct tty *)term);
}

static enum fault_code refuse(const char *type, const char *why, struct fault *fault)
{
	return fault_set(fault, FAULT_TERMINAL_MISSING, type ? type : "TERM", why);
}

static enum fault_code tty_resume(struct term *term, struct fault *fault)
{
	struct tty *t = (struct tty *)term;
	int rows = term->rows, cols = term->cols;

	if (t->taken)
		return FAULT_NONE;
	if (!take(t))
		return refuse(NULL, strerror(errno), fault);
	t->resized = rows != term->rows || cols != term->cols;
	return FAULT_NONE;
}

static void tty_free(struct term *term)
{
	struct tty *t = (struct tty *)term;

	give_back(t);
	painter_release(&t->painter);
	for (int i = 0; i < 2; i++)
		if (t->winch[i] >= 0)
			close(t->winch[i]);
	if (t->epoll_fd >= 0)
		close(t->epoll_fd);
	if (t->fd >= 0)
		close(t->fd);
	free(t);
}

static const struct term_backend backend = {
	.name = "tty",
	.free = tty_free,
	.fd = tty_fd,
	.wait_ms = tty_wait_ms,
	.next_key = tty_next_key,
	.paint = tty_paint,
	.redraw = tty_redraw,
	.bell = tty_bell,
	.suspend = tty_suspend,
	.resume = tty_resume,
};

/* A descriptor of our own for the terminal that fd is; else fd itself. */
static void open_anew(struct tty *t, int fd)
{
	char path[PATH_MAX];

	t->shared_flags = -1;
	if (ttyname_r(fd, path, sizeof path) == 0)
		t->fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (t->fd >= 0)
		return;
	t->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	t->shared_flags = t->fd < 0 ? -1 : fcntl(t->fd, F_GETFL);
}

static bool watch(struct tty *t)
{
	struct epoll_event in = { .events = EPOLLIN };

	t->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	return t->epoll_fd >= 0 && pipe2(t->winch, O_NONBLOCK | O_CLOEXEC) == 0 &&
	       epoll_ctl(t->epoll_fd, EPOLL_CTL_ADD, t->fd, &in) == 0 &&
	       epoll_ctl(t->epoll_fd, EPOLL_CTL_ADD, t->winch[0], &in) == 0;
}

static bool wants_utf8(enum term_charset charset, const char *type)
{
	static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	const char *locale = NULL;

	if (charset != TERM_CHARSET_AUTO)
		return charset == TERM_CHARSET_UTF8;
	for (size_t i = 0; i < 3 && !(locale && *locale); i++)
		locale = getenv(variables[i]);
	return term_charset_of(locale, type);
}

static enum fault_code prepare(struct tty *t, const struct term_options *o, struct fault *fault)
{
	const char *type = o->type ? o->type : getenv("TERM"), *no_color = getenv("NO_COLOR");
	enum fault_code code;

	t->flow_control = o->flow_control;
	t->term.utf8 = wants_utf8(o->charset, type);
	decoder_init(&t->decoder, t->term.utf8);
	code = terminfo_load(&t->info, type, o->fd, t->decoder.own, fault);
	if (code != FAULT_NONE)
		return code;
	t->term.color = t->info.colors && !o->monochrome && !(no_color && *no_color);
	painter_init(&t->painter, &t->info, t->term.utf8, t->term.color);
	open_anew(t, o->fd);
	if (t->fd < 0 || !watch(t) || !take(t))
		return refuse(type, strerror(errno), fault);
	return FAULT_NONE;
}

enum fault_code term_open(const struct term_options *options, struct term **ret_term,
			  struct fault *fault)
{
	struct tty *t;
	enum fault_code code;

	if (!isatty(options->fd))
		return refuse(options->type ? options->type : getenv("TERM"),
			      _("input is not a terminal"), fault);
	t = calloc(1, sizeof *t);
	if (!t)
		return fault_set(fault, FAULT_OUT_OF_MEMORY, NULL, NULL);
	t->term.backend = &backend;
	t->fd = t->epoll_fd = t->winch[0] = t->winch[1] = -1;
	code = prepare(t, options, fault);
	if (code != FAULT_NONE) {
		tty_free(&t->term);
		return code;
	}
	*ret_term = &t->term;
	return FAULT_NONE;
}
