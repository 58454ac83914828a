/* Tests of room journal: every kind and field comes back as it went, in one
 * form only, and that form never changes by accident. */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/pack.h"
#include "journal/journal.h"

static const uint8_t run[] = { 0x02, 0x80, 0x01, 0x03 };

/* Sets a field to something that is not zero and depends on its tag. */
static void fill_field(const struct entry_field *f, void *base)
{
	char *at = (char *)base + f->offset;
	struct entry_counts counts = { run, sizeof run };
	int64_t number = f->tag % 2 ? (int64_t)f->tag * 1000003 : -(int64_t)f->tag;

	switch (f->type) {
	case FIELD_TEXT:
		memset(at, 'a' + (int)f->tag % 26, f->size - 1);
		at[f->size - 1] = '\0';
		return;
	case FIELD_IDENT:
		memset(at, (int)f->tag, IDENT_BYTES);
		return;
	case FIELD_HASH:
		memset(at, (int)f->tag, JOURNAL_HASH_BYTES);
		return;
	case FIELD_COUNTS: case FIELD_RAW:
		memcpy(at, &counts, sizeof counts);
		return;
	case FIELD_COUNT: case FIELD_MONEY: case FIELD_QUANTITY: case FIELD_PERCENT:
	case FIELD_FLAG: case FIELD_TIME: case FIELD_WORD:
		break;
	}
	memcpy(at, &number, sizeof number);
}

static void fill_header(struct entry *e)
{
	e->seq = UINT64_MAX;
	e->at = (struct instant){ INT64_C(1795254067123), -570 };
	e->boot = 3;
	memset(e->store, 's', TILL_NAME_MAX);
	memcpy(e->till, "03号台", sizeof "03号台");
	memset(&e->device_key, 0xD0, IDENT_BYTES);
	memset(e->operator_id, '1', CASHIER_ID_MAX);
	e->order.bytes[15] = 1;
	e->key.bytes[0] = 0x80;
	e->perpetual_minor = INT64_MIN;
}

static bool same_field(const struct entry_field *f, const void *a, const void *b)
{
	const char *x = (const char *)a + f->offset, *y = (const char *)b + f->offset;
	struct entry_counts m, n;

	switch (f->type) {
	case FIELD_TEXT:
		return strcmp(x, y) == 0;
	case FIELD_IDENT:
		return memcmp(x, y, IDENT_BYTES) == 0;
	case FIELD_HASH:
		return memcmp(x, y, JOURNAL_HASH_BYTES) == 0;
	case FIELD_COUNTS: case FIELD_RAW:
		memcpy(&m, x, sizeof m);
		memcpy(&n, y, sizeof n);
		return m.n_bytes == n.n_bytes &&
		       (m.n_bytes == 0 || memcmp(m.packed, n.packed, m.n_bytes) == 0);
	case FIELD_COUNT: case FIELD_MONEY: case FIELD_QUANTITY: case FIELD_PERCENT:
	case FIELD_FLAG: case FIELD_TIME: case FIELD_WORD:
		break;
	}
	return memcmp(x, y, sizeof(int64_t)) == 0;
}

/* Encodes, decodes, encodes again: the same bytes and the same fields. */
static void assert_round_trip(const struct entry *e)
{
	struct buffer bytes = BUFFER_INIT(ENTRY_BODY_MAX), again = BUFFER_INIT(ENTRY_BODY_MAX);
	const struct entry_row *row = entry_row(e->kind);
	struct entry back;
	struct fault fault;

	CU_ASSERT_FATAL(entry_encode(e, &bytes));
	ASSERT_NUMBER(entry_decode(bytes.data, bytes.len, &back, &fault), FAULT_NONE);
	CU_ASSERT_FATAL(entry_encode(&back, &again));
	CU_ASSERT(bytes.len == again.len && memcmp(bytes.data, again.data, bytes.len) == 0);
	CU_ASSERT(back.seq == e->seq && back.kind == e->kind && back.boot == e->boot);
	CU_ASSERT(memcmp(&back.at, &e->at, sizeof e->at) == 0);
	ASSERT_TEXT(back.store, e->store);
	ASSERT_TEXT(back.till, e->till);
	ASSERT_TEXT(back.operator_id, e->operator_id);
	CU_ASSERT(ident_equal(&back.device_key, &e->device_key));
	CU_ASSERT(ident_equal(&back.order, &e->order) && ident_equal(&back.key, &e->key));
	ASSERT_NUMBER(back.perpetual_minor, e->perpetual_minor);
	for (size_t i = 0; i < row->n_fields; i++)
		CU_ASSERT(same_field(&row->fields[i], &e->of, &back.of));
	/* no prefix is another entry of all its fields */
	for (size_t n = 0; n < bytes.len; n++)
		CU_ASSERT(entry_decode(bytes.data, n, &back, NULL) ||
			  (again.len = 0, again.failed = false, entry_encode(&back, &again) &&
			   again.len == n));
	buffer_release(&bytes);
	buffer_release(&again);
}

