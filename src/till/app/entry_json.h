/* A journal entry as a line of JSON. */
#ifndef APP_ENTRY_JSON_H
#define APP_ENTRY_JSON_H

#include "journal/journal.h"
#include "json/json.h"

/* The entry as an object: first what every entry has (seq, hash, previous,
 * kind, at, boot, store, till, device_key, operator, order, key, perpetual),
 * then "fields" with the kind's own, each named and typed by its row: amounts
 * and quantities as text, yes and no, times as RFC 3339, runs as arrays of
 * integers. What an entry does not have is null, "" or 0. */
void entry_json(struct json_writer *w, const struct entry *entry, enum currency currency,
		const uint8_t previous[JOURNAL_HASH_BYTES], const uint8_t hash[JOURNAL_HASH_BYTES]);

#endif
