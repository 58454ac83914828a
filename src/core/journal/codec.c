/* Canonical bytes of entries, by their field tables. */
#include "journal/journal.h"

#include <stdio.h>
#include <string.h>

#include "base/pack.h"
#include "base/utf8.h"

/* The fields every entry has. seq and boot are counts, kept as int64 bits. */
static const struct entry_field header[] = {
	{ 1, FIELD_COUNT, "seq", offsetof(struct entry, seq), 0, NULL },
	{ 3, FIELD_TIME, "at", offsetof(struct entry, at.utc_ms), 0, NULL },
	{ 5, FIELD_COUNT, "boot", offsetof(struct entry, boot), 0, NULL },
	{ 6, FIELD_TEXT, "store", offsetof(struct entry, store), TILL_NAME_MAX + 1, NULL },
	{ 7, FIELD_TEXT, "till", offsetof(struct entry, till), TILL_NAME_MAX + 1, NULL },
	{ 8, FIELD_IDENT, "device_key", offsetof(struct entry, device_key), 0, NULL },
	{ 9, FIELD_TEXT, "operator", offsetof(struct entry, operator_id), CASHIER_ID_MAX + 1, NULL },
	{ 10, FIELD_IDENT, "order", offsetof(struct entry, order), 0, NULL },
	{ 11, FIELD_IDENT, "key", offsetof(struct entry, key), 0, NULL },
	{ 12, FIELD_MONEY, "perpetual", offsetof(struct entry, perpetual_minor), 0, NULL },
};

enum {
	HEADER_FIELDS = sizeof header / sizeof header[0],
	TAG_KIND = 2, TAG_OFFSET = 4, TAG_BODY = 32,
};

static void put_number(struct buffer *out, uint32_t tag, int64_t value)
{
	if (value == 0)
		return;
	pack_unsigned(out, (uint64_t)tag << 1);
	pack_integer(out, value);
}

static void put_bytes(struct buffer *out, uint32_t tag, const void *bytes, size_t n)
{
	pack_unsigned(out, (uint64_t)tag << 1 | 1);
	pack_bytes(out, bytes, n);
}

static void put_fixed(struct buffer *out, uint32_t tag, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (bytes[i]) {
			put_bytes(out, tag, bytes, n);
			return;
		}
	}
}

static void put_field(struct buffer *out, const struct entry_field *f, const void *base)
{
	const char *at = (const char *)base + f->offset;
	struct entry_counts counts;
	int64_t number;

	switch (f->type) {
	case FIELD_TEXT:
		if (at[0])
			put_bytes(out, f->tag, at, strlen(at));
		return;
	case FIELD_IDENT:
		put_fixed(out, f->tag, (const uint8_t *)at, IDENT_BYTES);
		return;
	case FIELD_HASH:
		put_fixed(out, f->tag, (const uint8_t *)at, JOURNAL_HASH_BYTES);
		return;
	case FIELD_COUNTS:
	case FIELD_RAW:
		memcpy(&counts, at, sizeof counts);
		if (counts.n_bytes)
			put_bytes(out, f->tag, counts.packed, counts.n_bytes);
		return;
	case FIELD_COUNT: case FIELD_MONEY: case FIELD_QUANTITY: case FIELD_PERCENT:
	case FIELD_FLAG: case FIELD_TIME: case FIELD_WORD:
		break;
	}
	memcpy(&number, at, sizeof number);
	put_number(out, f->tag, number);
}

bool entry_encode(const struct entry *entry, struct buffer *out)
{
	const struct entry_row *row = entry_row(entry->kind);

	if (!row)
		return false;
	for (size_t i = 0; i < HEADER_FIELDS; i++) {
		if (header[i].tag == TAG_KIND + 1)
			put_number(out, TAG_KIND, entry->kind);
		if (header[i].tag == TAG_OFFSET + 1)
			put_number(out, TAG_OFFSET, entry->at.offset_min);
		put_field(out, &header[i], entry);
	}
	for (size_t i = 0; i < row->n_fields; i++)
		put_field(out, &row->fields[i], &entry->of);
	return !out->failed;
}

/* One field read from the bytes, before its place is known. */
struct raw {
	uint32_t tag;
	bool is_bytes;
	int64_t number;
	const uint8_t *bytes;
	size_t n;
};

static bool next_raw(struct unpack *in, uint32_t after, struct raw *ret)
{
	uint64_t head = unpack_unsigned(in);

	ret->tag = (uint32_t)(head >> 1);
	ret->is_bytes = head & 1;
	ret->number = 0;
	ret->bytes = NULL;
	ret->n = 0;
	if (ret->is_bytes)
		ret->bytes = unpack_bytes(in, &ret->n);
	else
		ret->number = unpack_integer(in);
	if (in->failed || head >> 1 > UINT32_MAX || ret->tag <= after)
		return false;
	return ret->is_bytes ? ret->n > 0 : ret->number != 0;
}

