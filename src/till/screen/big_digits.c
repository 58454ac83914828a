/* Amounts that can be read from across the counter. */
#include "screen/loop.h"

#include <string.h>

/* Five rows a glyph, '#' where it is inked. */
static const struct {
	char c;
	const char *rows[BIG_ROWS];
} glyphs[] = {
	{ '0', { "####", "#  #", "#  #", "#  #", "####" } },
	{ '1', { "  # ", " ## ", "  # ", "  # ", " ###" } },
	{ '2', { "####", "   #", "####", "#   ", "####" } },
	{ '3', { "####", "   #", " ###", "   #", "####" } },
	{ '4', { "#  #", "#  #", "####", "   #", "   #" } },
	{ '5', { "####", "#   ", "####", "   #", "####" } },
	{ '6', { "####", "#   ", "####", "#  #", "####" } },
	{ '7', { "####", "   #", "  # ", " #  ", " #  " } },
	{ '8', { "####", "#  #", "####", "#  #", "####" } },
	{ '9', { "####", "#  #", "####", "   #", "####" } },
	{ '.', { "  ", "  ", "  ", "  ", "# " } },
	{ ':', { "  ", "# ", "  ", "# ", "  " } },
	{ '-', { "    ", "    ", "####", "    ", "    " } },
};

static const char *const *glyph(char c)
{
	for (size_t i = 0; i < sizeof glyphs / sizeof glyphs[0]; i++)
		if (glyphs[i].c == c)
			return glyphs[i].rows;
	return NULL;
}

int big_digits_cols(const char *text)
{
	int cols = 0;

	for (; *text; text++)
		if (glyph(*text))
			cols += (int)strlen(glyph(*text)[0]) + 1;
	return cols ? cols - 1 : 0;
}

void big_digits_paint(struct grid *grid, int row, int col, unsigned attr, const char *text)
{
	for (; *text; text++) {
		const char *const *rows = glyph(*text);

		if (!rows)
			continue;
		for (int r = 0; r < BIG_ROWS; r++)
			for (int c = 0; rows[r][c]; c++)
				if (rows[r][c] == '#')
					grid_put_text(grid, row + r, col + c, attr, "\xE2\x96\x88");
		col += (int)strlen(rows[0]) + 1;
	}
}
