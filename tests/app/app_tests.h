/* The tests of room app that stand in files of their own. */
#ifndef TESTS_APP_TESTS_H
#define TESTS_APP_TESTS_H

void a_line_is_split_into_words(void);
void a_bad_line_is_refused_by_name(void);
void the_longest_line_is_read_and_one_byte_more_is_not(void);
void a_line_finds_its_row(void);
void the_table_of_batch_words_is_sound(void);

void settings_become_the_rules_of_the_counter(void);
void settings_become_the_rules_of_scans(void);
void a_pattern_that_means_nothing_is_refused_at_its_line(void);

#endif