static void every_kind_comes_back_with_every_field(void)
{
	size_t n;
	const struct entry_row *rows = entry_rows(&n);

	for (size_t i = 0; i < n; i++) {
		struct entry e = { .kind = rows[i].kind, .seq = 1 };

		assert_round_trip(&e);
		fill_header(&e);
		assert_round_trip(&e);
		for (size_t f = 0; f < rows[i].n_fields; f++)
			fill_field(&rows[i].fields[f], &e.of);
		assert_round_trip(&e);
		for (size_t f = 0; f < rows[i].n_fields; f++) {
			struct entry one = { .kind = rows[i].kind };

			fill_field(&rows[i].fields[f], &one.of);
			assert_round_trip(&one);
		}
	}
}

static void the_table_of_kinds_is_in_order(void)
{
	size_t n;
	const struct entry_row *rows = entry_rows(&n);

	for (size_t i = 0; i < n; i++) {
		CU_ASSERT(i == 0 || rows[i - 1].kind < rows[i].kind);
		CU_ASSERT(entry_row(rows[i].kind) == &rows[i]);
		CU_ASSERT(rows[i].name[0] && rows[i].help[0]);
		for (size_t f = 0; f < rows[i].n_fields; f++) {
			CU_ASSERT(rows[i].fields[f].tag >= 32);
			CU_ASSERT(f == 0 || rows[i].fields[f - 1].tag < rows[i].fields[f].tag);
			CU_ASSERT(rows[i].fields[f].help[0]);
		}
	}
	CU_ASSERT(entry_row(ENTRY_NONE) == NULL);
	CU_ASSERT(entry_row((enum entry_kind)9999) == NULL);
}

static size_t from_hex(const char *hex, uint8_t *out)
{
	size_t n = 0;

	for (const char *p = hex; *p; p++) {
		unsigned value = 0;

		if (*p == ' ')
			continue;
		CU_ASSERT_FATAL(sscanf(p, "%2x", &value) == 1);
		out[n++] = (uint8_t)value;
		p++;
	}
	return n;
}

