/* Tests of room load: its parts, and the program as the till runs it. */
#include "suite.h"

#include "load_test.h"

static const struct test tests[] = {
	{ "columns have English and Chinese names", columns_have_english_and_chinese_names },
	{ "nothing a terminal obeys stays", nothing_a_terminal_obeys_stays },
	{ "rows become products or are refused", rows_become_products_or_are_refused },
	{ "what a file says nothing of is told", what_a_file_says_nothing_of_is_told },
	{ "files are imported in every form", files_are_imported_in_every_form },
	{ "bad rows are listed and good ones come in", bad_rows_are_listed_and_good_ones_come_in },
	{ "bad files are refused whole", bad_files_are_refused_whole },
	{ "wrong usage is told", wrong_usage_is_told },
	{ "an import merges, replaces and is strict", an_import_merges_replaces_and_is_strict },
	{ "compressed files are read", compressed_files_are_read },
	{ "progress is told in lines", progress_is_told_in_lines },
	{ "a full disk loses nothing", a_full_disk_loses_nothing },
	{ "the sample shop is sound", the_sample_shop_is_sound },
	{ "a reader sells on while a catalogue is swapped",
	  a_reader_sells_on_while_a_catalogue_is_swapped },
	{ "a killed import leaves the old catalogue", a_killed_import_leaves_the_old_catalogue },
	{ "an interrupted import says so", an_interrupted_import_says_so },
	{ "a second import is refused", a_second_import_is_refused },
};

SUITE_MAIN("load", tests)
