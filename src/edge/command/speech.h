/* The language the program speaks, and what it says on stderr. */
#ifndef COMMAND_SPEECH_H
#define COMMAND_SPEECH_H

#include <libintl.h>
#include <stddef.h>

#include "command/paths.h"
#include "base/fault.h"

#define _(text) gettext(text)

/* Sets the locale for characters (always UTF-8) and messages. `language` is
 * the setting: "auto" (the environment says) or "zh_CN", "zh_TW", "en". A
 * locale that is not installed does not matter: the characters are then those
 * of C.UTF-8 and the catalogue is found by LANGUAGE, which this may set. */
void speech_start(const char *language, const struct paths *paths);

/* The catalogues to look in, best first, for a locale's name: "zh_HK.UTF-8"
 * gives "zh_HK:zh_TW". "" for C, POSIX and "". */
void speech_catalogues(const char *locale, char *out, size_t size);

/* The refusal as a sentence in the language of the program. */
void speech_sentence(const struct fault *fault, char *out, size_t size);

/* "PROGRAM: <sentence>" on stderr, of a refusal or as it is. */
void speech_refuse(const char *sentence);
void speech_refusal(const struct fault *fault);

#endif
