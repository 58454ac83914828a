/* The pty and the emulator behind it. */
#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"

enum { LOG_BYTES = 1 << 22, PATIENCE_MS = 10000 };

static int on_property(VTermProp property, VTermValue *value, void *user)
{
	if (property == VTERM_PROP_CURSORVISIBLE)
		((struct screen *)user)->cursor_visible = value->boolean;
	return 1;
}

static int on_bell(void *user)
{
	((struct screen *)user)->bells++;
	return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property, .bell = on_bell };

static void open_pty(struct screen *s)
{
	struct winsize size = { (unsigned short)s->rows, (unsigned short)s->cols, 0, 0 };

	if (openpty(&s->master, &s->slave, NULL, NULL, &size) != 0) {
		perror("openpty");
		abort();
	}
	fcntl(s->master, F_SETFL, O_NONBLOCK);
}

void screen_open(struct screen *s, int rows, int cols, bool with_pty)
{
	memset(s, 0, sizeof *s);
	s->master = s->slave = -1;
	s->rows = rows;
	s->cols = cols;
	s->cursor_visible = true;
	buffer_init(&s->log, LOG_BYTES);
	s->vterm = vterm_new(rows, cols);
	vterm_set_utf8(s->vterm, 1);
	s->cells = vterm_obtain_screen(s->vterm);
	vterm_screen_enable_altscreen(s->cells, 1);
	vterm_screen_set_callbacks(s->cells, &callbacks, s);
	vterm_screen_reset(s->cells, 1);
	if (with_pty)
		open_pty(s);
}

void screen_close(struct screen *s)
{
	if (s->master >= 0)
		close(s->master);
	if (s->slave >= 0)
		close(s->slave);
	vterm_free(s->vterm);
	buffer_release(&s->log);
}

void screen_feed(struct screen *s, const char *bytes, size_t n)
{
	buffer_add(&s->log, bytes, n);
	s->received += n;
	vterm_input_write(s->vterm, bytes, n);
}

bool screen_pump(struct screen *s, uint64_t total)
{
	while (s->received < total) {
		struct pollfd p = { s->master, POLLIN, 0 };
		char bytes[4096];
		ssize_t n;

		if (poll(&p, 1, PATIENCE_MS) <= 0)
			return false;
		n = read(s->master, bytes, sizeof bytes);
		if (n > 0)
			screen_feed(s, bytes, (size_t)n);
		else if (n == 0 || (errno != EAGAIN && errno != EINTR))
			return false;
	}
	return s->received == total;
}

void screen_type(struct screen *s, const char *bytes)
{
	size_t n = strlen(bytes);

	if (write(s->master, bytes, n) != (ssize_t)n)
		abort();
}

void screen_forget(struct screen *s)
{
	buffer_reset(&s->log);
}

VTermScreenCell screen_cell(struct screen *s, int row, int col)
{
	VTermScreenCell cell;

	memset(&cell, 0, sizeof cell);
	vterm_screen_get_cell(s->cells, (VTermPos){ row, col }, &cell);
	return cell;
}

static void dump_row(struct screen *s, int row, struct buffer *out)
{
	size_t end = out->len;

	for (int col = 0; col < s->cols; col++) {
		VTermScreenCell cell = screen_cell(s, row, col);

		if (cell.chars[0] == UINT32_MAX)
			continue;
		if (cell.chars[0] == 0)
			cell.chars[0] = ' ';
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++) {
			char bytes[4];

			buffer_add(out, bytes, utf8_encode(cell.chars[i], bytes));
		}
		if (cell.chars[0] != ' ')
			end = out->len;
	}
	out->len = end;
	buffer_add_byte(out, '\n');
}

void screen_dump(struct screen *s, struct buffer *out)
{
	for (int row = 0; row < s->rows; row++)
		dump_row(s, row, out);
}

void screen_cursor(struct screen *s, int *ret_row, int *ret_col)
{
	VTermPos pos;

	vterm_state_get_cursorpos(vterm_obtain_state(s->vterm), &pos);
	*ret_row = pos.row;
	*ret_col = pos.col;
}

void screen_resize(struct screen *s, int rows, int cols)
{
	struct winsize size = { (unsigned short)rows, (unsigned short)cols, 0, 0 };

	s->rows = rows;
	s->cols = cols;
	vterm_set_size(s->vterm, rows, cols);
	if (s->master >= 0)
		ioctl(s->master, TIOCSWINSZ, &size);
}
