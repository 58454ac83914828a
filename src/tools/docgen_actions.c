/* The actions of the screens and their keys, for the manual. */
#include "tools/docgen.h"

#include <stdio.h>
#include <string.h>

#include "base/mark.h"

static const struct action {
	const char *id, *keys, *label, *help;
} actions[] = {
#define ACTION(id, keys, label, screens, order, help) { #id, keys, label, help },
#include "screen/actions.def"
#undef ACTION
};

enum { ACTIONS = sizeof actions / sizeof actions[0] };

/* The last of the actions that are named by numbers: note_1, note_2 … */
static size_t last_of_group(size_t first)
{
	size_t stem = strcspn(actions[first].id, "_") + 1, i = first;

	while (i + 1 < ACTIONS && !actions[i + 1].label[0] &&
	       strncmp(actions[i + 1].id, actions[first].id, stem) == 0)
		i++;
	return i;
}

static void print_keys(const char *keys)
{
	fputs("Keys:\n.Ql ", stdout);
	mdoc_argument(keys);
	puts(" .");
}

void docgen_actions(void)
{
	puts(".Bl -tag -width Ds");
	for (size_t i = 0; i < ACTIONS; i++) {
		size_t last = actions[i].label[0] ? i : last_of_group(i);

		if (last == i)
			printf(".It Ic %s\n", actions[i].id);
		else
			printf(".It Cm %s No to Cm %s\n", actions[i].id, actions[last].id);
		mdoc_sentences(actions[i].help);
		if (last == i)
			print_keys(actions[i].keys);
		i = last;
	}
	puts(".El");
}
