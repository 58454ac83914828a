/* A product's number as symbols carry it. Inside the room only. */
#ifndef SCAN_GTIN_H
#define SCAN_GTIN_H

#include <stdbool.h>

enum gtin_result { GTIN_NO, GTIN_YES, GTIN_BAD_CHECK };

/* Reads code as EAN-8, UPC-A, EAN-13 or GTIN-14, and what the AIM identifier
 * `aim` ("E0"; "" when none) says it can be besides: ]E0 with 6 or 8 digits is
 * UPC-E, ]E3 has an add-on of 2 or 5 digits behind the EAN-13. */
enum gtin_result gtin_of_symbol(const char *aim, const char *code, char ret_gtin14[15]);

/* Expands UPC-E: 6 digits (number system 0), or 8 with number system and check
 * digit, to the 12 digits of UPC-A. False when the digits cannot be UPC-E or
 * the check digit is wrong. Source: GS1 General Specifications 5.2.2.4. */
bool gtin_expand_upce(const char *code, char ret_upca[13]);

#endif
