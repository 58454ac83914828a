/* Entries are written by their field tables: a new kind needs nothing here. */
#include "app/entry_json.h"

#include <string.h>

#include "base/pack.h"
#include "crypt/crypt.h"

static void put_hash(struct json_writer *w, const char *name, const uint8_t hash[JOURNAL_HASH_BYTES])
{
	digest_text text;

	digest_format(hash, text);
	json_put_bytes(w, name, text, sizeof text - 1);
}

static void put_hex(struct json_writer *w, const char *name, const uint8_t *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	struct buffer text = BUFFER_INIT(64 * 1024);

	for (size_t i = 0; i < n; i++) {
		buffer_add_byte(&text, (unsigned char)digits[bytes[i] >> 4]);
		buffer_add_byte(&text, (unsigned char)digits[bytes[i] & 15]);
	}
	json_put_text(w, name, buffer_text(&text));
	buffer_release(&text);
}

static void put_time(struct json_writer *w, const char *name, struct instant at)
{
	instant_text text;

	if (!at.utc_ms) {
		json_put_null(w, name);
		return;
	}
	instant_format_rfc3339(at, text);
	json_put_text(w, name, text);
}

static void put_percent(struct json_writer *w, const char *name, int64_t bp)
{
	quantity_text text;

	if (bp < 0) {
		json_put_null(w, name);
		return;
	}
	percent_format((int32_t)bp, text);
	json_put_text(w, name, text);
}

static void put_counts(struct json_writer *w, const char *name, struct entry_counts counts)
{
	struct unpack in;

	unpack_init(&in, counts.packed, counts.n_bytes);
	json_put_array(w, name);
	while (in.left && !in.failed) {
		int64_t number = unpack_integer(&in);

		if (!in.failed)
			json_put_number(w, NULL, number);
	}
	json_close(w);
}

static void put_number(struct json_writer *w, const struct entry_field *f, int64_t value,
		       enum currency currency, int32_t offset_min)
{
	switch (f->type) {
	case FIELD_MONEY:
		json_put_money(w, f->name, money_make(value, currency));
		return;
	case FIELD_QUANTITY:
		json_put_quantity(w, f->name, value);
		return;
	case FIELD_PERCENT:
		put_percent(w, f->name, value);
		return;
	case FIELD_FLAG:
		json_put_bool(w, f->name, value != 0);
		return;
	case FIELD_TIME:
		put_time(w, f->name, (struct instant){ value, offset_min });
		return;
	case FIELD_COUNT: case FIELD_WORD: case FIELD_TEXT: case FIELD_IDENT: case FIELD_HASH:
	case FIELD_COUNTS:
	case FIELD_RAW:
		json_put_number(w, f->name, value);
		return;
	}
}

static void put_field(struct json_writer *w, const struct entry_field *f, const struct entry *e,
		      enum currency currency)
{
	const char *at = (const char *)&e->of + f->offset;
	struct entry_counts counts;
	struct ident ident;
	int64_t number;

	switch (f->type) {
	case FIELD_TEXT:
		json_put_text(w, f->name, at);
		return;
	case FIELD_IDENT:
		memcpy(&ident, at, sizeof ident);
		json_put_ident(w, f->name, &ident);
		return;
	case FIELD_HASH:
		put_hash(w, f->name, (const uint8_t *)at);
		return;
	case FIELD_RAW:
		memcpy(&counts, at, sizeof counts);
		put_hex(w, f->name, counts.packed, counts.n_bytes);
		return;
	case FIELD_COUNTS:
		memcpy(&counts, at, sizeof counts);
		put_counts(w, f->name, counts);
		return;
	case FIELD_COUNT: case FIELD_MONEY: case FIELD_QUANTITY: case FIELD_PERCENT:
	case FIELD_FLAG: case FIELD_TIME: case FIELD_WORD:
		memcpy(&number, at, sizeof number);
		put_number(w, f, number, currency, e->at.offset_min);
		return;
	}
}

void entry_json(struct json_writer *w, const struct entry *e, enum currency currency,
		const uint8_t previous[JOURNAL_HASH_BYTES], const uint8_t hash[JOURNAL_HASH_BYTES])
{
	const struct entry_row *row = entry_row(e->kind);

	json_put_object(w, NULL);
	json_put_number(w, "seq", (int64_t)e->seq);
	put_hash(w, "hash", hash);
	put_hash(w, "previous", previous);
	json_put_text(w, "kind", row->name);
	put_time(w, "at", e->at);
	json_put_number(w, "boot", (int64_t)e->boot);
	json_put_text(w, "store", e->store);
	json_put_text(w, "till", e->till);
	json_put_ident(w, "device_key", &e->device_key);
	json_put_text(w, "operator", e->operator_id);
	json_put_ident(w, "order", &e->order);
	json_put_ident(w, "key", &e->key);
	json_put_money(w, "perpetual", money_make(e->perpetual_minor, currency));
	json_put_object(w, "fields");
	for (size_t i = 0; i < row->n_fields; i++)
		put_field(w, &row->fields[i], e, currency);
	json_close(w);
	json_close(w);
}
