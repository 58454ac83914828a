/* The settings as the rules of the core: what the counter and the scanner of
 * this shop go by. */
#ifndef APP_SHOP_RULES_H
#define APP_SHOP_RULES_H

#include "base/fault.h"
#include "counter/event.h"
#include "scan/rules.h"
#include "settings/settings.h"

/* Cash rounding, record-only tenders, whether receipts print by themselves. */
void shop_counter_rules(const struct settings *s, struct counter_rules *ret);

/* Label and card patterns, prefix, suffix, separator; `year` is the year now.
 * FAULT_SETTING_REFUSED names the pattern that means nothing and its line. */
enum fault_code shop_scan_rules(const struct settings *s, int year, struct scan_rules *ret,
				struct fault *fault);

#endif
