/* A journal entry for people. */
#ifndef APP_ENTRY_TEXT_H
#define APP_ENTRY_TEXT_H

#include "base/buffer.h"
#include "journal/journal.h"

/* Appends what happened, in the program's language: a line with local time,
 * sequence, the hash's first 8 digits, the operator and the kind's sentence,
 * then an indented line for each field that is not empty. Texts of the entry
 * are written without control characters. */
void entry_text(struct buffer *out, const struct entry *entry, enum currency currency,
		const uint8_t hash[JOURNAL_HASH_BYTES]);

#endif
