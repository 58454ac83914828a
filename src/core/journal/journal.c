/* The kinds of entries as tables, and the chain's rule. */
#include "journal/journal.h"

#include "base/mark.h"


#define F(name, tag, type, member, size, help) \
	{ tag, FIELD_##type, #member, offsetof(struct entry_##name, member), (size) + 1, help },
#define ENTRY(number, kind, name, help, fields) \
	static const struct entry_field fields_of_##name[] = { fields { 0, 0, 0, 0, 0, 0 } };
#include "journal/entries.def"
#undef ENTRY
#undef F

static const struct entry_row rows[] = {
#define ENTRY(number, kind, name, help, fields) \
	{ ENTRY_##kind, #name, help, fields_of_##name, \
	  sizeof fields_of_##name / sizeof fields_of_##name[0] - 1 },
#include "journal/entries.def"
#undef ENTRY
};

enum { ROWS = sizeof rows / sizeof rows[0] };

const struct entry_row *entry_row(enum entry_kind kind)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].kind == kind)
			return &rows[i];
	return NULL;
}

const struct entry_row *entry_rows(size_t *ret_n)
{
	*ret_n = ROWS;
	return rows;
}

void journal_chain_input(const uint8_t previous[JOURNAL_HASH_BYTES], const void *bytes, size_t n,
			 struct buffer *out)
{
	buffer_add(out, previous, JOURNAL_HASH_BYTES);
	buffer_add(out, bytes, n);
}
