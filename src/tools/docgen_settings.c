/* The settings, as the heart of guitai.conf(5) and as a sample file. */
#include "tools/docgen.h"

#include <stdio.h>
#include <string.h>

#include "settings/settings.h"

enum { SAMPLE_COLS = 76 };

static int is_list(enum setting_type type)
{
	return type == SETTING_TYPE_amounts || type == SETTING_TYPE_list || type == SETTING_TYPE_tenders;
}

/* The default as it would be typed: "48", {"card", "cheque"}. */
static void default_text(const struct setting_row *row, char *out, size_t size)
{
	size_t used = 0;

	if (!is_list(row->type)) {
		int quotes = row->type == SETTING_TYPE_text || row->type == SETTING_TYPE_bytes ||
			     row->type == SETTING_TYPE_path;

		snprintf(out, size, quotes ? "\"%s\"" : "%s", row->standard);
		return;
	}
	used = (size_t)snprintf(out, size, "{");
	for (const char *p = row->standard; *p && used < size; p++)
		used += (size_t)snprintf(out + used, size - used, "%.*s", *p == '|' ? 2 : 1,
					 *p == '|' ? ", " : p);
	if (used < size)
		snprintf(out + used, size - used, "}");
}

void docgen_settings(void)
{
	size_t n;
	const struct setting_row *rows = setting_rows(&n);
	char text[512], line[600];

	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < n; i++) {
		printf(".It Ic %s\n", rows[i].name);
		mdoc_sentences(rows[i].help);
		setting_allowed(&rows[i], text, sizeof text);
		snprintf(line, sizeof line, "It takes %s.", text);
		mdoc_sentences(line);
		if (rows[i].type == SETTING_TYPE_pairs)
			continue;
		default_text(&rows[i], text, sizeof text);
		fputs("The default is\n.Ql ", stdout);
		mdoc_argument(text);
		puts(" .");
	}
	puts(".El");
}

/* A sentence as comment lines of at most SAMPLE_COLS bytes. */
static void print_comment(const char *text)
{
	size_t col = 0;

	while (*text) {
		size_t n = strcspn(text, " ");

		if (col && col + 1 + n > SAMPLE_COLS) {
			putchar('\n');
			col = 0;
		}
		col += (size_t)printf(col ? " %.*s" : "# %.*s", (int)n, text);
		text += n + (text[n] == ' ');
	}
	putchar('\n');
}

void docgen_sample(void)
{
	size_t n;
	const struct setting_row *rows = setting_rows(&n);
	char text[512], line[600];

	for (size_t i = 0; i < n; i++) {
		putchar('\n');
		print_comment(rows[i].help);
		setting_allowed(&rows[i], text, sizeof text);
		snprintf(line, sizeof line, "It takes %s.", text);
		print_comment(line);
		default_text(&rows[i], text, sizeof text);
		if (rows[i].type == SETTING_TYPE_pairs)
			printf("#%s {\n#}\n", rows[i].name);
		else
			printf("#%s = %s\n", rows[i].name, text);
	}
}
