/* Lines of the report on stderr. */
#include "load/report.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "load/speech.h"

enum { NAME_SHOWN = 128, PATH_SHOWN = 4096 };

void report_end(struct report *r)
{
	if (r->line_open)
		fputs("\r\033[K", stderr);
	r->line_open = false;
}

/* "FILE:LINE: " and a sentence. */
__attribute__((format(printf, 3, 4)))
static void say(struct report *r, uint32_t line, const char *format, ...)
{
	char file[PATH_SHOWN];
	va_list args;

	report_end(r);
	utf8_copy_plain(file, sizeof file, r->file);
	fprintf(stderr, "%s:%lu: ", file, (unsigned long)line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

void report_refused(struct report *r, uint32_t line, const struct fault *fault)
{
	char sentence[1024];

	speech_sentence(fault, sentence, sizeof sentence);
	say(r, line, _("refused: %s"), sentence);
}

void report_ignored(struct report *r, uint32_t line, const char *column)
{
	char name[NAME_SHOWN];

	utf8_copy_plain(name, sizeof name, column);
	say(r, line, _("note: the column \"%s\" is not used."), name);
}

static const char *part_name(enum part part)
{
	switch (part) {
	case PART_name:
		return _("name");
	case PART_unit:
		return _("unit");
	case PART_spec:
		return _("spec");
	case PART_category:
		return _("category");
	case PART_code:
	case PART_barcode:
	case PART_price:
	case PART_tax:
	case PART_member_price:
	case PART_COUNT:
		break;
	}
	return "";
}

void report_notes(struct report *r, uint32_t line, const struct row_notes *notes)
{
	for (unsigned part = 0; part < PART_COUNT; part++) {
		if (notes->stripped >> part & 1)
			say(r, line, _("note: control characters were left out of the %s."),
			    part_name((enum part)part));
		if (notes->cut >> part & 1)
			say(r, line, _("note: the %s is too long and was cut."),
			    part_name((enum part)part));
	}
}

void report_repeated(struct report *r, uint32_t line, const char *code, uint32_t earlier)
{
	say(r, line, _("note: the code \"%s\" was on line %lu already; this later row counts."),
	    code, (unsigned long)earlier);
}

void report_progress(struct report *r, int percent)
{
	if (r->progress == PROGRESS_NONE || percent == r->percent)
		return;
	r->percent = percent;
	if (r->progress == PROGRESS_LINES) {
		fprintf(stderr, "progress %llu %d\n", (unsigned long long)r->rows, percent);
		return;
	}
	fprintf(stderr, "\r\033[K");
	fprintf(stderr, _("%llu rows, %d %%"), (unsigned long long)r->rows, percent);
	fflush(stderr);
	r->line_open = true;
}