static bool store_bytes(const struct entry_field *f, const struct raw *raw, char *at)
{
	struct entry_counts counts = { raw->bytes, raw->n };

	switch (f->type) {
	case FIELD_TEXT:
		if (raw->n >= f->size || memchr(raw->bytes, '\0', raw->n) ||
		    !utf8_valid((const char *)raw->bytes, raw->n))
			return false;
		memcpy(at, raw->bytes, raw->n);
		at[raw->n] = '\0';
		return true;
	case FIELD_IDENT:
	case FIELD_HASH:
		if (raw->n != (f->type == FIELD_IDENT ? (size_t)IDENT_BYTES : (size_t)JOURNAL_HASH_BYTES))
			return false;
		memcpy(at, raw->bytes, raw->n);
		for (size_t i = 0; i < raw->n; i++)
			if (raw->bytes[i])
				return true;
		return false;
	case FIELD_COUNTS:
	case FIELD_RAW:
		memcpy(at, &counts, sizeof counts);
		return true;
	case FIELD_COUNT: case FIELD_MONEY: case FIELD_QUANTITY: case FIELD_PERCENT:
	case FIELD_FLAG: case FIELD_TIME: case FIELD_WORD:
		break;
	}
	return false;
}

static bool store_raw(const struct entry_field *f, const struct raw *raw, void *base)
{
	char *at = (char *)base + f->offset;

	if (raw->is_bytes)
		return store_bytes(f, raw, at);
	if (f->type >= FIELD_TEXT)
		return false;
	memcpy(at, &raw->number, sizeof raw->number);
	return true;
}

static const struct entry_field *find_field(const struct entry_field *fields, size_t n, uint32_t tag)
{
	for (size_t i = 0; i < n; i++)
		if (fields[i].tag == tag)
			return &fields[i];
	return NULL;
}

static enum fault_code unreadable(const struct entry *e, const char *why, struct fault *fault)
{
	char seq[24];

	snprintf(seq, sizeof seq, "%llu", (unsigned long long)e->seq);
	return fault_set(fault, FAULT_JOURNAL_ENTRY_UNREADABLE, seq, why);
}

static enum fault_code newer(uint32_t what, const char *which, struct fault *fault)
{
	char text[48];

	snprintf(text, sizeof text, "%s %u", which, (unsigned)what);
	return fault_set(fault, FAULT_JOURNAL_NEWER, text, NULL);
}

static enum fault_code decode_header(const struct raw *raw, struct entry *e, struct fault *fault)
{
	const struct entry_field *f = find_field(header, HEADER_FIELDS, raw->tag);

	if ((raw->tag == TAG_KIND || raw->tag == TAG_OFFSET) && raw->is_bytes)
		return unreadable(e, raw->tag == TAG_KIND ? "kind" : "offset", fault);
	if (raw->tag == TAG_KIND) {
		if (raw->number < 0 || raw->number > UINT16_MAX || !entry_row((enum entry_kind)raw->number))
			return newer((uint32_t)raw->number, "kind", fault);
		e->kind = (enum entry_kind)raw->number;
		return FAULT_NONE;
	}
	if (raw->tag == TAG_OFFSET) {
		e->at.offset_min = (int32_t)raw->number;
		return e->at.offset_min == raw->number ? FAULT_NONE
						       : unreadable(e, "offset", fault);
	}
	if (!f)
		return newer(raw->tag, "field", fault);
	return store_raw(f, raw, e) ? FAULT_NONE : unreadable(e, f->name, fault);
}

enum fault_code entry_decode(const void *bytes, size_t n, struct entry *ret_entry,
			     struct fault *fault)
{
	const struct entry_row *row = NULL;
	struct entry e;
	struct unpack in;
	struct raw raw = { 0 };

	memset(&e, 0, sizeof e);
	unpack_init(&in, bytes, n);
	while (in.left) {
		enum fault_code code = FAULT_NONE;
		const struct entry_field *f;

		if (!next_raw(&in, raw.tag, &raw))
			return unreadable(&e, "bytes", fault);
		if (raw.tag < TAG_BODY) {
			code = decode_header(&raw, &e, fault);
			if (code)
				return code;
			continue;
		}
		row = entry_row(e.kind);
		if (!row)
			return unreadable(&e, "kind", fault);
		f = find_field(row->fields, row->n_fields, raw.tag);
		if (!f)
			return newer(raw.tag, "field", fault);
		if (!store_raw(f, &raw, &e.of))
			return unreadable(&e, f->name, fault);
	}
	if (!entry_row(e.kind))
		return unreadable(&e, "kind", fault);
	*ret_entry = e;
	return FAULT_NONE;
}
