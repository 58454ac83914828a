/* The GS1 check digit, and codes compared as 14 digits. */
#ifndef BASE_CHECK_DIGIT_H
#define BASE_CHECK_DIGIT_H

#include <stdbool.h>
#include <stddef.h>

/* The check digit (0-9) of n digits in ASCII: weights 3 and 1 from the right.
 * Source: GS1 General Specifications, section 7.9. */
int check_digit_gs1(const char *digits, size_t n);

/* Whether s[0..n) are digits only and the last is the check digit of the rest. */
bool check_digit_gs1_ok(const char *s, size_t n);

/* Whether text is a GTIN: 8, 12, 13 or 14 digits, not all zero, with a right
 * check digit; then, unless NULL, ret_gtin14 gets it as 14 digits, terminated. */
bool gtin_parse(const char *text, char ret_gtin14[15]);

/* Whether text is 8, 12, 13 or 14 digits: a GTIN if its check digit is right. */
bool gtin_shaped(const char *text);

#endif
