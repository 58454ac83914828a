/* The language guitai-load speaks. */
#ifndef LOAD_SPEECH_H
#define LOAD_SPEECH_H

#include <libintl.h>
#include <stddef.h>

#include "base/fault.h"

#define _(text) gettext(text)

/* Sets the locale; `folder` has the catalogues. The till that runs this
 * program has set LANGUAGE. */
void speech_start(const char *folder);

/* The refusal as a sentence, the reason in it translated where it is ours. */
void speech_sentence(const struct fault *fault, char *out, size_t size);

#endif
