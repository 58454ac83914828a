/* What the picture costs on a slow line: a painter beside the terminal in
 * memory writes it as xterm-256color wants it, and the bytes are counted. */
#include "screens.h"

#include <stdlib.h>

#include "term/paint.h"

struct stage_line {
	struct terminfo info;
	struct key_sequence own[KEY_CODES];
	struct painter painter;
};

static struct stage_line *open_line(void)
{
	struct stage_line *line = calloc(1, sizeof *line);
	struct fault fault;

	if (!line || terminfo_load(&line->info, "xterm-256color", 1, line->own, &fault)) {
		free(line);
		return NULL;
	}
	painter_init(&line->painter, &line->info, true, true);
	return line;
}

size_t stage_bytes(struct stage *stage)
{
	size_t n;

	if (!stage->line)
		stage->line = open_line();
	if (!stage->line || painter_paint(&stage->line->painter, term_memory_picture(stage->term)))
		return SIZE_MAX;
	n = stage->line->painter.out.len;
	buffer_reset(&stage->line->painter.out);
	return n;
}

void stage_line_free(struct stage_line *line)
{
	if (!line)
		return;
	painter_release(&line->painter);
	free(line);
}
