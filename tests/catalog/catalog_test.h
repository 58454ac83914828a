/* What the tests of room catalog share: readings of a few characters. */
#ifndef TESTS_CATALOG_TEST_H
#define TESTS_CATALOG_TEST_H

#include "catalog/search_key.h"

search_reading_of test_reading;

void products_are_compared_by_key(void);
void products_are_called_by_name_and_spec(void);
void weighed_units_are_known(void);
void everyday_letters_are_folded(void);
void keys_have_a_start_for_every_word(void);
void keys_are_written_and_read_back(void);
void long_names_are_cut_not_overrun(void);
void queries_find_what_people_mean(void);
void queries_are_bounded(void);
void a_match_has_all_grams_of_its_query(void);
void parts_of_codes_are_found(void);
void short_lists_have_places_of_their_own(void);

#endif
