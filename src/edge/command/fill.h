/* Text filled into lines of a width, for what is printed on a terminal. */
#ifndef COMMAND_FILL_H
#define COMMAND_FILL_H

#include <stddef.h>

enum { FILL_COLS = 79 };

/* The longest part of a UTF-8 text, in bytes, that is put on a line of `cols`
 * columns: up to a blank, or between two characters when one of them is wide,
 * but never before a closing mark such as a full stop. At least one character
 * when the text is not empty. */
size_t fill_line(const char *text, size_t cols);

/* Prints text and a newline on stdout, each line after the first indented by
 * `indent` columns; the first is taken to begin there. */
void fill_print(const char *text, size_t indent);

#endif
