/* Settings are turned into the core's rules here, once, at the start. */
#include "app/shop_rules.h"

#include <libintl.h>
#include <string.h>

#include "base/utf8.h"

/* All tenders' names must fit the counter's list of them. */
_Static_assert(SETTING_LIST_MAX * (SETTING_NAME_MAX + 1) <= TENDERS_TEXT_MAX + 1,
	       "the counter's list of tenders is too short for the settings");
_Static_assert((int)SETTING_NAME_MAX <= (int)TENDER_NAME_MAX, "a tender's name is too long for an order");

void shop_counter_rules(const struct settings *s, struct counter_rules *ret)
{
	size_t used = 0;

	*ret = (struct counter_rules){
		.rounding_step_minor = s->cash_rounding.step_minor,
		.rounding_mode = s->cash_rounding.how,
		.print_receipts = s->receipt_to[0] != '\0',
	};
	for (size_t i = 0; i < s->tenders.n; i++) {
		if (i)
			ret->tenders[used++] = ' ';
		used += utf8_copy(ret->tenders + used, sizeof ret->tenders - used, s->tenders.items[i].name);
	}
}

static enum fault_code add_patterns(const struct settings *s, enum setting_id id,
				    const struct setting_list *patterns,
				    const char *(*add)(struct scan_rules *, const char *),
				    struct scan_rules *rules, struct fault *fault)
{
	for (size_t i = 0; i < patterns->n; i++) {
		const char *why = add(rules, patterns->items[i]);

		if (why)
			return settings_refuse(s, id, patterns->items[i], gettext(why), fault);
	}
	return FAULT_NONE;
}

enum fault_code shop_scan_rules(const struct settings *s, int year, struct scan_rules *ret,
				struct fault *fault)
{
	enum fault_code code;

	scan_rules_init(ret, s->currency, year);
	utf8_copy(ret->prefix, sizeof ret->prefix, s->scan_prefix);
	utf8_copy(ret->suffix, sizeof ret->suffix, s->scan_suffix);
	ret->gs1_separator = s->gs1_separator[0];
	code = add_patterns(s, SETTING_scale_labels, &s->scale_labels, scan_rules_add_label, ret, fault);
	if (code != FAULT_NONE)
		return code;
	return add_patterns(s, SETTING_card_patterns, &s->card_patterns, scan_rules_add_card, ret, fault);
}
