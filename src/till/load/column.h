/* The parts of a product a file can have columns for. */
#ifndef LOAD_COLUMN_H
#define LOAD_COLUMN_H

enum part {
	PART_code,
	PART_barcode,
	PART_name,
	PART_price,
	PART_unit,
	PART_spec,
	PART_category,
	PART_tax,
	PART_member_price,
	PART_COUNT,
	PART_NONE = PART_COUNT,
};

/* The part a column of this name holds, blanks around it and the case of
 * ASCII letters left out; PART_NONE for others. */
enum part part_of_column(const char *name);

#endif
