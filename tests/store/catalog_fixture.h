/* A catalogue in a directory of its own for the tests of the catalogue store. */
#ifndef TESTS_STORE_CATALOG_FIXTURE_H
#define TESTS_STORE_CATALOG_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "store/catalog_build.h"
#include "store/catalog_store.h"

/* Makes a new directory and fills fixture_path with a catalogue's path in it
 * (no file yet); fixture_end removes all again. */
extern char fixture_path[];
void fixture_begin(void);
void fixture_end(void);

/* A product with a name and a price of 1.00. */
struct product fixture_product(const char *code, const char *name);

/* Readings of the hanzi the tests use. */
search_reading_of fixture_reading;

/* A tick that never gives up. */
catalog_build_tick fixture_go_on;

/* Begins a build with the fixture's readings; asserts that it does. */
struct catalog_build *fixture_build(bool replace);

/* Builds a catalogue of n {code, name} pairs in one import. */
struct fixture_pair { const char *code, *name; };
void fixture_import(const struct fixture_pair *pairs, size_t n, bool replace);

/* Opens it; asserts that it does. */
struct catalog_store *fixture_open(void);

/* Whether a file with this ending stands beside the catalogue. */
bool fixture_left(const char *ending);

void codes_are_found_by_key(void);
void products_come_back_as_they_were(void);
void no_file_is_an_empty_catalogue(void);
void a_swapped_catalogue_is_noticed(void);
void broken_files_are_refused_with_a_reason(void);

void an_import_merges_or_replaces(void);
void the_last_of_a_repeated_code_wins(void);
void parts_that_are_not_given_stay(void);
void one_import_at_a_time(void);
void an_import_given_up_changes_nothing(void);
void keys_of_another_version_are_made_anew(void);
void a_full_disk_changes_nothing(void);

void the_best_match_comes_first(void);
void search_says_when_there_is_more(void);
void search_finds_what_a_plain_scan_finds(void);
void common_words_stay_bounded(void);

#endif
