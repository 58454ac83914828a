/* Writing CSV that every spreadsheet reads back as it was. */
#include "csv/csv.h"

#include <string.h>

static bool must_be_quoted(const char *text)
{
	size_t n = strlen(text);

	return strpbrk(text, ",;\t\"\r\n") || (n && (text[0] == ' ' || text[n - 1] == ' '));
}

void csv_write_field(struct buffer *out, const char *text, bool first)
{
	if (!first)
		buffer_add_byte(out, ',');
	if (!must_be_quoted(text)) {
		buffer_add_text(out, text);
		return;
	}
	buffer_add_byte(out, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"')
			buffer_add_byte(out, '"');
		buffer_add_byte(out, (unsigned char)*p);
	}
	buffer_add_byte(out, '"');
}

void csv_write_end(struct buffer *out)
{
	buffer_add(out, "\r\n", 2);
}
