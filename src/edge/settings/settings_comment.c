/* Comments are blanked before libconfuse reads a file: its version 3.3 counts
 * the line of a # or // comment three times, and takes a comment that is never
 * closed for the rest of the file. */
#include "settings/settings_value.h"

#include <string.h>

/* Blanks p up to `end`, keeping the lines; returns where it stopped. */
static char *blank_until(char *p, const char *end)
{
	for (; p < end; p++)
		if (*p != '\n')
			*p = ' ';
	return p;
}

/* The end of a comment that begins at p, NULL when none does. `before` is the
 * character before it: inside a word / begins no comment. */
static const char *comment_end(const char *p, char before)
{
	const char *close;

	if (*p == '#')
		return p + strcspn(p, "\n");
	if (p[0] != '/' || !strchr(" \t\r\n{}=,()+\"'", before))
		return NULL;
	if (p[1] == '/')
		return p + strcspn(p, "\n");
	if (p[1] != '*')
		return NULL;
	close = strstr(p + 2, "*/");
	return close ? close + 2 : p;
}

static int line_at(const char *text, const char *p)
{
	int line = 1;

	for (; text < p; text++)
		line += *text == '\n';
	return line;
}

int settings_blank_comments(char *text)
{
	char quote = '\0', before = '\n';

	for (char *p = text; *p; before = *p++) {
		const char *end = quote ? NULL : comment_end(p, before);

		if (end == p)
			return line_at(text, p);
		if (end)
			p = blank_until(p, end) - 1;
		else if (quote && p[0] == '\\' && p[1])
			p++;
		else if (quote ? *p == quote : *p == '"' || *p == '\'')
			quote = quote ? '\0' : *p;
	}
	return 0;
}