/* seq 1, kind 10 (logged_in) is 02 02 04 14; its cashier has tag 32. */
static void bytes_in_any_other_form_are_refused(void)
{
	static const struct { const char *what, *hex; enum fault_code code; const char *why; } cases[] = {
		{ "whole", "02 02 04 14 41 01 31", FAULT_NONE, "" },
		{ "no field of the kind", "02 02 04 14", FAULT_NONE, "" },
		{ "no sequence", "04 14", FAULT_NONE, "" },
		{ "nothing", "", FAULT_JOURNAL_ENTRY_UNREADABLE, "kind" },
		{ "no kind", "02 02", FAULT_JOURNAL_ENTRY_UNREADABLE, "kind" },
		{ "no kind before the body", "02 02 41 01 31", FAULT_JOURNAL_ENTRY_UNREADABLE, "kind" },
		{ "a tag not in its shortest form", "82 00 02 04 14", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a number not in its shortest form", "02 82 00 04 14", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a length not in its shortest form", "02 02 04 14 41 81 00 31",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a number of more than 64 bits", "02 ff ff ff ff ff ff ff ff ff 02 04 14",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a number that never ends", "02 ff ff ff ff ff ff ff ff ff ff ff",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a tag of more than 32 bits", "02 02 04 14 81 80 80 80 80 01 01 31",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "tags that go down", "04 14 02 02", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a tag twice", "02 02 02 02 04 14", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "tag 0", "00 02 04 14", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a zero written", "02 00 04 14", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "an empty text written", "02 02 04 14 41 00", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a trailing byte", "02 02 04 14 41 01 31 00", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a cut text", "02 02 04 14 41 02 31", FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a length beyond all", "02 02 04 14 41 ff ff ff ff ff ff ff ff ff 01 31",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "bytes" },
		{ "a longer text than fits",
		  "02 02 04 14 41 11 31 31 31 31 31 31 31 31 31 31 31 31 31 31 31 31 31",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "cashier" },
		{ "the longest text",
		  "02 02 04 14 41 10 31 31 31 31 31 31 31 31 31 31 31 31 31 31 31 31", FAULT_NONE, "" },
		{ "a NUL in a text", "02 02 04 14 41 02 31 00", FAULT_JOURNAL_ENTRY_UNREADABLE, "cashier" },
		{ "malformed UTF-8", "02 02 04 14 41 02 c3 28", FAULT_JOURNAL_ENTRY_UNREADABLE, "cashier" },
		{ "a number where a text belongs", "02 02 04 14 40 02",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "cashier" },
		{ "a text where a number belongs", "03 01 31 04 14", FAULT_JOURNAL_ENTRY_UNREADABLE, "seq" },
		{ "a text for the kind", "02 02 05 01 31", FAULT_JOURNAL_ENTRY_UNREADABLE, "kind" },
		{ "a text for the offset", "02 02 04 14 09 01 31", FAULT_JOURNAL_ENTRY_UNREADABLE, "offset" },
		{ "an offset of more than 32 bits", "02 02 04 14 08 80 80 80 80 10",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "offset" },
		{ "an order of 15 bytes", "02 02 04 14 15 0f 010101010101010101010101010101",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "order" },
		{ "an order of zeros", "02 02 04 14 15 10 00000000000000000000000000000000",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "order" },
		{ "a hash of 31 bytes",
		  "02 02 04 02 45 1f 01010101010101010101010101010101010101010101010101010101010101",
		  FAULT_JOURNAL_ENTRY_UNREADABLE, "public_key" },
		{ "an unknown kind", "02 02 04 f4 03", FAULT_JOURNAL_NEWER, NULL },
		{ "a kind below zero", "02 02 04 13", FAULT_JOURNAL_NEWER, NULL },
		{ "a kind beyond all", "02 02 04 80 80 80 01", FAULT_JOURNAL_NEWER, NULL },
		{ "an unknown field of all", "02 02 04 14 1a 02", FAULT_JOURNAL_NEWER, NULL },
		{ "an unknown field of the kind", "02 02 04 14 42 02", FAULT_JOURNAL_NEWER, NULL },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint8_t bytes[128];
		size_t n = from_hex(cases[i].hex, bytes);
		struct fault fault = { .code = FAULT_NONE };
		struct entry e = { .seq = 77 };
		enum fault_code code = entry_decode(bytes, n, &e, &fault);

		ASSERT_NUMBER(code, cases[i].code);
		if (code != cases[i].code)
			fprintf(stderr, "(%s)\n", cases[i].what);
		if (code == FAULT_JOURNAL_ENTRY_UNREADABLE)
			ASSERT_TEXT(fault.arg[1], cases[i].why);
		if (code)
			ASSERT_NUMBER(e.seq, 77);
	}
}

static void what_has_no_kind_or_no_room_is_not_written(void)
{
	struct buffer out = BUFFER_INIT(3);
	struct entry e = { .seq = 1 };

	CU_ASSERT_FALSE(entry_encode(&e, &out));
	e.kind = ENTRY_LOGGED_IN;
	CU_ASSERT_FALSE(entry_encode(&e, &out));
	buffer_release(&out);
}

