/* guitai settings: what is in force, and which line of which file says so. */
#include <stdio.h>
#include <string.h>

#include "app/command.h"

enum { SHOWN_MAX = 8192 };

int settings_command(const struct invocation *in, struct fault *fault)
{
	const struct settings *s = in->settings;
	size_t n, shown = 0;
	const struct setting_row *rows = setting_rows(&n);
	char value[SHOWN_MAX];

	for (size_t i = 0; i < n; i++) {
		if (in->n_words && strcmp(in->words[0], rows[i].name) != 0)
			continue;
		setting_shown(s, &rows[i], value, sizeof value);
		shown++;
		if (in->n_words)
			printf("%s\n", value);
		else if (s->line[i])
			printf("%s\t%s\t%s:%d\n", rows[i].name, value, s->file, s->line[i]);
		else
			printf("%s\t%s\tdefault\n", rows[i].name, value);
	}
	if (shown)
		return EXIT_DONE;
	fault_set(fault, FAULT_SETTING_UNKNOWN, "guitai settings", in->words[0]);
	return EXIT_REFUSED;
}
