/* The rows of settings.def as a table, with what each row takes and shows. */
#include "settings/settings.h"

#include <libintl.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/mark.h"
#include "base/utf8.h"

#define _(text) gettext(text)

static const struct setting_row rows[] = {
#define SETTING(type, name, low, high, choices, standard, unit, help) \
	{ SETTING_TYPE_##type, #name, low, high, choices, standard, unit, help, \
	  offsetof(struct settings, name) },
#include "settings/settings.def"
#undef SETTING
};

const struct setting_row *setting_rows(size_t *ret_n)
{
	*ret_n = SETTING_COUNT;
	return rows;
}

/* "32 42 48" as "32, 42 or 48". */
static void allow_choices(struct buffer *out, const char *choices)
{
	for (const char *p = choices; *p;) {
		size_t n = strcspn(p, " ");

		if (p != choices)
			buffer_add_text(out, p[n] ? ", " : _(" or "));
		buffer_add(out, p, n);
		p += n + (p[n] == ' ');
	}
}

static void allow_number(struct buffer *out, const struct setting_row *row)
{
	if (row->choices[0])
		allow_choices(out, row->choices);
	else
		buffer_printf(out, _("a whole number from %lld to %lld"), (long long)row->low,
			      (long long)row->high);
	if (row->unit[0])
		buffer_printf(out, " (%s)", _(row->unit));
}

static void allow_amount(struct buffer *out, const struct setting_row *row)
{
	money_text low, high;

	money_format(money_make(row->low, CURRENCY_CNY), low);
	money_format(money_make(row->high, CURRENCY_CNY), high);
	buffer_printf(out, _("an amount from %s to %s"), low, high);
}

void setting_allowed(const struct setting_row *row, char *out, size_t size)
{
	struct buffer b = BUFFER_INIT(1024);
	char currencies[128];

	switch (row->type) {
	case SETTING_TYPE_bool:
	case SETTING_TYPE_choice:
	case SETTING_TYPE_rounding:
		allow_choices(&b, row->choices);
		break;
	case SETTING_TYPE_int:
		allow_number(&b, row);
		break;
	case SETTING_TYPE_text:
	case SETTING_TYPE_path:
		buffer_printf(&b, _("plain text of at most %lld bytes"), (long long)row->high);
		break;
	case SETTING_TYPE_bytes:
		buffer_printf(&b, _("bytes, %lld at most"), (long long)row->high);
		break;
	case SETTING_TYPE_amount:
		allow_amount(&b, row);
		break;
	case SETTING_TYPE_amounts:
		buffer_printf(&b, _("at most %lld amounts above zero, like {100, 0.50}"), (long long)row->high);
		break;
	case SETTING_TYPE_list:
		buffer_printf(&b, _("at most %lld texts of at most %d bytes, like {\"a\", \"b\"}"),
			      (long long)row->high, SETTING_LINE_MAX);
		break;
	case SETTING_TYPE_currency:
		currency_list(currencies, sizeof currencies);
		buffer_printf(&b, _("one of %s"), currencies);
		break;
	case SETTING_TYPE_tenders:
		buffer_printf(&b, _("at most %lld different names, like {\"card\", \"mall=Mall card\"}"), (long long)row->high);
		break;
	case SETTING_TYPE_pairs:
		buffer_printf(&b, _("at most %lld lines like name = \"value\" in { }"), (long long)row->high);
		break;
	}
	utf8_copy(out, size, buffer_text(&b));
	buffer_release(&b);
}

static void show_amount(struct buffer *b, int64_t minor)
{
	money_text text;

	money_format(money_make(minor, CURRENCY_CNY), text);
	buffer_add_text(b, text);
}

static void show_rounding(struct buffer *b, const struct setting_rounding *r)
{
	if (r->step_minor == 0) {
		buffer_add_text(b, "off");
		return;
	}
	buffer_add_text(b, r->how == ROUND_DOWN ? "down_" : "half_");
	show_amount(b, r->step_minor);
}

static void show_many(struct buffer *b, enum setting_type type, const void *field)
{
	const struct setting_amounts *amounts = field;
	const struct setting_list *list = field;
	const struct setting_tenders *tenders = field;
	const struct setting_pairs *pairs = field;

	if (type == SETTING_TYPE_amounts)
		for (size_t i = 0; i < amounts->n; i++) {
			buffer_add_text(b, i ? ", " : "");
			show_amount(b, amounts->minor[i]);
		}
	else if (type == SETTING_TYPE_list)
		for (size_t i = 0; i < list->n; i++)
			buffer_printf(b, "%s%s", i ? ", " : "", list->items[i]);
	else if (type == SETTING_TYPE_tenders)
		for (size_t i = 0; i < tenders->n; i++)
			buffer_printf(b, "%s%s=%s", i ? ", " : "", tenders->items[i].name,
				      tenders->items[i].label);
	else
		for (size_t i = 0; i < pairs->n; i++)
			buffer_printf(b, "%s%s = %s", i ? ", " : "", pairs->items[i].name,
				      pairs->items[i].value);
}

void setting_shown(const struct settings *s, const struct setting_row *row, char *out, size_t size)
{
	const void *field = (const char *)s + row->offset;
	struct buffer b = BUFFER_INIT(16384);

	switch (row->type) {
	case SETTING_TYPE_bool:
		buffer_add_text(&b, *(const bool *)field ? "yes" : "no");
		break;
	case SETTING_TYPE_int:
		buffer_printf(&b, "%d", *(const int *)field);
		break;
	case SETTING_TYPE_choice:
	case SETTING_TYPE_text:
	case SETTING_TYPE_bytes:
	case SETTING_TYPE_path:
		buffer_add_text(&b, *(const char *const *)field);
		break;
	case SETTING_TYPE_amount:
		show_amount(&b, *(const int64_t *)field);
		break;
	case SETTING_TYPE_currency:
		buffer_add_text(&b, currency_letters(*(const enum currency *)field));
		break;
	case SETTING_TYPE_rounding:
		show_rounding(&b, field);
		break;
	case SETTING_TYPE_amounts:
	case SETTING_TYPE_list:
	case SETTING_TYPE_tenders:
	case SETTING_TYPE_pairs:
		show_many(&b, row->type, field);
		break;
	}
	utf8_copy_plain(out, size, buffer_text(&b));
	buffer_release(&b);
}
