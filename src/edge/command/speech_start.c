/* Locale and catalogues at the start of the program. */
#include "command/speech.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Regions whose readers are served by a neighbour's catalogue. */
static const struct { const char *region, *catalogues; } neighbours[] = {
	{ "zh", "zh_CN" },
	{ "zh_SG", "zh_SG:zh_CN" },
	{ "zh_HK", "zh_HK:zh_TW" },
	{ "zh_MO", "zh_MO:zh_TW" },
};

void speech_catalogues(const char *locale, char *out, size_t size)
{
	size_t n = strcspn(locale, ".@");
	const char *found = NULL;

	for (size_t i = 0; i < sizeof neighbours / sizeof neighbours[0]; i++)
		if (strlen(neighbours[i].region) == n && memcmp(neighbours[i].region, locale, n) == 0)
			found = neighbours[i].catalogues;
	if (strcmp(locale, "POSIX") == 0 || (n == 1 && locale[0] == 'C'))
		n = 0;
	if (found)
		snprintf(out, size, "%s", found);
	else
		snprintf(out, size, "%.*s", (int)n, locale);
}

/* What the environment asks for as the language of messages. */
static const char *asked_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *value = getenv(names[i]);

		if (value && value[0])
			return value;
	}
	return "";
}

static void choose_language(const char *language)
{
	const char *given = getenv("LANGUAGE");
	char catalogues[64];

	if (strcmp(language, "auto") == 0) {
		if (given && given[0])
			return;
		language = asked_locale();
	}
	speech_catalogues(language, catalogues, sizeof catalogues);
	setenv("LANGUAGE", catalogues[0] ? catalogues : "en", 1);
}

void speech_start(const char *language, const struct paths *paths)
{
	choose_language(language);
	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	/* gettext asks LANGUAGE in every locale but plain C. */
	if (!setlocale(LC_MESSAGES, "") || strcmp(setlocale(LC_MESSAGES, NULL), "C") == 0)
		setlocale(LC_MESSAGES, "C.UTF-8");
	bindtextdomain("guitai", paths->locale);
	bind_textdomain_codeset("guitai", "UTF-8");
	textdomain("guitai");
}
