/* Sentences for people, in their language; inside this room only. */
#ifndef SCREEN_WORDS_H
#define SCREEN_WORDS_H

#include <libintl.h>

#include "base/mark.h"

#define _(text) gettext(text)

#endif
