/* Journal entries: facts as decided, their canonical bytes and the chain.
 *
 * Canonical bytes: a run of fields, tags ascending, each as
 *   tag·2+0 (varint), zigzag varint            for numbers
 *   tag·2+1 (varint), length (varint), bytes   for texts, identities, runs
 * where a field that is zero or empty is left out. The same entry always has
 * the same bytes, and bytes in any other form are refused.
 *
 * Chain: hash(n) = SHA-256(hash(n−1) ‖ canonical bytes of entry n); hash(0) is
 * 32 zero bytes. The digest is made by the store: the core has no SHA-256. */
#ifndef JOURNAL_JOURNAL_H
#define JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fault.h"
#include "base/ident.h"
#include "base/instant.h"
#include "order/order.h"

enum { JOURNAL_HASH_BYTES = 32, TILL_NAME_MAX = 16, ENTRY_BODY_MAX = 256 * 1024 };

/* A packed run of integers (pack.h), kept elsewhere: by the event's step while
 * deciding, by the entry's bytes after decoding. */
struct entry_counts {
	const uint8_t *packed;
	size_t n_bytes;
};

enum entry_kind {
	ENTRY_NONE = 0,
#define ENTRY(number, kind, name, help, fields) ENTRY_##kind = number,
#include "journal/entries.def"
#undef ENTRY
};

#define F_COUNT(member, size) int64_t member;
#define F_MONEY(member, size) int64_t member;
#define F_QUANTITY(member, size) int64_t member;
#define F_PERCENT(member, size) int64_t member;
#define F_FLAG(member, size) int64_t member;
#define F_TIME(member, size) int64_t member;
#define F_WORD(member, size) int64_t member;
#define F_TEXT(member, size) char member[(size) + 1];
#define F_IDENT(member, size) struct ident member;
#define F_HASH(member, size) uint8_t member[JOURNAL_HASH_BYTES];
#define F_COUNTS(member, size) struct entry_counts member;
#define F_RAW(member, size) struct entry_counts member;
#define F(name, tag, type, member, size, help) F_##type(member, size)
#define ENTRY(number, kind, name, help, fields) struct entry_##name { int64_t unused_; fields };
#include "journal/entries.def"
#undef ENTRY
#undef F

/* One entry. The header's fields stand in every entry's bytes, tags 1 to 15. */
struct entry {
	uint64_t seq;                   /* 1: from 1, gapless */
	enum entry_kind kind;           /* 2 */
	struct instant at;              /* 3 UTC ms, 4 offset */
	uint64_t boot;                  /* 5: how often the program was started */
	char store[TILL_NAME_MAX + 1];  /* 6 */
	char till[TILL_NAME_MAX + 1];   /* 7 */
	struct ident device_key;        /* 8: first 16 bytes of SHA-256 of the public key */
	char operator_id[CASHIER_ID_MAX + 1];  /* 9: who was logged in */
	struct ident order;             /* 10: zero when it is about no order */
	struct ident key;               /* 11: idempotency key of its effect, zero when none */
	int64_t perpetual_minor;        /* 12: all sales ever, after this entry */
	union {
#define ENTRY(number, kind, name, help, fields) struct entry_##name name;
#include "journal/entries.def"
#undef ENTRY
	} of;
};

enum field_type {
	FIELD_COUNT, FIELD_MONEY, FIELD_QUANTITY, FIELD_PERCENT, FIELD_FLAG, FIELD_TIME,
	FIELD_WORD, FIELD_TEXT, FIELD_IDENT, FIELD_HASH, FIELD_COUNTS, FIELD_RAW,
};

/* One field of a kind: where it stands in its struct and in the bytes. */
struct entry_field {
	uint32_t tag;
	enum field_type type;
	const char *name;
	size_t offset;  /* in the kind's struct, that is in entry.of */
	size_t size;    /* of a text, with its NUL */
	const char *help;
};

struct entry_row {
	enum entry_kind kind;
	const char *name;  /* "line_added" */
	const char *help;
	const struct entry_field *fields;
	size_t n_fields;
};

/* The row of a kind; NULL when there is none. */
const struct entry_row *entry_row(enum entry_kind kind);
const struct entry_row *entry_rows(size_t *ret_n);

/* Appends the canonical bytes. False when memory or ENTRY_BODY_MAX is short. */
bool entry_encode(const struct entry *entry, struct buffer *out);

/* Reads canonical bytes; runs point into `bytes`. FAULT_JOURNAL_ENTRY_UNREADABLE
 * for anything that entry_encode would not have written,
 * FAULT_JOURNAL_NEWER for a kind or field this version does not know. */
enum fault_code entry_decode(const void *bytes, size_t n, struct entry *ret_entry,
			     struct fault *fault);

/* What the chain's digest is taken over: previous hash, then the bytes. */
void journal_chain_input(const uint8_t previous[JOURNAL_HASH_BYTES], const void *bytes, size_t n,
			 struct buffer *out);

#endif
