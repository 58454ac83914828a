/* From a file's text to one setting's words and value: private to this room. */
#ifndef SETTINGS_SETTINGS_VALUE_H
#define SETTINGS_SETTINGS_VALUE_H

#include "settings/settings.h"

/* Sets the field of `row` from n words. Refused with FAULT_SETTING_BAD_VALUE
 * (at s->file and `line`) or FAULT_OUT_OF_MEMORY, the field untouched. */
enum fault_code setting_take(struct settings *s, const struct setting_row *row,
			     const char *const *words, size_t n, int line, struct fault *fault);

/* Adds a pair to the field of `row`. */
enum fault_code setting_take_pair(struct settings *s, const struct setting_row *row,
				  const char *name, const char *value, int line,
				  struct fault *fault);

/* A copy of text that lives as long as the settings; NULL without memory. */
char *settings_keep(struct settings *s, const char *text);

/* Fills *fault with "file:line: name = value" and what is allowed. */
enum fault_code setting_refuse_at(const struct settings *s, const char *name, int line,
				  const char *value, const char *allowed, struct fault *fault);

/* "file:line", the file shortened at its head to leave room for the rest. */
void settings_place(const char *file, int line, char *out, size_t size);

/* Turns the comments of a file into blanks; the lines stay. Returns the line of
 * a comment that is never closed, 0 when there is none. */
int settings_blank_comments(char *text);

#endif
