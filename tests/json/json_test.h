/* What the test files of room json share. */
#ifndef TESTS_JSON_TEST_H
#define TESTS_JSON_TEST_H

#include "suite.h"

#include "json/json.h"

/* Parses a text that must be good; the caller frees it. */
struct json_value *json_test_parse(const char *text);

void good_texts_become_values(void);
void bad_texts_are_refused_with_their_place(void);
void nesting_and_length_are_bounded(void);
void typed_members_are_read(void);
void wrong_members_are_refused_by_name(void);
void members_come_in_the_order_of_the_text(void);

#endif
