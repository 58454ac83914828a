/* Tests of the settings as the core's rules. */
#include "app_tests.h"
#include "suite.h"

#include <string.h>

#include "app/shop_rules.h"

static void read_settings(struct settings *s, const char *text)
{
	settings_init(s);
	ASSERT_NUMBER(settings_read_text(s, "/shop/guitai.conf", text, strlen(text), NULL), FAULT_NONE);
}

void settings_become_the_rules_of_the_counter(void)
{
	struct counter_rules rules;
	struct settings s;

	read_settings(&s, "");
	shop_counter_rules(&s, &rules);
	ASSERT_NUMBER(rules.rounding_step_minor, 0);
	ASSERT_TEXT(rules.tenders, "card cheque mall_card");
	CU_ASSERT_FALSE(rules.print_receipts);
	settings_release(&s);

	read_settings(&s, "cash_rounding = half_1.00\ntenders = {}\nreceipt_to = \"/tmp/receipts\"");
	shop_counter_rules(&s, &rules);
	ASSERT_NUMBER(rules.rounding_step_minor, 100);
	ASSERT_NUMBER(rules.rounding_mode, ROUND_HALF_UP);
	ASSERT_TEXT(rules.tenders, "");
	CU_ASSERT(rules.print_receipts);
	settings_release(&s);
}

void settings_become_the_rules_of_scans(void)
{
	struct scan_rules rules;
	struct settings s;

	read_settings(&s, "scale_labels = {\"FF XXXXX MMMMM K\"}\ncard_patterns = {\"8688####\", \"VIP*\"}\n"
			  "scan_prefix = \"\\x02\"\nscan_suffix = \"\\x03\"\ngs1_separator = \"~\"\ncurrency = HKD\n");
	ASSERT_NUMBER(shop_scan_rules(&s, 2026, &rules, NULL), FAULT_NONE);
	ASSERT_NUMBER(rules.n_labels, 1);
	ASSERT_NUMBER(rules.n_cards, 2);
	ASSERT_TEXT(rules.prefix, "\x02");
	ASSERT_TEXT(rules.suffix, "\x03");
	ASSERT_NUMBER(rules.gs1_separator, '~');
	ASSERT_NUMBER(rules.currency, CURRENCY_HKD);
	ASSERT_NUMBER(rules.year, 2026);
	settings_release(&s);
}

void a_pattern_that_means_nothing_is_refused_at_its_line(void)
{
	static const char *const texts[] = {
		"\nscale_labels = {\"FF XXXXX MMMMM K\", \"2Z\"}", "\ncard_patterns = {\"*\"}",
	};
	static const char *const places[] = {
		"/shop/guitai.conf:2: scale_labels = 2Z", "/shop/guitai.conf:2: card_patterns = *",
	};

	for (size_t i = 0; i < 2; i++) {
		struct scan_rules rules;
		struct settings s;
		struct fault fault = { .code = FAULT_NONE };

		read_settings(&s, texts[i]);
		ASSERT_NUMBER(shop_scan_rules(&s, 2026, &rules, &fault), FAULT_SETTING_REFUSED);
		ASSERT_TEXT(fault.arg[0], places[i]);
		CU_ASSERT(fault.arg[1][0] != '\0');
		settings_release(&s);
	}
}
