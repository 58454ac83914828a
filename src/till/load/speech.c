/* Locale and sentences of guitai-load. */
#include "load/speech.h"

#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void speech_start(const char *folder)
{
	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	/* gettext asks LANGUAGE in every locale but plain C. */
	if (!setlocale(LC_MESSAGES, "") || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0)
		setlocale(LC_MESSAGES, "C.UTF-8");
	bindtextdomain("guitai", folder);
	bind_textdomain_codeset("guitai", "UTF-8");
	textdomain("guitai");
}

/* Whether the second argument is a reason of our own, marked for translation. */
static bool has_reason(enum fault_code code)
{
	return code == FAULT_CATALOG_FILE_REFUSED || code == FAULT_FILE_NOT_READABLE ||
	       code == FAULT_INPUT_BAD_JSON || code == FAULT_INPUT_BAD_FIELD;
}

void speech_sentence(const struct fault *fault, char *out, size_t size)
{
	const struct fault_row *row = fault_row(fault->code);
	struct fault spoken = *fault;

	if (fault->arg[1][0] && has_reason(fault->code))
		snprintf(spoken.arg[1], sizeof spoken.arg[1], "%s", _(fault->arg[1]));
	fault_render(&spoken, row ? _(row->sentence) : "", out, size);
}
