/* See reader.h. */
#include "reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct picture picture_new(int rows, int cols)
{
	struct picture p = { rows, cols, calloc((size_t)rows, (size_t)cols) };

	if (!p.dots)
		abort();
	return p;
}

void picture_free(struct picture *p)
{
	free(p->dots);
	p->dots = NULL;
}

void picture_fill(struct picture *p, int row, int col, int rows, int cols)
{
	for (int r = row; r < row + rows; r++)
		for (int c = col; c < col + cols; c++)
			if (r >= 0 && c >= 0 && r < p->rows && c < p->cols)
				p->dots[r * p->cols + c] = 1;
}

void picture_read_file(const char *path, char *text, size_t size)
{
	char command[300];
	FILE *out;
	size_t n;

	snprintf(command, sizeof command, "zbarimg -q --raw -Sdisable -Sqrcode.enable '%s' 2>/dev/null", path);
	out = popen(command, "r");
	n = out ? fread(text, 1, size - 1, out) : 0;
	if (out)
		pclose(out);
	while (n > 0 && text[n - 1] == '\n')
		n--;
	text[n] = '\0';
}

void picture_read(const struct picture *p, char *text, size_t size)
{
	char path[] = "/tmp/guitai-qr.XXXXXX.pbm";
	int fd = mkstemps(path, 4);
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	text[0] = '\0';
	if (!out)
		return;
	fprintf(out, "P1\n%d %d\n", p->cols, p->rows);
	for (int i = 0; i < p->rows * p->cols; i++)
		fprintf(out, "%d%c", p->dots[i], i % 32 == 31 ? '\n' : ' ');
	fclose(out);
	picture_read_file(path, text, size);
	unlink(path);
}
