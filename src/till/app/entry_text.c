/* Entries are told by the sentences of their rows; only numbers that stand for
 * words are named here. */
#include "app/entry_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command/speech.h"
#include "base/mark.h"
#include "base/pack.h"
#include "base/utf8.h"
#include "crypt/crypt.h"
#include "spool/spool.h"

enum { HASH_SHOWN = 8, WORDS_MAX = 4 };

/* What the numbers of a WORD field stand for; `label` instead of the row's
 * sentence, which lists the numbers. */
static const struct {
	const char *field, *label;
	const char *words[WORDS_MAX];
} wordings[] = {
	{ "discount_kind", N_("discount by hand"), { N_("none"), N_("percent"), N_("amount") } },
	{ "kind", N_("way to pay"), { N_("cash"), N_("recorded only") } },
	{ "outcome", N_("outcome"),
	  { NULL, N_("done"), N_("failed before anything was written"), N_("doubtful") } },
};

/* One entry on its way into the text. */
struct telling {
	struct buffer *out;
	const struct entry *entry;
	const struct entry_row *row;
	enum currency currency;
};

static void put_line(struct telling *t, const char *label, const char *value)
{
	buffer_printf(t->out, "        %s: %s\n", label, value);
}

static int64_t number_at(const struct telling *t, const struct entry_field *f)
{
	int64_t number;

	memcpy(&number, (const char *)&t->entry->of + f->offset, sizeof number);
	return number;
}

static void put_word(struct telling *t, const struct entry_field *f, int64_t value)
{
	char text[24];

	for (size_t i = 0; i < sizeof wordings / sizeof wordings[0]; i++) {
		if (strcmp(wordings[i].field, f->name) == 0 && value >= 0 && value < WORDS_MAX &&
		    wordings[i].words[value]) {
			put_line(t, _(wordings[i].label), _(wordings[i].words[value]));
			return;
		}
	}
	snprintf(text, sizeof text, "%" PRId64, value);
	put_line(t, _(f->help), text);
}

/* A discount's value is a percentage or an amount; its kind stands before it. */
static void put_discount_value(struct telling *t, int64_t value)
{
	enum discount_kind kind = DISCOUNT_NONE;
	quantity_text percent;
	money_text amount;
	char text[40];

	for (size_t i = 0; i < t->row->n_fields; i++)
		if (strcmp(t->row->fields[i].name, "discount_kind") == 0)
			kind = (enum discount_kind)number_at(t, &t->row->fields[i]);
	if (kind == DISCOUNT_PERCENT) {
		percent_format((int32_t)value, percent);
		snprintf(text, sizeof text, "%s %%", percent);
		put_line(t, _("percent"), text);
		return;
	}
	money_format(money_make(value, t->currency), amount);
	put_line(t, _("amount"), amount);
}

static void put_number(struct telling *t, const struct entry_field *f, int64_t value)
{
	instant_text time;
	quantity_text number;
	money_text amount;

	switch (f->type) {
	case FIELD_MONEY:
		money_format(money_make(value, t->currency), amount);
		put_line(t, _(f->help), amount);
		return;
	case FIELD_QUANTITY:
		quantity_format(value, number);
		put_line(t, _(f->help), number);
		return;
	case FIELD_PERCENT:
		percent_format((int32_t)value, number);
		put_line(t, _(f->help), value < 0 ? "-1" : number);
		return;
	case FIELD_FLAG:
		put_line(t, _(f->help), _("yes"));
		return;
	case FIELD_TIME:
		instant_format((struct instant){ value, t->entry->at.offset_min }, time);
		put_line(t, _(f->help), time);
		return;
	case FIELD_COUNT: case FIELD_WORD: case FIELD_TEXT: case FIELD_IDENT: case FIELD_HASH:
	case FIELD_COUNTS:
	case FIELD_RAW:
		break;
	}
	if (strcmp(f->name, "discount_value") == 0)
		put_discount_value(t, value);
	else
		put_word(t, f, value);
}

/* Shares are amounts; taxes are threes of rate, net and tax. */
static void put_counts(struct telling *t, const struct entry_field *f, struct entry_counts counts)
{
	bool taxes = strcmp(f->name, "taxes") == 0;
	struct unpack in;

	if (counts.n_bytes == 0)
		return;
	unpack_init(&in, counts.packed, counts.n_bytes);
	buffer_printf(t->out, "        %s:", _(f->help));
	for (size_t i = 0; in.left && !in.failed; i++) {
		int64_t number = unpack_integer(&in);
		money_text amount;
		quantity_text percent;

		if (taxes && i % 3 == 0) {
			percent_format((int32_t)number, percent);
			buffer_printf(t->out, " %s %%", percent);
		} else {
			money_format(money_make(number, t->currency), amount);
			buffer_printf(t->out, " %s", amount);
		}
	}
	buffer_add_byte(t->out, '\n');
}

static void put_text(struct telling *t, const struct entry_field *f, const char *text)
{
	char plain[1024];

	utf8_copy_plain(plain, sizeof plain, text);
	if (plain[0])
		put_line(t, _(f->help), plain);
}

static void put_field(struct telling *t, const struct entry_field *f)
{
	const char *at = (const char *)&t->entry->of + f->offset;
	struct entry_counts counts;

	switch (f->type) {
	case FIELD_TEXT:
		put_text(t, f, at);
		return;
	case FIELD_COUNTS:
		memcpy(&counts, at, sizeof counts);
		put_counts(t, f, counts);
		return;
	case FIELD_IDENT: case FIELD_HASH: case FIELD_RAW:  /* nothing to read for people */
		return;
	case FIELD_COUNT: case FIELD_MONEY: case FIELD_QUANTITY: case FIELD_PERCENT:
	case FIELD_FLAG: case FIELD_TIME: case FIELD_WORD:
		break;
	}
	if (number_at(t, f) != 0)
		put_number(t, f, number_at(t, f));
}

void entry_text(struct buffer *out, const struct entry *entry, enum currency currency,
		const uint8_t hash[JOURNAL_HASH_BYTES])
{
	struct telling t = { out, entry, entry_row(entry->kind), currency };
	char operator_id[CASHIER_ID_MAX + 1];
	digest_text digest;
	instant_text at;

	instant_format(entry->at, at);
	digest_format(hash, digest);
	utf8_copy_plain(operator_id, sizeof operator_id, entry->operator_id);
	buffer_printf(out, "%s  %" PRIu64 "  %.*s  %s  %s\n", at, entry->seq, HASH_SHOWN, digest,
		      operator_id[0] ? operator_id : "-", _(t.row->help));
	for (size_t i = 0; i < t.row->n_fields; i++)
		put_field(&t, &t.row->fields[i]);
}