static void assert_golden(const struct entry *e, const char *hex)
{
	struct buffer bytes = BUFFER_INIT(ENTRY_BODY_MAX), text = BUFFER_INIT(ENTRY_BODY_MAX);

	CU_ASSERT_FATAL(entry_encode(e, &bytes));
	for (size_t i = 0; i < bytes.len; i++)
		buffer_printf(&text, "%02x", (unsigned)(uint8_t)bytes.data[i]);
	ASSERT_TEXT(buffer_text(&text), hex);
	buffer_release(&bytes);
	buffer_release(&text);
}

/* Never mend these: a journal written once must be read for ever. */
static void the_format_is_frozen(void)
{
	struct entry e = {
		.seq = 1204, .kind = ENTRY_LINE_ADDED, .at = { INT64_C(1795254067123), 480 },
		.boot = 2, .store = "012", .till = "03", .operator_id = "1",
		.perpetual_minor = -5,
	};

	for (int i = 0; i < IDENT_BYTES; i++) {
		e.device_key.bytes[i] = (uint8_t)i;
		e.order.bytes[i] = (uint8_t)(0xF0 + i);
	}
	e.of.line_added.line = 3;
	e.of.line_added.quantity = -734;
	e.of.line_added.price = 798;
	e.of.line_added.gross = -586;
	e.of.line_added.total = 1180;
	e.of.line_added.shares = (struct entry_counts){ run, sizeof run };
	memcpy(e.of.line_added.code, "2001", sizeof "2001");
	memcpy(e.of.line_added.name, "香蕉", sizeof "香蕉");
	memcpy(e.of.line_added.unit, "kg", sizeof "kg");
	e.of.line_added.list_price = 798;
	e.of.line_added.tax = -1;
	e.of.line_added.fractional = 1;
	memcpy(e.of.line_added.reason, "ripe", sizeof "ripe");
	assert_golden(&e, "02e812043e06e6fed8d7bf6808c0070a040d033031320f023033111000010203040506070809"
		      "0a0b0c0d0e0f1301311510f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff1809400642bb0b44bc0c4a"
		      "930953040280010354b8126504323030316706e9a699e8958969026b676abc0c6c016e027104"
		      "72697065");
	e = (struct entry){ .seq = 1, .kind = ENTRY_TILL_INITIALISED, .at = { 0, -570 },
			    .store = "1", .till = "1" };
	e.key.bytes[15] = 0xFF;
	memcpy(e.of.till_initialised.shop, "星光店", sizeof "星光店");
	e.of.till_initialised.currency = CURRENCY_CNY;
	memset(e.of.till_initialised.public_key, 0xAB, JOURNAL_HASH_BYTES);
	assert_golden(&e, "0202040208f3080d01310f01311710000000000000000000000000000000ff4109e6989fe585"
		      "89e5ba9742b8024520ababababababababababababababababababababababababababababab"
		      "ababab");
}

static void the_chain_is_taken_over_hash_and_bytes(void)
{
	uint8_t previous[JOURNAL_HASH_BYTES];
	struct buffer out = BUFFER_INIT(64);

	for (size_t i = 0; i < sizeof previous; i++)
		previous[i] = (uint8_t)i;
	journal_chain_input(previous, "\x02\x00\x04", 3, &out);
	ASSERT_NUMBER(out.len, JOURNAL_HASH_BYTES + 3);
	CU_ASSERT(memcmp(out.data, previous, sizeof previous) == 0);
	CU_ASSERT(memcmp(out.data + JOURNAL_HASH_BYTES, "\x02\x00\x04", 3) == 0);
	buffer_release(&out);
}

static const struct test tests[] = {
	{ "every kind comes back with every field", every_kind_comes_back_with_every_field },
	{ "the table of kinds is in order", the_table_of_kinds_is_in_order },
	{ "bytes in any other form are refused", bytes_in_any_other_form_are_refused },
	{ "what has no kind or no room is not written", what_has_no_kind_or_no_room_is_not_written },
	{ "the format is frozen", the_format_is_frozen },
	{ "the chain is taken over hash and bytes", the_chain_is_taken_over_hash_and_bytes },
};

SUITE_MAIN("journal", tests)
