/* Asking the person at the terminal, or reading what a script hands in. */
#ifndef COMMAND_ASK_H
#define COMMAND_ASK_H

#include <stdbool.h>
#include <stddef.h>

enum { ASK_PIN_MAX = 32 };

/* The next line of standard input without its end; false when there is none. */
bool ask_line(char *out, size_t size);

/* On a terminal asks the question and does not show what is typed; else the
 * next line of standard input is the answer. False when there is none. */
bool ask_hidden(const char *question, char *out, size_t size);

#endif
