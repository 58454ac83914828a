/* The tests of room load. */
#ifndef TESTS_LOAD_TEST_H
#define TESTS_LOAD_TEST_H

void columns_have_english_and_chinese_names(void);
void nothing_a_terminal_obeys_stays(void);
void rows_become_products_or_are_refused(void);
void what_a_file_says_nothing_of_is_told(void);

void files_are_imported_in_every_form(void);
void bad_rows_are_listed_and_good_ones_come_in(void);
void bad_files_are_refused_whole(void);
void wrong_usage_is_told(void);
void an_import_merges_replaces_and_is_strict(void);
void compressed_files_are_read(void);
void progress_is_told_in_lines(void);
void a_full_disk_loses_nothing(void);
void the_sample_shop_is_sound(void);

void a_reader_sells_on_while_a_catalogue_is_swapped(void);
void a_killed_import_leaves_the_old_catalogue(void);
void an_interrupted_import_says_so(void);
void a_second_import_is_refused(void);

#endif
